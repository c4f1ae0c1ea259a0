"""The audit in words: what the house's tables, columns and verbs are called."""

from collections.abc import Sequence

from sqlalchemy import select

from admin_suite.core.i18n import N_
from admin_suite.db.settings import SharedSetting
from admin_suite.db.work import Work
from admin_suite.module import Subject
from admin_suite.registry.models import Person, Unit, User
from admin_suite.registry.permissions import SEE, SETTINGS, USERS


def _people(work: Work, ids: Sequence[int]) -> dict[int, str]:
    work.saw(Person.__tablename__, ids)
    query = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


def _users(work: Work, ids: Sequence[int]) -> dict[int, str]:
    query = select(User.id, User.full_name).where(User.id.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


def _units(work: Work, ids: Sequence[int]) -> dict[int, str]:
    query = select(Unit.id, Unit.name).where(Unit.id.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


def _settings(work: Work, ids: Sequence[int]) -> dict[int, str]:
    query = select(SharedSetting.id, SharedSetting.key).where(SharedSetting.id.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


VIEW, EXPORT, PROVE, SIGN_IN = "view", "export", "registry.prove", "registry.sign_in"
DEEDS = {
    "": N_("Changed"),
    VIEW: N_("Looked at"),
    EXPORT: N_("Exported"),
    SIGN_IN: N_("Signed in"),
    PROVE: N_("Proved by PIN"),
    "registry.add_person": N_("Entered people"),
    "registry.add_people": N_("Entered people"),
    "registry.correct_people": N_("Corrected people"),
    "registry.withdraw_people": N_("Withdrew people"),
    "registry.unit_id": N_("Entered a unit"),
    "registry.add_user": N_("Added a user"),
    "registry.switch_off": N_("Switched a user off"),
    "registry.switch_on": N_("Switched a user on"),
    "registry.set_role": N_("Gave a user another role"),
    "registry.set_password": N_("Set a password"),
    "registry.set_pin": N_("Set a PIN"),
    "registry.set_right": N_("Changed the rights of a role"),
    "registry.add_role": N_("Added a role"),
    "registry.remove_role": N_("Removed a role"),
    "registry.change": N_("Changed settings"),
    "registry.note_backup": N_("Made a backup"),
    "registry.note_restore": N_("Brought a backup back"),
    "registry.take_back": N_("Took an import back"),
}
SUBJECTS = (
    Subject(
        "registry_person",
        N_("People"),
        {
            "name": N_("Full name"),
            "dob": N_("Date of birth"),
            "sex": N_("Sex"),
            "phone": N_("Telephone"),
            "id_no": N_("Citizen ID"),
            "insurance_no": N_("Insurance number"),
            "commune_code": N_("Commune"),
            "address": N_("Address"),
            "voided_at": N_("Withdrawn"),
        },
        _people,
        SEE,
        personal=True,
    ),
    Subject(
        "registry_user",
        N_("Users"),
        {
            "full_name": N_("Full name"),
            "role": N_("Role"),
            "active": N_("May sign in"),
            "password": N_("Password"),
            "pin": N_("PIN"),
        },
        _users,
        USERS,
    ),
    Subject(
        "registry_role",
        N_("Roles"),
        {"code": N_("Code"), "name": N_("Name"), "preset": N_("Made like")},
    ),
    Subject(
        "registry_role_right",
        N_("Rights of roles"),
        {"role": N_("Role"), "permission": N_("Right"), "granted": N_("Granted")},
    ),
    Subject(
        "registry_unit",
        N_("Units"),
        {"parent": N_("Agency above"), "place": N_("Place"), "site": N_("Letters of the site")},
        _units,
        SEE,
    ),
    Subject("registry_commune", N_("Communes")),
    Subject(
        "house_setting",
        N_("Settings"),
        {"key": N_("Setting"), "value": N_("Value")},
        _settings,
        SETTINGS,
    ),
    Subject(
        "house_rule",
        N_("Dated rules"),
        {
            "valid_from": N_("In force from"),
            "source": N_("Source"),
            "adopted": N_("Adopted"),
            "content": N_("Content"),
        },
    ),
    Subject(
        "house_import",
        N_("Imports"),
        {
            "sheet": N_("Sheet"),
            "stored": N_("Rows stored"),
            "unchanged": N_("Rows unchanged"),
            "refused": N_("Rows refused"),
            "changed": N_("Rows changed"),
            "kept": N_("Rows that stayed"),
            "revises": N_("Corrects import"),
            "taken_back_at": N_("Taken back at"),
            "taken_back_by": N_("Taken back by"),
        },
    ),
    Subject("house_import_line", N_("Rows of imported lists"), {"gone": N_("Counts no more")}),
    Subject(
        "house_anchor",
        N_("Backups"),
        {
            "number": N_("Last audit entry"),
            "hash": N_("Its mark"),
            "at": N_("Time"),
            "purpose": N_("Purpose"),
        },
    ),
)
