"""A bus without a list: card after card at the door."""

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db.work import Work, use_case
from admin_suite.registry.entries import live_person
from modules.quarantine.checks.arrivals import known_episodes
from modules.quarantine.codes import Group
from modules.quarantine.models import Episode
from modules.quarantine.permissions import EXPECT


@use_case(EXPECT)
def come_in(work: Work, person_id: int, group: Group, facility_id: int) -> int:
    """Somebody of the register has come today; his quarantine."""
    person = live_person(work, person_id)
    if person.id in known_episodes(work, [person.id]):
        raise UserError(_("This person is in quarantine already."))
    row = Episode(
        uid=new_uids(work.now(), 1)[0],
        person_id=person.id,
        grouping=group,
        index_case="",
        last_contact=None,
        arrived=work.today(),
        party_id=None,
        symptomatic=group is Group.SYMPTOMATIC,
        symptoms="",
        doses=0,
        origin="",
        vehicle="",
        seat="",
        decision_no="",
        notes="",
        facility_id=facility_id or None,
        row=0,
        import_id=None,
    )
    work.session.add(row)
    work.session.flush()
    return row.id
