"""Confirmations from a page: numbered in portions, then kept as a file or printed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.ui.files import ask_save
from admin_suite.ui.page import Page
from admin_suite.ui.printing import drawn, paper_of
from modules.vaccination import queries

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
    page.ask(partial(_by_number, page), queries.slips.slip_people, slips)


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
