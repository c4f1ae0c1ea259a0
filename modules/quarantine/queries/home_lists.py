"""Home quarantine as lists carry it: who is or was at home, and what each day has told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import func, select

from admin_suite.core.clock import stamp
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.narrowing import only
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from admin_suite.registry.queries import commune_names
from modules.quarantine.codes import Channel, Followed, Phase
from modules.quarantine.models import Episode, HomeStay, Household, Observation
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.clocks import THRESHOLDS, clocks
from modules.quarantine.rules.home import outcome
from modules.quarantine.rules.rounds import Reading


class HomeEntry(ArrivalRow, frozen=True):
    """Somebody's time at home: since when and until when, and what the clock says today."""

    home_since: str
    left_home: str
    household: int
    phase: Phase | None
    last_day: str
    home_until: str


class HomeDayRow(Struct, frozen=True):
    """What one call, visit or declaration has told; degrees and per cent as people write them."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    commune: str
    day: str
    turn: int
    at: str
    channel: Channel
    outcome: Followed
    temperature: float | None
    saturation: int | None
    symptoms: str
    person_id: int
    episode_id: int


def home_entries(work: Work, where: Mapping[str, str]) -> list[HomeEntry]:
    """Who is or was at home; ``commune`` (a code) limits them to one, ``now`` to who is there."""
    only(where, ("commune", "now"))
    query = select(HomeStay.episode_id).join(Household, Household.id == HomeStay.household_id)
    if where.get("commune"):
        query = query.where(Household.commune_code == where["commune"])
    if where.get("now"):
        query = query.where(HomeStay.ends_at.is_(None))
    return _entries(work, list(dict.fromkeys(work.session.scalars(query.order_by(HomeStay.id)))))


def last_entries(work: Work, most: int) -> list[HomeEntry]:
    """The last few who began to be at home, for a preview."""
    query = select(HomeStay.episode_id).order_by(HomeStay.id.desc()).limit(most)
    return _entries(work, list(dict.fromkeys(work.session.scalars(query))))


def home_days(work: Work, where: Mapping[str, str]) -> list[HomeDayRow]:
    """What was told of people at home; ``day`` and ``commune`` limit it."""
    only(where, ("commune", "day"))
    query = _told().where(Observation.channel != Channel.ROUND)
    if where.get("day"):
        query = query.where(Observation.day == date.fromisoformat(where["day"]))
    if where.get("commune"):
        query = query.where(Household.commune_code == where["commune"])
    names, found = commune_names(work), []
    limits = THRESHOLDS.at(work, work.today()).value
    for row in work.session.execute(query):
        told: list[Any] = list(row)
        *head, code, day, turn, at, channel, heat, breath, symptoms, mark = told[:-2]
        outcome_of = outcome(Reading(heat, breath, symptoms, mark), limits)
        degrees = heat / 10 if heat is not None else None
        cells: list[Any] = [*head, code, names(code, day.isoformat()), day.isoformat(), turn]
        cells += [stamp(at), channel, outcome_of, degrees, breath, symptoms, *told[-2:]]
        found.append(HomeDayRow(*cells))
    work.saw(Person.__tablename__, sorted({row.person_id for row in found}))
    return found


def _told() -> Any:
    """Every line with the household of the last stay of its quarantine."""
    last = select(func.max(HomeStay.id)).where(HomeStay.episode_id == Observation.episode_id)
    stay = HomeStay.id == last.correlate(Observation).scalar_subquery()
    return (
        select(
            Observation.id,
            Person.name,
            Person.dob,
            Person.sex,
            Person.phone,
            Person.id_no,
            func.coalesce(Household.commune_code, ""),
            Observation.day,
            Observation.round,
            Observation.at,
            Observation.channel,
            Observation.temperature,
            Observation.saturation,
            Observation.symptoms,
            Observation.mark,
            Person.id,
            Episode.id,
        )
        .join(Episode, Episode.id == Observation.episode_id)
        .join(Person, Person.id == Episode.person_id)
        .outerjoin(HomeStay, stay)
        .outerjoin(Household, Household.id == HomeStay.household_id)
        .order_by(Observation.day, Observation.id)
    )


def _entries(work: Work, episodes: Sequence[int]) -> list[HomeEntry]:
    spans: dict[int, list[Any]] = {}
    query = select(
        HomeStay.episode_id, HomeStay.starts_at, HomeStay.ends_at, HomeStay.household_id
    ).where(bulk.among(work, HomeStay.episode_id, episodes))
    for row in work.session.execute(query.order_by(HomeStay.id)):
        first = spans.get(row[0], row)
        spans[row[0]] = [row[0], first[1], row[2], row[3]]
    known, today = clocks(work, episodes), work.today()
    found = []
    for who in arrivals_of(work, episodes):
        _key, since, until, household = spans[who.id]
        one = known.get(who.id)
        found.append(
            HomeEntry(
                **asdict(who),
                home_since=stamp(since)[:10],
                left_home=stamp(until)[:10] if until else "",
                household=household,
                phase=one.phase(today) if one and not until else None,
                last_day=one.ends_on.isoformat() if one else "",
                home_until=one.home_until.isoformat() if one else "",
            )
        )
    return found
