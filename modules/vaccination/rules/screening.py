"""The screening before the injection: what answers and vital signs mean by the form in force.

The form proposes, the clinician decides: what was decided is kept beside what was proposed.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from msgspec import Struct

from admin_suite.core.i18n import N_, _
from modules.vaccination.codes import Screened

VITALS: Mapping[str, str] = {
    "temperature": N_("Temperature, °C"),
    "systolic": N_("Blood pressure"),
    "diastolic": N_("lower"),
    "pulse": N_("Pulse"),
    "respiration": N_("Breathing rate"),
}
POSSIBLE: Mapping[str, tuple[float, float]] = {  # what can be measured of anybody who walks in
    "temperature": (30, 45),
    "systolic": (40, 300),
    "diastolic": (20, 200),
    "pulse": (20, 300),
    "respiration": (4, 90),
}
RANK = (Screened.ELIGIBLE, Screened.CAUTION, Screened.DEFER, Screened.CONTRAINDICATED)


class Checklist(Struct, frozen=True):
    """One version of the form.

    ``questions``: code, Vietnamese, English, what "yes" means. ``vitals``: sign, lowest and highest
    value that is no finding, what one outside means.
    """

    name: str
    questions: tuple[tuple[str, str, str, str], ...]
    vitals: tuple[tuple[str, float, float, str], ...]


class Proposal(NamedTuple):
    """The outcome that the form proposes, and the answers and signs that led to it."""

    outcome: Screened
    findings: tuple[str, ...]


def propose(
    form: Checklist,
    answers: Mapping[str, bool],
    vitals: Mapping[str, float | None],
    unfit: Collection[str] = (),
) -> Proposal:
    """The gravest of what the answers and the vital signs mean; no answer is no finding.

    ``unfit`` are the answers that rule out the vaccine of the session.
    """
    found = [(Screened.CONTRAINDICATED, code) for code in unfit if answers.get(code)]
    found += [
        (Screened.of(means), code) for code, _vi, _en, means in form.questions if answers.get(code)
    ]
    for sign, low, high, means in form.vitals:
        value = vitals.get(sign)
        if value is not None and not low <= value <= high:
            found.append((Screened.of(means), sign))
    outcome = max((one for one, _code in found), key=RANK.index, default=Screened.ELIGIBLE)
    return Proposal(outcome, tuple(dict.fromkeys(code for _outcome, code in found)))


def sign_word(sign: str) -> str:
    """What a sign is called in a sentence."""
    name = _(VITALS[sign])
    return f"{_(VITALS['systolic'])}, {name}" if sign == "diastolic" else name


def impossible(vitals: Mapping[str, float | None]) -> str:
    """The sign whose value nobody has, a comma left out or two fields mixed up; empty: none."""
    for sign, (low, high) in POSSIBLE.items():
        value = vitals.get(sign)
        if value is not None and not low <= value <= high:
            return sign
    upper, lower = vitals.get("systolic"), vitals.get("diastolic")
    return "diastolic" if upper is not None and lower is not None and lower >= upper else ""
