"""The words of the laboratory as lists write them: subjects, specimens, results, methods."""

import re
from collections import Counter
from typing import Any, TypeVar

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.identity import UID
from admin_suite.excel.sheet import About, Noted, Table, Wrong
from admin_suite.excel.words import loose
from modules.lab.codes import Material, Method, Outcome, Subject
from modules.lab.rules import typed

I = TypeVar("I", bound=tuple[Any, ...])  # noqa: E741 - an item
SUBJECTS = (
    (
        Subject.HEALTH_WORKER,
        r"nhan vien y te|can bo y te|nvyt|cbyt|\by bac si|\bbac s[iy]\b|\by ta\b|dieu duong|"
        r"health worker",
    ),
    (Subject.F2, r"\bf ?2\b"),
    (
        Subject.F1,
        r"\bf ?1\b|tiep xuc gan|tx gan|tx f ?0|tiep xuc (?:voi )?(?:f ?0|ca|bn|benh nhan)|"
        r"close contact",
    ),
    (
        Subject.RETURNEE,
        r"\bve tu\b|vung dich|tro ve|ve dia phuong|ve que|returned|"
        r"\bve (?:tphcm|hcm|bac giang|ha noi)",
    ),
    (Subject.QUARANTINE, r"cach ly|\bcltt\b|khu cl|quarantine"),
    (
        Subject.SYMPTOMATIC,
        r"trieu chung|\bho\b|\bsot\b|kho tho|dau hong|viem phoi|symptom|nghi ngo|nghi mac",
    ),
    (Subject.SCREENING, r"sang loc|tam soat|cong dong|nguy co|dinh ky|screening"),
    (Subject.OTHER, r"^khac$|doi tuong khac|other"),
)
SPECIMENS = (
    (Material.NASOPHARYNGEAL, r"t[yi] hau|mui hong|\bnp\b|\bmui\b|ngoay mui|nasopharyn"),
    (Material.SALIVA, r"nuoc bot|saliva|nuoc mieng"),
    (Material.OROPHARYNGEAL, r"hong\b|\bop\b|oropharyn|throat"),
)
OUTCOMES = (
    (Outcome.AWAITING_SINGLES, r"cho (?:mau|xn) don|cho lay mau don|single"),
    (Outcome.INVALID, r"khong hop le|hong mau|loi mau|invalid|khong dat"),
    (
        Outcome.INCONCLUSIVE,
        r"nghi ngo|khong xac dinh|chua ro|inconclusive|khong ket luan|nghi duong",
    ),
    (Outcome.NEGATIVE, r"am tinh|^at$|^neg|^n$|khong phat hien|^am$|not detected"),
    (Outcome.POSITIVE, r"duong tinh|^dt$|^pos|^p$|phat hien|^duong$|detected"),
)
SIGNS = {"-": Outcome.NEGATIVE, "+": Outcome.POSITIVE, "±": Outcome.INCONCLUSIVE}
NUMBER = re.compile(r"\d{1,2}(?:\.\d+)?")


def transferred(table: Table, items: list[I | None]) -> list[I | None]:
    """The swabs of an export, each with whose list and which tube it was in."""
    if not table.has(UID):
        return items
    tubes, codes = table.column("accession", ""), table.column("pool", "")
    inside = Counter(zip(tubes, codes, strict=True))
    whose = zip(table.column("sender", ""), table.column("pooled", False), strict=True)
    rows = zip(items, tubes, codes, whose, strict=True)
    return [
        None
        if item is None
        else item._replace(  # type: ignore[attr-defined]
            from_sender=sender,
            from_tube=tube,
            stated=max(inside[tube, code] if tube or code else 1, 1 + bool(pooled)),
        )
        for item, tube, code, (sender, pooled) in rows
    ]


def yes(cell: object, _about: About) -> bool:
    """Whether a cell says yes, as exports do in either language."""
    return loose(plain(cell)) in {"co", "yes", "x", "1", "true"}


def subject(cell: object, _about: About) -> object:
    """Why somebody is sampled; words that are not known become OTHER."""
    bare = loose(plain(cell))
    for code, pattern in SUBJECTS:
        if re.search(pattern, bare) or bare == code.value.casefold().replace("_", " "):
            return code
    try:
        return Subject.read(cell)
    except UserError:
        said = _("The reason “{cell}” is not known; it is kept as another reason.")
        return Noted(Subject.OTHER, "SUBJECT_UNKNOWN", said.format(cell=plain(cell)))


def specimen(cell: object, _about: About) -> object:
    """What is in the tube; unknown words are left out."""
    bare = loose(plain(cell))
    for code, pattern in SPECIMENS:
        if re.search(pattern, bare):
            return code
    try:
        return Material.read(cell)
    except UserError:
        said = _("The specimen “{cell}” is not known and was left out.")
        return Noted(None, "SPECIMEN_UNKNOWN", said.format(cell=plain(cell)))


def outcome(cell: object, _about: About) -> Outcome:
    """A result in any spelling: ``Âm tính``, ``ÂT``, ``(-)``, ``Neg``."""
    written = plain(cell).replace("\u2212", "-").replace("–", "-")  # noqa: RUF001
    bare = loose(written)
    for code, pattern in OUTCOMES:
        if re.search(pattern, bare):
            return code
    sign = SIGNS.get(re.sub(r"[\s().]", "", written))
    if sign is not None:
        return sign
    try:
        return Outcome.read(cell)
    except UserError as error:
        raise Wrong("BAD_OUTCOME", str(error)) from error


def method(cell: object, _about: About) -> Method:
    """How it was measured."""
    bare = loose(plain(cell))
    if "pcr" in bare:
        return Method.PCR
    if re.search(r"nhanh|khang nguyen|test|antigen|\bag\b", bare):
        return Method.ANTIGEN
    try:
        return Method.read(cell)
    except UserError as error:
        raise Wrong("BAD_METHOD", str(error)) from error


def cycles(cell: object, _about: About) -> str:
    """A Ct value with a decimal point, however many genes it names; dashes are none."""
    text = plain(cell).replace(",", ".") if not isinstance(cell, float) else f"{cell:g}"
    if not text.strip("-–/ .()") or loose(text) in {"na", "n a", "undetermined", "khong co"}:  # noqa: RUF001
        return ""
    if not NUMBER.search(text):
        raise Wrong("BAD_CT", _("“{cell}” is not a Ct value.").format(cell=plain(cell)))
    return text


def accession(cell: object, _about: About) -> str:
    """The number of a tube as typed or scanned."""
    return typed(plain(cell))
