"""where a tube is, reserved numbers, labels, hand-over records, storage, tasks

Revision ID: 20261128_1_tubes
Revises: 20261128_0_keys
Create Date: 2026-11-28 11:12:48.156194

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261128_1_tubes"
down_revision: Union[str, Sequence[str], None] = "20261128_0_keys"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

CHECKS = {
    "received": (
        "(received_at IS NULL) = (received_by IS NULL) "
        "AND (stage = 'CANCELLED' OR (stage = 'EXPECTED') = (received_at IS NULL))"
    ),
    "state": (
        "(stage = 'EXPECTED') = (state IN ('PLANNED', 'COLLECTED', 'IN_TRANSIT')) "
        "AND (stage <> 'REJECTED' OR state IN ('REJECTED', 'DISPOSED')) "
        "AND (state <> 'REJECTED' OR stage = 'REJECTED') "
        "AND (stage <> 'CANCELLED' OR state IN ('CANCELLED', 'LOST')) "
        "AND (state <> 'CANCELLED' OR stage = 'CANCELLED') "
        "AND (state NOT IN ('DISPOSED', 'LOST') OR stage <> 'RECEIVED')"
    ),
    "unfit": (
        "(stage = 'REJECTED') = (unfit IS NOT NULL) "
        "AND (unfit IS NULL) = (rejected_at IS NULL) "
        "AND (unfit IS NULL) = (rejected_by IS NULL) "
        "AND (unfit IS NULL OR unfit <> 'OTHER' OR unfit_note <> '')"
    ),
}


def upgrade() -> None:
    """Give every tube a state beside its stage, and add what is around tubes."""
    op.create_table(
        "lab_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reserved_by", sa.Integer(), nullable=False),
        sa.Column(
            "reserved_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column(
            "closed_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "size > 0 AND next >= first AND next <= first + size", name=op.f("ck_lab_block_inside")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["registry_user.id"], name=op.f("fk_lab_block_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["reserved_by"], ["registry_user.id"], name=op.f("fk_lab_block_reserved_by")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["registry_unit.id"], name=op.f("fk_lab_block_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_block")),
        sa.UniqueConstraint("year", "site", "first", name=op.f("uq_lab_block_year_site_first")),
    )
    with op.batch_alter_table("lab_block", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lab_block_left",
            ["site", "year"],
            unique=False,
            sqlite_where=sa.text("next < first + size"),
            postgresql_where=sa.text("next < first + size"),
        )

    op.create_table(
        "lab_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column(
            "begun_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("stated", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("broken", sa.Integer(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column(
            "signed_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (taken_by IS NULL) AND (signed_at IS NULL OR giver <> '')",
            name=op.f("ck_lab_handover_signed"),
        ),
        sa.CheckConstraint(
            "counted = stated - missing + extra AND broken <= counted AND missing >= 0",
            name=op.f("ck_lab_handover_sums"),
        ),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["registry_user.id"], name=op.f("fk_lab_handover_begun_by")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["registry_unit.id"], name=op.f("fk_lab_handover_sender_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["registry_user.id"], name=op.f("fk_lab_handover_taken_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_handover")),
    )
    with op.batch_alter_table("lab_handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lab_handover_sender_id"), ["sender_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lab_handover_signed_at"), ["signed_at"], unique=False)

    op.create_table(
        "lab_label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("accession", sa.String(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column(
            "printed_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("printed_by", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column(
            "settled_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'PRINTED' AND settled_at IS NULL AND settled_by IS NULL) OR (state IN ('VOID', 'MISSING') AND reason <> '' AND settled_at IS NOT NULL AND settled_by IS NOT NULL)",
            name=op.f("ck_lab_label_settled"),
        ),
        sa.ForeignKeyConstraint(["block_id"], ["lab_block.id"], name=op.f("fk_lab_label_block_id")),
        sa.ForeignKeyConstraint(
            ["printed_by"], ["registry_user.id"], name=op.f("fk_lab_label_printed_by")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["registry_user.id"], name=op.f("fk_lab_label_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_label")),
        sa.UniqueConstraint("accession", name=op.f("uq_lab_label_accession")),
    )
    with op.batch_alter_table("lab_label", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lab_label_block_id"), ["block_id"], unique=False)

    op.create_table(
        "lab_handover_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("tube_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["lab_handover.id"], name=op.f("fk_lab_handover_line_handover_id")
        ),
        sa.ForeignKeyConstraint(
            ["tube_id"], ["lab_tube.id"], name=op.f("fk_lab_handover_line_tube_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_handover_line")),
    )
    with op.batch_alter_table("lab_handover_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lab_handover_line_handover_id"), ["handover_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_lab_handover_line_tube_id"), ["tube_id"], unique=False)
        batch_op.create_index(
            "uq_lab_handover_line_handover_id_tube_id",
            ["handover_id", "tube_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "lab_referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tube_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "referred_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("referred_by", sa.Integer(), nullable=False),
        sa.Column(
            "returned_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.Column("returned_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referred_by"], ["registry_user.id"], name=op.f("fk_lab_referral_referred_by")
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"], ["registry_user.id"], name=op.f("fk_lab_referral_returned_by")
        ),
        sa.ForeignKeyConstraint(["tube_id"], ["lab_tube.id"], name=op.f("fk_lab_referral_tube_id")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["registry_unit.id"], name=op.f("fk_lab_referral_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_referral")),
    )
    with op.batch_alter_table("lab_referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lab_referral_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_lab_referral_tube_id",
            ["tube_id"],
            unique=True,
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )

    op.create_table(
        "lab_storage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tube_id", sa.Integer(), nullable=False),
        sa.Column("freezer", sa.String(), nullable=False),
        sa.Column("rack", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "stored_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("stored_by", sa.Integer(), nullable=False),
        sa.Column(
            "taken_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "freezer <> '' AND rack <> '' AND position >= 1", name=op.f("ck_lab_storage_place")
        ),
        sa.ForeignKeyConstraint(
            ["stored_by"], ["registry_user.id"], name=op.f("fk_lab_storage_stored_by")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["registry_user.id"], name=op.f("fk_lab_storage_taken_by")
        ),
        sa.ForeignKeyConstraint(["tube_id"], ["lab_tube.id"], name=op.f("fk_lab_storage_tube_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_storage")),
    )
    with op.batch_alter_table("lab_storage", schema=None) as batch_op:
        batch_op.create_index(
            "uq_lab_storage_freezer_rack_position",
            ["freezer", "rack", "position"],
            unique=True,
            sqlite_where=sa.text("taken_at IS NULL"),
            postgresql_where=sa.text("taken_at IS NULL"),
        )
        batch_op.create_index(
            "uq_lab_storage_tube_id",
            ["tube_id"],
            unique=True,
            sqlite_where=sa.text("taken_at IS NULL"),
            postgresql_where=sa.text("taken_at IS NULL"),
        )

    op.create_table(
        "lab_recollection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("specimen_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column(
            "opened_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column(
            "closed_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("new_specimen_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL OR new_specimen_id IS NOT NULL OR reason <> '')",
            name=op.f("ck_lab_recollection_closed"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["registry_user.id"], name=op.f("fk_lab_recollection_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["new_specimen_id"],
            ["lab_specimen.id"],
            name=op.f("fk_lab_recollection_new_specimen_id"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["registry_user.id"], name=op.f("fk_lab_recollection_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["specimen_id"], ["lab_specimen.id"], name=op.f("fk_lab_recollection_specimen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_recollection")),
    )
    with op.batch_alter_table("lab_recollection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lab_recollection_closed_at"), ["closed_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_lab_recollection_new_specimen_id"), ["new_specimen_id"], unique=False
        )
        batch_op.create_index(
            "uq_lab_recollection_specimen_id",
            ["specimen_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    with op.batch_alter_table("lab_tube", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_lab_tube_received"), type_="check")
        batch_op.add_column(
            sa.Column("state", sa.String(), server_default="COLLECTED", nullable=False)
        )
        batch_op.add_column(sa.Column("unfit", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("unfit_note", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "rejected_at",
                sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("rejected_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_lab_tube_rejected_by"), "registry_user", ["rejected_by"], ["id"]
        )
    op.execute("UPDATE lab_tube SET state = 'RECEIVED' WHERE stage <> 'EXPECTED'")
    with op.batch_alter_table("lab_tube", schema=None) as batch_op:
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_lab_tube_{name}"), sa.text(condition))


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("lab_tube", schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(batch_op.f(f"ck_lab_tube_{name}"), type_="check")
    op.execute(
        "UPDATE lab_tube SET stage = CASE WHEN received_at IS NULL THEN 'EXPECTED' "
        "ELSE 'RECEIVED' END WHERE stage IN ('REJECTED', 'CANCELLED')"
    )
    with op.batch_alter_table("lab_tube", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_lab_tube_rejected_by"), type_="foreignkey")
        batch_op.drop_column("rejected_by")
        batch_op.drop_column("rejected_at")
        batch_op.drop_column("unfit_note")
        batch_op.drop_column("unfit")
        batch_op.drop_column("state")
        batch_op.create_check_constraint(
            batch_op.f("ck_lab_tube_received"),
            sa.text(
                "(received_at IS NULL) = (received_by IS NULL) "
                "AND (stage = 'EXPECTED') = (received_at IS NULL)"
            ),
        )

    with op.batch_alter_table("lab_recollection", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lab_recollection_specimen_id",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_lab_recollection_new_specimen_id"))
        batch_op.drop_index(batch_op.f("ix_lab_recollection_closed_at"))

    op.drop_table("lab_recollection")
    with op.batch_alter_table("lab_storage", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lab_storage_tube_id",
            sqlite_where=sa.text("taken_at IS NULL"),
            postgresql_where=sa.text("taken_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_lab_storage_freezer_rack_position",
            sqlite_where=sa.text("taken_at IS NULL"),
            postgresql_where=sa.text("taken_at IS NULL"),
        )

    op.drop_table("lab_storage")
    with op.batch_alter_table("lab_referral", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lab_referral_tube_id",
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_lab_referral_unit_id"))

    op.drop_table("lab_referral")
    with op.batch_alter_table("lab_handover_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lab_handover_line_tube_id"))
        batch_op.drop_index(batch_op.f("ix_lab_handover_line_handover_id"))

    op.drop_table("lab_handover_line")
    with op.batch_alter_table("lab_label", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lab_label_block_id"))

    op.drop_table("lab_label")
    with op.batch_alter_table("lab_handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lab_handover_signed_at"))
        batch_op.drop_index(batch_op.f("ix_lab_handover_sender_id"))

    op.drop_table("lab_handover")
    with op.batch_alter_table("lab_block", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_lab_block_left",
            sqlite_where=sa.text("next < first + size"),
            postgresql_where=sa.text("next < first + size"),
        )

    op.drop_table("lab_block")
