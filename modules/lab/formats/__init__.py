"""How lists write what the laboratory reads, a file for each kind of list."""

from modules.lab.formats.results import Said, accession, cycles, method, of_gene, outcome
from modules.lab.formats.tubes import (
    COLLECTED_AT_WORDS,
    HOUR_WORDS,
    NOT_OURS,
    NOTE_WORDS,
    POOL_WORDS,
    SPECIMEN_WORDS,
    SUBJECT_WORDS,
    specimen,
    subject,
    subject_above,
    transferred,
    tube_above,
    yes,
)

__all__ = [
    "COLLECTED_AT_WORDS",
    "HOUR_WORDS",
    "NOTE_WORDS",
    "NOT_OURS",
    "POOL_WORDS",
    "SPECIMEN_WORDS",
    "SUBJECT_WORDS",
    "Said",
    "accession",
    "cycles",
    "method",
    "of_gene",
    "outcome",
    "specimen",
    "subject",
    "subject_above",
    "transferred",
    "tube_above",
    "yes",
]
