"""The list of released results; it only goes out."""

from collections.abc import Mapping

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.excel.identity import FIELD
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.registry.sheets import PERSON_FIELDS
from modules.results import queries
from modules.results.permissions import SEE
from modules.results.queries import ReleasedRow


def _rows(work: Work, where: Mapping[str, str]) -> list[ReleasedRow]:
    return queries.released(work, where)


RELEASED: Sheet[tuple[object, ...]] = Sheet(
    name="results.released",
    title=N_("Released results"),
    rows=_rows,
    first=lambda work, n: queries.released(work, {}, n),
    permission=SEE,
    fields=(
        Field("accession", N_("Accession number"), 15),
        Field("pool", N_("Tube code"), 11),
        *PERSON_FIELDS,
        Field("commune", N_("Commune"), 18),
        Field("address", N_("Address"), 36),
        Field("subject", N_("Reason"), 18),
        Field("specimen", N_("Specimen"), 18),
        Field("collected_at", N_("Collected at"), 17),
        Field("received_at", N_("Received at"), 17),
        Field("method", N_("Method"), 18),
        Field("outcome", N_("Result"), 18),
        Field("ct", N_("Ct value"), 9),
        Field("pooled", N_("Pooled"), 8),
        Field("sender", N_("Sender"), 28),
        Field("released_at", N_("Released at"), 17),
        Field("released_by", N_("Released by"), 22),
        Field("report_status", N_("Report"), 14),
        Field("report_version", N_("Version"), 8),
        Field("note", N_("Note"), 20),
        FIELD,
    ),
)
