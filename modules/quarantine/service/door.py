"""A bus without a list: card after card at the door."""

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work, use_case
from admin_suite.registry.entries import live_person
from modules.quarantine.checks.arrivals import known_episodes
from modules.quarantine.codes import Group
from modules.quarantine.models import Episode, Party
from modules.quarantine.permissions import EXPECT
from modules.quarantine.service.arrivals import begin


@use_case(EXPECT)
def come_in(work: Work, person_id: int, group: Group, facility_id: int) -> int:
    """Somebody of the register has come today; his quarantine."""
    person = live_person(work, person_id)
    if person.id in known_episodes(work, [person.id]):
        raise UserError(_("This person is in quarantine already."))
    [key] = begin(work, [person.id], group, work.today(), facility_id=facility_id or None)
    return key


@use_case(EXPECT)
def care_for(work: Work, child_id: int, carer_id: int) -> None:
    """Let an adult care for a child who came alone: from now on one family. 0: nobody does."""
    child = work.session.get_one(Episode, child_id)
    if carer_id == 0:
        child.party_id = None
        work.session.flush()
        return
    carer = work.session.get_one(Episode, carer_id)
    if carer.ended_at is not None or child.ended_at is not None:
        raise UserError(_("This person is not in quarantine any more. Choose somebody else."))
    if carer_id == child_id:
        raise UserError(_("Nobody cares for himself here. Choose an adult."))
    if carer.party_id is None:
        party = Party(import_id=None, code="")
        work.session.add(party)
        work.session.flush()
        carer.party_id = party.id
    child.party_id = carer.party_id
    work.session.flush()
