"""Whether people may begin to be at home, or leave it, and what is in the way."""

from collections.abc import Mapping, Sequence
from datetime import date

from admin_suite.core.clock import day_shown, moment_shown
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Change
from admin_suite.registry import entries
from modules.quarantine.checks.arrivals import known_episodes
from modules.quarantine.checks.stays import Guest, guests
from modules.quarantine.codes import Ended
from modules.quarantine.queries.beds import stays_now
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.correcting import moved_by
from modules.quarantine.queries.households import Stayed, Staying, at_home, exists, latest, members


def wrong_beginning(
    work: Work, people: Sequence[int], since: date, last_contact: date | None
) -> list[Refusal]:
    """Who of the register cannot begin a quarantine at home on that day."""
    if since > work.today():
        return [Refusal(0, "arrived", _("This day is still to come."))]
    if last_contact is not None and last_contact > since:
        said = _("The last contact is after the beginning of the quarantine.")
        return [Refusal(0, "last_contact", said)]
    names = entries.names_in(work, list(people))
    known = known_episodes(work, people)
    wrong = []
    for at, key in enumerate(people):
        if key not in names:
            wrong.append(
                Refusal(at, "person", _("Nobody has the number {number}.").format(number=key))
            )
        elif key in known:
            said = _("{person} is in quarantine since {day} already. End it there first.")
            day = day_shown(known[key][1])
            wrong.append(Refusal(at, "person", said.format(person=names[key], day=day)))
    return wrong


def unfit(work: Work, episodes: Sequence[int]) -> list[Refusal]:
    """Who of these cannot begin to be at home: has a bed, is at home already, or is gone."""
    people, beds = guests(work, episodes), stays_now(work, episodes)
    homes = at_home(work, episodes)
    wrong = []
    for at, key in enumerate(episodes):
        said = _in_the_way(people.get(key), homes.get(key), in_bed=key in beds)
        if said:
            wrong.append(Refusal(at, "person", said))
    return wrong


def _in_the_way(who: Guest | None, home: Staying | None, *, in_bed: bool) -> str:
    if who is None or who.ended:
        return _("This person is not in quarantine any more.")
    if home is not None:
        said = _("{person} is at home in quarantine since {since} already.")
        return said.format(person=who.name, since=moment_shown(home.since))
    if in_bed:
        said = _("{person} has a bed. Let this person go home from there.")
        return said.format(person=who.name)
    return ""


def unleavable(
    work: Work, episodes: Sequence[int], homes: Mapping[int, Staying], how: Ended
) -> list[Refusal]:
    """Who of these is not at home, or cannot have completed the follow-up yet."""
    people, known, today = guests(work, episodes), clocks(work, episodes), work.today()
    wrong = []
    for at, key in enumerate(episodes):
        if key not in homes:
            wrong.append(Refusal(at, "person", _("This person is not at home in quarantine.")))
        elif how is Ended.DISCHARGED and key in known and known[key].home_until > today:
            said = _("{person} is followed at home until {day}. It ends then at the earliest.")
            said = said.format(person=people[key].name, day=day_shown(known[key].home_until))
            wrong.append(Refusal(at, "person", said))
    return wrong


def unhousable(
    work: Work, episodes: Sequence[int], household_id: int, *, mistaken: bool
) -> list[Refusal]:
    """Who of these cannot go to that household: is not at home, or lives there already."""
    if household_id and not exists(work, household_id):
        said = _("There is no household with the number {n}.")
        return [Refusal(0, "household", said.format(n=household_id))]
    people, there, homes = guests(work, episodes), latest(work, episodes), at_home(work, episodes)
    wrong = []
    for at, key in enumerate(episodes):
        if key not in there or not (mistaken or key in homes):
            wrong.append(Refusal(at, "person", _("This person is not at home in quarantine.")))
        elif there[key][-1].household_id == household_id:
            said = _("{person} is in this household already.")
            wrong.append(Refusal(at, "household", said.format(person=people[key].name)))
        elif not household_id and _among_themselves(work, there[key][-1], episodes):
            said = _("Nobody else is in the household of {person}.")
            wrong.append(Refusal(at, "household", said.format(person=people[key].name)))
    return wrong


def _among_themselves(work: Work, stay: Stayed, episodes: Sequence[int]) -> bool:
    """Whether nobody but these people was ever in the household that is left."""
    return members(work, [stay.household_id])[stay.household_id] <= set(episodes)


def days_that_move(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Whose last day moves by each of these changed rows; to be known before they are stored."""
    at = {change.id: n for n, change in enumerate(changes)}
    said = _("The last day of {name} moves from {old} to {new}.")
    return [
        Refusal(
            at[row],
            "party" if "party" in changes[at[row]].fields else "last_contact",
            said.format(name=one.name, old=day_shown(one.old), new=day_shown(one.new)),
        )
        for row, one in moved_by(work, changes)
    ]
