"""The list of requests for correction that leaves, a line for each, with its answer."""

from admin_suite.core.i18n import N_
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.registry.sheets import PERSON_FIELDS
from modules.vaccination.permissions import SEE
from modules.vaccination.queries.corrections import corrections

CORRECTIONS: Sheet[tuple[object, ...]] = Sheet(
    name="vaccination.corrections",
    title=N_("Requests for correction"),
    rows=corrections,
    permission=SEE,
    fields=(
        Field("number", N_("Number"), 14),
        *PERSON_FIELDS,
        Field("dose", N_("Dose"), 26),
        Field("field", N_("What is wrong"), 20),
        Field("now", N_("Now"), 26),
        Field("wanted", N_("Should be"), 26),
        Field("evidence", N_("Evidence"), 24),
        Field("asked_at", N_("Asked"), 17),
        Field("due_on", N_("Answer until"), 12),
        Field("state", N_("State"), 16),
        Field("closed_at", N_("Answered"), 17),
        Field("answer", N_("Answer"), 30),
        Field("paper", N_("New slips"), 20),
    ),
)
