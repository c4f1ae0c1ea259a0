"""The demo district: made from nothing by the ordinary verbs, for trying, showing and testing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct, field

from admin_suite.cli.desk import PASSWORD, Desk
from admin_suite.core.clock import ZONE
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Role
from admin_suite.db.work import Work
from admin_suite.house import part
from admin_suite.registry import users
from admin_suite.setting_up import Beginning, is_set_up, set_up, sign_in
from admin_suite.suite import Suite

UNIT, PARENT, PLACE = "Trung tâm Y tế huyện Bảo Yên", "Sở Y tế tỉnh Lào Cai", "Bảo Yên"
ADMIN = ("quan.tri", "Lương Công Định")
COLLEAGUES = {
    "technician": ("ha.nguyen", "Nguyễn Thu Hà", Role.TECHNICIAN),
    "lab_head": ("duc.tran", "Trần Mạnh Đức", Role.LAB_HEAD),
    "vaccination": ("su.vang", "Vàng Thị Sú", Role.VACCINATION),
    "quarantine": ("my.giang", "Giàng Thị Mỷ", Role.QUARANTINE),
    "venues": ("tu.hoang", "Hoàng Văn Tú", Role.VENUES),
}
DEMO_PASSWORD = "demo-bao-yen"  # noqa: S105 - the demo's own, printed for whoever tries it
SEED = 20210813


class Stage(Struct):
    """A ``module.Scene`` over one database and the demo's users."""

    folder: Path
    today: datetime
    suites: dict[str, Suite]
    dice: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - invented people

    @contextmanager
    def work(self, user: str, at: datetime) -> Iterator[Work]:
        """A unit of work of one of the users, as if it were ``at``."""
        suite = self.suites[user]
        with suite.database.work(suite.actor) as work:
            work.clock = lambda: at.astimezone(UTC)  # as every clock here; the audit hashes it
            yield work


def demo(desk: Desk) -> dict[str, Any]:
    """Build the demo district in the database named and put what it yields into a folder."""
    folder: Path = desk.options.out
    if is_set_up(desk.url):
        message = _("This database is in use. Name a new one for the demo with --db.")
        raise UserError(message)
    folder.mkdir(parents=True, exist_ok=True)
    password = os.environ.get(PASSWORD) or DEMO_PASSWORD
    set_up(desk.modules, desk.url, Beginning(UNIT, ADMIN[0], password, PARENT, PLACE, ADMIN[1]))
    suites = dict(_colleagues(desk, password))
    try:
        scene = Stage(folder, datetime.now(ZONE), suites)
        for module in desk.modules:
            if module.demo:
                part(module, module.demo)(scene)
    finally:
        for suite in suites.values():
            suite.close()
    names = [ADMIN[0], *(name for name, _full, _role in COLLEAGUES.values())]
    files = sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())
    return {"users": names, "password": password, "folder": str(folder), "files": files}


def _colleagues(desk: Desk, password: str) -> Iterator[tuple[str, Suite]]:
    admin = sign_in(desk.modules, desk.url, ADMIN[0], password)
    with admin.database.work(admin.actor) as work:
        for name, full_name, role in COLLEAGUES.values():
            users.add_user(work, name, role, password, full_name)
    admin.close()
    for post, (name, _full, _role) in COLLEAGUES.items():
        yield post, sign_in(desk.modules, desk.url, name, password)
