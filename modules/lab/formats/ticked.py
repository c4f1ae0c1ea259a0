"""Results told by which of two columns is ticked: "Âm tính" or "Dương tính"."""

from collections.abc import Callable

from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Table
from admin_suite.excel.words import either
from admin_suite.registry.reading.columns import tick
from modules.lab.codes import Outcome
from modules.lab.formats.results import outcome_word

NEGATIVE = either(
    """
    Âm tính | Kết quả Âm tính | KQ Âm tính | Kết quả xét nghiệm Âm tính | Kết quả test Âm tính | Âm
    | Kết quả ÂT | Kết quả xét nghiệm ÂT | Kết quả test ÂT | Kết quả test nhanh ÂT | Negative
    """
)
POSITIVE = either(
    """
    Dương tính | Kết quả Dương tính | KQ Dương tính | Kết quả xét nghiệm Dương tính | Kết quả test
    Dương tính | Dương | Kết quả DT | Kết quả xét nghiệm DT | Kết quả test DT | Kết quả test
    nhanh DT | Positive
    """
)


def _ticked(meant: Outcome) -> Callable[[object, About], bool | None]:
    """A reader of a cross, or of the word of the column itself."""

    def read(cell: object, _about: About) -> bool | None:
        cross = tick(plain(cell))
        return (outcome_word(cell) is meant if cross is None else cross) or None

    return read


TICKED = (
    Column(
        "ticked_negative",
        N_("Negative (a column to tick)"),
        NEGATIVE,
        _ticked(Outcome.NEGATIVE),
        offered=False,
        serves="outcome",
        beside=("ticked_positive",),
    ),
    Column(
        "ticked_positive",
        N_("Positive (a column to tick)"),
        POSITIVE,
        _ticked(Outcome.POSITIVE),
        offered=False,
        serves="outcome",
        beside=("ticked_negative",),
    ),
)


def ticked(table: Table) -> list[Outcome | None]:
    """The result of each row by its ticks; a row with both is refused."""
    pairs = zip(table.column("ticked_negative"), table.column("ticked_positive"), strict=True)
    found: list[Outcome | None] = []
    for at, (negative, positive) in enumerate(pairs):
        if negative and positive:
            said = _("The row is ticked both as negative and as positive.")
            table.refuse(at, "ticked_positive", "BAD_OUTCOME", said)
        told = Outcome.POSITIVE if positive else None
        found.append(Outcome.NEGATIVE if negative else told)
    return found
