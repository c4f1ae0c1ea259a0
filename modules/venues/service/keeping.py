"""Holding check-ins for a case, and deleting those whose time is over."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, exists, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import Import, ImportLine
from admin_suite.db.work import Work, use_case
from admin_suite.registry.entries import live_person
from modules.venues.codes import Source
from modules.venues.models import Checkin, Hold, Stay, Venue
from modules.venues.permissions import KEEP
from modules.venues.queries.keeping import Expiring, counted, due_ids
from modules.venues.queries.limits import keeping

SHEET = "venues.checkins"
C = Checkin.__table__.c


class Deleted(NamedTuple):
    """What a deletion did, source by source: ``due`` were deleted, ``held`` stay for a case."""

    rows: Sequence[Expiring]

    @property
    def by_source(self) -> dict[Source, int]:
        """How many of each source were deleted, of those sources that had any to go."""
        return {one.source: one.due for one in self.rows if one.due}

    @property
    def held(self) -> int:
        """How many stayed for cases."""
        return sum(one.held for one in self.rows)

    @property
    def total(self) -> int:
        """How many were deleted in all."""
        return sum(self.by_source.values())


@use_case(KEEP)
def hold_person(
    work: Work, person_id: int, reason: str, since: date, until: date | None = None
) -> int:
    """Keep the check-ins of somebody, and of everybody who was there with that person."""
    live_person(work, person_id)
    return _hold(work, Hold(person_id=person_id), reason, since, until)


@use_case(KEEP)
def hold_venue(
    work: Work, venue_id: int, reason: str, since: date, until: date | None = None
) -> int:
    """Keep the check-ins of a venue."""
    if work.session.get(Venue, venue_id) is None:
        raise UserError(_("There is no such venue in the register."))
    return _hold(work, Hold(venue_id=venue_id), reason, since, until)


def _hold(work: Work, hold: Hold, reason: str, since: date, until: date | None) -> int:
    if not reason.strip():
        raise UserError(_("Say for which case the check-ins are held."))
    if until is not None and until < since:
        raise UserError(_("The last day is before the first."))
    hold.since, hold.until, hold.reason = since, until, reason.strip()
    if (there := _same(work, hold)) is not None:
        return there
    hold.held_at, hold.held_by = work.now(), work.actor.id
    work.session.add(hold)
    work.session.flush()
    return hold.id


def _same(work: Work, hold: Hold) -> int | None:
    """The hold in force that says the same: a key that is pressed twice holds once."""
    query = select(Hold.id).where(
        Hold.person_id.is_not_distinct_from(hold.person_id),
        Hold.venue_id.is_not_distinct_from(hold.venue_id),
        Hold.since == hold.since,
        Hold.until.is_not_distinct_from(hold.until),
        Hold.reason == hold.reason,
        Hold.lifted_at.is_(None),
    )
    return work.session.scalars(query).first()


@use_case(KEEP)
def lift_holds(work: Work, holds: Sequence[int]) -> int:
    """Hold no longer: what is past its time goes with the next deletion. Returns how many."""
    said = _("There is no such hold, or it was lifted before.")
    found = _those(work, holds, Hold.lifted_at.is_(None), said)
    for hold in found:
        hold.lifted_at, hold.lifted_by = work.now(), work.actor.id
    return len(found)


@use_case(KEEP)
def lift_hold(work: Work, hold_id: int) -> None:
    """Hold one no longer."""
    lift_holds(work, [hold_id])


@use_case(KEEP)
def hold_again(work: Work, holds: Sequence[int]) -> int:
    """Hold what was lifted by mistake; what was deleted meanwhile stays gone. Returns how many."""
    said = _("There is no such hold, or it was not lifted.")
    found = _those(work, holds, Hold.lifted_at.is_not(None), said)
    for hold in found:
        hold.lifted_at = hold.lifted_by = None
    return len(found)


def _those(work: Work, holds: Sequence[int], state: ColumnElement[bool], absent: str) -> list[Hold]:
    """The holds meant, kept from colleagues; refused with ``absent`` where one is not so."""
    bulk.hold(work, Hold, holds)
    query = select(Hold).where(bulk.among(work, Hold.id, holds), state)
    found = list(work.session.scalars(query))
    if len(found) < len(set(holds)):
        raise UserError(absent)
    return found


@use_case(KEEP)
def delete_expired(work: Work) -> Deleted:
    """Delete the check-ins whose time is over, and what lists said of them; held ones stay.

    The audit keeps how many went, of which source and by which rule. Stays of check-ins that are
    left stay as they are: a neighbour that is gone would otherwise make a case's stay another.
    """
    rule = keeping(work)
    due, held = due_ids(work, rule.value)
    going = sorted(due.keys() - held)
    for _start, batch in work.progress.batches(going):
        _delete(work, batch)
        several = Counter(due[key] for key in batch)
        told = {str(source): n for source, n in sorted(several.items())}
        work.note(Checkin.__tablename__, batch, {"deleted": told, "rule": rule.id})
    kept = Counter(due[key] for key in held & due.keys())
    return Deleted(counted(work, rule.value, Counter(due.values()), kept))


def _delete(work: Work, ids: Sequence[int]) -> None:
    query = select(C.person_id, C.import_id, C.until).where(bulk.among(work, C.id, ids))
    rows = work.session.execute(query).all()
    people, lists = {row[0] for row in rows}, {row[1] for row in rows}
    until = max((row[2] for row in rows), default=0)  # none where another deletion was first
    work.session.execute(
        delete(Checkin)
        .where(bulk.among(work, Checkin.id, ids))
        .execution_options(synchronize_session=False)
    )
    left = exists(
        select(C.id).where(
            C.person_id == Stay.person_id,
            C.venue_id == Stay.venue_id,
            C.voided_at.is_(None),
            C.at <= Stay.t_out,
            C.until >= Stay.t_in,
        )
    )
    work.session.execute(
        delete(Stay)
        .where(bulk.among(work, Stay.person_id, people), Stay.t_in <= until, ~left)
        .execution_options(synchronize_session=False)
    )
    work.changed.add(Stay.__tablename__)
    _forget(work, [key for key in lists if key is not None], ids)


def _forget(work: Work, imports: Collection[int], ids: Sequence[int]) -> None:
    """What lists said of people in rows that are deleted is deleted with them."""
    query = (
        select(ImportLine.id)
        .join(Import, Import.id == ImportLine.import_id)
        .where(
            Import.sheet == SHEET,
            bulk.among(work, ImportLine.import_id, imports),
            bulk.among(work, ImportLine.record_id, ids),
        )
    )
    lines = list(work.session.scalars(query))
    bulk.update_rows(work, ImportLine, lines, {"cells": "{}", "was": "", "gone": True})
