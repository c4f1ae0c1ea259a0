"""The lists of the laboratory."""

from modules.lab.sheets.tubes import (
    COLLECTED,
    RESULT_EXAMPLE,
    RESULTS,
    SAMPLE_COLUMNS,
    SAMPLE_OTHERS,
    SAMPLES,
    Days,
    results,
    samples,
)

__all__ = [
    "COLLECTED",
    "RESULTS",
    "RESULT_EXAMPLE",
    "SAMPLES",
    "SAMPLE_COLUMNS",
    "SAMPLE_OTHERS",
    "Days",
    "results",
    "samples",
]
