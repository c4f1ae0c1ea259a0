"""The staff of a facility and how many people it can look after."""

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.i18n import N_, _
from admin_suite.db.dated import Dated, RuleBook, in_force
from admin_suite.db.work import Work
from modules.quarantine.codes import Kind
from modules.quarantine.models import Claim, Room
from modules.quarantine.queries.beds import FacilityRow, chosen_of, covering
from modules.quarantine.rules.staffing import Limit, Norms, Staff, limit_of

NORMS = RuleBook("quarantine.norms", N_("People for each member of staff"), Norms)
STAFF = RuleBook("quarantine.staff", N_("Staff of a facility"), Staff)


class Staffing(Struct, frozen=True):
    """What is in force today: the norms, the staff of a facility, and what follows."""

    facilities: tuple[FacilityRow, ...]
    facility_id: int
    norms: Norms
    source: str
    staff: Staff
    limit: Limit | None


def staffing(work: Work, facility_id: int = 0) -> Staffing:
    """The staff of a facility, or of the first one, and how many people it can look after."""
    there, chosen = chosen_of(work, facility_id)
    facility = next((one for one in there if one.id == chosen), None)
    if facility is None:
        return Staffing(tuple(there), 0, Norms(), "", Staff(), None)
    norms, staff = _in_force(work, facility)
    told, source = (norms.value, norms.source) if norms else (Norms(), "")
    limit = _limit(work, facility, norms, staff)
    return Staffing(tuple(there), chosen, told, source, staff.value if staff else Staff(), limit)


def staff_limit(work: Work, facility: FacilityRow) -> Limit | None:
    """How many people the staff of a facility can look after today; None without a limit."""
    return _limit(work, facility, *_in_force(work, facility))


def _limit(
    work: Work, facility: FacilityRow, norms: Dated[Norms] | None, staff: Dated[Staff] | None
) -> Limit | None:
    if norms is None or staff is None:
        return None
    return limit_of(norms.value, staff.value, _present(work, facility.id))


def _in_force(work: Work, facility: FacilityRow) -> tuple[Dated[Norms] | None, Dated[Staff] | None]:
    today = work.today()
    norms = in_force(NORMS.versions(work), today)
    return norms, in_force(STAFF.versions(work, facility.code), today)


def _present(work: Work, facility_id: int) -> int:
    """How many people a facility has or has promised a bed."""
    query = (
        select(func.count(Claim.id))
        .join(Room, Room.id == Claim.room_id)
        .where(Claim.kind.in_((Kind.STAY, Kind.RESERVED)), covering(work.now()))
    )
    return work.session.scalar(query.where(Room.facility_id == facility_id)) or 0


def in_words(limit: Limit) -> str:
    """How many more people the staff can look after, and of whom there are too few."""
    said = _(
        "Limited by staff: {number} {duty} for {each} people each take {take}, "
        "{left} more can come."
    )
    return said.format(
        number=limit.number,
        duty=limit.duty.word,
        each=limit.each,
        take=limit.take,
        left=limit.left,
    )
