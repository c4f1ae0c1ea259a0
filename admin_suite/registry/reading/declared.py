"""How the cells of a declaration are read: symptoms and contacts in any wording, hours, places."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Table
from admin_suite.excel.words import loose, meant
from admin_suite.registry.codes import Exposure, Relation, Symptom
from admin_suite.registry.declared import NewDeclaration, words
from admin_suite.registry.reading import days
from admin_suite.registry.reading.columns import PERSON_COLUMNS, tidied
from admin_suite.registry.reading.health import DENIED, SIGNS
from admin_suite.registry.reading.people import people

SPLIT = re.compile(r"[,;/+\n]| và | nhưng |\b(?:and|but)\b", re.IGNORECASE)
NONE = {"", "khong", "khong co", "k", "ko", "0", "binh thuong", "none", "no", "khong trieu chung"}
SYMPTOMS = (
    (Symptom.FEVER, re.compile(r"\b(sot|fever)\b")),
    (Symptom.SORE_THROAT, re.compile(r"\b(dau|rat|viem) hong\b|sore throat")),
    (Symptom.BREATHING, re.compile(r"\b(kho tho|tuc nguc|breath)")),
    (Symptom.SMELL_TASTE, re.compile(r"\bmat (vi|khuu|mui)|\b(smell|taste)\b")),
    (Symptom.COUGH, re.compile(r"\b(ho|cough)\b")),
)
EXPOSURES = (
    (Exposure.CASE, re.compile(r"\b(f0|benh(?! vien)|duong tinh|nghi nhiem|mac|ill)\b")),
    (Exposure.AREA, re.compile(r"\b(vung dich|o dich|nuoc ngoai|area)\b")),
    (Exposure.SYMPTOMS, re.compile(r"\b(trieu chung|bieu hien|symptoms)\b")),
)


def _in_words(kind: type[Code]) -> Callable[[str], str]:
    return lambda codes: words(codes, kind)


SHOWN = {"symptoms": _in_words(Symptom), "exposures": _in_words(Exposure)}


class Said(NamedTuple):
    """What a cell of symptoms or contacts says: codes, and what is none of them in its words."""

    codes: str
    words: str


def _coded(cell: object, table: tuple[tuple[Code, re.Pattern[str]], ...]) -> Said:
    codes, rest = set(), []
    known = {code.value: code for code, _pattern in table}
    pieces = plain(cell).split() if set(plain(cell).split()) <= known.keys() else None
    for piece in pieces or SPLIT.split(plain(cell)):
        bare = meant(piece, SIGNS)
        found = {code for code, pattern in table if pattern.search(bare) or piece == code.value}
        denied = DENIED.match(bare)
        codes |= set() if denied else found
        if not found and bare not in NONE:
            rest.append(piece.strip())
    return Said(" ".join(code for code in known.values() if code in codes), ", ".join(rest))


def symptoms(cell: object, _about: About) -> Said:
    """Symptoms as codes, and the others in words."""
    return _coded(cell, SYMPTOMS)


def exposures(cell: object, _about: About) -> Said:
    """Contacts as codes, and the others in words."""
    return _coded(cell, EXPOSURES)


def moment(cell: object, about: About) -> object:
    """A day, perhaps with its hour, as FHIR writes it; a mere hour as ``T07:30``."""
    found = days.moment(cell, about)
    if found.day is None and found.hour is not None:
        return f"T{found.hour.isoformat('minutes')}"
    return days.written(found.day, found.hour) if found.day else ""


def relation(cell: object, _about: About) -> Relation:
    """What the one who declares is to the person."""
    bare = loose(plain(cell))
    words = {
        Relation.PARENT: ("bo", "me", "cha", "bo me", "cha me"),
        Relation.SPOUSE: ("vo", "chong", "vo chong"),
        Relation.CHILD: ("con", "con trai", "con gai"),
        Relation.STAFF: ("can bo", "nhan vien"),
    }
    found = next((code for code, known in words.items() if bare in known), None)
    return found or Relation.read(plain(cell))


DECLARED = (
    Column(
        "declared_at",
        N_("Declared at"),
        (
            *("Ngày khai báo", "Thời gian khai báo", "Ngày giờ khai", "Ngày khai", "Giờ khai"),
            *("Thời gian khai", "Thời điểm khai", "Ngày giờ khai báo", "Thời gian qua chốt"),
        ),
        moment,
        dates=True,
    ),
    Column(
        "symptoms",
        N_("Symptoms"),
        ("Triệu chứng", "Dấu hiệu", "Biểu hiện"),
        symptoms,
        note=N_("Several with a comma between, such as: sốt, ho."),
    ),
    Column("other_symptoms", N_("Other symptoms"), ("Triệu chứng khác", "Biểu hiện khác"), tidied),
    Column("onset", N_("Ill since"), ("Ngày khởi phát", "Khởi phát"), moment, dates=True),
    Column(
        "exposures",
        N_("Contact with"),
        ("Tiếp xúc", "Tiếp xúc với", "Yếu tố dịch tễ", "Dịch tễ"),
        exposures,
    ),
    Column("contacts", N_("Whom exactly"), ("Người tiếp xúc", "Đã tiếp xúc với ai"), tidied),
    Column(
        "places",
        N_("Places visited"),
        ("Nơi đã đến", "Các nơi đã đến", "Địa điểm đã đến", "Nơi đã qua"),
        note=N_("Several with a semicolon between: place (hour day - hour day)."),
    ),
    Column("from_place", N_("Coming from"), ("Nơi đi", "Đi từ", "Nơi xuất phát", "Từ"), tidied),
    Column("to_place", N_("Going to"), ("Nơi đến", "Đi đến", "Đến"), tidied),
    Column("departed", N_("Departed"), ("Ngày đi", "Giờ đi", "Khởi hành"), moment, dates=True),
    Column("arrived", N_("Arrived"), ("Ngày đến", "Giờ đến"), moment, dates=True),
    Column("vehicle", N_("Vehicle"), ("Phương tiện", "Loại xe"), tidied),
    Column("plate", N_("Plate"), ("Biển số", "Biển số xe", "BKS", "Số chuyến"), tidied),
    Column("seat", N_("Seat"), ("Số ghế", "Ghế"), tidied),
    Column(
        "by_name",
        N_("Declared by"),
        ("Người khai thay", "Người khai", "Khai thay", "Người khai hộ"),
        tidied,
    ),
    Column(
        "relation", N_("Who is to the person"), ("Quan hệ với người được khai", "Quan hệ"), relation
    ),
    Column("note", N_("Note"), ("Ghi chú",), tidied),
)
TAKEN = {name for column in DECLARED for name in column.aliases}
COLUMNS = (*PERSON_COLUMNS, *DECLARED)
MOMENTS = tuple(column.field for column in DECLARED if column.dates)
WORDS = tuple(
    column.field for column in DECLARED if column.field not in {"symptoms", "exposures", "relation"}
)


def declarations(table: Table) -> list[NewDeclaration | None]:
    """The declarations of a table."""
    nothing = Said("", "")
    persons = people(table)
    signs, near = table.column("symptoms", nothing), table.column("exposures", nothing)
    relations = table.column("relation")
    above = [day or table.about.day for day in days.above(table)]
    texts = zip(*(table.column(name, "") for name in WORDS), strict=True)
    made: list[NewDeclaration | None] = []
    for at, row in enumerate(texts):
        person, said = persons[at], dict(zip(WORDS, row, strict=True))
        if person is None:
            made.append(None)
            continue
        said |= {name: _placed(said[name], above[at]) for name in MOMENTS}
        said["contacts"] = "; ".join(part for part in (said["contacts"], near[at].words) if part)
        others = (signs[at].words, said["other_symptoms"])
        said["other_symptoms"] = ", ".join(part for part in others if part)
        made.append(
            NewDeclaration(
                person=person,
                symptoms=signs[at].codes,
                exposures=near[at].codes,
                relation=relations[at],
                **said,
            )
        )
    _at_once(table, made, above)
    return made


def _placed(said: str, day: date | None) -> str:
    """A moment of which a cell says the hour alone, on the day of its part or of the list."""
    return said if not said.startswith("T") else f"{day.isoformat()}{said}" if day else ""


def _at_once(table: Table, made: list[NewDeclaration | None], above: Sequence[date | None]) -> None:
    """A row without a moment was declared on the day above it; none at all is refused."""
    for at, (one, day) in enumerate(zip(made, above, strict=True)):
        if one is None or one.declared_at:
            continue
        if day is None:
            table.refuse(at, "declared_at", "NO_DATE", _("The day of the declaration is missing."))
        else:
            made[at] = one._replace(declared_at=day.isoformat())
