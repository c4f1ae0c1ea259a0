"""From nothing to a database that somebody can sign in to; and opening one that is there."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, insert, select
from sqlalchemy.engine import URL

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Actor, Role
from admin_suite.core.profiles import Profile
from admin_suite.db import audit, engine, settings
from admin_suite.db.places import refuse_shared_folder
from admin_suite.db.work import Work
from admin_suite.module import Module
from admin_suite.registry import pins, users
from admin_suite.registry.models import User
from admin_suite.registry.outputs import add_layouts
from admin_suite.registry.queries import own_unit
from admin_suite.registry.roles import actor_of
from admin_suite.registry.seeds import add_communes, name_unit
from admin_suite.registry.settings import PLACE
from admin_suite.suite import Suite, open_suite

NOBODY = 0  # the number under which the program itself stands in the audit


class Beginning(Struct, frozen=True):
    """What a new database is told: whose it is, and who may sign in first."""

    unit: str
    admin: str
    password: str
    parent: str = ""
    place: str = ""
    full_name: str = ""
    profile: Profile = Profile.FULL


def is_set_up(url: URL) -> bool:
    """Whether somebody can sign in to this database. Creates nothing."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    if not engine.revision(url):
        return False
    engine.bring_up_to_date(url)
    suite = open_suite((), url, Actor(NOBODY, "setup"))
    try:
        with suite.database.read(suite.actor) as work:
            return bool(work.session.scalar(select(func.count(User.id))))
    finally:
        suite.close()


def set_up(modules: Sequence[Module], url: URL, beginning: Beginning) -> None:
    """Make or migrate the database, name the unit, add the first administrator, the communes.

    A second time with the same words changes nothing; with others it is refused.
    """
    refuse_shared_folder(url)
    if is_set_up(url):
        _refuse_other(url, beginning)
        return
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine.bring_up_to_date(url)
    every = frozenset(p.code for module in modules for p in module.permissions)
    suite = open_suite(modules, url, Actor(NOBODY, "setup", every))
    try:
        with suite.database.work(suite.actor) as work:
            if work.session.scalar(select(func.count(audit.Salt.id))) == 0:
                work.session.execute(insert(audit.Salt), [{"secret": secrets.token_bytes(32)}])
            users.add_user(
                work, beginning.admin, Role.ADMIN, beginning.password, beginning.full_name
            )
            name_unit(work, beginning.unit, beginning.parent, beginning.place)
            add_communes(work)
            add_layouts(work)
            settings.put(work, PLACE.key, beginning.profile.value)
            seed(work, modules)
    finally:
        suite.close()


def seed(work: Work, modules: Sequence[Module]) -> None:
    """Enter what the modules begin with, as far as it is not there."""
    for module in modules:
        if module.seed is not None:
            module.seed(work)


def _refuse_other(url: URL, beginning: Beginning) -> None:
    suite = open_suite((), url, Actor(NOBODY, "setup"))
    try:
        with suite.database.read(suite.actor) as work:
            unit = own_unit(work).name
            names = list(work.session.scalars(select(User.name).where(User.role == Role.ADMIN)))
    finally:
        suite.close()
    if unit != beginning.unit or beginning.admin not in names:
        message = _("This database belongs to “{unit}” already. Add users with “users add”.")
        raise UserError(message.format(unit=unit))


def sign_in(modules: Sequence[Module], url: URL, name: str, password: str) -> Suite:
    """Open the database as this user; refuses a wrong name or password in one sentence."""
    refuse_shared_folder(url)
    if not is_set_up(url):
        raise UserError(_("There is no database yet. Set it up first (command “init”)."))
    suite = open_suite(modules, url, Actor(NOBODY, "sign-in"))
    try:
        with suite.database.work(suite.actor) as work:
            user = users.sign_in(work, name, password)
            if user is not None:  # a module may be newer than the database
                seed(work, modules)
            suite = suite.used_as(settings.value(work, PLACE))
            actor = actor_of(work, modules, user.id) if user is not None else None
    except BaseException:
        suite.close()
        raise
    if actor is None:
        suite.close()
        raise UserError(_("The user name or the password is wrong."))
    return suite.acted_by(actor).watched()


def recognise(work: Work, modules: Sequence[Module], name: str, pin: str) -> Actor | None:
    """Who takes a locked window over, if his PIN shows it; ``admit`` follows and writes it down."""
    user = pins.recognise(work, name, pin)
    return actor_of(work, modules, user.id) if user is not None else None


def admit(
    work: Work, modules: Sequence[Module], name: str, words: str
) -> tuple[Actor, bool] | None:
    """Who takes a locked window over, by PIN or password, and whether he has a PIN."""
    admitted = pins.admit(work, name, words)
    if admitted is None:
        return None
    return actor_of(work, modules, admitted.user.id), admitted.has_pin
