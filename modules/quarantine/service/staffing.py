"""How many people staff looks after: the norm is a leader's decision, the numbers are a fact."""

from collections.abc import Mapping
from datetime import date

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work, use_case
from modules.quarantine.codes import Duty
from modules.quarantine.models import Facility
from modules.quarantine.permissions import PLACES, RULES
from modules.quarantine.queries.staffing import NORMS, STAFF
from modules.quarantine.rules.staffing import Norms, Staff


@use_case(RULES)
def adopt_norms(work: Work, people: Mapping[Duty, int], day: date, source: str) -> int:
    """Decide how many people one member of staff looks after from a day on; 0 sets no limit."""
    if not people or min(people.values()) < 0:
        raise UserError(_("Say of each duty how many people one looks after."))
    norms = Norms(tuple((duty.value, each) for duty, each in people.items()))
    return NORMS.decide(work, day, source, norms)


@use_case(PLACES)
def set_staff(
    work: Work, facility_id: int, numbers: Mapping[Duty, int], day: date, source: str
) -> int:
    """Say how many of each duty a facility has from a day on."""
    if not numbers or min(numbers.values()) < 0:
        raise UserError(_("Say of each duty how many there are."))
    code = work.session.get_one(Facility, facility_id).code
    staff = Staff(tuple((duty.value, number) for duty, number in numbers.items()))
    return STAFF.decide(work, day, source, staff, code)
