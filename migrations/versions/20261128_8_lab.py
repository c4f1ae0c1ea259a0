"""results that went back, short numbers of the day, rules of the laboratory

Revision ID: 20261128_8_lab
Revises: 20261128_7_venues
Create Date: 2026-11-28 15:20:11.204517

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261128_8_lab"
down_revision: Union[str, Sequence[str], None] = "20261128_7_venues"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
HAD = "number IS NOT NULL OR channel = 'DESK'"
HAD_OR_VOID = (
    "(number IS NOT NULL AND return_id IS NULL) "
    "OR (number IS NULL AND (return_id IS NOT NULL OR channel = 'DESK'))"
)
IN_FORCE = {
    "sqlite_where": sa.text("voided_at IS NULL"),
    "postgresql_where": sa.text("voided_at IS NULL"),
}
RULES = ("lab.retention", "lab.lettering", "results.contamination", "results.disclosure")
POOLS = """
INSERT INTO lab_recollection (specimen_id, why, opened_at, opened_by)
SELECT s.id, 'POOL', v.at, v.signed_by
FROM lab_measurement m
JOIN lab_tube t ON t.id = m.tube_id AND t.stage = 'RELEASED'
JOIN results_version v ON v.measurement_id = m.id
JOIN lab_specimen s ON s.tube_id = t.id AND s.voided_at IS NULL
WHERE m."current" AND m.outcome = 'AWAITING_SINGLES' AND t.voided_at IS NULL
AND v.number = (SELECT max(w.number) FROM results_version w WHERE w.tube_id = t.id)
AND NOT EXISTS (SELECT 1 FROM lab_recollection r
    WHERE r.specimen_id = s.id AND r.voided_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM lab_specimen n
    WHERE n.person_id = s.person_id AND n.voided_at IS NULL AND n.collected_at > s.collected_at)
ORDER BY s.id
"""


RETURNS = """
INSERT INTO results_return (tube_id, measurement_id, notice_id, reason, returned_by, returned_at)
SELECT r.tube_id, r.measurement_id, n.id, r.reason, r.returned_by, r.returned_at
FROM results_release r
LEFT JOIN results_notice n ON n.measurement_id = r.measurement_id
WHERE r.returned_by IS NOT NULL
AND r.reason NOT IN ('The check was taken back.', 'Đã hoàn tác việc kiểm tra.')
AND NOT EXISTS (SELECT 1 FROM results_release o
    WHERE o.measurement_id = r.measurement_id AND o.id > r.id)
ORDER BY r.id
"""


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "lab_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_day")),
        sa.UniqueConstraint("site", "day", name=op.f("uq_lab_day_site_day")),
    )
    op.create_table(
        "results_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tube_id", sa.Integer(), nullable=False),
        sa.Column("measurement_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("returned_by", sa.Integer(), nullable=False),
        sa.Column("returned_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["measurement_id"],
            ["lab_measurement.id"],
            name=op.f("fk_results_return_measurement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["results_notice.id"], name=op.f("fk_results_return_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"], ["registry_user.id"], name=op.f("fk_results_return_returned_by")
        ),
        sa.ForeignKeyConstraint(
            ["tube_id"], ["lab_tube.id"], name=op.f("fk_results_return_tube_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_return")),
        sa.UniqueConstraint("measurement_id", name=op.f("uq_results_return_measurement_id")),
    )
    with op.batch_alter_table("results_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_results_return_tube_id"), ["tube_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_results_return_notice_id"), ["notice_id"], unique=False
        )
    with op.batch_alter_table("results_telling", schema=None) as batch_op:
        batch_op.add_column(sa.Column("return_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_results_telling_return_id"), "results_return", ["return_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("ck_results_telling_had"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_results_telling_had"), HAD_OR_VOID)
        batch_op.create_index(
            "uq_results_telling_return_id", ["return_id", "person_id"], unique=True, **IN_FORCE
        )
    op.execute(RETURNS)
    op.execute(POOLS)


def downgrade() -> None:
    """Downgrade schema."""
    codes = ", ".join(f"'{code}'" for code in RULES)
    op.execute(f"DELETE FROM house_rule WHERE code IN ({codes})")
    op.execute("DELETE FROM lab_recollection WHERE why IN ('POOL', 'UNCLEAR', 'ANNULLED')")
    op.execute("DELETE FROM results_telling WHERE return_id IS NOT NULL")
    with op.batch_alter_table("results_telling", schema=None) as batch_op:
        batch_op.drop_index("uq_results_telling_return_id", **IN_FORCE)
        batch_op.drop_constraint(batch_op.f("ck_results_telling_had"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_results_telling_had"), HAD)
        batch_op.drop_constraint(batch_op.f("fk_results_telling_return_id"), type_="foreignkey")
        batch_op.drop_column("return_id")
    with op.batch_alter_table("results_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_results_return_notice_id"))
        batch_op.drop_index(batch_op.f("ix_results_return_tube_id"))
    op.drop_table("results_return")
    op.drop_table("lab_day")
