"""vaccination: the layout for the national platform, where nobody has changed it

A layout is data, so a database keeps the one that it was made with. The first one that shipped wrote
a province of its own for everybody and days of doses as a machine writes them; where it still stands
letter by letter it becomes the one of today. What somebody changed, renamed or deleted stays so.

Revision ID: 20261129_vaccines
Revises: 20261129_together
Create Date: 2026-11-29 02:05:00.000000

"""

import json
from typing import Any, Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "20261129_vaccines"
down_revision: Union[str, Sequence[str], None] = "20261129_together"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

NAME = "Nền tảng tiêm chủng quốc gia"
ON1, ON2 = "Mũi 1: ngày tiêm", "Mũi 2: ngày tiêm"
FIRST: dict[str, dict[str, Any]] = {
    "Tỉnh/TP": {"heading": "Tỉnh/TP", "constant": "Lào Cai", "width": 12},
    ON1: {"heading": ON1, "field": "on1", "width": 12},
    ON2: {"heading": ON2, "field": "on2", "width": 12},
}
TODAY: dict[str, dict[str, Any]] = {
    "Tỉnh/TP": {"heading": "Tỉnh/TP", "field": "province", "width": 12},
    ON1: {"heading": ON1, "field": "on1", "date": "dd/mm/yyyy", "width": 12},
    ON2: {"heading": ON2, "field": "on2", "date": "dd/mm/yyyy", "width": 12},
}
# heading, field, width of every column of the first layout, the three above without their field
COLUMNS = (
    ("STT", "#", 6),
    ("Họ và tên", "name", 24),
    ("Ngày sinh", "dob", 12),
    ("Giới tính", "sex", 8),
    ("Mã nhóm đối tượng (1-16)", "priority_group", 12),
    ("Đơn vị công tác", "workplace", 20),
    ("Số điện thoại", "phone", 13),
    ("CMND/CCCD/HC", "id_no", 15),
    ("Số thẻ BHYT", "insurance_no", 17),
    ("Tỉnh/TP", "", 12),
    ("Mã xã/phường", "commune_code", 10),
    ("Địa chỉ chi tiết", "address", 36),
    ("Mũi 1: vắc xin", "product1", 14),
    (ON1, "on1", 12),
    ("Mũi 1: số lô", "lot1", 12),
    ("Mũi 2: vắc xin", "product2", 14),
    (ON2, "on2", 12),
    ("Mũi 2: số lô", "lot2", 12),
    ("Lỗi đối chiếu", "match", 24),
    ("Ghi chú", "note", 20),
    ("Mã bản ghi", "uid", 9),
)
MORE: dict[str, dict[str, Any]] = {
    "Ngày sinh": {"date": "dd/mm/yyyy"},
    "Giới tính": {"words": {"M": "Nam", "F": "Nữ"}},
    "Lỗi đối chiếu": {
        "words": {
            "NO_ID": "1. Không có số định danh",
            "BAD_ID": "2. Số định danh sai dạng",
            "DIFFERS": "3. Thông tin không khớp",
        }
    },
}
REST: dict[str, Any] = {
    "name": NAME,
    "sheet": "vaccination.registrations",
    "order": ["commune_code", "name"],
    "destination": "Nền tảng quản lý tiêm chủng COVID-19",
    "note": "Cột theo danh sách đơn vị năm 2021; cột lỗi theo ba loại của Bộ Y tế khi đối chiếu dân cư.",
}


def arranged(differing: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A layout that shipped, with the three columns in which the two of them differ."""
    columns = [
        differing.get(heading)
        or {"heading": heading, "field": field, "width": width, **MORE.get(heading, {})}
        for heading, field, width in COLUMNS
    ]
    return {**REST, "columns": columns}


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
    """Upgrade the layout that nobody changed."""
    _put(arranged(FIRST), arranged(TODAY))


def downgrade() -> None:
    """Downgrade the layout that nobody changed."""
    _put(arranged(TODAY), arranged(FIRST))
