"""What each role may do: the presets of the modules, changed by the unit, and roles of its own.

Only differences from a preset are kept, so the rights of a module that is added later reach every
role that its preset names. The administrators always keep users and roles; and whoever may not
decide about roles cannot reach them through a user of greater rights either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Select, UniqueConstraint, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.i18n import N_, _
from admin_suite.core.permissions import Actor, Permission, Role
from admin_suite.db.base import OPEN, Base
from admin_suite.db.types import Coded
from admin_suite.db.work import Work, use_case
from admin_suite.module import Module
from admin_suite.registry.models import User
from admin_suite.registry.names import fold
from admin_suite.registry.permissions import ROLES, USERS
from admin_suite.registry.undoing import refuse_changed

COMPLAINTS = {
    "uq_registry_role_code": N_("There is a role of that name. Choose another name."),
    "uq_registry_role_name": N_("There is a role of that name. Choose another name."),
    "uq_registry_role_right_role_permission": N_("A colleague has just changed this right."),
}
KEPT = frozenset({USERS.code, ROLES.code})  # what the administrators can never lose
LONGEST = 60


class OwnRole(Base):
    """A role of the unit's own: its rights begin as those of a preset."""

    __tablename__ = "registry_role"
    code: Mapped[str] = mapped_column(unique=True, info=OPEN)
    name: Mapped[str] = mapped_column(unique=True, info=OPEN)
    preset: Mapped[Role] = mapped_column(Coded(Role), info=OPEN)


class RoleRight(Base):
    """A right that a role holds other than its preset says."""

    __tablename__ = "registry_role_right"
    __table_args__ = (UniqueConstraint("role", "permission"),)
    role: Mapped[str] = mapped_column(info=OPEN)
    permission: Mapped[str] = mapped_column(info=OPEN)
    granted: Mapped[bool] = mapped_column(info=OPEN)


class RoleRow(Struct, frozen=True):
    """A role; ``granted`` and ``withdrawn`` are how its rights differ from those of ``preset``."""

    role: str
    title: str
    preset: Role
    own: bool
    users: int
    rights: Sequence[str]
    granted: Sequence[str]
    withdrawn: Sequence[str]


Presets = Mapping[Role, frozenset[str]]
Changes = Mapping[str, Mapping[str, bool]]


# -- what a role may do ---------------------------------------------------------------------------


def presets(modules: Iterable[Module]) -> Presets:
    """The rights of every preset."""
    declared = [p for module in modules for p in module.permissions]
    return {role: frozenset(p.code for p in declared if p.held_by(role)) for role in Role}


def preset_roles(modules: Iterable[Module]) -> list[RoleRow]:
    """The roles that the program comes with, as it comes."""
    known = presets(modules)
    return [_row(str(role), role.word, role, known[role], {}) for role in Role]


def roles(work: Work, modules: Iterable[Module]) -> list[RoleRow]:
    """Every role: the presets, then the unit's own by name."""
    known, changed = presets(modules), _changes(work)
    found = [_row(str(role), role.word, role, known[role], changed) for role in Role]
    own = select(OwnRole.code, OwnRole.name, OwnRole.preset).order_by(OwnRole.name)
    for code, name, preset in work.session.execute(own):
        found.append(_row(code, name, preset, known[preset], changed))
    counted = select(User.role, func.count()).where(User.active).group_by(User.role)
    users = {row[0]: row[1] for row in work.session.execute(counted)}
    return [replace(row, users=users.get(row.role, 0)) for row in found]


def _row(code: str, title: str, preset: Role, usual: frozenset[str], changed: Changes) -> RoleRow:
    held = _held(usual, changed.get(code, {}))
    more, less = sorted(held - usual), sorted(usual - held)
    return RoleRow(code, title, preset, code != preset, 0, sorted(held), more, less)


def role_named(work: Work, text: str) -> str:
    """The code of a role by its code or its name; an unknown one is refused."""
    wanted, names = fold(text), {str(role): role.word for role in Role}
    names |= {row[0]: row[1] for row in work.session.execute(select(OwnRole.code, OwnRole.name))}
    for code, name in names.items():
        if text == code or wanted in (fold(name), code):
            return code
    said = _("There is no role “{role}”. Known: {names}.")
    raise UserError(said.format(role=text, names=", ".join(names)))


def held_role(work: Work, text: str) -> str:
    """The same for whoever gives the role to somebody: nobody removes it meanwhile."""
    code = role_named(work, text)
    if code not in tuple(Role) and _held_row(work, code) is None:
        raise UserError(_("A colleague has changed this meanwhile. It is shown as it is now."))
    return code


def _held_row(work: Work, code: str) -> OwnRole | None:
    query = select(OwnRole).where(OwnRole.code == code).with_for_update()
    return work.session.scalars(query).one_or_none()


def titles(work: Work) -> dict[str, str]:
    """What each role is called."""
    own = work.session.execute(select(OwnRole.code, OwnRole.name).order_by(OwnRole.name))
    return {str(role): role.word for role in Role} | {row[0]: row[1] for row in own}


# -- who acts -------------------------------------------------------------------------------------


def actor_of(work: Work, modules: Iterable[Module], user_id: int) -> Actor:
    """The user as the one who acts, with what the role may do now; not one switched off."""
    return _actor(work, presets(modules), user_id)


def admitting(modules: Iterable[Module]) -> Callable[[Work], Actor]:
    """One look-up by key at the beginning of every step: a change of rights counts at once."""
    known = presets(modules)
    return lambda work: _actor(work, known, work.actor.id)


def _actor(work: Work, known: Presets, user_id: int) -> Actor:
    rows = work.session.execute(_admission(), {"user": user_id}).all()
    row = rows[0] if rows else None
    if row is None or not row[2]:
        said = _("The user “{name}” was switched off. Ask an administrator, or change the user.")
        raise Forbidden(said.format(name=row[0] if row else work.actor.name))
    name, role, _active, post, preset = row[:5]
    changed = {right: granted for *_user, right, granted in rows if right}
    return Actor(user_id, name, _held(known[preset or Role.of(role)], changed), role, post or "")


@cache
def _admission() -> Select[str, str, bool, str, Role, str, bool]:
    """A user with his role, in a row for each right that it holds other than its preset says."""
    user = (User.full_name, User.role, User.active, OwnRole.name, OwnRole.preset)
    query = select(*user, RoleRight.permission, RoleRight.granted)
    query = query.outerjoin(OwnRole, OwnRole.code == User.role)
    query = query.outerjoin(RoleRight, RoleRight.role == User.role)
    return query.where(User.id == bindparam("user"))


def _changes(work: Work, role: str = "") -> dict[str, dict[str, bool]]:
    query = select(RoleRight.role, RoleRight.permission, RoleRight.granted)
    found: dict[str, dict[str, bool]] = {}
    for code, permission, granted in work.session.execute(
        query.where(RoleRight.role == role) if role else query
    ):
        found.setdefault(code, {})[permission] = granted
    return found


def _held(preset: frozenset[str], changed: Mapping[str, bool]) -> frozenset[str]:
    granted = {code for code, is_granted in changed.items() if is_granted}
    return (preset | granted) - (changed.keys() - granted)


# -- changing it ----------------------------------------------------------------------------------


@use_case(ROLES)
def set_right(
    work: Work,
    modules: Sequence[Module],
    role: str,
    permission: str,
    *,
    granted: bool,
    back: bool = False,
) -> bool:
    """Grant a right to a role, or withdraw it; tells whether that changed anything.

    ``back`` takes the opposite back, and is refused if somebody else has done so since.
    """
    code = role_named(work, role)
    right = _right(modules, permission)
    if code == Role.ADMIN and right.code in KEPT and not granted:
        said = _("The administrators keep the right “{title}”: nobody else could give it back.")
        raise UserError(said.format(title=_(right.title)))
    preset, known = _preset(work, code), _changes(work, code).get(code, {})
    usual = right.code in presets(modules)[preset]
    if back:
        refuse_changed(known.get(right.code, usual), not granted)
    if known.get(right.code, usual) is granted:
        return False
    keys = (RoleRight.role == code) & (RoleRight.permission == right.code)
    work.session.execute(delete(RoleRight).where(keys))
    if granted is not usual:
        row = {"role": code, "permission": right.code, "granted": granted}
        work.session.execute(insert(RoleRight), [row])
    change = {"role": code, "permission": right.code, "granted": [not granted, granted]}
    work.note(RoleRight.__tablename__, [], change)
    return True


@use_case(ROLES)
def add_role(work: Work, name: str, like: str) -> str:
    """Add a role of the unit's own with the rights of another; returns its code."""
    title = " ".join(name.split())
    code = fold(title).replace(" ", "-")
    if not code or len(title) > LONGEST:
        raise UserError(_("A role needs a name of at most {n} letters.").format(n=LONGEST))
    model = role_named(work, like)
    known = titles(work)
    if code in known or fold(title) in {fold(one) for one in (*known.values(), *Role.words())}:
        raise UserError(
            _("There is a role “{name}” already. Choose another name.").format(name=title)
        )
    work.session.add(OwnRole(code=code, name=title, preset=_preset(work, model)))
    for permission, granted in _changes(work, model).get(model, {}).items():
        work.session.add(RoleRight(role=code, permission=permission, granted=granted))
    work.session.flush()
    return code


@use_case(ROLES)
def remove_role(work: Work, role: str) -> None:
    """Remove a role of the unit's own that no user has any more."""
    code = role_named(work, role)
    own = _held_row(work, code)
    if own is None:
        raise UserError(_("“{role}” comes with the program and stays.").format(role=role))
    query = select(User.full_name).where(User.role == code).order_by(User.id)
    if has := list(work.session.scalars(query)):
        said = _("{name} has the role “{role}”. Give another role first.")
        raise UserError(said.format(name=has[0], role=own.name))
    work.session.execute(delete(RoleRight).where(RoleRight.role == code))
    work.session.execute(delete(OwnRole).where(OwnRole.id == own.id))
    work.note(OwnRole.__tablename__, [own.id], {"deleted": True, "name": [own.name, None]})


def guard_powerful(work: Work, role: str) -> None:
    """Refuse to touch whoever may keep users or roles, unless the actor may decide on roles."""
    changed = _changes(work, role).get(role, {})
    if _preset(work, role) is Role.ADMIN or any(changed.get(code) for code in KEPT):
        work.require(ROLES)


def _preset(work: Work, code: str) -> Role:
    own = work.session.scalar(select(OwnRole.preset).where(OwnRole.code == code))
    return own or Role.of(code)


def _right(modules: Sequence[Module], text: str) -> Permission:
    declared = {p.code: p for module in modules for p in module.permissions}
    if text not in declared:
        said = _("There is no right “{right}”. “roles list --json” names them.")
        raise UserError(said.format(right=text))
    return declared[text]
