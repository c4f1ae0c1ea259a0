"""The call list: who is at home, who was heard of today, who has to be called or visited."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import here
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.circumstances import of_people
from admin_suite.registry.people import further_phones, person_card
from admin_suite.registry.queries import commune_names
from modules.quarantine.codes import Errand, Followed, Mark, Phase
from modules.quarantine.models import Task
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.clocks import THRESHOLDS, clocks
from modules.quarantine.queries.households import Staying, at_home
from modules.quarantine.queries.rounds import written
from modules.quarantine.rules.clock import Clock
from modules.quarantine.rules.home import followed
from modules.quarantine.rules.rounds import Level, Reading, Thresholds, level

UNHEARD = (Followed.EXPECTED, Followed.NO_ANSWER)
Told = Mapping[tuple[int, date, int], Reading]


class HomeRow(Struct, frozen=True):
    """One person at home on one day: whom to call, and what was told today and before.

    ``day`` of ``days`` counts the quarantine, ``after`` the days since its end. ``phone`` says
    whose it is where it is another's; ``missed`` is who was not heard of yesterday either;
    ``visit`` and ``missing`` say that somebody has to go there or look for the person.
    """

    id: int
    who: ArrivalRow
    home: Staying
    commune: str
    phone: str
    clock: Clock
    phase: Phase
    day: int
    days: int
    after: int
    today: Sequence[Reading]
    before: Reading | None
    state: Followed
    level: Level
    missed: bool
    visit: bool
    missing: bool

    @property
    def open(self) -> bool:
        """Whether this person is still to be heard of today."""
        waits = self.state in UNHEARD or self.visit or self.missing
        return waits and self.phase is not Phase.OVER

    @property
    def follow_up(self) -> int:
        """How many days somebody is followed after the quarantine."""
        return (self.clock.home_until - self.clock.ends_on).days

    @property
    def tries(self) -> int:
        """How many calls of today nobody has answered."""
        return sum(one.mark is Mark.NO_ANSWER for one in self.today)


class CommuneRow(Struct, frozen=True):
    """A commune with people at home, and how many of them."""

    code: str
    name: str
    people: int


class HomeList(Struct, frozen=True):
    """The people at home of one commune, or of all, in the order of calling."""

    communes: Sequence[CommuneRow]
    commune: str
    rows: Sequence[HomeRow]


def home_list(work: Work, commune: str = "") -> HomeList:
    """Whom to call today: who has to be visited first, then who was missed, by household."""
    everybody = at_home(work)
    there = communes_of(work, everybody.values())
    chosen = commune if any(one.code == commune for one in there) else ""
    homes = {k: one for k, one in everybody.items() if chosen in ("", one.commune_code)}
    rows = _rows(work, homes, {one.code: one.name for one in there})
    first: dict[int, tuple[bool, bool]] = {}
    for row in rows:
        rank = (not (row.open and (row.visit or row.missing)), not (row.open and row.missed))
        first[row.home.household_id] = min(rank, first.get(row.home.household_id, rank))
    rows.sort(key=lambda row: (first[row.home.household_id], row.commune, row.home.household_id))
    return HomeList(there, chosen, rows)


def housemates(work: Work, person_id: int) -> list[tuple[int, str]]:
    """Somebody of the register, and whoever it says lives with him: each with the name."""
    card = person_card(work, person_id)
    return [(card.person.id, card.person.name), *card.household]


def unheard(work: Work) -> int:
    """How many people at home are still to be heard of today."""
    today = work.today()
    homes = at_home(work)
    if not homes:
        return 0
    told = _by_person(written(work, list(homes), [today]))
    limits, found = THRESHOLDS.at(work, today).value, clocks(work, list(homes))
    waiting = [key for key in homes if followed(told.get((key, today), ()), limits) in UNHEARD]
    return sum(found[key].phase(today) is not Phase.OVER for key in waiting if key in found)


def over(work: Work) -> int:
    """How many people at home have been followed to the end."""
    today = work.today()
    found = clocks(work, list(at_home(work)))
    return sum(one.phase(today) is Phase.OVER for one in found.values())


def communes_of(work: Work, homes: Iterable[Staying]) -> list[CommuneRow]:
    """The communes of these homes with how many people each has, by name."""
    names, today = commune_names(work), work.today().isoformat()
    counted: dict[str, int] = {}
    for one in homes:
        counted[one.commune_code] = counted.get(one.commune_code, 0) + 1
    rows = [CommuneRow(code, names(code, today), n) for code, n in counted.items()]
    return sorted(rows, key=lambda one: (not one.name, one.name))


def _by_person(known: Told) -> dict[tuple[int, date], list[Reading]]:
    """What was told of each person on each day, in its order."""
    found: dict[tuple[int, date], list[Reading]] = {}
    for key, day, _turn in sorted(known):
        found.setdefault((key, day), []).append(known[key, day, _turn])
    return found


def _rows(work: Work, homes: Mapping[int, Staying], communes: Mapping[str, str]) -> list[HomeRow]:
    keys, today = list(homes), work.today()
    if not keys:
        return []
    told = _by_person(written(work, keys, [today, today - timedelta(days=1)]))
    people, found = arrivals_of(work, keys), clocks(work, keys)
    phones = _phones(work, people, homes)
    errands = _errands(work, keys)
    limits = THRESHOLDS.at(work, today).value
    rows = []
    for who in people:
        key = who.id
        if key not in found:
            continue
        now, before = told.get((key, today), []), told.get((key, today - timedelta(days=1)), [])
        one = found[key]
        rows.append(
            HomeRow(
                id=key,
                who=who,
                home=homes[key],
                commune=communes.get(homes[key].commune_code, ""),
                phone=phones.get(key, ""),
                clock=one,
                phase=one.phase(today),
                day=one.day(today),
                days=one.days,
                after=max(0, (today - one.ends_on).days),
                today=now,
                before=before[-1] if before else None,
                state=followed(now, limits),
                level=level(now[-1], limits, [*before, *now[:-1]]) if now else Level.NONE,
                missed=_missed(homes[key], before, today, limits),
                visit=(key, Errand.VISIT) in errands,
                missing=(key, Errand.MISSING) in errands,
            )
        )
    return rows


def _missed(home: Staying, before: Sequence[Reading], today: date, limits: Thresholds) -> bool:
    """Whether somebody who was at home yesterday was not heard of."""
    return here(home.since).date() < today and followed(before, limits) in UNHEARD


def _errands(work: Work, episodes: Sequence[int]) -> set[tuple[int, Errand]]:
    query = select(Task.episode_id, Task.errand).where(
        Task.errand.in_((Errand.VISIT, Errand.MISSING)),
        Task.done_at.is_(None),
        bulk.among(work, Task.episode_id, episodes),
    )
    return {(row[0], row[1]) for row in work.session.execute(query)}


def _phones(
    work: Work, people: Sequence[ArrivalRow], homes: Mapping[int, Staying]
) -> dict[int, str]:
    """The telephone of each with whose it is; of whoever has none, one of the same household."""
    persons = [who.person_id for who in people]
    whose, further = of_people(work, persons), further_phones(work, persons)
    own: dict[int, str] = {}
    shared: dict[int, str] = {}
    for who in people:
        if who.phone:
            said = whose[who.person_id].phone_whose
            number = f"{who.phone} ({said})" if said else who.phone
            more = further.get(who.person_id, "")
            own[who.id] = "; ".join(part for part in (number, more) if part)
            shared.setdefault(homes[who.id].household_id, f"{who.phone} ({who.name})")
    return {key: own.get(key) or shared.get(one.household_id, "") for key, one in homes.items()}
