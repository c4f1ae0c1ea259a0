"""After a power cut: the first screen says what was kept last, and takes it up again."""

from collections.abc import Callable, Sequence

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.drafts import TYPING, Kept
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button


def offer(page: Page, kept: Sequence[Kept], take_up: Callable[[Kept], None]) -> None:
    """Say what was typed and not stored, the latest first, with the key that reopens it."""
    if not kept:
        return
    last = kept[0]
    again = Button(_("Go on typing"), "F4", "note")
    again.clicked.connect(lambda: take_up(last))
    title, said = _("A form was filled in and not yet stored"), _("“{title}”, kept at {time}.")
    if last.page == TYPING:
        title = _("A list was typed and not yet stored")
        said = _("“{title}”, {n} rows, kept at {time}.")
    about = [said.format(title=_(last.title), n=figure(last.rows), time=last.at)]
    if len(kept) > 1:
        more = _("{n} more drafts wait on their pages.")
        about.append(more.format(n=figure(len(kept) - 1)))
    page.notice.say("busy", title, " ".join(about), deed=again)
