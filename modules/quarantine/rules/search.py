"""Finding a good proposal: greedy first, then parts of it torn down and built anew.

A few units are placed best of all by trying everything. The dice are thrown from a seed that is
kept with the proposal, so that a complaint can be answered by doing it again.
"""

from collections.abc import Sequence
from random import Random
from time import monotonic

from msgspec import Struct, field

from modules.quarantine.rules.allocation import Place, Rule, Terms, Unit, in_the_way, killed
from modules.quarantine.rules.costs import NOTHING, UNPLACED, Price, price, spread

FEW_UNITS, FEW_ROOMS, MOST_TRIED = 7, 8, 60_000
ROUNDS, SECONDS = 400, 0.7
TORN = 6


class Board(Struct):
    """The units put into rooms so far, with the price of every room."""

    places: Sequence[Place]
    terms: Terms
    inside: dict[int, list[Unit]] = field(default_factory=dict)
    prices: dict[int, Price] = field(default_factory=dict)
    where: dict[frozenset[int], Place] = field(default_factory=dict)
    rounds: int = 0

    def put(self, unit: Unit, place: Place) -> None:
        """Put a unit into a room."""
        self.inside.setdefault(place.id, []).append(unit)
        self.where[unit.ids] = place
        self.prices[place.id] = price(place, self.inside[place.id], self.terms)

    def take(self, unit: Unit) -> None:
        """Take a unit out again."""
        place = self.where.pop(unit.ids)
        rest = [one for one in self.inside[place.id] if one.ids != unit.ids]
        self.inside[place.id] = rest
        self.prices[place.id] = price(place, rest, self.terms)

    def more(self, unit: Unit, place: Place) -> float:
        """What the room costs more with a unit than without."""
        there = self.inside.get(place.id, [])
        before = self.prices.get(place.id, NOTHING).total
        return price(place, [*there, unit], self.terms).total - before

    def cost(self, units: Sequence[Unit]) -> float:
        """What the whole costs, whoever is not placed included."""
        placed = [(unit, self.where[unit.ids]) for unit in units if unit.ids in self.where]
        missing = sum(unit.size for unit in units if unit.ids not in self.where)
        rooms = sum(one.total for one in self.prices.values())
        return rooms + spread(placed) + UNPLACED * missing


class Proposal(Struct, frozen=True):
    """Where everybody is put, who is not and why, and what it costs."""

    placed: tuple[tuple[Unit, Place], ...]
    unplaced: tuple[tuple[Unit, dict[Rule, int]], ...]
    cost: float
    reset_days: float
    opened: int
    stranded: int
    split: int
    seed: int
    rounds: int


def propose(
    units: Sequence[Unit],
    places: Sequence[Place],
    terms: Terms,
    seed: int = 1,
    rounds: int | None = None,
) -> Proposal:
    """The best proposal found within a second; with the rounds of one that was made, that one."""
    able = [unit for unit in units if not unit.lone]
    if len(able) <= FEW_UNITS and len(places) <= FEW_ROOMS:
        board = _exact(able, places, terms)
    else:
        board = _improved(able, places, terms, (seed, rounds))
    return _told(board, units, seed)


def _order(unit: Unit) -> tuple[object, ...]:
    return (-unit.size, not unit.ground, not unit.key.startswith("P"), unit.first, min(unit.ids))


def _greedy(board: Board, units: Sequence[Unit]) -> None:
    for unit in units:
        best = _best(board, unit)
        if best is not None:
            board.put(unit, best)


def _best(board: Board, unit: Unit) -> Place | None:
    """The room that costs least more; empty rooms that are alike are looked at once."""
    seen: set[tuple[object, ...]] = set()
    found: tuple[float, int] | None = None
    chosen = None
    siblings = [board.where[ids] for ids in board.where if unit.party and _same(board, ids, unit)]
    for at, place in enumerate(board.places):
        there = board.inside.get(place.id, ())
        if not there and not place.residents and not siblings:
            alike = (place.room_for, place.accessible, place.isolation, place.locked, place.floor)
            if alike in seen:
                continue
            seen.add(alike)
        if in_the_way(unit, place, there, board.terms) is not None:
            continue
        more = board.more(unit, place)
        if siblings:
            more += spread([(unit, place), *((unit, other) for other in siblings)])
        if found is None or (more, at) < found:
            found, chosen = (more, at), place
    return chosen


def _same(board: Board, ids: frozenset[int], unit: Unit) -> bool:
    place = board.where[ids]
    return any(one.ids == ids and one.party == unit.party for one in board.inside[place.id])


def _improved(
    units: Sequence[Unit], places: Sequence[Place], terms: Terms, luck: tuple[int, int | None]
) -> Board:
    board = Board(places, terms)
    seed, rounds = luck
    began, dice = monotonic(), Random(seed)  # noqa: S311 - dice, no secret
    _greedy(board, sorted(units, key=_order))
    cost = board.cost(units)
    for _round in range(ROUNDS if rounds is None else rounds):
        if not units or (rounds is None and monotonic() - began > SECONDS):
            break
        board.rounds += 1
        torn, before = _tear(board, units, dice)
        dice.shuffle(torn)
        _greedy(board, torn)
        again = board.cost(units)
        if again <= cost:
            cost = again
            continue
        for unit in torn:
            if unit.ids in board.where:
                board.take(unit)
        for unit, place in before:
            board.put(unit, place)
    return board


def _tear(
    board: Board, units: Sequence[Unit], dice: Random
) -> tuple[list[Unit], list[tuple[Unit, Place]]]:
    """Take some units out, whole rooms of them; everybody who has no bed comes along."""
    missing = [unit for unit in units if unit.ids not in board.where]
    torn: list[Unit] = []
    before: list[tuple[Unit, Place]] = []
    for _n in range(dice.randint(2, TORN)):
        rooms = [key for key, there in board.inside.items() if there]
        if not rooms:
            break
        for unit in list(board.inside[dice.choice(rooms)]):
            before.append((unit, board.where[unit.ids]))
            board.take(unit)
            torn.append(unit)
    return [*torn, *missing], before


def _exact(units: Sequence[Unit], places: Sequence[Place], terms: Terms) -> Board:
    """Every way of placing a few units, cut short where it cannot become the cheapest."""
    board = Board(places, terms)
    ordered = sorted(units, key=_order)
    _greedy(board, ordered)
    search = _Search(ordered, board.cost(ordered), dict(board.where))
    for unit in ordered:
        if unit.ids in board.where:
            board.take(unit)
    _try(board, search, 0, 0)
    best = Board(places, terms)
    for unit in ordered:
        if unit.ids in search.where:
            best.put(unit, search.where[unit.ids])
    return best


class _Search(Struct):
    """The best way found so far, and how many have been tried."""

    units: Sequence[Unit]
    cost: float
    where: dict[frozenset[int], Place]
    tried: int = 0


def _try(board: Board, search: _Search, at: int, missing: int) -> None:
    search.tried += 1
    if search.tried > MOST_TRIED or UNPLACED * missing >= search.cost:
        return
    if at == len(search.units):
        cost = board.cost(search.units)
        if cost < search.cost:
            search.cost, search.where = cost, dict(board.where)
        return
    unit = search.units[at]
    for place in board.places:
        if in_the_way(unit, place, board.inside.get(place.id, ()), board.terms) is None:
            board.put(unit, place)
            _try(board, search, at + 1, missing)
            board.take(unit)
    _try(board, search, at + 1, missing + unit.size)


def _told(board: Board, units: Sequence[Unit], seed: int) -> Proposal:
    placed = tuple((unit, board.where[unit.ids]) for unit in units if unit.ids in board.where)
    left = [unit for unit in units if unit.ids not in board.where]
    prices = [one for one in board.prices.values() if one is not NOTHING]
    rooms = [(unit.party, place.id) for unit, place in placed if unit.party]
    return Proposal(
        placed=placed,
        unplaced=tuple(
            (unit, killed(unit, board.places, board.inside, board.terms)) for unit in left
        ),
        cost=round(board.cost([unit for unit, _place in placed]), 2),
        reset_days=round(sum(one.reset_days for one in prices), 2),
        opened=sum(one.opened for one in prices),
        stranded=sum(one.stranded for one in prices),
        split=len(set(rooms)) - len({party for party, _room in rooms}),
        seed=seed,
        rounds=board.rounds,
    )
