"""The side card of one result: what was measured, who has signed, what came before."""

from PyQt6.QtWidgets import QFrame, QWidget

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import decimal
from admin_suite.registry.names import whole_address
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.widgets.brand import Avatar
from admin_suite.ui.widgets.cards import facts
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.layout import Item, column, framed, row, rule
from admin_suite.ui.widgets.text import text
from modules.lab.api import Outcome, SampleRow, grouped, outcome_word
from modules.results.day import Neighbour, TubeCard

TONES = {Outcome.NEGATIVE: "done", Outcome.POSITIVE: "bad", Outcome.AWAITING_SINGLES: "bad"}
VALUES_IN_LINE = 4


def card_items(card: TubeCard, signer: str, mine: str, *, folded: bool) -> tuple[Item, ...]:
    """Everything of the card but its head and its buttons."""
    chip = row(Chip(TONES.get(card.outcome, "late"), outcome_word(card.outcome, folded=folded)), 1)
    items: list[Item] = [chip]
    if card.forewarned:
        early = Status("late", _("Preliminary result, waiting to be released"))
        items = [row(Chip(early.tone, early.word), 1), chip]
    if card.ct:
        items.append(_values(card.ct))
    items += [_measured(card, folded=folded), _people(card)]
    items += [rule(), _persons(card, signer, mine)]
    return tuple(items)


def _values(ct: str) -> QFrame:
    """Each target in a tile of its own, when the list wrote them apart."""
    made = row(gap=theme.S)
    for part in ct.split("·")[:VALUES_IN_LINE]:
        name, _blank, value = part.strip().rpartition(" ")
        words = column(text(name or "Ct", "caption"), text(decimal(value), "heading"), gap=0)
        words.setContentsMargins(theme.S, 6, theme.S, 6)
        made.addWidget(framed(words, "sunken"), 1)
    return framed(made)


def _measured(card: TubeCard, *, folded: bool) -> QWidget:
    earlier = "\n".join(
        f"{outcome_word(one.outcome, folded=folded)}, {one.day}" for one in card.earlier
    )
    alone = len(card.people) == 1
    return facts(
        (
            (_("Measured by"), card.method.word),
            (_("Tested"), card.tested_at),
            (_("Sender"), card.people[0].sender if card.people else ""),
            (_("Collected"), shown(card.people[0].collected_at) if card.people else ""),
            (_("Earlier results"), earlier or (_("None released") if alone else "")),
            (_("Beside it"), "\n".join(_beside(one, folded=folded) for one in card.neighbours)),
            (_("Told early"), card.forewarned),
        )
    )


def _beside(one: Neighbour, *, folded: bool) -> str:
    """A tube next to it on the list, with a word where one may have spilled into the other."""
    parts = [grouped(one.accession), outcome_word(one.outcome, folded=folded), decimal(one.ct)]
    if one.near:
        parts.append(_("strong, may have spilled over"))
    return ", ".join(part for part in parts if part)


def _people(card: TubeCard) -> QWidget:
    """The only person with what is known of him, or everybody of a pool by name."""
    if len(card.people) == 1:
        who = card.people[0]
        return facts(
            (
                (_("Date of birth"), shown(who.dob)),
                (_("Sex"), who.sex.word if who.sex else ""),
                (_("Telephone"), who.phone),
                (_("Address"), whole_address(who.address, who.commune)),
                (_("Reason"), who.subject.word if who.subject else ""),
            )
        )
    return framed(column(*(text(_named(who)) for who in card.people), gap=theme.XS))


def _named(who: SampleRow) -> str:
    return f"{who.name}, {shown(who.dob)}" if who.dob else who.name


def _persons(card: TubeCard, signer: str, mine: str) -> QFrame:
    lines: list[Item] = [text(_("Signed by"), "caption"), _signature(card.author, _("Entered it"))]
    if card.checker:
        lines.append(_signature(card.checker, _("Checked it")))
    if mine:
        words = text(mine, "small", "late", wrap=True)
        line = row(Picture("lock", 14), words, gap=theme.S)
        line.setStretch(1, 1)
        lines.append(line)
    else:
        name = text(signer, "strong", wrap=True)
        words_below = column(name, text(_("Signs now"), "small"), gap=0)
        line = row(Avatar(signer, 24), words_below, Chip("wait", _("To be signed")), gap=10)
        line.setStretch(1, 1)
        lines.append(line)
    return framed(column(*lines, gap=theme.S))


def _signature(name: str, deed: str) -> Item:
    words = column(text(name, "strong", wrap=True), text(deed, "small"), gap=0)
    line = row(Avatar(name, 24), words, Chip("done", _("Signed")), gap=10)
    line.setStretch(1, 1)
    return line
