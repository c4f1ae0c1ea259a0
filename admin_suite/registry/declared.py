"""Declarations as they are asked about: fields, checks, the lines of a person's card."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import ZONE, shown, stamp
from admin_suite.core.codes import Code
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Change
from admin_suite.module import Happening
from admin_suite.registry import entries, queries
from admin_suite.registry.codes import Exposure, Relation, Sex, Symptom
from admin_suite.registry.models import Declaration, DeclaredPlace, Person
from admin_suite.registry.service import NewPerson

PARTIAL = re.compile(r"(\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?)?")
WORDS = (
    "by_name",
    "other_symptoms",
    "onset",
    "contacts",
    "from_place",
    "to_place",
    "departed",
    "arrived",
    "vehicle",
    "plate",
    "seat",
    "note",
)
MOMENTS = ("onset", "departed", "arrived", "declared_at")
CHECKED = (*MOMENTS, "symptoms", "exposures", "places")
BEGUN = "2021-01-01"
OF_PERSON = ("name", "dob", "sex", "phone", "id_no", "commune_code", "address")
OF_ROW = ("id", "uid", "person_id", "by_id", "relation", "symptoms", "exposures", *WORDS)
VISIT = re.compile(r"(.*?)\s*\(([^()]*) - ([^()]*)\)")
WHEN = re.compile(r"(?:(\d{1,2}:\d\d)\s+)?(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})")


class Visit(NamedTuple):
    """A place somebody was at; the moments are as FHIR writes them, or empty."""

    place: str
    since: str = ""
    until: str = ""


class NewDeclaration(NamedTuple):
    """A declaration to enter. ``person_id`` names somebody in the register instead of ``person``.

    ``by_id`` or ``by_name`` says who declared on behalf of the person; ``declared_at`` is a FHIR
    date-time in local time, empty for now; ``symptoms`` and ``exposures`` are codes with a space
    between, ``places`` a text of ``written_places``.
    """

    person: NewPerson
    declared_at: str = ""
    symptoms: str = ""
    other_symptoms: str = ""
    onset: str = ""
    exposures: str = ""
    contacts: str = ""
    places: str = ""
    from_place: str = ""
    to_place: str = ""
    departed: str = ""
    arrived: str = ""
    vehicle: str = ""
    plate: str = ""
    seat: str = ""
    by_name: str = ""
    relation: Relation | None = None
    note: str = ""
    person_id: int | None = None
    by_id: int | None = None


class DeclarationRow(Struct, frozen=True):
    """A declaration, field by field as exports and pages show it."""

    id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    address: str
    declared_at: str
    symptoms: str
    other_symptoms: str
    onset: str
    exposures: str
    contacts: str
    places: str
    from_place: str
    to_place: str
    departed: str
    arrived: str
    vehicle: str
    plate: str
    seat: str
    by_name: str
    relation: Relation | None
    note: str
    uid: str
    person_id: int
    by_id: int | None


# -- questions ------------------------------------------------------------------------------------


def wrong_declarations(work: Work, declarations: Sequence[NewDeclaration]) -> list[Refusal]:
    """Why each of these declarations could not be entered."""
    known = entries.names_in(
        work, [k for one in declarations for k in (one.person_id, one.by_id) if k]
    )
    places = [at for at, one in enumerate(declarations) if not one.person_id]
    told = queries.wrong_people(work, [declarations[at].person for at in places])
    wrong = [Refusal(places[no.item], no.field, no.message) for no in told]
    for at, one in enumerate(declarations):
        for field, key in (("person_id", one.person_id), ("by_id", one.by_id)):
            if key and key not in known:
                said = _("Nobody has the number {number}.").format(number=key)
                wrong.append(Refusal(at, field, said))
        cells = {
            name: str(getattr(one, name)) for name in (*MOMENTS, "symptoms", "exposures", "places")
        }
        wrong += [Refusal(at, field, said) for field, said in _wrong(work, cells)]
    return wrong


def wrong_declared(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Why each of these declarations could not be changed so."""
    wrong = queries.wrong_corrections(work, changes)
    for at, change in enumerate(changes):
        cells = {name: new for name, (_old, new) in change.fields.items()}
        wrong += [Refusal(at, field, said) for field, said in _wrong(work, cells)]
    return wrong


def _wrong(work: Work, cells: Mapping[str, str]) -> list[tuple[str, str]]:
    now, found = stamp(work.now()), []
    for name in MOMENTS:
        written = cells.get(name, "")
        if not _is_moment(written):
            found.append((name, _("“{cell}” is not a day or an hour.").format(cell=written)))
        elif written > now and name not in {"arrived", "departed"}:
            found.append((name, _("This day is still to come.")))
    for name, kind in (("symptoms", Symptom), ("exposures", Exposure)):
        for code in cells.get(name, "").split():
            if code not in set(kind):
                found.append((name, _("“{cell}” is not known here.").format(cell=code)))
    return found + [("places", said) for said in _backwards(cells.get("places", ""))]


def _backwards(places: str) -> list[str]:
    """The visits that end before they begin, as far as both moments are known."""
    said = _("The visit of “{place}” ends before it begins.")
    pairs = ((one, min(len(one.since), len(one.until))) for one in read_places(places))
    return [
        said.format(place=one.place)
        for one, known in pairs
        if one.until[:known] < one.since[:known]
    ]


def _is_moment(written: str) -> bool:
    try:
        return bool(PARTIAL.fullmatch(written)) and aware(written) is not None
    except ValueError:
        return False


def aware(written: str) -> datetime:
    """The first moment of what is written as FHIR writes it, on the unit's clock."""
    return datetime.fromisoformat(written + BEGUN[len(written) :]).replace(tzinfo=ZONE)


def declarations_of(work: Work, person_id: int) -> list[DeclarationRow]:
    """What was declared of one person, the newest first."""
    query = select(Declaration.id).where(Declaration.person_id == person_id)
    order = (Declaration.declared_at.desc(), Declaration.id.desc())
    return declaration_rows(work, list(work.session.scalars(query.order_by(*order))))


def declarations(work: Work) -> list[DeclarationRow]:
    """Every declaration, the newest first."""
    query = select(Declaration.id).order_by(Declaration.declared_at.desc(), Declaration.id.desc())
    return declaration_rows(work, list(work.session.scalars(query)))


def declaration_rows(work: Work, ids: Sequence[int]) -> list[DeclarationRow]:
    """These declarations, in the order asked for."""
    found: dict[int, DeclarationRow] = {}
    query = select(Declaration, Person).join(Person, Person.id == Declaration.person_id)
    for part in bulk.chunks(ids):
        places = _places(work, part)
        rows = work.session.execute(query.where(Declaration.id.in_(part))).all()
        givers = entries.names_in(work, [row.by_id for row, _person in rows if row.by_id])
        for row, person in rows:
            by_name = row.by_name or givers.get(row.by_id or 0, "")
            found[row.id] = _row(row, person, by_name, places.get(row.id, ()))
    rows_ = [found[key] for key in ids if key in found]
    work.saw(Person.__tablename__, sorted({row.person_id for row in rows_}))
    return rows_


def of_person(work: Work, person_id: int) -> list[Happening]:
    """Declarations as lines of a person's card."""
    return [
        Happening(aware(row.declared_at), _("Health declaration"), told(row))
        for row in declarations_of(work, person_id)
    ]


def told(row: DeclarationRow) -> str:
    """What a declaration says, in one line."""
    signs = [words(row.symptoms, Symptom), row.other_symptoms]
    parts = [", ".join(part for part in signs if part) or _("no symptoms")]
    if row.from_place or row.to_place:
        parts.append(f"{row.from_place or '?'} → {row.to_place or '?'}")
    parts += [row.plate, words(row.exposures, Exposure)]
    if row.by_name:
        parts.append(_("declared by {name}").format(name=row.by_name))
    return "; ".join(part for part in parts if part)


def words(codes: str, kind: type[Code]) -> str:
    """Codes with a space between, in words."""
    return ", ".join(kind.of(code).word for code in codes.split())


def in_order(codes: str, kind: type[Code]) -> str:
    """Codes with a space between, each once, in the order of their list."""
    return " ".join(code for code in kind if code in set(codes.split()))


def _row(row: Declaration, person: Person, by_name: str, places: Sequence[Visit]) -> DeclarationRow:
    values = {
        name: getattr(row, name) for name in DeclarationRow.__annotations__ if hasattr(row, name)
    }
    values |= {name: getattr(person, name) for name in OF_PERSON}
    values |= {"declared_at": stamp(row.declared_at), "places": written_places(places)}
    return DeclarationRow(**values | {"by_name": by_name})


def _places(work: Work, ids: Sequence[int]) -> dict[int, list[Visit]]:
    columns = (DeclaredPlace.place, DeclaredPlace.since, DeclaredPlace.until)
    query = select(DeclaredPlace.declaration_id, *columns).order_by(DeclaredPlace.position)
    found: dict[int, list[Visit]] = {}
    rows = work.session.execute(query.where(DeclaredPlace.declaration_id.in_(ids)))
    for key, place, since, until in rows:
        found.setdefault(key, []).append(Visit(place, since, until))
    return found


# -- places ---------------------------------------------------------------------------------------


def written_places(places: Iterable[Visit]) -> str:
    """Places as one text: ``Chợ Phố Ràng (07:00 12/08/2021 - 09:00 12/08/2021); ...``."""
    return "; ".join(_written(visit) for visit in places)


def _written(visit: Visit) -> str:
    name = visit.place.replace(";", ",")
    if not visit.since and not visit.until:
        return name
    return f"{name} ({shown(visit.since)} - {shown(visit.until)})"


def read_places(text: str) -> list[Visit]:
    """The places of such a text; what is in brackets and no moment stays with the name."""
    return [_visit(piece.strip()) for piece in text.replace("\n", ";").split(";") if piece.strip()]


def _visit(piece: str) -> Visit:
    found = VISIT.fullmatch(piece)
    if found:
        since, until = _when(found[2]), _when(found[3])
        if since is not None and until is not None:
            return Visit(found[1], since, until)
    return Visit(piece)


def _when(written: str) -> str | None:
    """A moment as people here write it, as FHIR does; None of anything else."""
    if not written.strip():
        return ""
    found = WHEN.fullmatch(written.strip())
    if not found:
        return None
    clock, day, month, year = found.groups()
    parts = [year, *(f"{int(part):02d}" for part in (month, day) if part)]
    moment = "-".join(parts) + (f"T{clock:0>5}" if clock and day else "")
    return moment if _is_moment(moment) else None
