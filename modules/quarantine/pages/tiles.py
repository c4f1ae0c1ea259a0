"""The beds of a facility in the words of the board."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.i18n import N_, _
from admin_suite.ui.widgets.board_plan import Tile as Shown
from modules.quarantine.codes import Kind, Plain
from modules.quarantine.queries.board import Tile
from modules.quarantine.rules.plan import BEDS_ACROSS, Spot, is_drawn, on_grid

LETTERS: Mapping[Kind | None, str] = {
    None: N_("E"),
    Kind.STAY: N_("O"),
    Kind.RESERVED: N_("R"),
    Kind.TO_CLEAN: N_("H"),
    Kind.CONTAMINATED: N_("K"),
    Kind.OUT_OF_SERVICE: N_("C"),
}


def shown_tiles(tiles: Sequence[Tile]) -> list[Shown]:
    """Every bed as a tile, each room's heading with its beds."""
    rooms: dict[int, list[Tile]] = {}
    for tile in tiles:
        rooms.setdefault(tile.bed.room_id, []).append(tile)
    heads = {key: _about(inside) for key, inside in rooms.items()}
    spots = _spots(rooms.values())
    found = {bed: place for inside in rooms.values() for bed, place in _places(inside).items()}
    return [
        _shown(tile, heads[tile.bed.room_id], spots[tile.bed.room_id], found[tile.bed.id])
        for tile in tiles
    ]


def _places(inside: Sequence[Tile]) -> Mapping[int, tuple[int, int]]:
    """Where the beds of a room stand in it, if somebody has drawn one of them."""
    drawn = [(tile.bed.id, tile.bed.column, tile.bed.line) for tile in inside]
    if not any(x and y for _bed, x, y in drawn):
        return {bed: (0, 0) for bed, _x, _y in drawn}
    return on_grid(drawn, BEDS_ACROSS)


def _spots(rooms: Iterable[Sequence[Tile]]) -> dict[int, tuple[int, int]]:
    """The places of all rooms of the floors that somebody has drawn; 0 and 0 of the others."""
    floors: dict[str, list[Spot]] = {}
    for inside in rooms:
        bed = inside[0].bed
        floors.setdefault(_floor(inside[0]), []).append(Spot(bed.room_id, bed.x, bed.y))
    found: dict[int, tuple[int, int]] = {}
    for spots in floors.values():
        nowhere = dict.fromkeys((one.room_id for one in spots), (0, 0))
        found |= on_grid(spots) if is_drawn(spots) else nowhere
    return found


def _shown(tile: Tile, about: str, spot: tuple[int, int], place: tuple[int, int]) -> Shown:
    bed = tile.bed
    return Shown(
        id=bed.id,
        room_id=bed.room_id,
        floor=_floor(tile),
        room=bed.room,
        about=about,
        letter=_(LETTERS[bed.kind]),
        words=_words(tile),
        below=f"{tile.day}/{tile.days}" if tile.days else bed.label,
        tone=_tone(tile),
        badge=tile.fever or (_("Test") if tile.due else _("Leaves") if tile.over else ""),
        taken=bed.kind is Kind.STAY,
        locked=bed.locked is not None,
        spot=spot,
        place=place,
    )


def _words(tile: Tile) -> str:
    """The last words of a name, or what the bed is."""
    if tile.bed.kind is Kind.STAY:
        return " ".join(tile.bed.person.split()[-2:])
    return tile.bed.kind.word if tile.bed.kind is not None else Plain.FREE.word


def _tone(tile: Tile) -> str:
    """What needs somebody: fever before a test, a test before cleaning."""
    if tile.fever:
        return "bad"
    if tile.due or tile.over or tile.bed.kind is Kind.CONTAMINATED:
        return "late"
    return {None: "done", Kind.RESERVED: "busy", Kind.STAY: ""}.get(tile.bed.kind, "wait")


def _floor(tile: Tile) -> str:
    said = _("Floor {n}").format(n=tile.bed.floor)
    return f"{tile.bed.building}, {said}" if tile.bed.building else said


def _about(inside: Sequence[Tile]) -> str:
    """For whom a room is now, and how many beds are left."""
    if inside[0].bed.locked is not None:
        return _("Locked")
    keys = {tile.bed.key for tile in inside if tile.bed.key}
    free = sum(tile.bed.kind is None for tile in inside)
    key = keys.pop() if len(keys) == 1 else ""
    said = {"F": _("Women"), "M": _("Men")}.get(key, _("Family") if key else "")
    if inside[0].bed.isolation:
        said = _("F0 only")
    if not said:
        return _("Free: {n}").format(n=free)
    return _("{who}, free: {n}").format(who=said, n=free) if free else said


def pairs_of(tile: Tile) -> list[tuple[str, str]]:
    """What is known of a bed, in the order in which it is asked."""
    bed = tile.bed
    staying = bed.kind is Kind.STAY
    pairs = [
        (_("Born"), shown(bed.dob) if staying else ""),
        (_("Sex"), bed.sex.word if staying and bed.sex else ""),
        (_("Group"), bed.group.word if staying and bed.group else ""),
        (_("Reserved for"), bed.person if bed.kind is Kind.RESERVED else ""),
        (_("Since"), _moment(bed.since)),
        (_("Until"), _moment(bed.until)),
        (_("Day"), f"{tile.day}/{tile.days}" if tile.days else ""),
        (_("Away since"), _moment(bed.away)),
        (_("Room locked"), _moment(bed.locked)),
        (_("Why"), bed.reason),
    ]
    return [pair for pair in pairs if pair[1]]


def _moment(moment: datetime | None) -> str:
    return moment_shown(moment) if moment is not None else ""
