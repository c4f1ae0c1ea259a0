"""One person's way through a session: arriving, consent, screening, injection, rest.

Nothing blocks a fact: a step that was left out is shown, and the next one may be entered all the
same. Only before the needle the vial is asked whether it is good.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db.work import Work, use_case
from modules.vaccination.checks import stock, vitals
from modules.vaccination.checks import visits as checks
from modules.vaccination.codes import Arm, Consent, Reliability, Screened, Source, Turn
from modules.vaccination.models import Dose, Session, Visit
from modules.vaccination.permissions import VACCINATE
from modules.vaccination.queries.regimen import checklist, products, unfit, watch
from modules.vaccination.rules.screening import propose
from modules.vaccination.service.forecasts import forecast

AFTER_SCREENING = {
    Screened.ELIGIBLE: Turn.SCREENED,
    Screened.CAUTION: Turn.SCREENED,
    Screened.DEFER: Turn.DEFERRED,
    Screened.CONTRAINDICATED: Turn.CONTRAINDICATED,
}
NOT_YET = (Turn.INVITED, Turn.NO_SHOW, Turn.REFUSED, Turn.MOVED, Turn.ELSEWHERE, Turn.DIED)


class NewScreening(NamedTuple):
    """What was asked and measured; ``yes`` are the codes of questions answered with yes.

    ``decision`` None takes what the form proposes; ``hospital`` sends somebody there to be
    vaccinated.
    """

    yes: tuple[str, ...] = ()
    temperature: float | None = None
    pulse: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    respiration: int | None = None
    decision: Screened | None = None
    defer_until: date | None = None
    reason: str = ""
    hospital: bool = False

    def vitals(self) -> Mapping[str, float | None]:
        """The signs by name."""
        names = ("temperature", "pulse", "systolic", "diastolic", "respiration")
        return {name: getattr(self, name) for name in names}


class NewInjection(NamedTuple):
    """An injection: from which vial, by whom; ``uid`` is made where the button is pressed.

    ``happened`` says that it has been given already: it is entered whatever the vial was.
    """

    vial_id: int
    uid: str
    arm: Arm = Arm.LEFT
    given_by: str = ""
    millilitres: str = ""
    happened: bool = False
    at: datetime | None = None


@use_case(VACCINATE)
def arrive(work: Work, session_id: int, person_id: int, sent_by: str = "") -> int:
    """Somebody has come; whoever was not invited is let in with whoever sent him. Returns it."""
    checks.running(work, session_id, alone=False)
    visit = checks.visit_of(work, session_id, person_id)
    if visit is None:
        if not sent_by.strip():
            said = _("This person is not on the list. Say who sent him, and he is let in.")
            raise UserError(said)
        visit = Visit(session_id=session_id, person_id=person_id, turn=Turn.INVITED)
        visit.outside, visit.sent_by = True, sent_by.strip()
        work.session.add(visit)
    _come(work, visit)
    work.session.flush()
    return visit.id


@use_case(VACCINATE)
def consent(work: Work, visit_id: int, word: Consent, by: str = "", reason: str = "") -> None:
    """Note the consent; one that is refused or withdrawn makes the screening void."""
    visit = checks.held_visit(work, visit_id)
    _come(work, visit)
    visit.consent, visit.consent_at, visit.consent_by = word, work.now(), by.strip()
    if word is not Consent.GIVEN and visit.dose_id is None:
        visit.screened, visit.screened_at, visit.screened_by = None, None, None
        visit.checklist_id, visit.proposed, visit.turn = None, None, Turn.REFUSED
        visit.reason, visit.defer_until = reason.strip(), None
        forecast(work, [visit.person_id])


@use_case(VACCINATE)
def screen(work: Work, visit_id: int, said: NewScreening) -> Screened:
    """Write the screening down by the form of today, and what follows from it."""
    vitals.measured(said.vitals())
    vitals.still_to_come(said.defer_until, work.today())
    visit = checks.held_visit(work, visit_id)
    _come(work, visit)
    form = checklist(work)
    product = work.session.get_one(Session, visit.session_id).product
    ruled_out = unfit(work, product)
    proposal = propose(form.value, dict.fromkeys(said.yes, True), said.vitals(), ruled_out)
    decision = said.decision or proposal.outcome
    if decision in (Screened.DEFER, Screened.CONTRAINDICATED) and said.hospital:
        raise UserError(_("Whoever is postponed is not sent to hospital to be vaccinated."))
    visit.checklist_id, visit.answers = form.id, " ".join(said.yes)
    visit.temperature = "" if said.temperature is None else f"{said.temperature:g}"
    visit.pulse, visit.systolic, visit.diastolic = said.pulse, said.systolic, said.diastolic
    visit.respiration, visit.findings = said.respiration, " ".join(proposal.findings)
    visit.proposed, visit.screened = proposal.outcome, decision
    visit.screened_at, visit.screened_by = work.now(), work.actor.id
    visit.defer_until, visit.reason = said.defer_until, said.reason.strip()
    if visit.dose_id is None:
        visit.turn = Turn.HOSPITAL if said.hospital else AFTER_SCREENING[decision]
        forecast(work, [visit.person_id])
    return decision


@use_case(VACCINATE)
def admit(work: Work, visit_id: int, given: NewScreening | None = None) -> Screened:
    """Consent and screening in one act, where one person does both."""
    consent(work, visit_id, Consent.GIVEN)
    return screen(work, visit_id, given or NewScreening())


@use_case(VACCINATE)
def inject(work: Work, visit_id: int, given: NewInjection) -> int:
    """Enter an injection and begin the rest; returns the dose. The same code again changes nothing.

    Before the needle a vial that is recalled, out of date, over its time or empty is refused, and
    so is a second injection on one day.
    """
    there = checks.by_uid(work, given.uid)
    if there is not None:
        return int(there.id)
    visit = checks.held_visit(work, visit_id)
    facts = stock.vial_facts(work, given.vial_id, hold=True)
    if not given.happened:
        checks.refuse_second(work, visit.person_id)
        stock.drawable(work, facts)
    _come(work, visit)
    dose = _dose(work, visit, facts, given)
    if visit.dose_id is None:  # a second one that happened all the same stands beside the first
        moment = given.at or work.now()
        visit.dose_id, visit.injected_at, visit.turn = dose, moment, Turn.WATCHED
        visit.rest_until = moment + timedelta(minutes=watch(work).minutes)
    forecast(work, [visit.person_id])
    return dose


def _dose(work: Work, visit: Visit, facts: stock.VialFacts, given: NewInjection) -> int:
    """Store the dose that was drawn from a vial."""
    moment = given.at or work.now()
    session = work.session.get_one(Session, visit.session_id)
    product = products(work).get(facts.lot.product)
    dose = Dose(
        uid=given.uid or new_uids(work.now(), 1)[0],
        person_id=visit.person_id,
        given_on=here(moment).date(),
        given_at=moment,
        product=facts.lot.product,
        lot=facts.lot.lot,
        stated=0,
        place=session.place,
        source=Source.OWN,
        reliability=Reliability.TRUSTED,
        entered_by=work.actor.id,
        vial_id=facts.vial.id,
        draw=stock.next_draw(work, facts.vial.id),
        session_id=session.id,
        arm=given.arm,
        millilitres=given.millilitres or (product.millilitres if product else ""),
        given_by=given.given_by.strip(),
    )
    work.session.add(dose)
    work.session.flush()
    return dose.id


@use_case(VACCINATE)
def take_back_injection(work: Work, visit_id: int, reason: str) -> None:
    """Void an injection that was entered by mistake; the vial has its dose again."""
    visit = checks.injected_visit(work, visit_id)
    if not reason.strip():
        raise UserError(_("Say why the dose is taken back."))
    for said in checks.reported_doses(work, [visit.dose_id]).values():
        raise UserError(said)
    dose = work.session.get_one(Dose, visit.dose_id)
    dose.void_reason, dose.voided_at = reason.strip(), work.now()
    visit.dose_id, visit.injected_at, visit.rest_until = None, None, None
    visit.left_at, visit.left_well = None, None
    visit.turn = Turn.SCREENED if visit.screened else Turn.ARRIVED
    work.session.flush()
    forecast(work, [visit.person_id])


@use_case(VACCINATE)
def leave(work: Work, visits: Sequence[int], *, well: bool = True) -> int:
    """People go home after their rest; returns how many. Whoever has gone already stays gone."""
    for visit_id in visits:
        visit = checks.injected_visit(work, visit_id)
        if visit.turn is Turn.WATCHED:
            visit.left_at, visit.left_well, visit.turn = work.now(), well, Turn.DONE
    return len(visits)


@use_case(VACCINATE)
def stay(work: Work, visits: Sequence[int]) -> int:
    """Take back that people went home."""
    for visit_id in visits:
        visit = checks.injected_visit(work, visit_id)
        visit.left_at, visit.left_well, visit.turn = None, None, Turn.WATCHED
    return len(visits)


def _come(work: Work, visit: Visit) -> None:
    """Whoever takes a step is there, invited or not, and what kept him away counts no more."""
    visit.arrived_at = visit.arrived_at or work.now()
    if visit.turn in NOT_YET:
        visit.turn = Turn.ARRIVED
        forecast(work, [visit.person_id])
