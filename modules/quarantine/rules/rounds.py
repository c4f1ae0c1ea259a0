"""What a line typed in a health round means, and when a measurement is an alert."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from modules.quarantine.codes import Mark


class Thresholds(Struct, frozen=True):
    """From where on a measurement needs somebody: tenths of a degree, per cent. A dated row.

    Whoever is warm is measured again after ``again_minutes``; a red alert that nobody has looked
    at for ``escalate_minutes`` goes to whoever leads. Whoever could not be measured in
    ``unmeasured`` rounds one after the other needs somebody too. Whoever is at home and has not
    answered ``unanswered`` calls one after the other is visited.
    """

    warm: int = 375
    fever: int = 380
    low: int = 96
    very_low: int = 94
    drop: int = 3
    again_minutes: int = 30
    escalate_minutes: int = 60
    unmeasured: int = 2
    unanswered: int = 2


class Level(Code):
    """How much a measurement needs somebody."""

    NONE = "NONE", N_("No alert")
    AMBER = "AMBER", N_("Measure again")
    RED = "RED", N_("Act now")


class Reading(NamedTuple):
    """One line of a round; what was not measured is None, and ``mark`` why nothing was."""

    temperature: int | None
    saturation: int | None
    symptoms: str
    mark: Mark | None = None


ROUNDS = (1, 2)
TURNS = range(1, 21)  # of one day: two rounds in a facility, at home what calls it takes
MARKS = {"v": Mark.ABSENT, "t": Mark.REFUSED}  # vắng, từ chối
UNREACHED = (Mark.NO_ANSWER, Mark.NOT_AT_HOME)
COLDEST, HOTTEST, WEAKEST, FULL = 340, 430, 50, 100
WELL = "."
NUMBER = re.compile(r"(\d{2})[.,](\d)|(\d{3})|(\d{2})")


def typed(line: str, marks: Mapping[str, Mark] = MARKS) -> Reading:
    """What ``367 98 .`` means: 36.7 °C, 98 %, well; words behind the numbers are symptoms.

    ``v`` alone says that the person was not there, ``t`` that he refused.
    """
    if (mark := marks.get(line.strip().lower())) is not None:
        return Reading(None, None, "", mark)
    temperature: int | None = None
    saturation: int | None = None
    parts = line.strip().split()
    while parts and (found := NUMBER.fullmatch(parts[0])):
        value = int((found[1] or "") + (found[2] or "")) if found[1] else int(parts[0])
        if temperature is None and (found[1] or COLDEST <= value <= HOTTEST):
            temperature = _between(value, COLDEST, HOTTEST)
        elif temperature is None and value * 10 in range(COLDEST, HOTTEST + 1):
            temperature = value * 10
        elif saturation is None:
            saturation = _between(value, WEAKEST, FULL)
        else:
            raise UserError(_("“{line}” has a number too many.").format(line=line.strip()))
        parts = parts[1:]
    words = " ".join(parts)
    if not words and temperature is None and saturation is None:
        raise UserError(_("Nothing is written. A dot says that the person is well."))
    return Reading(temperature, saturation, "" if words == WELL else words)


def _between(value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        said = _("{value} can be neither a temperature nor a saturation. Measure again.")
        raise UserError(said.format(value=value))
    return value


def earlier(
    known: Mapping[tuple[int, date, int], Reading], key: int, day: date, turn: int
) -> list[Reading]:
    """What was written of somebody before a round, since yesterday morning, in its order.

    ``known`` are readings by person, day and round.
    """
    places = [(day - timedelta(days=1), number) for number in TURNS]
    places += [(day, number) for number in TURNS if number < turn]
    return [known[key, *place] for place in places if (key, *place) in known]


def level(reading: Reading, limits: Thresholds, before: Sequence[Reading] = ()) -> Level:
    """How much a measurement needs somebody, in the light of those of the last 24 hours."""
    if reading.mark is not None:
        last = [*before, reading][-limits.unmeasured :]
        again = len(last) == limits.unmeasured and all(one.mark for one in last)
        met = reading.mark not in UNREACHED  # else somebody goes there, whatever was before
        return Level.AMBER if again and met else Level.NONE
    breaths = [one.saturation for one in before if one.saturation is not None]
    heat, breath = reading.temperature or 0, reading.saturation or FULL
    fallen = bool(breaths) and max(breaths) - breath >= limits.drop
    if heat >= limits.fever or breath < limits.very_low or fallen:
        return Level.RED
    if heat >= limits.warm or breath < limits.low or reading.symptoms:
        return Level.AMBER
    return Level.NONE
