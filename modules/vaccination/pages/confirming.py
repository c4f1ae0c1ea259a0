"""Confirmations from a page: numbered in portions, then kept as a file or printed."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from admin_suite.core.clock import day_shown, shown
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.registry.codes import Sex
from admin_suite.ui.files import ask_save
from admin_suite.ui.page import Page
from admin_suite.ui.printing import drawn, paper_of
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from modules.vaccination import queries, service

MOST = 200


def number_slips(page: Page, people: Sequence[int], verb: Callable[..., Any]) -> None:
    """Number a confirmation for each of these people, and ask where the file goes."""
    if len(people) > MOST:
        said = _("At most {n} confirmations are printed in one file; these are {m}.")
        page.refuse(said.format(n=MOST, m=len(people)))
        return
    what = _("Numbering confirmations")
    page.do(what, partial(save_slips, page), verb, list(people))


def save_slips(page: Page, slips: Sequence[int]) -> None:
    """Draw confirmations that were numbered just now, and ask where the file goes."""
    page.ask(partial(_by_number, page), queries.reactions.slip_people, slips)


def _by_number(page: Page, slips: Sequence[tuple[str, int]]) -> None:
    save_paper(page, "slips", "slips", [number for number, _person in slips])


def save_paper(page: Page, name: str, key: str, ids: Sequence[int | str]) -> None:
    """Draw a paper of vaccination for these ids and ask where it goes."""
    module, paper = paper_of(page, "vaccination", name)
    values = {key: " ".join(map(str, ids))}
    page.ask(partial(_keep, page, _(paper.title)), drawn, module, paper, values)


def _keep(page: Page, title: str, pdf: bytes) -> None:
    said: Any = lambda there: page.said.emit(  # noqa: E731
        _("The paper is in {name}").format(name=there.name)
    )
    save = partial(_write, page, pdf, said)
    ask_save(page, _("Save as PDF"), f"{title}.pdf", "PDF (*.pdf)", save)


def _write(page: Page, pdf: bytes, said: Any, path: Path) -> None:
    page.run(_("Saving"), said, written, path, pdf)


def written(_progress: Progress, path: Path, pdf: bytes) -> Path:
    """Write the file."""
    path.write_bytes(pdf)
    return path


def wrong_fields() -> dict[str, str]:
    """What can be asked to be corrected, and how it is called."""
    return {
        "name": _("Full name"),
        "dob": _("Date of birth"),
        "sex": _("Sex"),
        "id_no": _("Citizen number"),
        "phone": _("Telephone"),
        "address": _("Address"),
        "insurance_no": _("Insurance number"),
    }


def value_words(field: str, value: str) -> str:
    """What a field says, as people write it."""
    if field == "sex":
        return Sex.of(value).word if value else ""
    return shown(value) if field == "dob" else value


def ask_correction(page: Page, person_id: int, name: str) -> None:
    """Ask what is to be corrected of somebody, and give the request its number."""
    if page.drawer is None:
        return
    which, new, evidence = Choice(), Field(_("Should be")), Field(_("Evidence"))
    which.offer(wrong_fields().items())
    button = Button(_("Ask for a correction"), "Ctrl Enter", "done", "primary")

    def ask() -> None:
        field = str(which.currentData())
        verb, said = service.ask_correction, (person_id, field, new.words, evidence.words)
        page.do(_("Writing down"), partial(_asked, page), verb, *said)

    button.clicked.connect(ask)
    items = (labelled(_("What is wrong"), which), new, evidence)
    page.drawer.show_card(_("Ask for a correction"), name, items, button)
    page.show_beside()
    new.edit.setFocus()


def _asked(page: Page, key: int) -> None:
    """Say what whoever asks is told: under which number he is answered, and until when."""
    page.close_card()
    page.ask(partial(_numbered, page), queries.reactions.asked_for, key)


def _numbered(page: Page, told: tuple[str, date]) -> None:
    said = _("Request {number} is answered until {day}.")
    page.notice.say("done", said.format(number=told[0], day=day_shown(told[1])))
