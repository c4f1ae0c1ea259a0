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
CONFIRM, UNLOCK, CHANGE = "registry.confirm", "registry.unlock", "registry.change_user"
SENT = "registry.export"  # a file that left, beside the looks at people in it
NO_VERBS = {"", VIEW, EXPORT, PROVE, SIGN_IN, CONFIRM, UNLOCK, CHANGE, SENT}
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
    CONFIRM: N_("Proved by PIN"),
    UNLOCK: N_("Unlocked the window"),
    CHANGE: N_("Took the window over"),
    "registry.declare": N_("Entered declarations"),
    "registry.correct_declarations": N_("Corrected declarations"),
    "registry.withdraw_declarations": N_("Withdrew declarations"),
    "registry.merge_people": N_("Made two entries one"),
    "registry.unmerge_people": N_("Took two entries apart"),
    "registry.tell_apart": N_("Said that two entries are two people"),
    "registry.set_phones": N_("Changed the telephones of a person"),
    "registry.move": N_("Changed the address of a person"),
    "registry.set_guardian": N_("Changed the guardian of a person"),
    "registry.note_consent": N_("Noted consent"),
    "registry.set_letterheads": N_("Changed a letterhead"),
    "registry.set_signatories": N_("Changed who signs"),
    "registry.hand_over": N_("Handed the shift over"),
    "registry.take_over": N_("Took the shift over"),
    "registry.call_back": N_("Took a hand-over back"),
    "registry.save_layout": N_("Saved an output layout"),
    "registry.unsave_layout": N_("Took back the saving of an output layout"),
    "registry.delete_layout": N_("Deleted an output layout"),
    SENT: N_("Exported"),
    "registry.note_down": N_("Exported"),
    "registry.take_back_export": N_("Took the marks of an export back"),
    "registry.keep_view": N_("Kept a view of a list"),
    "registry.drop_view": N_("Dropped a view of a list"),
}
GONE = {"voided_at": N_("Withdrawn")}
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
            "phone_consent": N_("Consent to be told by phone"),
            "consent_on": N_("Consent given on"),
            "merged_into": N_("Made one with"),
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
        "registry_presence",
        N_("Where people stay"),
        {
            "unit_id": N_("Unit"),
            "since": N_("Since"),
            "until": N_("Until"),
            "voided_at": N_("Withdrawn"),
        },
    ),
    Subject(
        "house_key",
        N_("Signing keys"),
        {"purpose": N_("Purpose"), "number": N_("Number"), "since": N_("Since")},
    ),
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
    Subject("registry_phone", N_("Telephones"), GONE),
    Subject("registry_address", N_("Addresses"), GONE),
    Subject("registry_merge", N_("Entries made one"), {"by": N_("By"), **GONE}),
    Subject(
        "registry_merge_line",
        N_("Rows of entries made one"),
        {"subject": N_("About what"), "field": N_("Field"), "row_id": N_("Row")},
    ),
    Subject("registry_apart", N_("Entries of two people")),
    Subject("registry_declaration", N_("Declarations"), GONE),
    Subject("registry_declared_place", N_("Declared places"), GONE),
    Subject(
        "registry_letterhead",
        N_("Letterheads"),
        {
            "valid_from": N_("In force from"),
            "governing": N_("Agency above"),
            "name": N_("Name"),
            "place": N_("Place"),
            "head_title": N_("Title of the head"),
            "phone": N_("Telephone"),
        },
    ),
    Subject(
        "registry_signatory",
        N_("Signatories"),
        {
            "valid_from": N_("In force from"),
            "paper": N_("Paper"),
            "form": N_("Form of signing"),
            "behalf": N_("On behalf of"),
            "title": N_("Title"),
        },
    ),
    Subject(
        "registry_shift",
        N_("Hand-overs"),
        {
            "given_by": N_("Given by"),
            "given_at": N_("Given at"),
            "taken_by": N_("Taken by"),
            "taken_at": N_("Taken at"),
        },
    ),
    Subject(
        "registry_layout",
        N_("Output layouts"),
        {"name": N_("Name"), "sheet": N_("Sheet"), "destination": N_("Destination")},
    ),
    Subject(
        "registry_export",
        N_("Exports"),
        {
            "sheet": N_("Sheet"),
            "layout": N_("Layout"),
            "destination": N_("Destination"),
            "sha256": N_("Mark of the file"),
            "rows": N_("Rows"),
            "voided_by": N_("Taken back by"),
            "voided_at": N_("Taken back at"),
        },
    ),
    Subject("registry_sent", N_("Records sent")),
    Subject("registry_view", N_("Views of lists")),
)
