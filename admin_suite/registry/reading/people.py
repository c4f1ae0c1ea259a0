"""How the columns of a person become ``NewPerson``, row by row.

Sex and year may be told by which of two columns is filled; the address may stand in one column or
in four, and what it does not say the line above the group, the worksheet or the title does.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, cast

from msgspec import Struct, field

from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.excel.grid import blank
from admin_suite.excel.identity import UID
from admin_suite.excel.sheet import Table, Wrong
from admin_suite.registry import phones, queries
from admin_suite.registry.codes import Sex
from admin_suite.registry.phones import NewPhone
from admin_suite.registry.queries import CommuneRow, before_change
from admin_suite.registry.reading import births, numbers, places
from admin_suite.registry.reading.places import Found, Gazetteer, gazetteer
from admin_suite.registry.service import NewPerson

KIN_PHONES = ("kin_phone", "other_kin_phone")


class World(Struct, dict=True):
    """What reading people needs to know: the communes of all times, and the day it is."""

    communes: Sequence[CommuneRow] = ()
    today: date = date.max
    gazetteers: dict[date, Gazetteer] = field(default_factory=dict)

    def on(self, day: date | None) -> Gazetteer:
        """The places as they were on the day of a list."""
        when = day or self.today
        if when not in self.gazetteers:
            self.gazetteers[when] = gazetteer(self.communes, when)
        return self.gazetteers[when]

    def commune_name(self, code: str, day: date | None) -> str:
        """The name that a commune's code had on a day, or had last; empty of no code of ours."""
        when = day or self.today
        theirs = (row for row in self.communes if row.code == code)
        spans = [(row.valid_from <= when, row.valid_from, row.name) for row in theirs]
        return max(spans)[-1] if spans else ""

    @cached_property
    def before(self) -> date | None:
        """The day before communes were changed last; None where they never were."""
        return before_change(self.communes, self.today)

    @cached_property
    def latest(self) -> str:
        """The day it is, as ISO."""
        return self.today.isoformat()


def world(work: Work) -> World:
    """The context of every sheet that carries people; a question."""
    return World(queries.communes(work), work.today())


def people(table: Table, event: Sequence[str] = ()) -> list[NewPerson | None]:
    """The persons of a table; ``event`` is for each row the day before which he must be born."""
    names = _names(table)
    dobs, sexes = _births_and_sexes(table, names)
    codes, addresses = communes(table)
    cards = _cards(table, dobs, sexes)
    _check_births(table, dobs, event)
    insured = _insured(table, cards)
    rows = zip(
        names,
        dobs,
        sexes,
        table.column("phone", ""),
        cards,
        codes,
        addresses,
        insured,
        strict=True,
    )
    made = [NewPerson(*row) for row in rows]
    return _with_kin(table, made) if table.has("kin_phone") else [*made]


def _with_kin(table: Table, made: Sequence[NewPerson]) -> list[NewPerson | None]:
    """The persons with the telephones of relatives; who has no number is reached by the first."""
    columns = [name for name in KIN_PHONES if table.has(name)]
    headings = [table.about.headings.get(name, "") for name in columns]
    whose = [phones.told_about(numbers.A_TELEPHONE.sub(" ", heading)) for heading in headings]
    rows = zip(*(table.column(name, "") for name in columns), strict=True)
    kin = ([NewPhone(n, *of) for n, of in zip(row, whose, strict=True) if n] for row in rows)
    return [_reached(one, theirs) for one, theirs in zip(made, kin, strict=True)]


def _reached(one: NewPerson, kin: list[NewPhone]) -> NewPerson:
    if kin and not one.phone:
        first, *kin = kin
        around = one.circumstances._replace(phone_whose=phones.about(first))
        one = one._replace(phone=first.number, circumstances=around)
    return one._replace(other_phones=phones.written(kin)) if kin else one


def _names(table: Table) -> list[str]:
    names = table.column("name", "")
    if table.has("given"):
        parts = (table.column(part, "") for part in ("family", "middle", "given"))
        whole = (" ".join(filter(None, row)) for row in zip(*parts, strict=True))
        names = [name or joined for name, joined in zip(names, whole, strict=True)]
    for at, written in enumerate(names):
        if not written:
            table.refuse(
                at, "name" if table.has("name") else "given", "NO_NAME", _("The name is missing.")
            )
    return names


def _births_and_sexes(table: Table, names: Sequence[str]) -> tuple[list[str], list[Sex | None]]:
    born = _put_together(table) if table.has("birth_month") else table.column("dob", "")
    dobs = [b or a for b, a in zip(born, table.column("age", ""), strict=True)]
    sexes: list[Sex | None] = list(table.column("sex"))
    if table.has("male") or table.has("female"):
        pairs = zip(table.column("male"), table.column("female"), strict=True)
        alone = not table.has("male") and set(table.column("female")) == {True, None}
        for at, (male, female) in enumerate(pairs):
            male = True if alone and not female else male  # noqa: PLW2901 - the one column ticks women
            dobs[at], sexes[at] = _by_column(table, at, (male, female), (dobs[at], sexes[at]))
            if sexes[at] is Sex.M and " Thị " in f" {names[at].title()} ":
                table.warn(
                    at, "male", "SEX_AGAINST_NAME", _("The column says a man, the name a woman.")
                )
    return dobs, sexes


def _put_together(table: Table) -> list[str]:
    """The births of a list that writes day, month and year in columns of their own."""
    rows = zip(
        table.column("birth_year", ""),
        table.column("dob", ""),
        table.column("birth_month"),
        table.column("birth_day"),
        strict=True,
    )
    born = []
    for at, (year, whole, month, day) in enumerate(rows):
        try:
            born.append(births.put_together(year or whole, month, day))
        except Wrong as error:
            table.refuse(at, "birth_year" if year else "dob", error.code, str(error))
            born.append(year or whole)
    return born


def _by_column(
    table: Table, at: int, told: tuple[Any, Any], known: tuple[str, Sex | None]
) -> tuple[str, Sex | None]:
    """Birth and sex of a row by which of the columns Nam and Nữ is filled."""
    male, female = told
    dob = known[0] or next((value for value in told if isinstance(value, str)), "")
    if male is not None and female is not None:
        table.warn(at, "female", "BAD_SEX", _("Both columns of the sex are filled; none is kept."))
        return dob, known[1]
    if male is None and female is None:
        if known[1] is None:
            table.warn(at, "male", "NO_SEX", _("Neither column of the sex is filled."))
        return dob, known[1]
    return dob, Sex.F if female is not None else Sex.M


def _cards(table: Table, dobs: Sequence[str], sexes: Sequence[Sex | None]) -> list[str]:
    cards = list(table.column("id_no", ""))
    for at, (digits, dob, sex) in enumerate(zip(cards, dobs, sexes, strict=True)):
        usual = len(digits) == numbers.CARD and digits.isascii()
        if digits and not (usual and numbers.fits(digits, dob, sex)):
            cards[at], code, said = numbers.filled_up(digits, dob, sex)
            if code:
                table.warn(at, "id_no", code, said)
    return cards


def _insured(table: Table, cards: list[str]) -> list[str]:
    """The insurance numbers; one that stands among the citizen numbers is never one of those."""
    insured = list(table.column("insurance_no", ""))
    odd = set(filter(numbers.INSURANCE.fullmatch, set(cards)))
    for at, card in enumerate(cards) if odd else ():
        if card in odd:
            insured[at], cards[at] = insured[at] or card, ""
    return insured


def _check_births(table: Table, dobs: Sequence[str], event: Sequence[str]) -> None:
    if event:
        return
    latest = table.about.world.latest if table.about.world else ""
    for at, dob in enumerate(dobs):
        if latest and dob > latest:
            table.refuse(at, "dob", "FUTURE_DATE", _("This day is still to come."))


def born_after(
    table: Table, dobs: Iterable[str], event: Sequence[str], code: str, said: str
) -> None:
    """Refuse rows whose birth is after the day of the event."""
    for at, (dob, day) in enumerate(zip(dobs, event, strict=True)):
        if day and dob[:10] > day[:10]:
            table.refuse(at, "dob", code, said)


def communes(table: Table) -> tuple[list[str], list[str]]:
    """The commune's code and the address of each row of a table that names places."""
    about = table.about
    addresses = _addresses(table)
    known = _known(table, addresses)
    read: dict[str, Found] = {a: places.place(a, known) for a in set(addresses)}
    marks = list(table.sections) or [""] * table.size
    sections = {s: _in_lines(s, known) for s in set(marks)}
    lines = (places.in_line(line, known).code for line in about.place.split("\n"))
    title = next(filter(None, lines), "")
    home = _home(about.sender, known)
    codes = list(table.column("commune_code", ""))
    # an export says again what was said of its addresses
    known_before = table.has(UID) or table.has("commune_code")
    for at, (address, section) in enumerate(zip(addresses, marks, strict=True)):
        if codes[at]:
            continue
        found = read[address]
        codes[at] = found.code or ("" if found.elsewhere else sections[section] or title)
        if not (codes[at] or found.elsewhere) and (
            not found.remark or places.names_hamlet(address)
        ):
            codes[at] = home
        there = codes[at] or found.elsewhere or known_before or blank(address)
        lost = "" if there else "COMMUNE_MISSING"
        if (remark := found.remark or lost) and (found.code or not codes[at]):
            table.warn(at, "address", remark, REMARKS[remark]())
    hamlets = {lines: places.hamlet_in(lines.rpartition("\n")[2]) for lines in sections}
    return codes, [address or hamlets[line] for address, line in zip(addresses, marks, strict=True)]


def _in_lines(section: str, known: Gazetteer) -> str:
    """The commune that the nearest of the lines above a part names."""
    lines = filter(None, reversed(section.split("\n")))
    return next(filter(None, (places.in_line(line, known).code for line in lines)), "")


def _home(sender: str, known: Gazetteer) -> str:
    """The commune of a health station or of a commune's own office; it may be named alone."""
    if not OF_A_COMMUNE.match(sender):
        return ""
    return places.in_line(sender, known).code or places.place(STATION.sub("", sender), known).code


def _known(table: Table, addresses: Sequence[str]) -> Gazetteer:
    """The communes a list means: those of its day; without one, those whose names it uses.

    A list that says no day and mostly names communes as they were before the last change of
    borders is as old as its names.
    """
    about = table.about
    if about.world is None:
        return Gazetteer()
    known: Gazetteer = about.world.on(about.day or about.usual)
    if not about.undated:
        return known
    lines = {*"\n".join({*table.sections, about.place}).split("\n")} - {""}
    read = [places.place(address, known) for address in set(addresses)]
    read += [places.in_line(line, known) for line in lines]
    named = [found.remark == "OLD_COMMUNE" for found in read if found.code]
    before: date | None = about.world.before
    if before is not None and named and sum(named) * 2 >= len(named):
        return cast("Gazetteer", about.world.on(before))
    return known


STATION = re.compile(r"^(?:Trạm Y tế|UBND) ", re.IGNORECASE)
OF_A_COMMUNE = re.compile(r"(?:Trạm Y tế|UBND) |.*\b(?:xã|thị trấn) ", re.IGNORECASE)
REMARKS: dict[str, Callable[[], str]] = {
    "OLD_COMMUNE": lambda: _("The commune is written by its old name; the one of today is kept."),
    "COMMUNE_MISSING": lambda: _("The address does not name a commune."),
}


def _addresses(table: Table) -> list[str]:
    whole = table.column("address", "")
    if table.has(UID):  # an export: the columns beside the address repeat what it says
        return whole
    parts = [name for name in ("hamlet", "commune", "district", "province") if table.has(name)]
    if not parts:
        return whole
    columns = [table.column(name, "") for name in parts]
    answer, towns = [], places.towns(getattr(table.about.world, "communes", ()))
    for at, row in enumerate(zip(*columns, strict=True)):
        rest = places.joined(dict(zip(parts, row, strict=True)), towns)
        answer.append(", ".join(part for part in (whole[at], rest) if not blank(part)))
    return answer
