"""The words of lists of results: outcomes, genes with their Ct, methods, numbers of tubes.

Machines and laboratories say in many ways that a gene was not found: ``Undetermined``, ``N/A``,
``NaN``, 0, an empty cell, or 40 and more, where the run ends.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Wrong
from admin_suite.excel.words import BRACKETS, loose, unmarked
from modules.lab.codes import Method, Outcome
from modules.lab.models import Gene
from modules.lab.rules import ACCESSION, typed

LAST_CYCLE = 40
OUTCOMES = (
    (Outcome.AWAITING_SINGLES, r"cho (?:mau|xn) don|cho lay mau don|single"),
    (
        Outcome.INVALID,
        r"khong hop le|hong mau|loi mau|invalid|khong dat|^(?:can )?lay lai|khong doc duoc"
        r"|khong (?:len|hien|co) vach|^hong|^loi",
    ),
    (
        Outcome.INCONCLUSIVE,
        r"nghi ngo|(?:khong|chua) xac dinh|^kxd$|chua ro|inconclusive|(?:khong|chua) ket luan"
        r"|nghi duong",
    ),
    (Outcome.NEGATIVE, r"am tinh|^at$|\bneg|^n$|^am$|^nd$|^(?:1|mot) vach"),
    (Outcome.POSITIVE, r"duong tinh|^dt$|\bpos|^p$|phat hien|^duong$|detected|^(?:2|hai) vach"),
)
NOT_FOUND = re.compile(  # that nothing was found is told by denying that something was
    r"\b(?:khong|chua|ko|kg|khg|k)(?: (?:thay|co|bi))* (?:phat hien(?: duong tinh)?|duong tinh"
    r"|ph)\b"
    r"|\b(?:not|non|none|un|no(?: [a-z0-9]+){1,4}) ?detected"
)
BOTH = re.compile(r"(?=.*(?:\bam tinh|\bneg))(?=.*(?:\bduong tinh|\bpos|phat hien|detected))")
SIGNS = {"-": Outcome.NEGATIVE, "+": Outcome.POSITIVE, "±": Outcome.INCONCLUSIVE}
SIGNS |= {"+/-": Outcome.INCONCLUSIVE}
CT = re.compile(r"(?<![\d.,])\d{1,2}(?:[.,]\d{1,4})?(?![\d])")
NONE = (
    r"(?:undetermined|undet|not detected|khong phat hien|khong co|am tinh|neg|n/?a|nan|[-\u2013])"
)
NAMES = {
    "ORF1ab": r"orf ?-?1 ?(?:ab|a/b|a|b)?|orf",
    "RdRp": r"rdrp",
    "IC": r"ic|ipc|rnase ?-?p|rp|chung noi|noi chung|internal control",
    "E": r"e",
    "N": r"n[12]?",
    "S": r"s",
}
GENE = {name: re.compile(rf"(?:gene? )?(?:{words})(?: gene?)?") for name, words in NAMES.items()}
ALONE = re.compile(rf"ct\s*[:=]?\s*({CT.pattern})|\(\s*(\d\d[.,]\d{{1,4}})\s*\)")
NAMED = re.compile(
    rf"(?<![a-z0-9])(?P<name>(?:gene? ?)?(?:{'|'.join(NAMES.values())})(?: ?gene?)?)"
    rf"\s*(?:[:=(]\s*)?(?:ct\s*[:=]?\s*)?(?P<ct>{CT.pattern}|{NONE})(?![a-z])"
)


class Said(NamedTuple):
    """What the cell of a result says: the word, and genes in a bracket behind it."""

    outcome: Outcome
    genes: tuple[Gene, ...] = ()


def outcome(cell: object, _about: About) -> Said:
    """A result in any spelling: ``Âm tính``, ``ÂT``, ``(-)``, ``Dương tính (N 25,1)``."""
    return Said(outcome_word(cell), _beside(unmarked(plain(cell))))


def outcome_word(cell: object) -> Outcome:
    """The word of a result alone; what stands in brackets speaks of single genes."""
    written = plain(cell).replace("\u2212", "-").replace("\u2013", "-")
    bare = NOT_FOUND.sub("am tinh", loose(BRACKETS.sub(" ", written)) or loose(written))
    if BOTH.match(bare):
        said = _("“{cell}” says both positive and negative.")
        raise Wrong("BAD_OUTCOME", said.format(cell=plain(cell)))
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


def cycles(cell: object, _about: About) -> tuple[Gene, ...]:
    """The Ct values of a cell: of genes that it names, or of a test that names none."""
    text = plain(cell) if not isinstance(cell, float) else f"{cell:g}"
    bare = unmarked(text).strip("/ .()")
    if named := tuple(_named(bare)):
        return named
    numbers = CT.findall(bare)
    if bare and not numbers and not re.fullmatch(NONE, bare):
        raise Wrong("BAD_CT", _("“{cell}” is not a Ct value.").format(cell=text))
    return tuple(Gene("", found) for number in numbers if (found := _ct(number)))


def of_gene(name: str) -> Callable[[object, About], Gene]:
    """A reader of the Ct of one gene in a column of its own."""

    def read(cell: object, about: About) -> Gene:
        found = cycles(cell, about)
        return Gene(name, found[0].ct if found else "")

    return read


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


def accession(cell: object, _about: About) -> str:
    """The number of a tube as typed or scanned; another laboratory's is left as it is written."""
    number = typed(plain(cell))
    return number if ACCESSION.fullmatch(number) else plain(cell)


def _beside(bare: str) -> tuple[Gene, ...]:
    """The genes beside the word of a result, or the one Ct that stands there without a name."""
    named = tuple(_named(bare))
    alone = None if named else ALONE.search(bare)
    return (Gene("", _ct(alone[1] or alone[2])),) if alone else named


def _named(bare: str) -> Iterator[Gene]:
    for found in NAMED.finditer(bare):
        name = next(gene for gene, form in GENE.items() if form.fullmatch(found["name"]))
        yield Gene(name, _ct(found["ct"]))


def _ct(written: str) -> str:
    """A Ct with a decimal point; none where the gene was not found before the run ended."""
    if not CT.fullmatch(written):
        return ""
    number = float(written.replace(",", "."))
    return f"{number:g}" if 0 < number < LAST_CYCLE else ""
