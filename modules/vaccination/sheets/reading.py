"""What the readers of both lists share: the rules they read by, and cells of doses."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from msgspec import field
from msgspec.structs import replace

from admin_suite.core.i18n import N_, _
from admin_suite.db.dated import Dated, shipped_rules
from admin_suite.db.work import Work
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Field, Noted, Table
from admin_suite.excel.words import loose, unmarked
from admin_suite.registry.reading import days
from admin_suite.registry.reading.columns import OTHERS, PERSON_COLUMNS, tidied
from admin_suite.registry.reading.details import DETAILS
from admin_suite.registry.reading.people import World, world
from modules.vaccination import formats
from modules.vaccination.codes import LISTED, Verdict, Why
from modules.vaccination.formats import Shot
from modules.vaccination.queries.regimen import groups as groups_of
from modules.vaccination.queries.regimen import regimen
from modules.vaccination.rules.regimen import Product, Regimen, begun
from modules.vaccination.rules.regimen import read as read_rules
from modules.vaccination.rules.verdicts import Judged

WORK_COLUMN = "workplace"
NEAR, NEARER = 0.65, 0.75  # how much alike a word is to the name that it may mean, or surely does
SERIAL = re.compile(r"[45]\d{4}(?:\.\d+)?")  # a day of Excel that has become a text
LOTS = re.compile(r"[,;+&/\n]|\bva\b")
DIGITS = 3  # that the number of a lot has at least
REMARKED = {
    Why.AGE_OVER: "OVER_AGE",
    Why.BEFORE_LICENCE: "DOSE_BEFORE_LICENCE",
    Why.NO_RULE: "NO_RULE",
}


class Rules(World):
    """The people's world, and what vaccination has to know."""

    regimen: Regimen = field(default_factory=Regimen)
    groups: tuple[int, ...] = ()


def rules(work: Work) -> Rules:
    """The context of both lists; a question."""
    known = world(work)
    return Rules(known.communes, known.today, {}, regimen(work), tuple(groups_of(work)))


@cache
def _first() -> Rules:
    """The rules a new database begins with, for lists that are read without one."""
    rows = shipped_rules("vaccination")
    groups = tuple(int(row["scope"]) for row in rows if row["code"] == "vaccination.group")
    return Rules(regimen=read_rules(rows), groups=groups)


def known(about: About) -> Rules:
    """The rules that a list is read by."""
    return about.world if isinstance(about.world, Rules) else _first()


def products(about: About) -> Mapping[str, Product]:
    """The vaccines of the day of a list; one whose rule had not begun is not known to it.

    A list that says no day of its own may tell of any: it knows all of them, and the registrations
    of one ``forget`` those that came after its last dose.
    """
    day = about.day or date.max
    found: Mapping[str, Sequence[Dated[Product]]] = known(about).regimen.products
    latest = {code: begun(versions, day) for code, versions in found.items()}
    return {code: one.value for code, one in latest.items() if one is not None}


def forget(table: Table, doses: Sequence[Sequence[list[str]]], last: str) -> None:
    """Take out vaccines whose rule had not begun by the last day of a list without its own."""
    day, rules = date.fromisoformat(last), known(table.about).regimen.products
    later = {code for code, versions in rules.items() if begun(versions, day) is None}
    for n, (named, *_rest) in enumerate(doses, start=1):
        for at, code in enumerate(named) if later.intersection(named) else ():
            if code in later:
                named[at] = ""
                told: Any = formats.product(code, {})
                table.warn(at, f"product{n}", told.code, told.message)


def product(cell: object, about: About) -> object:
    """The vaccine that a cell names; with the day and the lot if they stand there too."""
    if formats.nothing(cell) or formats.put_off(cell):
        return _not_given(cell)
    known = products(about)
    shot = formats.shot(cell, known, about)
    if not shot.on:
        return _perhaps(cell, formats.product(cell, known), known)
    if shot.product != "":
        return _alone(cell, shot, about)
    said = formats.product(cell, {})
    return said._replace(value=shot) if isinstance(said, Noted) else shot


def _perhaps(cell: object, found: object, known: Mapping[str, Product]) -> object:
    """A vaccine that is not known, with the one that was probably meant; of several, none."""
    if not isinstance(found, Noted) or formats.named(plain(cell), known):
        return found
    words = {word: code for code, one in known.items() for word in (*one.words, code.lower())}
    written = loose(plain(cell))
    near = get_close_matches(written, words, 1, NEAR)
    if not near:
        return found
    meant = words[near[0]]
    said = _("Perhaps {product} is meant: then write it so.").format(product=meant)
    sure = bool(get_close_matches(written, words, 1, NEARER))  # "Soberana" is no "Moderna"
    return found._replace(message=f"{found.message} {said}", offer=meant if sure else "")


def _not_given(cell: object) -> Noted | None:
    """No dose; what says why there was none is told, for nothing else keeps it."""
    if not formats.put_off(cell):
        return None
    said = _("“{cell}” says that this dose was not given.")
    return Noted(None, "NOT_GIVEN", said.format(cell=plain(cell)))


def told(cell: object, _about: About) -> int | None:
    """How many doses a cell says there were."""
    found = re.search(r"\d+", plain(cell))
    return int(found[0]) if found else None


def history(cell: object, about: About) -> object:
    """The doses that one cell tells, by their numbers."""
    return formats.history(cell, products(about), about)


def dose_day(cell: object, about: About) -> object:
    """The day of a dose as ISO, with vaccine and lot if they stand there too.

    A cell that says there was none is empty.
    """
    if isinstance(cell, str) and (not cell.strip("-–. /") or formats.nothing(cell)):  # noqa: RUF001
        return None
    if formats.put_off(cell):
        return _not_given(cell)
    if isinstance(cell, str) and SERIAL.fullmatch(cell.strip(" '")):
        cell = float(cell.strip(" '"))
    shot = formats.shot(cell, products(about), about) if isinstance(cell, str) else Shot()
    if shot.product or shot.lot:
        return _alone(cell, shot, about)
    found = (
        formats.day_given(cell, about) if isinstance(cell, str) else days.moment(cell, about).day
    )
    return _alone(cell, found.isoformat(), about) if found else None


def _alone(cell: object, value: Shot | str, about: About) -> object:
    """What a cell of one dose says; a second day in it, or a year that is supposed, is said."""
    if formats.several_days(cell):
        said = _("“{cell}” names more than one day; only the first is kept.")
        return Noted(value, "DOSES_UNREAD", said.format(cell=plain(cell)))
    if formats.no_day(about) and isinstance(cell, str) and formats.yearless(cell):
        on = value.on if isinstance(value, Shot) else value
        return formats.year_supposed(cell, value, on[:4])
    return value


def parted(
    table: Table, products_of: str, days_of: str, lots_of: str
) -> tuple[list[str | None], list[str | None], list[str]]:
    """Vaccine, day and lot of each row, whichever column says them; each its own one first."""
    made = [
        (_named(product), _dated(day), lot)
        for product, day, lot in zip(
            table.column(products_of), table.column(days_of), table.column(lots_of), strict=True
        )
    ]
    rows = [
        (
            named.product if named.product is not None else dated.product,
            dated.on or named.on or None,
            lot or dated.lot or named.lot,
        )
        for named, dated, lot in made
    ]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def _named(value: Shot | str | None) -> Shot:
    return value if isinstance(value, Shot) else Shot(product=value)


def _dated(value: Shot | str | None) -> Shot:
    return value if isinstance(value, Shot) else Shot(on=value or "")


def lot(cell: object, _about: About) -> object:
    """The number of a lot as it is kept; words without a figure are none."""
    if formats.nothing(cell):
        return None
    found, several = formats.lot_number(plain(cell)), _several_lots(plain(cell))
    if len(several) > 1:
        said = _("“{cell}” names more than one lot; only the first is kept.")
        return Noted(several[0], "LOT_UNREAD", said.format(cell=plain(cell)))
    if any(map(str.isdigit, found)) or not loose(plain(cell)):
        return found
    said = _("“{cell}” is no number of a lot; the dose is kept without it.")
    return Noted("", "LOT_UNREAD", said.format(cell=plain(cell)))


def _several_lots(written: str) -> list[str]:
    """The numbers of lots between the parts of a cell that signs of a list divide."""
    bare = formats.LOT_BEHIND.sub(" ", unmarked(written))
    parts = (formats.lot_number(part) for part in LOTS.split(bare))
    return [one for one in parts if sum(map(str.isdigit, one)) >= DIGITS]


def say_verdict(table: Table, at: int, name: str, one: Judged) -> None:
    """What the rules say of the dose of a row, beside the field of its day."""
    if one.verdict is not Verdict.VALID:
        why = "; ".join(reason.words for reason in one.reasons)
        table.warn(at, name, one.verdict.value, f"{one.verdict.word}: {why}")
    for reason in one.reasons:
        if reason.why in REMARKED:
            table.warn(at, name, REMARKED[reason.why], reason.words)


def person_columns() -> tuple[Column, ...]:
    """The columns of a person with those of work, as registrations call them."""
    more = [c for c in DETAILS if c.field in {"nationality", "ethnic", "occupation", WORK_COLUMN}]
    shown = [
        replace(c, aliases=formats.WORK_WORDS)
        if c.field == WORK_COLUMN
        else replace(c, offered=False)
        for c in more
    ]
    return (*PERSON_COLUMNS, *shown)


def others() -> tuple[str, ...]:
    """Headings that look like one of ours and are not."""
    read = {name for column in person_columns() for name in column.aliases}
    read |= {name for part in formats.BARE for name in formats.headings(part, 1)}
    read |= {*formats.NOTE_WORDS, *formats.GROUP_WORDS}
    return (*(name for name in OTHERS if name not in read), *formats.NOT_OURS)


TITLES: Mapping[str, tuple[str, ...]] = {
    "product": (
        N_("Dose 1: vaccine"),
        N_("Dose 2: vaccine"),
        N_("Dose 3: vaccine"),
        N_("Dose 4: vaccine"),
        N_("Dose 5: vaccine"),
    ),
    "on": (
        N_("Dose 1: day"),
        N_("Dose 2: day"),
        N_("Dose 3: day"),
        N_("Dose 4: day"),
        N_("Dose 5: day"),
    ),
    "lot": (
        N_("Dose 1: lot"),
        N_("Dose 2: lot"),
        N_("Dose 3: lot"),
        N_("Dose 4: lot"),
        N_("Dose 5: lot"),
    ),
    "place": (
        N_("Dose 1: place"),
        N_("Dose 2: place"),
        N_("Dose 3: place"),
        N_("Dose 4: place"),
        N_("Dose 5: place"),
    ),
}
READERS: Mapping[str, Callable[[Any, About], object]] = {
    "product": product,
    "on": dose_day,
    "lot": lot,
    "place": tidied,
}


def dose_columns() -> tuple[Column, ...]:
    """Vaccine, day, lot and place of each dose that a line can tell."""
    return tuple(
        Column(
            f"{part}{n}",
            TITLES[part][n - 1],
            formats.headings(part, n),
            read,
            dates=part == "on",
            offered=n <= formats.SCHEDULE and part != "place",
            repeats=f"{part}{n - 1}" if n > 1 else "",
        )
        for n in LISTED
        for part, read in READERS.items()
    )


def dose_fields() -> tuple[Field, ...]:
    """Vaccine, day, lot and place of each dose, as an export carries them."""
    wide = {"product": 14, "on": 12, "lot": 12, "place": 22}
    return tuple(
        Field(f"{part}{n}", TITLES[part][n - 1], width)
        for n in LISTED
        for part, width in wide.items()
    )


def missing_day(name: str) -> str:
    """The sentence for a dose without a day."""
    return _("Dose {n} has no day of injection.").format(n=name)
