"""The commands about those who work with the program."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from admin_suite.cli.actions import advise
from admin_suite.cli.desk import NEW_PASSWORD, NEW_PIN, Desk, secret
from admin_suite.core.i18n import _
from admin_suite.registry import pins, queries, roles, settings, users
from admin_suite.registry.permissions import USERS


def add_user(desk: Desk) -> dict[str, Any]:
    """Add somebody who may sign in."""
    options = desk.options
    with desk.work() as work:
        work.require(USERS)
        password = secret(NEW_PASSWORD, _("Password of the new user: "))
        key = users.add_user(work, options.name, options.role, password, options.full_name)
        role = roles.role_named(work, options.role)
    advise(password)
    return {"id": key, "name": options.name, "role": role}


def set_role(desk: Desk) -> dict[str, Any]:
    """Give somebody another role."""
    with desk.work() as work:
        work.require(USERS)
        users.set_role(work, queries.user_named(work, desk.options.name).id, desk.options.role)
        role = roles.role_named(work, desk.options.role)
    return {"name": desk.options.name, "role": role}


def switch_off(desk: Desk) -> dict[str, Any]:
    """Let somebody sign in no more."""
    with desk.work() as work:
        work.require(USERS)
        users.switch_off(work, queries.user_named(work, desk.options.name).id)
    return {"name": desk.options.name, "active": False}


def switch_on(desk: Desk) -> dict[str, Any]:
    """Let somebody sign in again."""
    with desk.work() as work:
        work.require(USERS)
        users.switch_on(work, queries.user_named(work, desk.options.name).id)
    return {"name": desk.options.name, "active": True}


def change_password(desk: Desk) -> dict[str, Any]:
    """Give somebody a new password."""
    with desk.work() as work:
        user = queries.user_named(work, desk.options.name)
        password = secret(NEW_PASSWORD, _("New password: "))
        users.set_password(work, user.id, password)
    advise(password)
    return {"name": user.name, "password": True}


def change_pin(desk: Desk) -> dict[str, Any]:
    """Give somebody a new PIN."""
    with desk.work() as work:
        user = queries.user_named(work, desk.options.name)
        pins.set_pin(work, user.id, secret(NEW_PIN, _("New PIN: ")))
    return {"name": user.name, "pin": True}


def list_users(desk: Desk) -> Sequence[queries.UserRow]:
    """Everybody who works with the program."""
    with desk.read() as work:
        work.require(USERS)
        rows, called = queries.users(work), roles.titles(work)
    return rows if desk.options.json else [replace(row, role=called[row.role]) for row in rows]


def list_roles(desk: Desk) -> list[dict[str, Any]]:
    """The roles; with ``--json`` the rights of each, too many for a line.

    Whoever does not say who he is gets the presets that the program comes with.
    """
    if not desk.options.user:
        found = roles.preset_roles(desk.modules)
    else:
        with desk.read() as work:
            found = roles.roles(work, desk.modules)
    return [_role(row, whole=desk.options.json) for row in found]


def _role(row: roles.RoleRow, *, whole: bool) -> dict[str, Any]:
    told = {"role": row.role, "title": row.title, "preset": row.preset, "users": row.users}
    if whole:
        rights = {"rights": row.rights, "granted": row.granted, "withdrawn": row.withdrawn}
        return told | rights
    return told | {"rights": len(row.rights)}


def grant(desk: Desk) -> dict[str, Any]:
    """Grant a right to a role."""
    return _set_right(desk, granted=True)


def withdraw(desk: Desk) -> dict[str, Any]:
    """Withdraw a right from a role."""
    return _set_right(desk, granted=False)


def _set_right(desk: Desk, *, granted: bool) -> dict[str, Any]:
    options = desk.options
    with desk.work() as work:
        changed = roles.set_right(work, desk.modules, options.role, options.right, granted=granted)
    return {"role": options.role, "right": options.right, "granted": granted, "changed": changed}


def add_role(desk: Desk) -> dict[str, Any]:
    """Add a role of the unit's own."""
    with desk.work() as work:
        code = roles.add_role(work, desk.options.name, desk.options.like)
    return {"role": code, "title": desk.options.name}


def remove_role(desk: Desk) -> dict[str, Any]:
    """Remove a role of the unit's own."""
    with desk.work() as work:
        roles.remove_role(work, desk.options.role)
    return {"role": desk.options.role, "removed": True}


def list_settings(desk: Desk) -> Sequence[settings.SettingRow]:
    """Every setting with what it is set to."""
    with desk.read() as work:
        return settings.rows(work, desk.modules)


def get_setting(desk: Desk) -> dict[str, str]:
    """What one setting is set to."""
    with desk.read() as work:
        wanted = settings.setting_named(desk.modules, desk.options.key)
        row = next(row for row in settings.rows(work, desk.modules) if row.key == wanted.key)
    return {"key": row.key, "value": row.value}


def set_setting(desk: Desk) -> dict[str, Any]:
    """Set one setting."""
    key, text = desk.options.key, desk.options.value
    with desk.work() as work:
        changed = settings.change(work, desk.modules, {key: text})
    return {"key": key, "value": text, "changed": bool(changed)}
