"""Reports: the day by session, the end of a round, coverage, reactions by lot."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from admin_suite.core.clock import day_shown, here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from admin_suite.registry.queries import commune_names
from admin_suite.reports.spans import Spans
from modules.vaccination.codes import Common
from modules.vaccination.queries.counting import (
    Coverage,
    SessionCount,
    Spoilt,
    by_session,
    coverage,
    reactions,
    round_by,
    spoilt,
)
from modules.vaccination.queries.regimen import groups
from modules.vaccination.queries.stock import lots

SCHEDULE = (1, 2)  # the doses that have columns of their own
WORDS = 5  # columns before the numbers
WORDS_WIDE = (2, 4.6, 3.5, 2.4, 3.6)  # so that no word of the headings breaks
NUMBERS_WIDE = (2.5, 2.9, 2.4, 2.3, 2.5, 2.1, 2.1, 2.1, 2.4, 2.2, 2.9, 1.9, 2.5, 2, 2.1)
COVERED_BY, ROUND_BY = ("commune", "age", "group"), ("group", "unit", "commune")
HEADINGS = {
    "commune": N_("Commune"),
    "age": N_("Age"),
    "group": N_("Priority group"),
    "unit": N_("Workplace"),
}
MOST_BARS = 24  # as many as can be told apart
CoverageLine = tuple[str, int, int, float, int, float, int]


def _nothing_set(values: Mapping[str, str]) -> None:
    if values:
        raise UserError(_("This report takes no values."))


def daily(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """The columns of Appendix 5 of Decision 3588/QĐ-BYT (26 July 2021), a line for each session.

    What was thrown away unopened was part of no session: it stands on lines of the store.
    """
    _nothing_set(values)
    found, lost = by_session(work, period), spoilt(work, period)
    if not found and not lost:
        raise UserError(_("No session was held in these days."))
    rows = [(at, *line) for at, line in enumerate(_by_day(found, lost), start=1)]
    return Findings(
        headings=(
            _("No."),
            _("Place of the session"),
            _("Day"),
            _("Round of vaccination"),
            _("Vaccine"),
            _("People who came"),
            _("Sent to hospital"),
            _("Do not consent"),
            _("Postponed"),
            _("Contraindicated"),
            _("First doses"),
            _("Second doses"),
            _("Further doses"),
            _("Doses used"),
            _("Doses thrown away"),
            _("Usual reactions, people"),
            _("Fever"),
            _("Pain and swelling"),
            _("Other"),
            _("Severe reactions"),
            _("Note"),
        ),
        rows=rows,
        total=_summed(rows),
        shares=(*WORDS_WIDE, *NUMBERS_WIDE, 2.6),
        remarks=(*_message(found, lost), *_explained(), *_of_store(lost)),
    )


def _summed(rows: Sequence[Sequence[str | int]]) -> Sequence[str | int]:
    sums = [sum(int(row[at]) for row in rows) for at in range(WORDS, len(rows[0]) - 1)]
    return "", _("Together"), "", "", "", *sums, ""


def _by_day(found: Sequence[SessionCount], lost: Sequence[Spoilt]) -> Iterator[Sequence[str | int]]:
    """Each day's sessions, then what its store lost."""
    lines = [(one.held_on, (*_line(one), _note(one))) for one in found]
    lines += [(one.day, _store_line(one)) for one in lost]
    return (line for _day, line in sorted(lines, key=lambda line: line[0]))


def _line(one: SessionCount) -> Sequence[str | int]:
    return (
        one.place,
        day_shown(one.held_on),
        one.round,
        one.product,
        one.came,
        one.hospital,
        one.refused,
        one.deferred,
        one.contraindicated,
        one.doses[1],
        one.doses[2],
        _further(one),
        one.used,
        one.wasted,
        one.cases,
        one.reactions[Common.FEVER],
        one.reactions[Common.LOCAL],
        one.reactions[Common.OTHER],
        one.severe,
    )


def _further(one: SessionCount) -> int:
    """The doses that have no column of their own."""
    return sum(n for number, n in one.doses.items() if number not in SCHEDULE)


def _note(one: SessionCount) -> str:
    """Who stands in no column: not on the list, refused by telephone, came and was not injected."""
    notes = (
        (_("Not on the list: {n}"), one.outside),
        (_("Refused by telephone: {n}"), one.called_off),
        (_("Came, not injected yet: {n}"), one.unsettled),
    )
    return "; ".join(said.format(n=n) for said, n in notes if n)


def _store_line(one: Spoilt) -> tuple[str | int, ...]:
    """Doses thrown away unopened, in the columns of a session at which nobody was."""
    line = SessionCount(_("Vaccine store"), one.day, "", one.product, wasted=one.parts.total())
    said = _("{what}, lot {lot}: {n}")
    told = [
        said.format(what=kind.word, lot=lot, n=doses) for (lot, kind), doses in one.parts.items()
    ]
    return *_line(line), "; ".join(told)


def _of_store(lost: Sequence[Spoilt]) -> Sequence[str]:
    said = _("Doses thrown away unopened stand on the lines of the store; they were not used.")
    return (said,) if lost else ()


def _explained() -> tuple[str, str]:
    """Whose columns these are, and what the form means by doses used."""
    return (
        _("Columns of Appendix 5 of Decision 3588/QĐ-BYT."),
        _("Doses used are those of all opened vials: given, thrown away, still in the vial."),
    )


def _message(found: Sequence[SessionCount], lost: Sequence[Spoilt]) -> list[str]:
    """The day in one sentence, to be sent as a message, and who came without being invited."""
    given = sum(sum(one.doses.values()) for one in found)
    said = _(
        "Message: {n} vaccinated ({first} first, {second} second, {further} further doses), "
        "{deferred} postponed, {wasted} doses thrown away, {usual} usual and {severe} severe "
        "reactions."
    ).format(
        n=given,
        first=sum(one.doses[1] for one in found),
        second=sum(one.doses[2] for one in found),
        further=sum(map(_further, found)),
        deferred=sum(one.deferred for one in found),
        wasted=sum(one.wasted for one in found) + sum(one.parts.total() for one in lost),
        usual=sum(one.cases for one in found),
        severe=sum(one.severe for one in found),
    )
    outside = sum(one.outside for one in found)
    more = _("People who were not on the list: {n}.").format(n=outside)
    return [said, more] if outside else [said]


def round_end(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """The end of a round ``by`` group, unit or commune (Appendix 6 of Decision 3588/QĐ-BYT)."""
    by = _by(values, ROUND_BY)
    found = round_by(work, period, by)
    if not found:
        raise UserError(_("Nobody is registered for vaccination yet."))
    last, seen = here(period.end).date() - timedelta(days=1), reactions(work, period)
    titles = _titles(work, by, last)
    rows = []
    for key in _in_order(found, by):
        registered, before, invited, now, first, second, _further, _other = found[key]
        share = 100 * now / invited if invited else 0.0
        rows.append((titles(key), registered, before, invited, now, share, first, second))
    sums = [sum(int(row[at]) for row in rows) for at in (1, 2, 3, 4, 6, 7)]
    share = 100 * sums[3] / sums[2] if sums[2] else 0.0
    return Findings(
        headings=(
            _(HEADINGS[by]),
            _("Registered"),
            _("Vaccinated before"),
            _("On the lists of this round"),
            _("Vaccinated in this round"),
            _("Share, %"),
            _("First doses"),
            _("Second doses"),
        ),
        rows=rows,
        total=(_("Together"), *sums[:4], share, *sums[4:]),
        shares=(8, 2, 2, 2, 2, 2, 2, 2),
        remarks=(_reactions(*seen), *_elsewhere(found), _round_message(found, last, seen)),
    )


def _round_message(found: Mapping[str, Sequence[int]], last: date, seen: tuple[int, int]) -> str:
    """The round in one sentence, to be sent as a message."""
    said = _(
        "Message: round until {day}: of {invited} on the lists {now} vaccinated ({first} first, "
        "{second} second, {further} further doses), {usual} usual and {severe} severe reactions."
    )
    names = ("registered", "before", "invited", "now", "first", "second", "further", "elsewhere")
    sums = map(sum, zip(*found.values(), strict=True))
    told = dict(zip(names, sums, strict=True))
    return said.format(day=day_shown(last), usual=seen[0], severe=seen[1], **told)


def _elsewhere(found: Mapping[str, Sequence[int]]) -> Sequence[str]:
    """Who was vaccinated in these days by somebody else: not the work of this round."""
    people = sum(one[-1] for one in found.values())
    said = _("Vaccinated elsewhere in these days, not counted in this round: {n} people.")
    return (said.format(n=people),) if people else ()


def _reactions(usual: int, severe: int) -> str:
    """What followed the injections of a round, in one line."""
    said = _("Reactions in these days: {usual} people with usual ones, {severe} severe ones.")
    return said.format(usual=usual, severe=severe)


def _by(values: Mapping[str, str], known: Sequence[str]) -> str:
    """What a report is asked to count by; the first of what is known where nothing is said."""
    by = values.get("by", known[0])
    if by not in known or set(values) - {"by"}:
        raise UserError(_("This report takes “by” with: {names}.").format(names=", ".join(known)))
    return by


def _in_order(found: Collection[str], by: str) -> list[str]:
    """The lines of a report: groups by their numbers, what is not known at the end."""
    return sorted(found, key=lambda key: (key == "", len(key) if by == "group" else 0, key))


def covered(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """How many of the registered have a dose, by commune, age or group (``by``)."""
    by = _by(values, COVERED_BY)
    until = here(period.end).date() - timedelta(days=1)
    found = coverage(work, by, until)
    if not found:
        raise UserError(_("Nobody is registered for vaccination yet."))
    titles = _titles(work, by, until)
    rows = [(titles(key), *_shown(found[key])) for key in _in_order(found, by)]
    whole = Coverage(
        sum(one.registered for one in found.values()),
        sum(one.one for one in found.values()),
        sum(one.complete for one in found.values()),
        sum(one.extra for one in found.values()),
    )
    total = (_("Together"), *_shown(whole))
    return Findings(
        headings=(
            _(HEADINGS[by]),
            _("Registered"),
            _("At least one dose"),
            _("Share, %"),
            _("Schedule complete"),
            _("Share, %"),
            _("Further doses"),
        ),
        rows=rows,
        total=total,
        shares=(6, 2, 2, 2, 2, 2, 2),
        remarks=(_("Of whoever is registered here, by the doses up to the last of these days."),),
        chart=_chart(bars_of(rows, total), until),
    )


def _chart(bars: Sequence[tuple[str, float, float]], until: date) -> Spans:
    title = _("Coverage until {day}, %").format(day=day_shown(until))
    return Spans(title, bars, _("Schedule complete"), _("At least one dose"))


def bars_of(rows: Sequence[CoverageLine], total: CoverageLine) -> list[tuple[str, float, float]]:
    """A bar for each line of a coverage, of the many the largest ones, all together at the end."""
    most = sorted(rows, key=lambda one: -one[1])[:MOST_BARS]
    return [(one[0], one[5], one[3]) for one in (*(one for one in rows if one in most), total)]


def _titles(work: Work, by: str, until: date) -> Callable[[str], str]:
    """What each line of a coverage is called."""
    communes, names = commune_names(work), groups(work)
    if by == "commune":
        return lambda key: communes(key, until.isoformat()) or _("Elsewhere, or not known")
    if by in ("age", "unit"):
        return lambda key: key or _("Not known")
    return lambda key: f"{key}. {names.get(int(key), '')}" if key else _("No group")


def _shown(one: Coverage) -> tuple[int, int, float, int, float, int]:
    return one.registered, one.one, one.share, one.complete, one.whole, one.extra


def by_lot(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """Severe reactions in a thousand doses, by lot, whatever the days."""
    del period
    _nothing_set(values)
    found = lots(work)
    if not found:
        raise UserError(_("No vaccine was received yet."))
    rows = [(one.product, one.lot, one.given, one.severe, one.rate, one.balance) for one in found]
    return Findings(
        headings=(
            _("Vaccine"),
            _("Lot"),
            _("Doses given"),
            _("Severe reactions"),
            _("In a thousand doses"),
            _("Doses in stock"),
        ),
        rows=rows,
        shares=(4, 3, 2, 2, 2, 2),
        remarks=(_("Of all doses and reactions known here, whatever the days."),),
    )
