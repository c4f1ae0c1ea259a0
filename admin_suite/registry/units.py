"""What stands on a unit's papers and who signs them, from which day on."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from admin_suite.registry import queries, service
from admin_suite.registry.codes import Form
from admin_suite.registry.models import Letterhead, Signatory, Unit
from admin_suite.registry.names import fold, tidy
from admin_suite.registry.permissions import UNITS


class NewLetterhead(NamedTuple):
    """The two lines of a unit's letterhead from a day on, and its head; no unit is our own."""

    valid_from: date
    unit: str = ""
    governing: str = ""
    name: str = ""
    place: str = ""
    head_name: str = ""
    head_title: str = ""
    phone: str = ""


class NewSignatory(NamedTuple):
    """Who signs a paper (or all that have no line of their own) from a day on.

    ``form`` and ``behalf`` are the first line of the signature (``KT. GIÁM ĐỐC``), ``title`` the
    second; without a form it stands alone. A slash in it begins a further line.
    """

    valid_from: date
    title: str
    name: str = ""
    unit: str = ""
    paper: str = ""
    form: Form | None = None
    behalf: str = ""


class Face(Struct, frozen=True):
    """How a unit's papers of one day begin; ``valid_from`` is empty where nobody has said it."""

    unit: str
    valid_from: str
    governing: str
    name: str
    place: str
    head_name: str
    head_title: str
    phone: str


class Signer(Struct, frozen=True):
    """Who signs: the lines above the name, in capitals as they are printed."""

    unit: str
    paper: str
    valid_from: str
    form: Form | None
    behalf: str
    title: str
    name: str

    @property
    def heads(self) -> tuple[str, ...]:
        """The lines above the signature."""
        first = f"{self.form}. {self.behalf}".upper() if self.form else ""
        lines = (first, *(line.strip().upper() for line in self.title.split("/")))
        return tuple(line for line in lines if line)


# -- verbs ----------------------------------------------------------------------------------------


@use_case(UNITS)
def set_letterheads(
    work: Work, letterheads: Sequence[NewLetterhead], _origin: Origin = TYPED
) -> Stored:
    """Say what stands on papers of units; a line of the same unit and day is replaced."""
    refuse(wrong_letterheads(work, letterheads))
    ids, new = [], 0
    for one in letterheads:
        unit = work.session.get_one(Unit, service.unit_id(work, tidy(one.unit)))
        query = select(Letterhead).where(
            Letterhead.unit_id == unit.id, Letterhead.valid_from == one.valid_from
        )
        row = work.session.scalars(query).one_or_none()
        if row is None:
            row, new = Letterhead(unit_id=unit.id, valid_from=one.valid_from), new + 1
            work.session.add(row)
        row.governing, row.name = tidy(one.governing), tidy(one.name) or unit.name
        row.folded, row.place = fold(row.name), tidy(one.place) or unit.place
        row.head_name, row.head_title = tidy(one.head_name), tidy(one.head_title)
        row.phone = tidy(one.phone)
        work.session.flush()
        ids.append(row.id)
    return Stored(ids, new)


@use_case(UNITS)
def set_signatories(
    work: Work, signatories: Sequence[NewSignatory], _origin: Origin = TYPED
) -> Stored:
    """Say who signs papers; a line of the same unit, paper and day is replaced."""
    refuse(wrong_signatories(work, signatories))
    ids, new = [], 0
    for one in signatories:
        unit = service.unit_id(work, tidy(one.unit))
        query = select(Signatory).where(
            Signatory.unit_id == unit,
            Signatory.paper == one.paper,
            Signatory.valid_from == one.valid_from,
        )
        row = work.session.scalars(query).one_or_none()
        if row is None:
            row, new = Signatory(unit_id=unit, paper=one.paper, valid_from=one.valid_from), new + 1
            work.session.add(row)
        row.form, row.behalf = one.form, tidy(one.behalf)
        row.title, row.name = tidy(one.title), tidy(one.name)
        work.session.flush()
        ids.append(row.id)
    return Stored(ids, new)


# -- questions ------------------------------------------------------------------------------------


def wrong_letterheads(work: Work, letterheads: Sequence[NewLetterhead]) -> list[Refusal]:
    """Why each of these could not be set."""
    wrong = []
    for at, one in enumerate(letterheads):
        unit = queries.unit_named(work, one.unit) if one.unit else None
        if unit is None and one.unit:
            said = _("There is no unit “{name}”.").format(name=one.unit)
            wrong.append(Refusal(at, "unit", said))
    return wrong


def wrong_signatories(work: Work, signatories: Sequence[NewSignatory]) -> list[Refusal]:
    """Why each of these could not be set."""
    wrong = []
    for at, one in enumerate(signatories):
        if one.unit and queries.unit_named(work, one.unit) is None:
            said = _("There is no unit “{name}”.").format(name=one.unit)
            wrong.append(Refusal(at, "unit", said))
        if not one.title.strip():
            wrong.append(Refusal(at, "title", _("A title is required.")))
        if one.form and not one.behalf.strip():
            said = _("Say for whom it is signed, such as GIÁM ĐỐC after KT.")
            wrong.append(Refusal(at, "behalf", said))
    return wrong


def faces(work: Work) -> list[Face]:
    """Every letterhead there is or was, unit by unit, the latest first."""
    query = select(Unit.name, Letterhead).join(Letterhead, Letterhead.unit_id == Unit.id)
    rows = work.session.execute(query.order_by(Unit.folded, Letterhead.valid_from.desc()))
    return [_face(unit, row) for unit, row in rows]


def signers(work: Work) -> list[Signer]:
    """Everybody who signs or signed, unit by unit, the latest first."""
    query = select(Unit.name, Signatory).join(Signatory, Signatory.unit_id == Unit.id)
    order = (Unit.folded, Signatory.paper, Signatory.valid_from.desc())
    return [_signer(unit, row) for unit, row in work.session.execute(query.order_by(*order))]


def face_on(work: Work, day: date, unit_id: int | None = None) -> Face:
    """What stands on the papers of a unit (our own, if none is named) on a day."""
    unit = _unit(work, unit_id)
    query = select(Letterhead).where(Letterhead.unit_id == unit.id, Letterhead.valid_from <= day)
    row = work.session.scalars(query.order_by(Letterhead.valid_from.desc())).first()
    if row is None:
        return Face(unit.name, "", unit.parent, unit.name, unit.place, "", "", "")
    return _face(unit.name, row)


def signer_on(work: Work, paper: str, day: date, unit_id: int | None = None) -> Signer | None:
    """Who signs a paper of a unit on a day: by its own line, else by that of all papers."""
    unit = _unit(work, unit_id)
    query = select(Signatory).where(
        Signatory.unit_id == unit.id,
        Signatory.paper.in_((paper, "")),
        Signatory.valid_from <= day,
    )
    order = (Signatory.paper.desc(), Signatory.valid_from.desc())
    row = work.session.scalars(query.order_by(*order)).first()
    return None if row is None else _signer(unit.name, row)


def _unit(work: Work, unit_id: int | None) -> queries.UnitRow:
    if unit_id is None:
        return queries.own_unit(work)
    found = next((row for row in queries.units(work) if row.id == unit_id), None)
    if found is None:
        raise UserError(_("There is no unit with the number {number}.").format(number=unit_id))
    return found


def _face(unit: str, row: Letterhead) -> Face:
    lines = (row.governing, row.name, row.place)
    return Face(unit, row.valid_from.isoformat(), *lines, row.head_name, row.head_title, row.phone)


def _signer(unit: str, row: Signatory) -> Signer:
    since = row.valid_from.isoformat()
    return Signer(unit, row.paper, since, row.form, row.behalf, row.title, row.name)
