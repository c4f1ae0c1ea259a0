"""Records of boxes that were handed over, and who and what was in them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Unit, User
from modules.lab.codes import Finding
from modules.lab.models import Handover, HandoverLine, SamplingList, Specimen, Tube

MOST = 50


class Sums(Struct, frozen=True):
    """What the lists state and what was counted; ``counted`` holds extra and broken ones."""

    stated: int = 0
    counted: int = 0
    missing: int = 0
    extra: int = 0
    broken: int = 0


class HandoverRow(Struct, frozen=True):
    """One record; without ``signed_at`` it is still being counted."""

    id: int
    sender: str
    begun_at: datetime
    sums: Sums
    giver: str
    taker: str
    signed_at: datetime | None
    note: str


class BoxLine(Struct, frozen=True):
    """One tube of a box; ``people`` is how many are in it, ``words`` what nobody knows."""

    id: int
    tube_id: int
    accession: str
    code: str
    title: str
    people: int
    words: str
    stated: bool
    finding: Finding


def handovers(work: Work) -> list[HandoverRow]:
    """The last records, the newest first."""
    return _rows(work, _records().order_by(Handover.id.desc()).limit(MOST))


def handover(work: Work, number: int = 0) -> HandoverRow:
    """One record, or the last one; refuses where there is none."""
    query = _records().order_by(Handover.id.desc()).limit(1)
    found = _rows(work, query.where(Handover.id == number) if number else query)
    if not found:
        raise UserError(_("There is no such hand-over record."))
    return found[0]


def open_handovers(work: Work) -> list[HandoverRow]:
    """The records that are still being counted, the oldest first."""
    query = _records().where(Handover.signed_at.is_(None)).order_by(Handover.id)
    return _rows(work, query)


def box(work: Work, number: int) -> list[BoxLine]:
    """The tubes of a record: what is not found yet comes first."""
    people = select(func.count(Specimen.id)).where(Specimen.tube_id == Tube.id).scalar_subquery()
    query = (
        select(
            HandoverLine.id,
            func.coalesce(HandoverLine.tube_id, 0),
            func.coalesce(Tube.accession, ""),
            func.coalesce(Tube.code, ""),
            func.coalesce(SamplingList.title, ""),
            people,
            HandoverLine.words,
            HandoverLine.stated,
            HandoverLine.finding,
        )
        .outerjoin(Tube, Tube.id == HandoverLine.tube_id)
        .outerjoin(SamplingList, SamplingList.id == Tube.list_id)
        .where(HandoverLine.handover_id == number)
        .order_by(HandoverLine.id)
    )
    lines = [BoxLine(*row) for row in work.session.execute(query)]
    order = list(Finding)
    return sorted(lines, key=lambda line: (order.index(line.finding), line.id))


def lists_of_tubes(work: Work, tubes: Sequence[int]) -> list[int]:
    """The lists that these tubes came with."""
    query = select(Tube.list_id).where(bulk.among(work, Tube.id, tubes)).distinct()
    return sorted(work.session.scalars(query))


def sums(lines: Sequence[BoxLine]) -> Sums:
    """What a box comes to."""
    found = Counter(line.finding for line in lines)
    stated = sum(line.stated for line in lines)
    extra = sum(not line.stated for line in lines)
    missing = found[Finding.MISSING]
    return Sums(stated, stated - missing + extra, missing, extra, found[Finding.BROKEN])


def _records() -> Select[Any]:
    taker = aliased(User)
    columns: tuple[Any, ...] = (Handover, Unit.name, taker.full_name)
    query: Select[Any] = (
        select(*columns)
        .join(Unit, Unit.id == Handover.sender_id)
        .outerjoin(taker, taker.id == Handover.taken_by)
    )
    return query


def _rows(work: Work, query: Select[Any]) -> list[HandoverRow]:
    return [
        HandoverRow(
            one.id,
            sender,
            one.begun_at,
            Sums(one.stated, one.counted, one.missing, one.extra, one.broken)
            if one.signed_at
            else sums(box(work, one.id)),
            one.giver,
            taker or "",
            one.signed_at,
            one.note,
        )
        for one, sender, taker in work.session.execute(query).all()
    ]
