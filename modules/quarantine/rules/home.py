"""What a call or a visit at home means, how far a day has come, and when somebody has to go."""

from collections.abc import Sequence

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from modules.quarantine.codes import Channel, Errand, Followed, Mark
from modules.quarantine.rules.rounds import Level, Reading, Thresholds, level, typed

MARKS = {"k": Mark.NO_ANSWER, "t": Mark.REFUSED, "v": Mark.NOT_AT_HOME}
"""As letters in a round: không nghe máy, từ chối, vắng nhà."""
FOLLOWED = {
    Mark.NO_ANSWER: Followed.NO_ANSWER,
    Mark.REFUSED: Followed.REFUSED,
    Mark.ABSENT: Followed.NOT_AT_HOME,
    Mark.NOT_AT_HOME: Followed.NOT_AT_HOME,
}


def told(line: str, channel: Channel) -> Reading:
    """What is typed of a call or a visit: ``.`` well, ``367 98 ho`` as in a round, or a letter.

    That nobody is at home is known only by going there; who stands at the door calls nobody.
    """
    reading = typed(line, MARKS)
    if reading.mark is Mark.NOT_AT_HOME and channel is not Channel.VISIT:
        raise UserError(_("A call cannot tell that nobody is at home. Choose the visit first."))
    if reading.mark is Mark.NO_ANSWER and channel is Channel.VISIT:
        raise UserError(_("A visit finds the person, or nobody at home: type v."))
    return reading


def outcome(reading: Reading, limits: Thresholds) -> Followed:
    """What one call, visit or declaration has told."""
    if reading.mark is not None:
        return FOLLOWED[reading.mark]
    if (reading.temperature or 0) >= limits.warm:
        return Followed.TEMP_ALERT
    short = reading.saturation is not None and reading.saturation < limits.low
    return Followed.REPORTED_SYMPTOM if reading.symptoms or short else Followed.REPORTED_OK


def followed(readings: Sequence[Reading], limits: Thresholds) -> Followed:
    """How far the day has come: the last that was told; calls without an answer tell nothing."""
    reached = [one for one in readings if one.mark is not Mark.NO_ANSWER]
    if reached:
        return outcome(reached[-1], limits)
    return Followed.NO_ANSWER if readings else Followed.EXPECTED


def unanswered(readings: Sequence[Reading]) -> int:
    """How many calls one after the other nobody has answered, up to the last."""
    count = 0
    for one in reversed(readings):
        if one.mark is not Mark.NO_ANSWER:
            break
        count += 1
    return count


def needed(reading: Reading, before: Sequence[Reading], limits: Thresholds) -> list[Errand]:
    """What somebody has to do because of what was just told, in the light of what was before."""
    found = []
    if level(reading, limits, before) is not Level.NONE:
        found.append(Errand.ALERT)
    if unanswered([*before, reading]) >= limits.unanswered:
        found.append(Errand.VISIT)
    if reading.mark is Mark.NOT_AT_HOME:
        found.append(Errand.MISSING)
    return found
