"""vaccination: corrections of doses, what a confirmation said, and the platform's whole layout

A request for correction may be about a dose, and a confirmation keeps what stands on it. The layout
for the national platform becomes the one of today where it stands as it shipped; what somebody
changed, renamed or deleted stays so.

Revision ID: 20261130_wrong_doses
Revises: 20261130_waiting
Create Date: 2026-11-30 09:40:00.000000

"""

import json
from typing import Any, Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261130_wrong_doses"
down_revision: Union[str, Sequence[str], None] = "20261130_waiting"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

KEY = "fk_vaccination_correction_dose_id"
OF_DOSES = ("product", "on", "lot", "place", "stated", "never", "missing")


NAME = "Nền tảng tiêm chủng quốc gia"
DAY = {"date": "dd/mm/yyyy"}
PERSON: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("STT", "#", 6, {}),
    ("Họ và tên", "name", 24, {}),
    ("Ngày sinh", "dob", 12, DAY),
    ("Giới tính", "sex", 8, {"words": {"M": "Nam", "F": "Nữ"}}),
    ("Mã nhóm đối tượng (1-16)", "priority_group", 12, {}),
    ("Đơn vị công tác", "workplace", 20, {}),
    ("Số điện thoại", "phone", 13, {}),
    ("CMND/CCCD/HC", "id_no", 15, {}),
    ("Số thẻ BHYT", "insurance_no", 17, {}),
    ("Tỉnh/TP", "province", 12, {}),
)
AREAS: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("Mã tỉnh/TP", "province_code", 8, {}),
    ("Quận/Huyện", "district", 12, {}),
    ("Mã quận/huyện", "district_code", 8, {}),
    ("Xã/Phường", "commune", 18, {}),
)
HOME: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("Mã xã/phường", "commune_code", 10, {}),
    ("Địa chỉ chi tiết", "address", 36, {}),
)
REST: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    (
        "Lỗi đối chiếu",
        "match",
        24,
        {
            "words": {
                "NO_ID": "1. Không có số định danh",
                "BAD_ID": "2. Số định danh sai dạng",
                "DIFFERS": "3. Thông tin không khớp",
            }
        },
    ),
    ("Ghi chú", "note", 20, {}),
    ("Mã bản ghi", "uid", 9, {}),
)
NOTE = "Cột theo danh sách đơn vị năm 2021{more}; cột lỗi theo ba loại của Bộ Y tế khi đối chiếu dân cư."
MORE = " (mũi 3, mũi 4 thêm cho liều bổ sung, liều nhắc lại)"


def _doses(most: int, *, places: bool) -> list[tuple[str, str, int, dict[str, Any]]]:
    found = []
    for n in range(1, most + 1):
        found += [
            (f"Mũi {n}: vắc xin", f"product{n}", 14, {}),
            (f"Mũi {n}: ngày tiêm", f"on{n}", 12, DAY),
            (f"Mũi {n}: số lô", f"lot{n}", 12, {}),
        ]
        if places:
            found.append((f"Mũi {n}: nơi tiêm", f"place{n}", 22, {}))
    return found


def arranged(*, whole: bool) -> dict[str, Any]:
    """The layout of today, or the one before it: no place, no district, two doses."""
    doses = _doses(4, places=True) if whole else _doses(2, places=False)
    columns = (*PERSON, *(AREAS if whole else ()), *HOME, *doses, *REST)
    return {
        "name": NAME,
        "sheet": "vaccination.registrations",
        "order": ["commune_code", "name"],
        "destination": "Nền tảng quản lý tiêm chủng COVID-19",
        "note": NOTE.format(more=MORE if whole else ""),
        "columns": [
            {"heading": heading, "field": field, "width": width, **more}
            for heading, field, width, more in columns
        ],
    }


def _put(before: dict[str, Any], after: dict[str, Any]) -> None:
    layout = sa.table("registry_layout", *map(sa.column, ("id", "version", "name", "arranged")))
    connection = op.get_bind()
    query = sa.select(layout.c.id, layout.c.arranged).where(layout.c.name == NAME)
    for key, text in connection.execute(query).all():
        if json.loads(text) == before:
            written = json.dumps(after, ensure_ascii=False, indent=1)
            values = {"arranged": written, "version": layout.c.version + 1}
            connection.execute(sa.update(layout).where(layout.c.id == key).values(**values))


def upgrade() -> None:
    """Upgrade schema, and the layout that nobody changed."""
    with op.batch_alter_table("vaccination_correction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dose_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f(KEY), "vaccination_dose", ["dose_id"], ["id"])
    with op.batch_alter_table("vaccination_slip", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said", sa.String(), server_default="", nullable=False))
    _put(arranged(whole=False), arranged(whole=True))


def downgrade() -> None:
    """Downgrade schema: the older program knows corrections of people only, and two doses."""
    _put(arranged(whole=True), arranged(whole=False))
    asked = sa.table("vaccination_correction", *map(sa.column, ("id", "field")))
    slip = sa.table("vaccination_slip", *map(sa.column, ("id", "correction_id")))
    gone = sa.select(asked.c.id).where(asked.c.field.in_(OF_DOSES))
    op.execute(sa.update(slip).where(slip.c.correction_id.in_(gone)).values(correction_id=None))
    op.execute(sa.delete(asked).where(asked.c.field.in_(OF_DOSES)))
    with op.batch_alter_table("vaccination_slip", schema=None) as batch_op:
        batch_op.drop_column("said")
    with op.batch_alter_table("vaccination_correction", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(KEY), type_="foreignkey")
        batch_op.drop_column("dose_id")
