"""Whether papers may be made of people, and which numbers they may have."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from modules.quarantine.codes import Document, Lack, Setting
from modules.quarantine.models import Episode, Issue
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.release import Leaver, gate

LONGEST = 40


def uncompletable(work: Work, episodes: Sequence[int]) -> list[Refusal]:
    """Who cannot be certified to have completed quarantine: the clock, and all the gate asks.

    Certificates are prepared on the day before, so that people do not wait for their paper.
    """
    wrong = []
    last = work.today() + timedelta(days=1)
    places = {key: at for at, key in enumerate(episodes)}
    for row in gate(work, episodes):
        if row.clock.ends_on > last:
            said = _("{person} stays until {day}. The certificate is made the day before at most.")
            said = said.format(person=row.who.name, day=day_shown(row.clock.ends_on))
            wrong.append(Refusal(places[row.id], "person", said))
        elif not row.certifiable:
            wrong.append(Refusal(places[row.id], "person", missing(row)))
    return wrong


def missing(row: Leaver) -> str:
    """What beside the clock keeps somebody here, as one sentence."""
    said = _("{person}, room {room}, cannot go yet: {reasons}.")
    if row.who.setting is Setting.HOME:
        said = _("{person} has not completed yet: {reasons}.")
    reasons = "; ".join(one.word.lower() for one in row.lacks if one is not Lack.CLOCK)
    return said.format(person=row.who.name, room=row.who.room, reasons=reasons)


def already(work: Work, kind: Document, episodes: Sequence[int]) -> list[Refusal]:
    """Who has this paper with this last day already."""
    known = clocks(work, episodes)
    query = select(Issue.episode_id, Issue.ends_on, Issue.number).where(
        Issue.kind == kind, Issue.episode_id.in_(episodes)
    )
    there = {(row[0], row[1]): row[2] for row in work.session.execute(query)}
    unknown = set(episodes) - set(work.session.scalars(_these(episodes)))
    wrong = []
    for at, key in enumerate(episodes):
        if key in unknown:
            said = _("There is no quarantine with the number {n}.").format(n=key)
            wrong.append(Refusal(at, "person", said))
        elif key not in known:
            wrong.append(Refusal(at, "person", _("There is no rule how long this lasts.")))
        elif (key, known[key].ends_on) in there:
            number = there[key, known[key].ends_on] or _("no number yet")
            said = _("This paper exists already ({number}). Withdraw it first.")
            wrong.append(Refusal(at, "person", said.format(number=number)))
    return wrong


def _these(episodes: Sequence[int]) -> Select[int]:
    return select(Episode.id).where(Episode.id.in_(episodes))


def numbers(first: str, tail: str, count: int) -> list[str]:
    """``045/GXN-CSCL2`` and those after it, as wide as the first was written."""
    told = first.strip()
    if not (told.isascii() and told.isdecimal()):
        raise UserError(_("The first number is written in digits, such as 045."))
    ending = tail.strip()
    if len(ending) > LONGEST:
        raise UserError(_("At most {n} letters fit here.").format(n=LONGEST))
    return [f"{int(told) + step:0{len(told)}d}{ending}" for step in range(count)]


def taken(work: Work, kind: Document, year: int, wanted: Sequence[str]) -> list[Refusal]:
    """Which of these numbers another paper of that year has."""
    query = select(Issue.number, Issue.batch).where(
        Issue.kind == kind, Issue.year == year, Issue.number.in_(wanted)
    )
    there = {row[0]: row[1] for row in work.session.execute(query)}
    said = _("Another paper has the number {number} (batch {batch}). Choose another first number.")
    return [
        Refusal(at, "number", said.format(number=number, batch=there[number]))
        for at, number in enumerate(wanted)
        if number in there
    ]


def signable(day: date, now: date) -> None:
    """Refuse a signature of a day that has not come."""
    if day > now:
        raise UserError(_("This day is still to come."))
