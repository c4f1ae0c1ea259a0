"""The list of doses: past ones from paper, one line each."""

from collections.abc import Sequence
from datetime import date

from admin_suite.core.i18n import N_, _
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import About, Afterwards, Column, Field, Review, Sheet, Table, chosen
from admin_suite.registry.reading import same
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import PERSON_COLUMNS, tidied
from admin_suite.registry.reading.people import people
from admin_suite.registry.service import NewPerson
from admin_suite.registry.sheets import EXAMPLE, PERSON_FIELDS
from modules.vaccination import checks, formats, queries, service
from modules.vaccination.codes import Reliability, Source
from modules.vaccination.permissions import REGISTER, SEE
from modules.vaccination.rules.verdicts import Given, judge
from modules.vaccination.service import NewDose
from modules.vaccination.sheets import reading


def which(cell: object, _about: About) -> int:
    """Which dose the paper calls it."""
    return formats.which(cell)


COLUMNS = (
    *PERSON_COLUMNS,
    Column(
        "product",
        N_("Vaccine"),
        ("Tên vắc xin", *formats.BARE["product"], "Loại vaccine", "Vacxin"),
        reading.product,
    ),
    Column("on", N_("Day of the injection"), formats.BARE["on"], reading.dose_day, dates=True),
    Column("lot", N_("Lot"), formats.BARE["lot"], reading.lot),
    Column("stated", N_("Which dose"), ("Mũi số", "Mũi", "Mũi thứ", "Mũi tiêm", "Lần"), which),
    Column("place", N_("Place of the injection"), formats.BARE["place"], tidied),
    Column(
        "source",
        N_("Known from"),
        ("Nguồn", "Nguồn thông tin"),
        chosen(Source),
        choices=Source,
        offered=False,
    ),
    Column(
        "reliability",
        N_("How sure"),
        ("Độ tin cậy",),
        chosen(Reliability),
        choices=Reliability,
        offered=False,
    ),
    Column("note", N_("Note"), formats.NOTE_WORDS, tidied),
    COLUMN,
)


def doses(table: Table) -> list[NewDose | None]:
    """The doses of a list, one in each row."""
    persons = people(table)
    products, days, lots = reading.parted(table, "product", "on", "lot")
    unread = {remark.at for remark in table.refused if remark.field == "on"}
    today = reading.known(table.about).today.isoformat()
    for at, (day, product) in enumerate(zip(days, products, strict=True)):
        if not day and at not in unread:
            table.refuse(at, "on", "NO_DATE", _("The day of the injection is missing."))
        elif day and day > today:
            table.refuse(at, "on", "FUTURE_DATE", _("This day is still to come."))
        elif product is None:
            said = _("The vaccine of this dose is not said.")
            table.warn(at, "product", "PRODUCT_UNKNOWN", said)
    rows = zip(
        persons,
        (day or "" for day in days),
        (product or "" for product in products),
        (lot or "" for lot in lots),
        table.column("stated", 0),
        table.column("place", ""),
        table.column("source", Source.CARD),
        table.column("reliability", Reliability.UNKNOWN),
        table.column("note", ""),
        table.numbers or [0] * table.size,
        strict=True,
    )
    items = [NewDose(*row) if row[0] is not None else None for row in rows]
    _remark(table, items)
    return identified(table, items)


def _remark(table: Table, items: Sequence[NewDose | None]) -> None:
    """What the rules say of the doses that the list tells of each person; nothing is refused."""
    refused = {remark.at for remark in table.refused}
    rules = reading.known(table.about).regimen
    of: dict[NewPerson, list[tuple[int, Given]]] = {}
    for at, one in enumerate(items):
        if one is not None and at not in refused:
            given = Given(date.fromisoformat(one.on), one.product, one.lot, one.stated)
            doses = of.setdefault(one.person, [])
            if all(given != other for _at, other in doses):  # a row said again is one dose
                doses.append((at, given))
    for person, doses in of.items():
        judged = judge([given for _at, given in doses], person.dob, date.max, rules)
        for (at, _given), verdict in zip(doses, judged, strict=True):
            reading.say_verdict(table, at, "on", verdict)


def _review(review: Review[NewDose]) -> None:
    same.look_over(
        review,
        lambda one: one.person,
        lambda one: (one.on, one.product, one.lot, one.uid),
        lambda one, whole: one._replace(person=whole),
        _joined,
    )


def _joined(first: NewDose, again: NewDose) -> NewDose:
    """A row with what only the row that says it again tells."""
    told = (first.stated or again.stated, first.place or again.place, first.note or again.note)
    return first._replace(stated=told[0], place=told[1], note=told[2])


DOSES = Sheet(
    name="vaccination.doses",
    title=N_("Doses given elsewhere"),
    kind=NewDose,
    columns=COLUMNS,
    items=doses,
    review=_review,
    context=reading.rules,
    store=service.enter_doses,
    check=checks.wrong_doses,
    rows=queries.doses.rows,
    first=lambda work, n: queries.doses.rows(work, {}, n),
    permission=SEE,
    afterwards=Afterwards(
        permission=REGISTER,
        keys=lambda cells: keys_within(cells, ("on", "product")),
        check=checks.uncorrectable_doses,
        change=service.correct_doses,
        withdraw=service.withdraw_doses,
        empty=service.empty_doses,
        by_uid=checks.doses_known,
    ),
    fields=(
        *PERSON_FIELDS,
        Field("address", N_("Address"), 36),
        Field("number", N_("Dose"), 6, nothing=None),
        Field("product", N_("Vaccine"), 14),
        Field("on", N_("Day of the injection"), 12),
        Field("lot", N_("Lot"), 12),
        Field("place", N_("Place of the injection"), 22),
        Field("source", N_("Known from"), 18),
        Field("reliability", N_("How sure"), 12),
        Field("verdict", N_("Verdict"), 16),
        Field("reasons", N_("Reasons"), 40),
        Field("note", N_("Note"), 20),
        FIELD,
    ),
    ignored=(*reading.others(), "Verdict", "Reasons"),
    example={
        **EXAMPLE,
        "product": "Vaxzevria",
        "on": "10/06/2021",
        "lot": "ABV5297",
        "stated": "1",
        "place": "TYT xã Điện Quan",
    },
)
