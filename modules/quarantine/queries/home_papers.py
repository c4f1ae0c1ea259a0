"""The papers of people at home: who has which, who lacks one, who left without leave."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import here
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.names import whole_address
from admin_suite.registry.queries import commune_names
from modules.quarantine.codes import Document, Ended, Lack, Phase
from modules.quarantine.models import HomeStay, Household, Issue, Observation
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.home import CommuneRow, communes_of
from modules.quarantine.queries.households import at_home
from modules.quarantine.queries.papers import former_ends
from modules.quarantine.queries.release import gate
from modules.quarantine.rules.clock import Clock


class HomePaper(Struct, frozen=True):
    """Somebody at home of whom a paper is or may be made.

    ``former`` is the last day before it moved, ``lacks`` what is missing before the certificate.
    """

    id: int
    who: ArrivalRow
    address: str
    ends_on: date
    batch: int
    number: str
    former: date | None = None
    lacks: Sequence[Lack] = ()

    @property
    def wanting(self) -> bool:
        """Whether this person has no such paper, and nothing but the clock is in its way."""
        there = bool(self.batch or self.number)
        return not there and all(one is Lack.CLOCK for one in self.lacks)


class HomePapers(Struct, frozen=True):
    """The people at home of one commune, or of all, whom a kind of paper concerns."""

    communes: Sequence[CommuneRow]
    commune: str
    kind: Document
    rows: Sequence[HomePaper]


class GoneHome(Struct, frozen=True):
    """Somebody who left home quarantine without leave: from where, when, heard of when before.

    ``ends_on`` is the last day, for the quarantine is still open; nothing without a rule.
    """

    who: ArrivalRow
    commune_code: str
    address: str
    heard_at: datetime | None
    left_at: datetime
    reason: str
    ends_on: date | None


def home_papers(work: Work, kind: Document, commune: str = "") -> HomePapers:
    """Whom at home a kind of paper concerns today, by household.

    A decision: whoever is in quarantine; an extension: whose last day has moved; a certificate:
    whose last day is tomorrow at the latest.
    """
    everybody = at_home(work)
    there = communes_of(work, everybody.values())
    chosen = commune if any(one.code == commune for one in there) else ""
    homes = {k: one for k, one in everybody.items() if chosen in ("", one.commune_code)}
    found = clocks(work, list(homes))
    former = former_ends(work, list(homes)) if kind is Document.EXTENSION else {}
    keys = [key for key in homes if key in found and _concerns(work, kind, found[key], key, former)]
    issued, names = _issued(work, kind, keys), {one.code: one.name for one in there}
    lacks = {one.id: one.lacks for one in gate(work, keys)} if kind is Document.COMPLETION else {}
    rows = []
    for who in arrivals_of(work, keys):
        home, ends = homes[who.id], found[who.id].ends_on
        rows.append(
            HomePaper(
                who.id,
                who,
                whole_address(home.address, names.get(home.commune_code, "")),
                ends,
                *_paper(kind, who, issued.get(who.id, ()), ends),
                former.get(who.id),
                lacks.get(who.id, ()),
            )
        )
    return HomePapers(there, chosen, kind, rows)


def without_paper(work: Work, kind: Document, commune: str = "") -> list[int]:
    """The quarantines at home of which a paper is to be made."""
    return [row.id for row in home_papers(work, kind, commune).rows if row.wanting]


def home_absconders(work: Work, day: date | None = None, commune: str = "") -> list[GoneHome]:
    """Who left home quarantine without leave, on a day or ever, the latest first."""
    query = (
        select(
            HomeStay.episode_id,
            Household.commune_code,
            Household.address,
            HomeStay.ends_at,
            HomeStay.reason,
        )
        .join(Household, Household.id == HomeStay.household_id)
        .where(HomeStay.ended == Ended.ABSCONDED)
        .order_by(HomeStay.ends_at.desc(), HomeStay.id)
    )
    if commune:
        query = query.where(Household.commune_code == commune)
    rows = [
        (key, code, address, left, reason)
        for key, code, address, left, reason in work.session.execute(query)
        if left is not None and (day is None or here(left).date() == day)
    ]
    keys = list(dict.fromkeys(row[0] for row in rows))
    people = {who.id: who for who in arrivals_of(work, keys)}
    heard, names, known = _heard(work, keys), commune_names(work), clocks(work, keys)
    return [
        GoneHome(
            people[key],
            code,
            whole_address(address, names(code, here(left).date().isoformat())),
            max((at for at in heard.get(key, ()) if at <= left), default=None),
            left,
            reason,
            known[key].ends_on if key in known else None,
        )
        for key, code, address, left, reason in rows
    ]


def commune_choices(work: Work) -> list[tuple[str, str]]:
    """The communes from which somebody left home quarantine without leave, for a form."""
    query = (
        select(Household.commune_code)
        .join(HomeStay, HomeStay.household_id == Household.id)
        .where(HomeStay.ended == Ended.ABSCONDED)
        .distinct()
    )
    names, today = commune_names(work), work.today().isoformat()
    codes = [code for code in work.session.scalars(query) if code]
    return sorted(((code, names(code, today) or code) for code in codes), key=lambda one: one[1])


def _concerns(
    work: Work, kind: Document, clock: Clock, key: int, former: Mapping[int, date]
) -> bool:
    today = work.today()
    if kind is Document.COMPLETION:
        return clock.ends_on <= today + timedelta(days=1)
    quarantined = clock.phase(today) is Phase.QUARANTINE
    return quarantined and (kind is Document.DECISION or key in former)


def _issued(
    work: Work, kind: Document, episodes: Sequence[int]
) -> Mapping[int, list[tuple[date, int, str]]]:
    """The papers of that kind of each: last day, batch and number, the latest last."""
    query = (
        select(Issue.episode_id, Issue.ends_on, Issue.batch, Issue.number)
        .where(Issue.kind == kind, bulk.among(work, Issue.episode_id, episodes))
        .order_by(Issue.id)
    )
    found: dict[int, list[tuple[date, int, str]]] = {}
    for key, ends, batch, number in work.session.execute(query):
        found.setdefault(key, []).append((ends, batch, number))
    return found


def _paper(
    kind: Document, who: ArrivalRow, issued: Sequence[tuple[date, int, str]], ends: date
) -> tuple[int, str]:
    """The batch and number of the paper that somebody has; a list may bring a decision's number.

    Every last day that has moved wants an extension of its own.
    """
    wanted = [one for one in issued if kind is not Document.EXTENSION or one[0] == ends]
    if wanted:
        return wanted[-1][1:]
    return 0, who.decision_no if kind is Document.DECISION else ""


def _heard(work: Work, episodes: Sequence[int]) -> Mapping[int, list[datetime]]:
    """When each of these was heard of: calls, visits and declarations that told something."""
    query = select(Observation.episode_id, Observation.at).where(
        Observation.mark.is_(None), bulk.among(work, Observation.episode_id, episodes)
    )
    found: dict[int, list[datetime]] = {}
    for key, at in work.session.execute(query):
        found.setdefault(key, []).append(at)
    return found
