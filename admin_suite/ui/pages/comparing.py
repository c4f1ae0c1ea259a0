"""What the card of a person and the list of pairs share: two entries beside it, made one or two."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.registry import merging
from admin_suite.registry.people import MergeRow, PersonCard
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import facts
from admin_suite.ui.widgets.layout import Item, row, rule
from admin_suite.ui.widgets.likeness import Comparison, both
from admin_suite.ui.widgets.text import text

WIDE = 480


class Comparing(Page):
    """A page whose side card compares two entries."""

    comparison: Comparison | None = None
    apart: Button | None = None

    def compare(self, one: int, other: int, reasons: str) -> None:
        """Open the side card with both."""
        self.ask(partial(self._show_both, reasons), both, one, other)

    def digit(self, number: int) -> None:
        """1 and 2 keep an entry, 3 keeps both."""
        if self.comparison is not None and self.drawer is not None and self.drawer.isVisible():
            self.comparison.choose(number)

    def merged(self, kept: int) -> None:
        """Two entries are one now."""

    def _show_both(self, reasons: str, cards: tuple[PersonCard, PersonCard]) -> None:
        made = self.comparison = Comparison(*cards, reasons)
        made.one_wanted.connect(self._make_one)
        made.two_wanted.connect(self._keep_two)
        self._open_beside(
            _("One person or two?"), _("Keys: 1 and 2 keep an entry, 3 keeps both"), [made]
        )
        made.make_one.setFocus()

    def _open_beside(self, title: str, about: str, items: Sequence[Item]) -> None:
        if self.drawer is not None:
            self.drawer.show_card(title, about, items)
            self.show_beside()

    def _make_one(self, keep: int, gone: int, reason: str) -> None:
        then = partial(self._made_one, keep)
        job = self.do(_("Storing"), then, merging.merge_people, keep, gone, reason)
        if self.comparison is not None:
            job.on_refusal(self.comparison.refuse)

    def _made_one(self, keep: int, number: int) -> None:
        self.close_comparison()
        self.merged(keep)
        words = _("Made one. It can be undone at any time.")
        self.undoable(words, merging.unmerge_people, number)

    def _keep_two(self, one: int, other: int) -> None:
        said = _("They stay two people and are not offered again.")
        self.do(_("Storing"), lambda _none: self._ended(said), merging.tell_apart, one, other)

    def _ended(self, said: str) -> None:
        self.close_comparison()
        self.said.emit(said)

    def close_comparison(self) -> None:
        """Put the side card away."""
        self.comparison = None
        self.close_card()

    def show_merge(self, merge: MergeRow) -> None:
        """Open the side card with a merge that is in force."""
        self.comparison = None
        names = {
            "name": _("Full name"),
            "dob": _("Date of birth"),
            "phone": _("Telephone"),
            "id_no": _("Citizen number"),
            "address": _("Address"),
        }
        pairs = [
            (names[field], f"{shown(kept) or '-'} / {shown(gone)}")
            for field, (kept, gone) in merge.differs.items()
            if field in names
        ]
        told = facts(
            (
                (_("Kept"), merge.kept),
                (_("Made one with it"), merge.gone),
                (_("Why"), merge.reason),
                (_("When"), shown(merge.at)),
                (_("By"), merge.by),
            )
        )
        apart = self.apart = Button(_("Take apart again"), "F9", "undo", "danger")
        apart.clicked.connect(lambda: self._take_apart(merge.number))
        items: list[Item] = [told, rule()]
        if pairs:
            items += [text(_("What the two said otherwise"), "caption"), facts(pairs), rule()]
        about = _("Everything goes back to the entry that it belonged to.")
        items += [text(about, "small", wrap=True), row(apart, 1)]
        self._open_beside(_("Two entries made one"), "", items)
        apart.setFocus()

    def _take_apart(self, number: int) -> None:
        said = _("Taken apart. Each entry has again what belonged to it.")
        self.do(_("Storing"), lambda _none: self._ended(said), merging.unmerge_people, number)
