"""The beds of a facility in the words of the tape chart."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from admin_suite.core.clock import day_shown, midnight_of, moment_shown
from admin_suite.core.i18n import _
from admin_suite.ui.widgets.tape_strip import Bar, Column, Line, Strip
from modules.quarantine.codes import Kind
from modules.quarantine.queries.tape import BedLine, Chart, Span

DAY = timedelta(days=1)
SATURDAY = 5
TONES: Mapping[Kind, str] = {
    Kind.STAY: "",
    Kind.RESERVED: "busy",
    Kind.TO_CLEAN: "wait",
    Kind.CONTAMINATED: "late",
    Kind.OUT_OF_SERVICE: "wait",
    Kind.LOCK: "bad",
}


def strip_of(chart: Chart) -> Strip:
    """Each room a heading with its lock, each bed a line with whoever is, was or will be there."""
    lines: list[Line] = []
    at: dict[tuple[int, int], int] = {}
    for bed in chart.beds:
        if (bed.room_id, 0) not in at:
            at[bed.room_id, 0] = len(lines)
            lines.append(Line(0, bed.room, _floor(bed)))
        at[bed.room_id, bed.id] = len(lines)
        lines.append(Line(bed.id, bed.label))
    bars: dict[int, list[Bar]] = {}
    for span in chart.spans:
        line = at.get((span.room_id, span.bed_id))
        if line is not None:
            bars.setdefault(line, []).append(_bar(span, chart))
    told = {span.claim_id: span for span in chart.spans}
    tell: Callable[[int], str] = lambda key: _told(told[key])  # noqa: E731
    return Strip(_columns(chart), lines, bars, _days(chart.now, chart), tell)


def _bar(span: Span, chart: Chart) -> Bar:
    now, width = _days(chart.now, chart), (chart.last - chart.first).days
    due = _days(midnight_of(span.last_day) + DAY, chart) if span.last_day is not None else now
    open_end = max(now, due) if span.kind is Kind.STAY else float(width)
    end = _days(span.until, chart) if span.until is not None else open_end
    return Bar(
        key=span.claim_id,
        start=max(0.0, _days(span.since, chart)),
        end=min(float(width), end),
        words=_words(span),
        tone=_tone(span, chart),
        firm=now if span.until is None and span.kind is Kind.STAY else 0.0,
        marks=[((day - chart.first).days, "late") for day in span.tests if day < chart.last],
        taken=span.kind is Kind.STAY and span.until is None,
    )


def _words(span: Span) -> str:
    """The last words of a name with the day of quarantine, or what the bed is."""
    if span.kind is Kind.RESERVED and span.person:
        return _("Reserved: {name}").format(name=span.person)
    if not span.person:
        return span.kind.word
    name = " ".join(span.person.split()[-2:])
    return f"{name} {span.day}/{span.days}" if span.days else name


def _told(span: Span) -> str:
    """Who or what it is, since when and until when, in one line."""
    return f"{span.person or span.kind.word}: {_when(span)}"


def _when(span: Span) -> str:
    since = moment_shown(span.since)
    if span.until is not None:
        return _("{since} until {until}").format(since=since, until=moment_shown(span.until))
    if span.last_day is not None:
        said = _("since {since}, last day {day}")
        return said.format(since=since, day=day_shown(span.last_day))
    return _("since {since}").format(since=since)


def _tone(span: Span, chart: Chart) -> str:
    """Whoever is there beyond the last day is late; who has left is only remembered."""
    if span.kind is not Kind.STAY:
        return TONES[span.kind]
    if span.until is not None:
        return "wait"
    over = span.last_day is not None and midnight_of(span.last_day) <= chart.now
    return "late" if over else ""


def pairs_of_span(span: Span) -> list[tuple[str, str]]:
    """What is known of who was, or will be, in a bed."""
    pairs = [
        (_("State"), span.kind.word),
        (_("Since"), moment_shown(span.since)),
        (_("Until"), moment_shown(span.until) if span.until is not None else ""),
        (_("Why"), span.reason),
    ]
    return [pair for pair in pairs if pair[1]]


def _days(moment: datetime, chart: Chart) -> float:
    """A moment in days from the left edge of the chart."""
    return (moment - midnight_of(chart.first)) / DAY


def _floor(bed: BedLine) -> str:
    said = _("Floor {n}").format(n=bed.floor)
    return f"{bed.building}, {said}" if bed.building else said


def _columns(chart: Chart) -> Sequence[Column]:
    days = [chart.first + n * DAY for n in range((chart.last - chart.first).days)]
    return [
        Column(_short(day), f"{day.day}/{day.month}", day.weekday() >= SATURDAY) for day in days
    ]


def _short(day: date) -> str:
    """The day of the week as charts write it."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]
