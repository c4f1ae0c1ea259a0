"""The lists of the laboratory."""

from modules.lab.sheets.measuring import RESULT_EXAMPLE, RESULTS, results
from modules.lab.sheets.rapid import RAPIDS
from modules.lab.sheets.tubes import (
    COLLECTED,
    SAMPLE_COLUMNS,
    SAMPLE_OTHERS,
    SAMPLES,
    Days,
    samples,
)

__all__ = [
    "COLLECTED",
    "RAPIDS",
    "RESULTS",
    "RESULT_EXAMPLE",
    "SAMPLES",
    "SAMPLE_COLUMNS",
    "SAMPLE_OTHERS",
    "Days",
    "results",
    "samples",
]
