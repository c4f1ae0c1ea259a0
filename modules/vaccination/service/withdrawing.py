"""Taking back what lists have told: registrations, doses, and what they had filled in."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Supplied
from admin_suite.registry.queries import brought
from admin_suite.registry.service import withdraw_people
from modules.vaccination import checks
from modules.vaccination.codes import LISTED
from modules.vaccination.models import Dose, Registration
from modules.vaccination.permissions import REGISTER
from modules.vaccination.service.forecasts import forecast
from modules.vaccination.service.people import FILLED


@use_case(REGISTER)
def withdraw(work: Work, registrations: Sequence[int]) -> dict[int, str]:
    """Void registrations with the doses that only their rows tell; the reason for each that stays.

    A dose that was given here is a fact and stays.
    """
    stays = checks.needed_registrations(work, registrations)
    going = [key for key in registrations if key not in stays]
    people = _people_of(work, Registration, going)
    query = select(Dose.id).where(bulk.among(work, Dose.registration_id, going))
    said = _("The list that told of this dose was taken back.")
    _void(work, list(work.session.scalars(query)), said)
    bulk.update_rows(work, Registration, going, {"voided_at": work.now()})
    forecast(work, people)
    withdraw_people(work, brought(work, people))
    return stays


@use_case(REGISTER)
def withdraw_doses(work: Work, doses: Sequence[int], reason: str = "") -> dict[int, str]:
    """Void doses that were entered by mistake, with the reason; why each of the others stays."""
    stays = checks.reported_doses(work, doses)
    going = [key for key in doses if key not in stays]
    people = _people_of(work, Dose, going)
    _void(work, going, reason.strip() or _("The list that told of this dose was taken back."))
    forecast(work, people)
    withdraw_people(work, brought(work, people))
    return stays


def _void(work: Work, doses: Sequence[int], reason: str) -> None:
    values = {"voided_at": work.now(), "void_reason": reason}
    bulk.update_rows(work, Dose, doses, values)


def _people_of(
    work: Work, model: type[Registration] | type[Dose], keys: Sequence[int]
) -> list[int]:
    query = select(model.person_id).where(bulk.among(work, model.id, keys)).distinct()
    return sorted(work.session.scalars(query))


@use_case(REGISTER)
def empty(work: Work, supplied: Sequence[Supplied]) -> int:
    """Empty groups and parts of doses that a list of registrations had filled in; of how many.

    What somebody has changed since stays.
    """
    people, emptied = set(), 0
    for one in supplied:
        row = work.session.get(Registration, one.id)
        if row is None:
            continue
        doses = select(Dose).where(Dose.person_id == row.person_id)
        done = False
        if "priority_group" in one.names and str(row.priority_group) == one.cells["priority_group"]:
            row.priority_group, done = None, True
        for n in LISTED:
            told = {part: one.cells[f"{part}{n}"] for part in FILLED if f"{part}{n}" in one.names}
            on = date.fromisoformat(one.cells[f"on{n}"]) if told else None
            found = work.session.scalars(doses.where(Dose.given_on == on)).all() if told else ()
            done |= sum(_emptied(dose, told) for dose in found) > 0
        people.add(row.person_id)
        emptied += done
    forecast(work, sorted(people))
    return emptied


@use_case(REGISTER)
def empty_doses(work: Work, supplied: Sequence[Supplied]) -> int:
    """Empty parts of doses that a list had filled in; of how many. What was changed since stays."""
    emptied, people = 0, set()
    for one in supplied:
        dose = work.session.get(Dose, one.id)
        if dose is not None:
            emptied += _emptied(dose, {name: one.cells[name] for name in one.names})
            people.add(dose.person_id)
    forecast(work, sorted(people))
    return emptied


def _emptied(dose: Dose, told: Mapping[str, str]) -> bool:
    """Empty those parts of a dose that are still what a list said; whether there was one."""
    same = [name for name, value in told.items() if getattr(dose, name) == value]
    for name in same:
        setattr(dose, name, "")
    return bool(same)
