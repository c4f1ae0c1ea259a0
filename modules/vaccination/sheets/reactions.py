"""The list of severe reactions that leaves: the WHO's core variables for AEFI, a line for each."""

from admin_suite.core.i18n import N_
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.registry.sheets import PERSON_FIELDS
from modules.vaccination.permissions import SEE
from modules.vaccination.queries.reported import reported, sign_words

REACTIONS: Sheet[tuple[object, ...]] = Sheet(
    name="vaccination.reactions",
    title=N_("Severe reactions"),
    rows=reported,
    permission=SEE,
    fields=(
        Field("number", N_("Number"), 16),
        *PERSON_FIELDS,
        Field("address", N_("Address"), 36),
        Field("pregnant", N_("Pregnant"), 10, nothing=None),
        Field("breastfeeding", N_("Breastfeeding"), 12, nothing=None),
        Field("product", N_("Vaccine"), 14),
        Field("lot", N_("Lot"), 12),
        Field("dose", N_("Dose"), 6, nothing=None),
        Field("given_at", N_("Injected"), 17),
        Field("place", N_("Place of the injection"), 22),
        Field("diluent_lot", N_("Lot of the diluent"), 14),
        Field("other_vaccines", N_("Other vaccines just before"), 22),
        Field("history", N_("Medical history"), 24),
        Field("onset_at", N_("First signs"), 17),
        Field("signs", N_("Signs"), 30, show=sign_words),
        Field("description", N_("What was seen"), 36),
        Field("serious", N_("Serious"), 18),
        Field("serious_other", N_("Why else it is serious"), 22),
        Field("outcome", N_("Outcome"), 18),
        Field("died_on", N_("Day of death"), 12),
        Field("autopsy", N_("Autopsy"), 10, nothing=None),
        Field("treatment", N_("Treatment"), 24),
        Field("reporter", N_("Reported by"), 20),
        Field("reporter_post", N_("Post"), 16),
        Field("reporter_contact", N_("Telephone"), 14),
        Field("known_at", N_("Known at"), 17),
        Field("reported_on", N_("Reported on"), 12),
        Field("notified_at", N_("Told the higher level"), 17),
        Field("investigated_on", N_("Investigated on"), 12),
        Field("national_on", N_("At the national level"), 12),
        Field("closed_at", N_("Closed"), 17),
    ),
)
