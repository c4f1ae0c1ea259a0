"""The board of a facility: who is where, who may come, what is in the way."""

from collections.abc import Callable, Sequence
from functools import partial

from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.ui.page import Page
from admin_suite.ui.theme import S
from admin_suite.ui.widgets.board import Board
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, facts
from admin_suite.ui.widgets.chips import Shape
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Item, Leaves, framed, row
from admin_suite.ui.widgets.tape import Tape
from admin_suite.ui.widgets.text import text
from modules.quarantine.codes import Kind, Plain
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.pages.days import pairs_of_span, strip_of
from modules.quarantine.pages.positives import Positives
from modules.quarantine.pages.tiles import pairs_of, shown_tiles
from modules.quarantine.permissions import DECIDE, PLACE
from modules.quarantine.queries import board as questions
from modules.quarantine.queries.board import Board as Seen
from modules.quarantine.queries.board import Tile
from modules.quarantine.queries.tape import Chart, chart
from modules.quarantine.rules.keys import family_of
from modules.quarantine.service import beds, home, stays, undo
from modules.quarantine.service.stays import Placement

Deed = Callable[[Work, Sequence[int]], int]


class BoardPage(Page):
    """Every bed a tile; click for the person, drag to move, Space and arrows do the same."""

    shows = frozenset(
        {
            "quarantine_claim",
            "quarantine_case",
            "quarantine_episode",
            "quarantine_task",
            "quarantine_observation",
        }
    )

    def build(self) -> None:
        """Facility and what is usable on top, the tiles below, the person beside."""
        self._board: Seen | None = None
        self.positives = Positives(self)
        self._tile: Tile | None = None
        self._chart: Chart | None = None
        self._wanted = 0
        self._lay_views()
        self.choice = FacilityChoice(self.reload)
        self._said, self._staff = text("", "small", wrap=True), text("", "small", "late", wrap=True)
        arrivals = Button(_("Arrivals"), "F4", "people")
        arrivals.clicked.connect(lambda: self.go.emit("quarantine.arrivals", 0))
        self._positive = Button(_("Report a positive"), "F6", kind="danger")
        self._positive.clicked.connect(self._report)
        self._decide = Button(_("Decide on a positive"), "F2", kind="danger")
        self._decide.clicked.connect(self._next_case)
        self._head = Head(_("Bed board"), self._positive, arrivals, self._decide)
        drawer = Drawer()
        choosing = row(self.choice, self.view, self.turn, self._said)
        choosing.setStretch(3, 1)
        under = (self._staff, self._legend(), self.views)
        self.lay_out(self._head, choosing, *under, drawer=drawer, gap=S)
        self.stretch_last()

    def _lay_views(self) -> None:
        """The beds as tiles, or their days as a tape."""
        self.tiles, self.tape = Board(_("Board of beds")), Tape(_("Days of the beds"))
        self.tiles.opened.connect(self._open)
        self.tape.opened.connect(self._open_span)
        self.views = Leaves()
        for one in (self.tiles, self.tape):
            one.dropped.connect(self._drop)
            one.held.connect(self._hold)
            self.views.addWidget(one)
        self.view = Segments((_("By bed"), _("By day")), _("View of the beds"))
        self.view.chosen.connect(self._turn)
        self.turn = Button("", "F3", kind="quiet")
        self.turn.say("", _("Show the beds by tile or by day"))
        self.turn.clicked.connect(lambda: self.view.choose(1 - self.view.at()))

    def _legend(self) -> Item:
        words = {
            "done": _("Free"),
            "busy": _("Reserved"),
            "late": _("Test, disinfection"),
            "bad": _("Fever"),
        }
        items: list[Item] = []
        for tone, said in words.items():
            items += [Shape(tone, 9), text(said, "small")]
        return framed(row(*items, 1))

    def reload(self) -> None:
        """Ask for the facility that is chosen."""
        self.ask(self._show, questions.board, self.choice.key)

    def _turn(self, _view: int) -> None:
        """Show the beds or their days; the place of the keyboard stays."""
        here = self.tiles.current
        self.views.setCurrentIndex(self.view.at())
        if self.view.at():
            self._wanted = here.id if here is not None else 0
            self._ask_days()
        elif self.tape.current:
            self.tiles.go_to(self.tape.current)
        self.entered()

    def _ask_days(self) -> None:
        if self._board is not None:
            self.ask(self._show_days, chart, self._board.facility_id)

    def _show_days(self, found: Chart) -> None:
        self._chart = found
        self.tape.show_strip(strip_of(found))
        if self._wanted:
            self.tape.go_to(self._wanted)
        self._wanted = 0

    def entered(self) -> None:
        """Work begins on the board."""
        (self.tape if self.view.at() else self.tiles).setFocus()

    def escape(self) -> bool:
        """Put what is in the hand back first."""
        return self.tiles.stop() or self.tape.stop() or super().escape()

    def open_at(self, key: int) -> None:
        """Show a bed that the search box found."""
        self.tiles.go_to(key)
        self._open(key)

    def _show(self, board: Seen) -> None:
        self._board = board
        self.choice.offer_facilities(board.facilities, board.facility_id)
        self.tiles.show_tiles(shown_tiles(board.tiles))
        if self.view.at():
            self._ask_days()
        taken = sum(tile.bed.kind is Kind.STAY for tile in board.tiles)
        about = _("{beds} beds, {taken} occupied").format(beds=len(board.tiles), taken=taken)
        self._head.say(about)
        n = board.usable
        said = _(
            "Can still take: {women} women, or {men} men, or {families} families of four; "
            "ground floor {ground}"
        )
        said = said.format(women=n.women, men=n.men, families=n.families, ground=n.ground)
        self._said.setText(said)
        self._staff.setText(board.staff)
        self._staff.setVisible(bool(board.staff))
        may = self.runner.may(DECIDE)
        self._positive.setVisible(may)
        self._decide.setVisible(may and bool(board.undecided))
        said = _("Decide on {n} positive results")
        self._decide.say(said.format(n=len(board.undecided)))

    def _tile_of(self, bed_id: int) -> Tile | None:
        tiles = self._board.tiles if self._board else ()
        return next((tile for tile in tiles if tile.bed.id == bed_id), None)

    # -- one bed ----------------------------------------------------------------------------------

    def _open(self, bed_id: int) -> None:
        tile = self._tile_of(bed_id)
        if tile is None or self.drawer is None:
            return
        self._tile = tile
        bed = tile.bed
        place = _("Room {room}, bed {bed}").format(room=bed.room, bed=bed.label)
        title = bed.person if bed.kind is Kind.STAY else place
        about = place if bed.kind is Kind.STAY else Plain.of_claim(bed.kind).word
        self.drawer.show_card(title, about, self._facts(tile), *self._deeds(tile))
        self.show_beside()

    def _open_span(self, bed_id: int, claim_id: int) -> None:
        """The card of a bed as its tile opens it; of who was or will be there, when."""
        tile, spans = self._tile_of(bed_id), self._chart.spans if self._chart else ()
        span = next((one for one in spans if one.claim_id == claim_id), None)
        if span is None or tile is None or tile.bed.claim_id == claim_id or self.drawer is None:
            self._open(bed_id)
            return
        place = _("Room {room}, bed {bed}").format(room=tile.bed.room, bed=tile.bed.label)
        title = span.person or span.kind.word
        self.drawer.show_card(title, place, [facts(pairs_of_span(span))])
        self.show_beside()

    def _facts(self, tile: Tile) -> list[Item]:
        items: list[Item] = [facts(pairs_of(tile))]
        if tile.why:
            items.append(text(tile.why, "small", wrap=True))
        return items

    def _deeds(self, tile: Tile) -> list[Button]:
        """What can be done about a bed now, the usual deed first."""
        bed = tile.bed
        place = f"{bed.room}-{bed.label}"
        if not self.runner.may(PLACE):
            return []
        if bed.kind is Kind.STAY:
            done = Button(_("Let go"), "F8", kind="primary")
            done.clicked.connect(partial(self._depart, bed.episode_id or 0))
            away = Button(_("Is back") if bed.away else _("Goes for a while"), "F9")
            away.clicked.connect(partial(self._away, tile))
            return [done, away]
        simple = {
            Kind.TO_CLEAN: (_("It is clean"), _("Bed {bed} is clean"), beds.clean),
            Kind.CONTAMINATED: (_("It is clean"), _("Bed {bed} is clean"), beds.clean),
            Kind.RESERVED: (_("Give it free"), _("Bed {bed} is free again"), beds.release),
        }
        if bed.kind not in simple:
            return []
        words, said, verb = simple[bed.kind]
        deed = Button(words, "F8", kind="primary")
        deed.clicked.connect(partial(self._simply, said.format(bed=place), verb, [bed.id]))
        return [deed]

    def _simply(self, said: str, verb: Deed, ids: list[int], *_clicked: bool) -> None:
        self.do(said, lambda _n: self.said.emit(said), verb, ids)
        self.close_card()

    def _depart(self, episode: int, *_clicked: bool) -> None:
        said = _("{name} has left").format(name=self._tile.bed.person if self._tile else "")
        then = partial(self._departed, said, episode)
        self.do(said, then, home.go_home, [episode])

    def _departed(self, said: str, episode: int, _n: object) -> None:
        self.close_card()
        self.undoable(said, undo.take_back, episode, "")

    def _away(self, tile: Tile, *_clicked: bool) -> None:
        name, episode = tile.bed.person, tile.bed.episode_id or 0
        if tile.bed.away is not None:
            said = _("{name} is back").format(name=name)
            self.do(said, lambda _n: self.said.emit(said), beds.come_back, episode)
        else:
            said = _("{name} is away").format(name=name)
            self.do(said, lambda _n: self.said.emit(said), beds.leave, episode, "")
        self.close_card()

    # -- moving -----------------------------------------------------------------------------------

    def _hold(self, bed_id: int) -> None:
        tile = self._tile_of(bed_id)
        said = _("In the hand: {name}. Space or the mouse puts down, Esc puts back.")
        self.status.emit(said.format(name=tile.bed.person) if tile else "")

    def _drop(self, start: int, end: int) -> None:
        """Move a person to where he was put down; two who have beds change them."""
        one, other = self._tile_of(start), self._tile_of(end)
        if one is None or other is None or one.bed.episode_id is None:
            return
        if other.bed.kind is Kind.STAY and other.bed.episode_id is not None:
            said = _("{name} and {other} have changed beds")
            said = said.format(name=one.bed.person, other=other.bed.person)
            keys = (one.bed.episode_id, other.bed.episode_id)
            self.do(said, partial(self._swapped, said, keys), stays.swap, *keys)
            return
        if self._is_strange(one, other):
            self._ask_why(one, other)
            return
        self._move(one, other, "")

    def _move(self, one: Tile, other: Tile, reason: str) -> None:
        place = f"{other.bed.room}-{other.bed.label}"
        episode = one.bed.episode_id or 0
        said = _("{name} is in bed {bed} now").format(name=one.bed.person, bed=place)
        then = partial(self._departed, said, episode)
        self.do(said, then, stays.transfer, [Placement(episode, other.bed.id, reason)])

    def _is_strange(self, one: Tile, other: Tile) -> bool:
        """Whether somebody was put down in a room that one family has for itself."""
        there = [
            tile.bed.roomer
            for tile in (self._board.tiles if self._board else ())
            if tile.bed.room_id == other.bed.room_id
            and tile.bed.person_id is not None
            and tile.bed.id != one.bed.id
        ]
        return family_of(there) not in (None, one.bed.party_id)

    def _ask_why(self, one: Tile, other: Tile) -> None:
        """A stranger among a family: only with a reason, which the leader can read later."""
        if self.drawer is None:
            return
        self.reason = Field(_("Why this person shares the room"), _("Kept with the move"))
        go = Button(_("Move all the same"), "F8", kind="danger")
        go.clicked.connect(partial(self._share, one, other))
        self.reason.edit.returnPressed.connect(go.click)
        about = _("Room {room} is one family's.").format(room=other.bed.room)
        self.drawer.show_card(one.bed.person, about, [self.reason], go)
        self.show_beside()
        self.reason.edit.setFocus()

    def _share(self, one: Tile, other: Tile, *_clicked: bool) -> None:
        reason = self.reason.words.strip()
        if not reason:
            self.reason.complain(_("Write down why."))
            return
        self._move(one, other, reason)

    def _swapped(self, said: str, keys: tuple[int, int], _n: object) -> None:
        self.undoable(said, stays.swap, *keys)

    # -- a positive -------------------------------------------------------------------------------

    def _report(self) -> None:
        here = self.tiles.current
        tile = self._tile_of(here.id) if here is not None else None
        if tile is None or tile.bed.episode_id is None or tile.bed.kind is not Kind.STAY:
            self.refuse(_("Go to the bed of the positive person first."))
            return
        self.positives.report(tile.bed.episode_id)

    def _next_case(self) -> None:
        """The oldest positive that the laboratory has sent and nobody has decided on."""
        waiting = self._board.undecided if self._board else ()
        if waiting:
            self.positives.preview(waiting[-1].id)
