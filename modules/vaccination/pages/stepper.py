"""The five steps of a vaccination in their true order; one that was left out is yellow."""

from collections.abc import Mapping

from PyQt6.QtWidgets import QFrame, QWidget

from admin_suite.core.clock import day_shown, shown
from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.widgets.cards import facts
from admin_suite.ui.widgets.chips import Chip, Shape
from admin_suite.ui.widgets.layout import column, emptied, framed, named, row
from admin_suite.ui.widgets.text import text
from modules.vaccination.codes import Screened, Turn
from modules.vaccination.pages.screening import words_of
from modules.vaccination.queries.desk import Steps
from modules.vaccination.rules.verdicts import Judged

TONES: Mapping[Screened, str] = {
    Screened.ELIGIBLE: "done",
    Screened.CAUTION: "late",
    Screened.DEFER: "wait",
    Screened.CONTRAINDICATED: "bad",
}


class Stepper(QFrame):
    """Name, moment and shape of each step."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._line = row(gap=theme.S, pad=(theme.M, theme.S))
        self.setLayout(self._line)

    def show_steps(self, steps: Steps | None, *, vial: bool) -> None:
        """Show how far somebody has come; ``vial``: one is open."""
        emptied(self._line)
        for name, at, done in steps_of(steps, vial=vial):
            missing = not done and steps is not None and passed(name, steps)
            tone = "done" if done else "late" if missing else "wait"
            about = at or (_("missing") if missing else "")
            words = column(text(name_of(name), "strong" if done else ""), gap=0)
            if about:
                words.addWidget(text(about, "small"))
            self._line.addLayout(row(Shape(tone, 10), words, gap=6))
            self._line.addStretch(1)


def name_of(step: str) -> str:
    """What a step is called."""
    return {
        "consent": _("Consent"),
        "screening": _("Screening"),
        "vial": _("Vial"),
        "injection": _("Injection"),
        "rest": _("Rest"),
    }[step]


def missing_word(name: str) -> str:
    """What to say of a step that was left out."""
    return {"consent": _("no consent"), "screening": _("no screening")}[name]


def steps_of(steps: Steps | None, *, vial: bool) -> list[tuple[str, str, bool]]:
    """The five steps: name, when, whether it is done."""
    if steps is None:
        names = ("consent", "screening", "vial", "injection", "rest")
        return [(name, "", name == "vial" and vial) for name in names]
    return [
        ("consent", steps.consent_at, steps.consent_at != ""),
        ("screening", steps.screened_at, steps.screened is not None),
        ("vial", "", vial),
        ("injection", steps.injected_at, steps.dose_id is not None),
        ("rest", steps.left_at, steps.turn is Turn.DONE),
    ]


def passed(step: str, steps: Steps) -> bool:
    """Whether a later step was taken already."""
    later = {"consent": steps.screened is not None or steps.dose_id is not None}
    later["screening"] = steps.dose_id is not None
    return later.get(step, False)


def person_of(steps: Steps) -> list[QWidget]:
    """Who stands at the desk, what is to be known of him, what today's dose would be worth."""
    who = (steps.sex.word if steps.sex else "", shown(steps.dob))
    parts = (", ".join(filter(None, who)), steps.address)
    names = column(
        text(steps.name, "title", wrap=True),
        text(" · ".join(filter(None, parts)), "small", wrap=True),
        gap=0,
    )
    head = row(names)
    head.setStretch(0, 1)
    if steps.screened is not None:
        head.addWidget(Chip(TONES[steps.screened], steps.screened.word))
    shown_parts: list[QWidget] = [framed(head), facts(about(steps), 104)]
    if steps.ahead is not None and steps.ahead.doubtful:
        shown_parts.append(_warned(steps.ahead))
    return shown_parts


def _warned(ahead: Judged) -> QWidget:
    """Before the needle: the word for a dose that would not be valid today, and why."""
    why = "; ".join(reason.words for reason in ahead.reasons)
    line = column(row(Chip("late", ahead.word), 1), text(why, "small", wrap=True), gap=2)
    return named(framed(line), f"{ahead.word}: {why}")


def coming(ahead: Judged | None) -> str:
    """Today's dose in one line: its number and verdict, with the rule that says so."""
    if ahead is None or not ahead.number:
        return ""
    words = [_("Dose {n}").format(n=ahead.number)]
    if not ahead.doubtful:  # else it stands below, with its reasons
        words += [ahead.word, *(reason.words for reason in ahead.reasons)]
    return " · ".join(words)


def about(steps: Steps) -> tuple[tuple[str, str], ...]:
    """What a station is to know of somebody: earlier doses, findings, who sent him."""
    past = "; ".join(
        f"{day_shown(one.on)} {one.product}" + (f" ({one.word})" if one.doubtful else "")
        for one in steps.doses
    )
    found = ", ".join(words_of(steps.findings, steps))
    sent = _("Not on the list; sent by {name}").format(name=steps.sent_by)
    return (
        (_("Earlier doses"), past or _("None known")),
        (_("Today"), coming(steps.ahead)),
        (_("Findings"), found),
        (_("Examined by"), f"{steps.screened_by} {steps.screened_at}".strip()),
        (_("Why"), steps.reason),
        (_("Postponed until"), day_shown(steps.defer_until) if steps.defer_until else ""),
        (_("List"), sent if steps.outside else ""),
    )
