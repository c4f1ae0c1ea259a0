"""A list sent again: what is as it was, what was changed cell by cell, what is new, what is gone.

The earlier list is known by its sender, its day and the people in it, never by its file name. A
row is the same row if everything in it is; else if the surest key that tells it finds exactly one
row on either side. A list that carries the codes of records is compared with the records instead.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct, field
from sqlalchemy import select

from admin_suite.db.origin import Import
from admin_suite.db.work import Work
from admin_suite.excel.draft import Draft, Elsewhere
from admin_suite.excel.identity import UID
from admin_suite.excel.sheet import Change, Sheet
from admin_suite.excel.told import Known, cells, known

Keys = Callable[[Mapping[str, str]], Sequence[Hashable | None]]
NEW_YEAR, DAY = "-01-01", 10  # letters of a moment that tell the day
NEARBY, MOST_LISTS, MOST_LINES = timedelta(days=31), 10, 5_000
Ranked = dict[int, Sequence[Hashable | None]]


class Revision(Struct):
    """How a list stands to the one it corrects, by the places of its items in the draft.

    ``list_import`` stored the list first, ``file`` is the file it was last read from; both are
    empty for a list that corrects none, and then every row is new. ``by_code`` says that the rows
    were compared with the records whose codes they carry. ``told`` is what the rows say, empty
    where there was nothing to compare them with.
    """

    told: list[dict[str, str]] = field(default_factory=list)
    list_import: int | None = None
    file: str = ""
    unchanged: dict[int, Known] = field(default_factory=dict)
    changed: dict[int, Known] = field(default_factory=dict)
    new: list[int] = field(default_factory=list)
    missing: list[Known] = field(default_factory=list)
    by_code: bool = False
    elsewhere: Elsewhere = field(default_factory=Elsewhere)  # what another sender has sent

    def change(self, at: int) -> Change:
        """What one changed row changes."""
        before, now = self.changed[at].cells, self.told[at]
        return Change(self.changed[at].id, differences(before, now))


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The cells that differ, by field: what they were and what they are."""
    names = dict.fromkeys((*before, *now))
    pairs = {name: (before.get(name, ""), now.get(name, "")) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def revision(work: Work, draft: Draft[Any]) -> Revision:
    """Compare a file that was read with the list it corrects, if there is one."""
    if draft.sheet.afterwards is None:
        return Revision(new=list(range(len(draft.items))))
    if any(UID in part.values for part in draft.parts):
        return _by_code(work, draft, cells(draft.items))
    earlier = _earlier(work, draft)
    best = _best(work, draft, earlier)
    when = draft.sheet.afterwards.day
    if best.list_import is None and when:
        others = _dated_otherwise(work, draft)
        best = _best(work, draft, others, when) if others else best
    _forgive(draft, best, draft.sheet.afterwards.keys)
    return best


def _best(work: Work, draft: Draft[Any], earlier: Mapping[int, str], when: str = "") -> Revision:
    """The comparison with that earlier list of which most rows are meant again.

    With ``when``, a field, only rows count of which that day is the same: people who are swabbed
    every week are another list each time.
    """
    told = cells(draft.items) if earlier else []
    best, most = Revision(told, new=list(range(len(draft.items)))), 0
    carried = {name for part in draft.parts for name in part.values}
    for first, file in earlier.items():
        there = known(work, first)
        found = compare(told, there, _keys(draft), carried, _days(draft.sheet))
        pairs = [*found.unchanged.items(), *found.changed.items()]
        same = [one for at, one in pairs if not when or _same_day(one.cells, found.told[at], when)]
        if most < len(same) and 2 * len(same) >= min(len(told), len(there)):
            found.list_import, found.file, best, most = first, file, found, len(same)
    return best


def _keys(draft: Draft[Any]) -> Keys:
    return draft.sheet.afterwards.keys if draft.sheet.afterwards else lambda _cells: ()


def _same_day(was: Mapping[str, str], now: Mapping[str, str], when: str) -> bool:
    return bool(now.get(when)) and was.get(when, "")[:DAY] == now[when][:DAY]


def _by_code(work: Work, draft: Draft[Any], told: list[dict[str, str]]) -> Revision:
    """Compare each row with the record whose code it carries, in the columns that the list has."""
    afterwards, found = draft.sheet.afterwards, Revision(told, by_code=True)
    codes = [getattr(item, UID, "") for item in draft.items]
    finder = afterwards.by_uid if afterwards is not None else None
    there = finder(work, [code for code in codes if code]) if finder is not None else {}
    carried = {part.worksheet: part.values.keys() for part in draft.parts}
    days = _days(draft.sheet)
    for at, code in enumerate(codes):
        if code not in there:
            found.new.append(at)
            continue
        record, was = there[code]
        worksheet, row = draft.places[at]
        told[at] = _as_told(was, told[at], carried[worksheet], days)
        same = told[at] == was
        (found.unchanged if same else found.changed)[at] = Known(record, worksheet, row, was)
    return found


def _as_told(
    was: Mapping[str, str],
    now: Mapping[str, str],
    carried: Collection[str],
    days: Collection[str],
) -> dict[str, str]:
    """The cells of a record as a row of it says them.

    What the list has no column for stays, and so does a day of which the row tells the beginning.
    """
    kept = {name for name in was if name not in carried}
    kept |= {name for name in days if _begins(was.get(name, ""), now.get(name, ""))}
    named = {name: text for name, text in now.items() if name in carried and name not in kept}
    return {name: text for name, text in was.items() if name in kept} | named


def _days(sheet: Sheet[Any]) -> Collection[str]:
    """The fields of a sheet that are days."""
    return {column.field for column in sheet.columns if column.dates}


def _begins(was: str, now: str) -> bool:
    """Whether a day is only told less precisely than before: ``1968`` of ``1968-09-24``.

    The first of January stands for a year of which nobody knew more; there the year corrects it.
    """
    return bool(now) and was.startswith(now) and not was.endswith(NEW_YEAR)


def _says_less(
    was: Mapping[str, str], now: Mapping[str, str], days: Collection[str]
) -> dict[str, str]:
    """The cells of before that a row says again with less: a day, or a text in capitals alone."""
    return {
        name: text
        for name, text in was.items()
        if (said := now.get(name, "")) != text
        and (
            (name in days and _begins(text, said))
            or (said.isupper() and said.casefold() == text.casefold())
        )
    }


def compare(
    told: list[dict[str, str]],
    there: Sequence[Known],
    keys: Keys,
    carried: Collection[str] | None = None,
    days: Collection[str] = (),
) -> Revision:
    """Pair the rows of a list with those of an earlier one; a pure question.

    ``carried`` are the columns of the list, if it has not all: what it has no column for and says
    of nobody is as it was. So is a day of ``days`` told less precisely, and a text in capitals.
    """
    known_before = {name for one in there for name in one.cells}
    silent = set() if carried is None else known_before.difference(carried, *told)
    pairs: dict[int, int] = {}
    old: Ranked = {row: (_whole(one.cells, silent),) for row, one in enumerate(there)}
    new: Ranked = {at: (_whole(one),) for at, one in enumerate(told)}
    _pair(old, new, pairs)
    old = {row: keys(there[row].cells) for row in old}
    new = {at: keys(told[at]) for at in new}
    _pair(old, new, pairs, alone=True)
    found = Revision(list(told), new=list(new))
    for at, row in pairs.items():
        was = there[row].cells
        if silent:
            found.told[at] = told[at] | {n: text for n, text in was.items() if n in silent}
        if was != found.told[at]:
            found.told[at] = found.told[at] | _says_less(was, found.told[at], days)
        same = was == found.told[at]
        (found.unchanged if same else found.changed)[at] = there[row]
    found.missing = [there[row] for row in old if there[row].latest]
    return found


def said_of(draft: Draft[Any], found: Revision) -> dict[str, Any]:
    """The comparison as a receipt carries it; rows as Excel counts."""
    if found.list_import is None and not found.changed:
        return {}
    groups = {draft.places[at]: "unchanged" for at in found.unchanged}
    groups |= {draft.places[at]: "changed" for at in found.changed}
    groups |= {draft.places[at]: "new" for at in found.new}
    changed = [
        {"row": draft.places[at].row, "was": one.row, "fields": found.change(at).fields}
        for at, one in sorted(found.changed.items())
    ]
    missing = [{"was": one.row, "name": one.cells.get("name", "")} for one in found.missing]
    return {
        "revises": found.file,
        "changed": tuple(changed),
        "new": tuple(draft.places[at].row for at in found.new),
        "missing": tuple(missing),
        "groups": groups,
        "differs": {draft.places[at]: found.change(at).fields for at in found.changed},
        "gone": tuple((one.row, one.cells) for one in found.missing),
    }


def same_sender(one: str, other: str) -> bool:
    """Whether two letterheads name one sender, whatever their capitals and spaces."""
    return one.casefold().split() == other.casefold().split()


def day_of(draft: Draft[Any]) -> Any:
    """The day of a list: the one under its title, else that of most of its rows."""
    return draft.day or next((part.about.usual for part in draft.parts if part.about.usual), None)


def _earlier(work: Work, draft: Draft[Any]) -> dict[int, str]:
    """The lists of the same sender and day: the import that stored each first, its last file."""
    query = select(Import.id, Import.revises, Import.file, Import.sender).order_by(Import.id)
    query = query.where(Import.sheet == draft.sheet.name, Import.day == day_of(draft))
    rows = work.session.execute(query)
    return {
        key if revises is None else revises: file
        for key, revises, file, sender in rows
        if same_sender(sender, draft.sender)
    }


def _dated_otherwise(work: Work, draft: Draft[Any]) -> dict[int, str]:
    """The latest lists of the same sender from days nearby; one of several days may be any state.

    ``_earlier`` finds those of its own day.
    """
    day = day_of(draft)
    if day is None or len(draft.items) > MOST_LINES:  # to compare ten such lists takes long
        return {}
    query = select(Import.id, Import.revises, Import.file, Import.sender).where(
        Import.sheet == draft.sheet.name,
        Import.day.between(day - NEARBY, day + NEARBY),
        Import.day != day,
        Import.read <= MOST_LINES,
    )
    found: dict[int, str] = {}
    for key, revises, file, sender in work.session.execute(query.order_by(Import.id.desc())):
        if same_sender(sender, draft.sender):
            found.setdefault(key if revises is None else revises, file)
        if len(found) == MOST_LISTS:
            break
    return found


def _forgive(draft: Draft[Any], found: Revision, keys: Keys) -> None:
    """A row that cannot be read is not missing: whoever stands in it stands in the list."""
    refused = {(problem.worksheet, problem.row) for problem in draft.problems}
    there: set[tuple[object, Hashable]] = set()
    for part in draft.parts if found.missing else ():
        for at, row in enumerate(part.numbers):
            if (part.worksheet, row) in refused:
                said = {name: str(column[at] or "") for name, column in part.values.items()}
                there |= _signs(said, keys)
    found.missing = [one for one in found.missing if there.isdisjoint(_signs(one.cells, keys))]


def _signs(said: Mapping[str, str], keys: Keys) -> set[tuple[object, Hashable]]:
    """Everything that may tell who a broken row means, the bare name too."""
    signs: set[tuple[object, Hashable]] = {
        (rank, key) for rank, key in enumerate(keys(said)) if key is not None
    }
    return signs | ({("name", said["name"].casefold())} if said.get("name") else set())


def _whole(said: Mapping[str, str], silent: Collection[str] = ()) -> Hashable:
    return tuple(sorted(cell for cell in said.items() if cell[0] not in silent))


def _pair(old: Ranked, new: Ranked, pairs: dict[int, int], *, alone: bool = False) -> None:
    """Take rows of equal keys out of both sides, the surest key first.

    With ``alone`` a key counts only if it tells one row on either side.
    """
    for rank in range(max(map(len, old.values()), default=0)):
        before = _by_key(old, rank)
        for key, places in _by_key(new, rank).items():
            rows = before.get(key, [])
            if alone and (len(places) > 1 or len(rows) > 1):
                continue
            for at, row in zip(places, rows, strict=False):
                pairs[at] = row
                del old[row], new[at]


def _by_key(ranked: Ranked, rank: int) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for at, keys in ranked.items():
        if keys[rank] is not None:
            found.setdefault(keys[rank], []).append(at)
    return found
