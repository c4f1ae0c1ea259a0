"""The plan of a floor: rooms are dragged to where they are, and saved in one act."""

from collections.abc import Mapping, Sequence

from admin_suite.core.i18n import _
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.floor_plan import DrawnRoom, FloorPlan
from admin_suite.ui.widgets.forms import Choice
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import named, row
from admin_suite.ui.widgets.text import text
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.queries.plan import Plan, PlanRoom, plan
from modules.quarantine.rules.plan import BEDS_ACROSS, MOST, Spot, on_grid
from modules.quarantine.service.plan import BedOrder, arrange

Floor = tuple[str, int]


class PlanPage(Page):
    """Space and arrows, or the mouse, move rooms and beds; F8 saves all that moved."""

    shows = frozenset({"quarantine_room", "quarantine_bed"})

    def build(self) -> None:
        """Facility and floor on top, the grid below."""
        self._plan: Plan | None = None
        self._drawn: dict[Floor, list[DrawnRoom]] = {}
        self._moved: set[Floor] = set()
        self.save = Button(_("Save the plan"), "F8", "done", "primary")
        self.save.clicked.connect(self._save)
        board = Button(_("Board"), "F4", "bed")
        board.clicked.connect(lambda: self.go.emit("quarantine.board", 0))
        self.drop = Button(_("Put back"), "F9", kind="quiet")
        self.drop.clicked.connect(self._put_back)
        self._head = Head(_("Plan of the floors"), self.drop, board, self.save)
        self.facility = FacilityChoice(self._other_facility)
        self.floor = named(Choice(), _("Floor"))
        self.floor.setMinimumWidth(160)
        self.floor.activated.connect(lambda _n: self._show_floor())
        self.grid = FloorPlan(_("Plan of the floor"), MOST)
        self.grid.moved.connect(self._changed)
        how = text(
            _("Space takes up and puts down, arrows move; Enter goes to the beds of a room."),
            "small",
            wrap=True,
        )
        choosing = row(self.facility, self.floor, how)
        choosing.setStretch(2, 1)
        self.lay_out(self._head, choosing, self.grid)
        self.stretch_last()

    def reload(self) -> None:
        """Ask for the plan; what was moved and not saved stays on the screen."""
        if not self._moved:
            self.ask(self._show, plan, self.facility.key)

    def entered(self) -> None:
        """Work begins on the grid."""
        self.grid.setFocus()

    def escape(self) -> bool:
        """Put what is in the hand back first."""
        return self.grid.stop() or super().escape()

    def _show(self, found: Plan) -> None:
        self._plan, self._moved = found, set()
        self.facility.offer_facilities(found.facilities, found.facility_id)
        floors: dict[Floor, list[PlanRoom]] = {}
        for room in found.rooms:
            floors.setdefault((room.building, room.floor), []).append(room)
        self._drawn = {key: _drawn(rooms) for key, rooms in floors.items()}
        chosen = self.floor.currentData()
        self.floor.clear()
        for key in floors:
            self.floor.addItem(_named(key), key)
        self.floor.setCurrentIndex(max(0, self.floor.findData(chosen)))
        self._show_floor()

    def _show_floor(self) -> None:
        self.grid.show_rooms(self._drawn.get(self._here, []))
        self._say()
        self.grid.setFocus()

    @property
    def _here(self) -> Floor:
        found = self.floor.currentData()
        return (str(found[0]), int(found[1])) if found else ("", 0)

    def _changed(self) -> None:
        self._moved.add(self._here)
        self._say()

    def _say(self) -> None:
        moved = bool(self._moved)
        rooms = len(self._drawn.get(self._here, ()))
        said = _("{n} rooms; what was moved is not saved yet") if moved else _("{n} rooms")
        self._head.say(said.format(n=rooms))
        self.save.setEnabled(moved)
        self.drop.setEnabled(moved)

    def _other_facility(self) -> None:
        if self._moved and self._plan is not None:
            self.facility.offer_facilities(self._plan.facilities, self._plan.facility_id)
            self.refuse(_("Save the plan or put it back before another facility is shown."))
            return
        self.reload()

    def _put_back(self) -> None:
        if self._plan is not None:
            self._show(self._plan)

    def _save(self) -> None:
        if self._plan is None or not self._moved:
            return
        there = {room.id: room for room in self._plan.rooms}
        drawn = [room for floor in sorted(self._moved) for room in self._drawn[floor]]
        rooms = [Spot(one.id, one.x, one.y) for one in drawn]
        beds = [order for one in drawn for order in _orders(there[one.id], one)]
        before = [there[one.room_id].spot for one in rooms]
        was = [
            BedOrder(bed.id, bed.position, bed.x, bed.y)
            for one in drawn
            for bed in there[one.id].beds
        ]
        said = _("The plan is saved")

        def then(_n: object) -> None:
            self._moved = set()
            self.reload()
            self.undoable(said, arrange, before, was)

        self.do(said, then, arrange, rooms, beds)


def _drawn(rooms: Sequence[PlanRoom]) -> list[DrawnRoom]:
    """The rooms of a floor as they are drawn, or in walking order where nobody has."""
    places = on_grid([room.spot for room in rooms])
    return [
        DrawnRoom(
            room.id,
            room.name,
            *places[room.id],
            [(bed.id, bed.label) for bed in room.beds],
            _("F0 only") if room.isolation else "",
            dict(_spots(room)),
        )
        for room in rooms
    ]


def _spots(room: PlanRoom) -> Mapping[int, tuple[int, int]]:
    """Where the beds of a room stand: as drawn, or in their order where nobody has."""
    return on_grid([bed.spot for bed in room.beds], BEDS_ACROSS)


def _orders(before: PlanRoom, now: DrawnRoom) -> list[BedOrder]:
    """The beds of a room in which one stands elsewhere than before, in the order of their places.

    The places in the order are the same ones as before.
    """
    if now.spots == _spots(before):
        return []
    order = sorted(bed.position for bed in before.beds)
    return [
        BedOrder(key, place, *now.spots[key])
        for (key, _label), place in zip(now.beds, order, strict=True)
    ]


def _named(floor: Floor) -> str:
    said = _("Floor {n}").format(n=floor[1])
    return f"{floor[0]}, {said}" if floor[0] else said
