"""From a draft to stored rows: what a list sent before means now, what is new, what is refused.

The preview asks the same questions beside a writer; the write lock is held only while verbs run.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from admin_suite.core.collector import no_collector
from admin_suite.core.errors import Refused, UserError
from admin_suite.core.i18n import _
from admin_suite.db.origin import Import, Origin, Said
from admin_suite.db.work import Work, asked_by
from admin_suite.excel import told
from admin_suite.excel.draft import Draft, Receipt, Refusing, refused_at
from admin_suite.excel.elsewhere import elsewhere
from admin_suite.excel.revision import Revision, day_of, revision, said_of
from admin_suite.excel.sheet import Change, Problem, T
from admin_suite.excel.told import Told

ADVICE = "ADVICE"
STORING = 0.8  # of the time; the rest keeps what the rows said


class Done(Struct):
    """What became of the items: refused, stored, or a record that there was; by their places.

    ``filled`` are the fields that an item supplied where nothing stood.
    """

    problems: list[Problem]
    records: dict[int, tuple[int, Said]] = field(default_factory=dict)
    filled: dict[int, Collection[str]] = field(default_factory=dict)
    stored: int = 0
    unchanged: int = 0

    def keep(self, at: int, record: int, kind: Said) -> None:
        """An item means this record."""
        self.records[at] = (record, kind)
        self.unchanged += kind is Said.UNCHANGED


def preview(work: Work, draft: Draft[T]) -> Receipt:
    """What storing would refuse; a question, so it runs beside a writer and changes nothing."""
    _ask_and_look(work, draft)
    done = Done(list(draft.problems))
    for start, batch in work.progress.batches(draft.items, draft.sheet.portion):
        for refusal in draft.sheet.check(work, batch):
            done.problems.append(refused_at(draft, start + refusal.item, refusal))
    found = _compared(work, draft)
    advice = _advice(work, draft, found)
    done.unchanged = len(found.unchanged)
    _unchangeable(work, draft, found, done)
    return _receipt(draft, done, found, advice)


def _advice(work: Work, draft: Draft[Any], found: Revision) -> list[Problem]:
    """What the sheet wants known of items that can be stored, as things are before they are."""
    said = draft.sheet.advise(work, draft.items)
    known = [refused_at(draft, one.item, one, ADVICE) for one in said]
    places, afterwards = list(found.changed), draft.sheet.afterwards
    if places and afterwards is not None:
        changes = [found.change(at) for at in places]
        said = afterwards.advise(work, changes)
        known += [refused_at(draft, places[one.item], one, ADVICE) for one in said]
    return known


def _ask_and_look(work: Work, draft: Draft[Any]) -> None:
    """Refuse what can never be stored: a sheet that only goes out, a list without rows.

    The verb's right is asked for before anything is looked up or noted down.
    """
    sheet = draft.sheet
    if sheet.store is None:
        raise UserError(_("“{name}” cannot be imported.").format(name=_(sheet.title)))
    permission = asked_by(sheet.store)
    if permission is not None:
        work.require(permission)
    if not draft.read and not draft.skipped:
        raise UserError(_("“{name}” has headings but no rows.").format(name=draft.file))


@no_collector()
def store(
    work: Work, draft: Draft[T], *, partial: bool = False, leave: Collection[str] = ()
) -> Receipt:
    """Store through the sheet's verb: all rows or none, or with ``partial`` the good ones.

    A list that was sent before is corrected: what is as it was stays, changed cells go through
    the sheet's verb for changes, new rows are stored, and what is gone stays. ``leave`` names the
    groups (``changed``, ``new``) of a corrected list that a person does not want: they are told and
    left alone, and told again when the list comes again.
    """
    _ask_and_look(work, draft)
    if draft.problems and not partial:
        raise Refusing(preview(work, draft))
    done = Done(list(draft.problems))
    found = _compared(work, draft)
    advice = _advice(work, draft, found)
    entry = _entry(work, draft, found)
    origin = Origin(draft.file, draft.title, draft.sender, draft.day, entry.id, found.list_import)
    for at, one in found.unchanged.items():
        done.keep(at, one.id, Said.UNCHANGED)
    total = len(draft.items)
    most = int(STORING * total)
    with work.progress.part(0, most, total):
        _take_in(work, draft, (found, origin), done, leave)
    if done.problems and not partial:
        raise Refusing(_receipt(draft, Done(done.problems), found, advice))
    with work.progress.part(most, total - most, total):
        _keep_lines(work, draft, found, (entry, done))
    return _receipt(draft, done, found, advice, entry.id)


def _take_in(
    work: Work,
    draft: Draft[Any],
    what: tuple[Revision, Origin],
    done: Done,
    leave: Collection[str],
) -> None:
    """Change what a list says otherwise and add what is new in it, without what is to be left."""
    found, origin = what
    changed, both = len(found.changed), len(found.changed) + len(found.new)
    if "changed" in leave:
        for at, one in found.changed.items():
            done.keep(at, one.id, Said.UNCHANGED)
    else:
        with work.progress.part(0, changed, both):
            _change(work, draft, found, done)
    corrects = found.list_import is not None or found.by_code
    if not (corrects and "new" in leave):
        with work.progress.part(changed, both - changed, both):
            _add(work, draft, (found.new, origin), done)
    with work.progress.part(both, 0, both):
        _link(work, draft, found, done)


def _compared(work: Work, draft: Draft[Any]) -> Revision:
    """How the list stands to the one it corrects; else whether another sender has sent it."""
    found = revision(work, draft)
    if found.list_import is None:
        found.elsewhere = elsewhere(work, draft, found.told)
    return found


def _unchangeable(work: Work, draft: Draft[Any], found: Revision, done: Done) -> list[int]:
    """The places of changed rows that may change; why the others may not goes to the problems."""
    places = list(found.changed)
    afterwards = draft.sheet.afterwards
    if not places or afterwards is None:
        return []
    refused = [*draft.sheet.check(work, [draft.items[at] for at in places])]
    refused += afterwards.check(work, [found.change(at) for at in places])
    done.problems += [refused_at(draft, places[r.item], r) for r in refused]
    out = {refusal.item for refusal in refused}
    return [place for at, place in enumerate(places) if at not in out]


def _change(work: Work, draft: Draft[Any], found: Revision, done: Done) -> None:
    places = _unchangeable(work, draft, found, done)
    afterwards = draft.sheet.afterwards
    if places and afterwards is not None:
        changes = [_of_these(found.change(at), afterwards.links, False) for at in places]
        afterwards.change(work, [change for change in changes if change.fields])
    for at in places:
        done.keep(at, found.changed[at].id, Said.CHANGED)


def _link(work: Work, draft: Draft[Any], found: Revision, done: Done) -> None:
    """Change what names other records last: they may be new ones of the same list."""
    afterwards = draft.sheet.afterwards
    if afterwards is None or not afterwards.links:
        return
    places = [at for at in found.changed if done.records.get(at, ("", ""))[1] is Said.CHANGED]
    changes = [_of_these(found.change(at), afterwards.links, True) for at in places]
    afterwards.change(work, [change for change in changes if change.fields])


def _of_these(change: Change, names: Collection[str], wanted: bool) -> Change:
    """The part of a change that is among these fields, or the part that is not."""
    kept = {name: pair for name, pair in change.fields.items() if (name in names) is wanted}
    return Change(change.id, kept)


def _add(work: Work, draft: Draft[Any], new: tuple[Sequence[int], Origin], done: Done) -> None:
    """Give new items to the verb, without those that it refuses."""
    verb, origin = draft.sheet.store, new[1]
    if verb is None:
        return
    for _start, batch in work.progress.batches(new[0], draft.sheet.portion):
        places = list(batch)
        try:
            stored = verb(work, [draft.items[at] for at in places], origin)
        except Refused as error:
            out = {refusal.item: refusal for refusal in error.refusals}
            done.problems += [refused_at(draft, places[i], r) for i, r in out.items()]
            places = [place for i, place in enumerate(places) if i not in out]
            stored = verb(work, [draft.items[at] for at in places], origin)
        for at, record in zip(places, stored.ids, strict=True):
            done.records[at] = (record, Said.NEW if record in stored.added else Said.UNCHANGED)
        first = dict(zip(reversed(stored.ids), reversed(places), strict=True))
        done.filled |= {first[record]: names for record, names in stored.filled.items()}
        done.stored += stored.new
        done.unchanged += len(stored.ids) - stored.new


def _keep_lines(
    work: Work, draft: Draft[Any], found: Revision, result: tuple[Import, Done]
) -> None:
    """Write down what the import did, and row by row what the list said."""
    entry, done = result
    entry.stored, entry.unchanged = done.stored, done.unchanged
    entry.changed = sum(kind is Said.CHANGED for _record, kind in done.records.values())
    entry.refused = len({(problem.worksheet, problem.row) for problem in done.problems})
    if draft.sheet.afterwards is None:
        return
    records = sorted(done.records.items())
    for _start, batch in work.progress.batches(records):  # what it said is not held as a whole
        lines = _told(draft, found, batch, done.filled)
        told.keep(work, entry.id, lines)


def _told(
    draft: Draft[Any],
    found: Revision,
    records: Sequence[tuple[int, tuple[int, Said]]],
    filled: Mapping[int, Collection[str]],
) -> list[Told]:
    """What the rows of these records said, and which cells were empty before."""
    if found.told:
        said = told.encoded([found.told[at] for at, _record in records])
    else:
        said = told.encoded_items([draft.items[at] for at, _record in records])
    return [
        _told_again(draft, found, at, (*record, cells))
        if at in found.changed
        else Told(record[0], *draft.places[at], record[1], cells, _nothing(filled.get(at, ())))
        for (at, record), cells in zip(records, said, strict=True)
    ]


def _nothing(names: Collection[str]) -> Mapping[str, str]:
    return dict.fromkeys(names, "") if names else {}


def _told_again(draft: Draft[Any], found: Revision, at: int, row: tuple[int, Said, str]) -> Told:
    """A row whose cells were changed, or that was left as an earlier list said it."""
    record, kind, said = row
    if kind is Said.UNCHANGED:
        [said] = told.encoded([found.changed[at].cells])
    was = {name: old for name, (old, _new) in found.change(at).fields.items()}
    return Told(record, *draft.places[at], kind, said, was if kind is Said.CHANGED else {})


def _entry(work: Work, draft: Draft[Any], found: Revision) -> Import:
    entry = Import(
        sheet=draft.sheet.name,
        file=draft.file,
        sha256=draft.sha256,
        at=work.now(),
        by=work.actor.id,
        read=draft.read,
        stored=0,
        unchanged=0,
        refused=0,
        sender=draft.sender,
        day=day_of(draft),
        revises=found.list_import,
    )
    work.session.add(entry)
    work.session.flush()
    if draft.edited:
        cells = [[*place, sorted(fields)] for place, fields in sorted(draft.edited.items())]
        work.note(Import.__tablename__, [entry.id], {"edited": cells})
    return entry


def _receipt(
    draft: Draft[Any],
    done: Done,
    found: Revision,
    advice: Sequence[Problem],
    key: int | None = None,
) -> Receipt:
    return Receipt(
        draft.sheet.name,
        draft.read,
        done.stored,
        done.unchanged,
        tuple(sorted(set(done.problems))),
        tuple(sorted([*draft.warnings, *found.elsewhere.said, *advice])),
        import_id=key,
        elsewhere=found.elsewhere.said[0].message if found.elsewhere.whole else "",
        several=draft.several,
        left_out=draft.ignored,
        **said_of(draft, found),
    )
