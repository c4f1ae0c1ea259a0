"""The commands about those who work with the program."""

from collections.abc import Sequence
from typing import Any

from admin_suite.cli.actions import advise
from admin_suite.cli.desk import NEW_PASSWORD, NEW_PIN, Desk, secret
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Role
from admin_suite.registry import pins, queries, users
from admin_suite.registry.permissions import USERS
from admin_suite.suite import rights_of


def add_user(desk: Desk) -> dict[str, Any]:
    """Add somebody who may sign in."""
    options = desk.options
    with desk.work() as work:
        work.require(USERS)
        password = secret(NEW_PASSWORD, _("Password of the new user: "))
        role = Role.of(options.role)
        key = users.add_user(work, options.name, role, password, options.full_name)
    advise(password)
    return {"id": key, "name": options.name, "role": options.role}


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
        return queries.users(work)


def list_roles(desk: Desk) -> list[dict[str, Any]]:
    """The preset roles and their rights."""
    return [
        {"role": str(role), "title": role.word, "rights": sorted(rights_of(desk.modules, role))}
        for role in Role
    ]
