"""people and places

Revision ID: 20261125_1_people
Revises: 20261124_stated
Create Date: 2026-11-22 23:12:28.896204

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261125_1_people"
down_revision: Union[str, Sequence[str], None] = "20261124_stated"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """People in full, declarations, what stands on papers, entries made one."""
    op.create_table(
        "registry_letterhead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("governing", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("head_name", sa.String(), nullable=False),
        sa.Column("head_title", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["registry_unit.id"], name=op.f("fk_registry_letterhead_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_letterhead")),
        sa.UniqueConstraint(
            "unit_id", "valid_from", name=op.f("uq_registry_letterhead_unit_id_valid_from")
        ),
    )
    with op.batch_alter_table("registry_letterhead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_letterhead_folded"), ["folded"], unique=False)

    op.create_table(
        "registry_signatory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("behalf", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["registry_unit.id"], name=op.f("fk_registry_signatory_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_signatory")),
        sa.UniqueConstraint(
            "unit_id",
            "paper",
            "valid_from",
            name=op.f("uq_registry_signatory_unit_id_paper_valid_from"),
        ),
    )
    op.create_table(
        "registry_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["registry_person.id"], name=op.f("fk_registry_address_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_address")),
    )
    with op.batch_alter_table("registry_address", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_address_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "registry_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.CheckConstraint("low < high", name=op.f("ck_registry_apart_two")),
        sa.ForeignKeyConstraint(
            ["high"], ["registry_person.id"], name=op.f("fk_registry_apart_high")
        ),
        sa.ForeignKeyConstraint(
            ["low"], ["registry_person.id"], name=op.f("fk_registry_apart_low")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_apart")),
        sa.UniqueConstraint("low", "high", name=op.f("uq_registry_apart_low_high")),
    )
    op.create_table(
        "registry_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column(
            "declared_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=False,
        ),
        sa.Column("symptoms", sa.String(), nullable=False),
        sa.Column("other_symptoms", sa.String(), nullable=False),
        sa.Column("onset", sa.String(), nullable=False),
        sa.Column("exposures", sa.String(), nullable=False),
        sa.Column("contacts", sa.String(), nullable=False),
        sa.Column("from_place", sa.String(), nullable=False),
        sa.Column("to_place", sa.String(), nullable=False),
        sa.Column("departed", sa.String(), nullable=False),
        sa.Column("arrived", sa.String(), nullable=False),
        sa.Column("vehicle", sa.String(), nullable=False),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["registry_person.id"], name=op.f("fk_registry_declaration_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["house_import.id"], name=op.f("fk_registry_declaration_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["registry_person.id"], name=op.f("fk_registry_declaration_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_declaration")),
        sa.UniqueConstraint("uid", name=op.f("uq_registry_declaration_uid")),
    )
    with op.batch_alter_table("registry_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_declaration_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_declaration_declared_at"), ["declared_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_declaration_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_declaration_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "registry_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("filled", sa.String(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"), nullable=False
        ),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_registry_merge_two")),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["registry_person.id"], name=op.f("fk_registry_merge_gone_id")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["registry_person.id"], name=op.f("fk_registry_merge_kept_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_merge")),
    )
    with op.batch_alter_table("registry_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_merge_gone_id"), ["gone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_merge_kept_id"), ["kept_id"], unique=False)

    op.create_table(
        "registry_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["registry_person.id"], name=op.f("fk_registry_phone_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_phone")),
    )
    with op.batch_alter_table("registry_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_phone_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_phone_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "registry_declared_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column(
            "voided_at",
            sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["registry_declaration.id"],
            name=op.f("fk_registry_declared_place_declaration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_declared_place")),
    )
    with op.batch_alter_table("registry_declared_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_declared_place_declaration_id"),
            ["declaration_id"],
            unique=False,
        )

    op.create_table(
        "registry_merge_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["registry_merge.id"], name=op.f("fk_registry_merge_line_merge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_merge_line")),
    )
    with op.batch_alter_table("registry_merge_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_merge_line_merge_id"), ["merge_id"], unique=False
        )

    with op.batch_alter_table("registry_person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dob_kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("old_id_no", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("passport_no", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("nationality", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("ethnic", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("occupation", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("workplace", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("household", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("address_on", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("guardian_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("guardian_relation", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("phone_consent", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("consent_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_registry_person_guardian_id",
            ["guardian_id"],
            unique=False,
            sqlite_where=sa.text("guardian_id IS NOT NULL"),
            postgresql_where=sa.text("guardian_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_registry_person_insurance_no",
            ["insurance_no"],
            unique=False,
            sqlite_where=sa.text("insurance_no <> ''"),
            postgresql_where=sa.text("insurance_no <> ''"),
        )
        batch_op.create_index(
            "ix_registry_person_merged_into",
            ["merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_registry_person_old_id_no",
            ["old_id_no"],
            unique=False,
            sqlite_where=sa.text("old_id_no <> ''"),
            postgresql_where=sa.text("old_id_no <> ''"),
        )
        batch_op.create_index(
            "ix_registry_person_passport_no",
            ["passport_no"],
            unique=False,
            sqlite_where=sa.text("passport_no <> ''"),
            postgresql_where=sa.text("passport_no <> ''"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registry_person_guardian_id"), "registry_person", ["guardian_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registry_person_merged_into"), "registry_person", ["merged_into"], ["id"]
        )


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("registry_person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_registry_person_merged_into"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_registry_person_guardian_id"), type_="foreignkey")
        batch_op.drop_index(
            "ix_registry_person_passport_no",
            sqlite_where=sa.text("passport_no <> ''"),
            postgresql_where=sa.text("passport_no <> ''"),
        )
        batch_op.drop_index(
            "ix_registry_person_old_id_no",
            sqlite_where=sa.text("old_id_no <> ''"),
            postgresql_where=sa.text("old_id_no <> ''"),
        )
        batch_op.drop_index(
            "ix_registry_person_merged_into",
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_registry_person_insurance_no",
            sqlite_where=sa.text("insurance_no <> ''"),
            postgresql_where=sa.text("insurance_no <> ''"),
        )
        batch_op.drop_index(
            "ix_registry_person_guardian_id",
            sqlite_where=sa.text("guardian_id IS NOT NULL"),
            postgresql_where=sa.text("guardian_id IS NOT NULL"),
        )
        batch_op.drop_column("merged_into")
        batch_op.drop_column("consent_on")
        batch_op.drop_column("phone_consent")
        batch_op.drop_column("guardian_relation")
        batch_op.drop_column("guardian_id")
        batch_op.drop_column("address_on")
        batch_op.drop_column("household")
        batch_op.drop_column("workplace")
        batch_op.drop_column("occupation")
        batch_op.drop_column("ethnic")
        batch_op.drop_column("nationality")
        batch_op.drop_column("passport_no")
        batch_op.drop_column("old_id_no")
        batch_op.drop_column("dob_kind")

    with op.batch_alter_table("registry_merge_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_merge_line_merge_id"))

    op.drop_table("registry_merge_line")
    with op.batch_alter_table("registry_declared_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_declared_place_declaration_id"))

    op.drop_table("registry_declared_place")
    with op.batch_alter_table("registry_phone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_phone_person_id"))
        batch_op.drop_index(batch_op.f("ix_registry_phone_number"))

    op.drop_table("registry_phone")
    with op.batch_alter_table("registry_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_merge_kept_id"))
        batch_op.drop_index(batch_op.f("ix_registry_merge_gone_id"))

    op.drop_table("registry_merge")
    with op.batch_alter_table("registry_declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_declaration_person_id"))
        batch_op.drop_index(batch_op.f("ix_registry_declaration_import_id"))
        batch_op.drop_index(batch_op.f("ix_registry_declaration_declared_at"))
        batch_op.drop_index(batch_op.f("ix_registry_declaration_by_id"))

    op.drop_table("registry_declaration")
    op.drop_table("registry_apart")
    with op.batch_alter_table("registry_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_address_person_id"))

    op.drop_table("registry_address")
    op.drop_table("registry_signatory")
    with op.batch_alter_table("registry_letterhead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_letterhead_folded"))

    op.drop_table("registry_letterhead")
