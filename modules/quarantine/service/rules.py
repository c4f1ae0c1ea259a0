"""How long quarantine lasts: dated policy, adopted with its source, its impact shown before."""

from datetime import date, time

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.dated import decision
from admin_suite.db.work import Work, use_case
from modules.quarantine.codes import Anchor, Group, Payer
from modules.quarantine.permissions import RULES
from modules.quarantine.queries.clocks import POLICY, THRESHOLDS
from modules.quarantine.queries.meals import KITCHEN
from modules.quarantine.queries.payers import PAYERS
from modules.quarantine.queries.policies import refuse_impossible
from modules.quarantine.rules.clock import Policy
from modules.quarantine.rules.meals import Kitchen
from modules.quarantine.rules.payers import Payers
from modules.quarantine.rules.rounds import Thresholds

FROM_CONTACT = ((Group.F1.value, Anchor.CONTACT.value),)
# What the ministry and the steering committee ordered in turn; the district's own decisions follow.
KNOWN = (
    (
        date(2020, 3, 12),
        "QĐ 879/QĐ-BYT",
        Policy(14, 14, (1, 14), (), FROM_CONTACT),
    ),
    (
        date(2021, 5, 5),
        "CĐ 600/CĐ-BCĐ",
        Policy(21, 7, (1, 14, 20), (7,), FROM_CONTACT),
    ),
    (
        date(2021, 7, 14),
        "CV 5599/BYT-MT",
        Policy(14, 14, (1, 7, 14), (7, 14), FROM_CONTACT),
    ),
    (
        date(2021, 8, 4),
        "CV 6288/BYT-MT",
        Policy(
            14,
            14,
            (1, 7, 14),
            (7, 14),
            FROM_CONTACT,
            exceptions=((Group.ENTRANT.value, 2, 7, 7),),
        ),
    ),
)
PAYING = (
    (date(2020, 3, 29), "NQ 37/NQ-CP", Payers()),
    (
        date(2021, 2, 8),
        "NQ 16/NQ-CP",
        Payers(((Group.ENTRANT.value, Payer.SELF.value),)),
    ),
)


def begin(work: Work) -> None:
    """The rules that a database starts with; called by set-up, and when a newer program comes."""
    for day, source, policy in KNOWN:
        POLICY.begin(work, day, source, policy)
    THRESHOLDS.begin(work, date(2020, 3, 12), "QĐ 879/QĐ-BYT", Thresholds())
    KITCHEN.begin(work, date(2020, 3, 12), "QĐ 879/QĐ-BYT", Kitchen())
    for day, source, payers in PAYING:
        PAYERS.begin(work, day, source, payers)


@use_case(RULES)
def adopt_policy(work: Work, policy: Policy, day: date, source: str) -> int:
    """Let quarantine last so from a day on; ``running`` policies count for people already here."""
    told = decision(source)
    refuse_impossible(policy)
    return POLICY.add(work, day, told, policy)


@use_case(RULES)
def adopt_kitchen(work: Work, kitchen: Kitchen, day: date, source: str) -> int:
    """Serve meals at these hours from a day on, ordered until the cut-off of the day before."""
    try:
        *meals, _cut_off = [time.fromisoformat(one) for one in (*kitchen.times, kitchen.cut_off)]
    except ValueError:
        meals = []
    if not meals or meals != sorted(set(meals)):
        raise UserError(_("The hours of the meals follow one another, such as 06:30 and 11:00."))
    return KITCHEN.add(work, day, decision(source), kitchen)
