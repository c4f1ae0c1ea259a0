"""The audit trail: who did what, the newest first, with one entry opened beside the list."""

from collections.abc import Sequence

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.core.progress import Progress
from admin_suite.db.paging import Place, Places
from admin_suite.db.whole import Health, examine
from admin_suite.db.work import Work
from admin_suite.registry import telling
from admin_suite.registry.permissions import AUDIT
from admin_suite.registry.telling import KINDS, Line, Sought, Story
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.dates import lately
from admin_suite.ui.listing import Listed, LongList
from admin_suite.ui.page import Page
from admin_suite.ui.paged import Asked, Source
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, facts
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Item, rule
from admin_suite.ui.widgets.text import text


class AuditPage(Page):
    """Filter under the headings; Enter opens an entry: what was old, what is new."""

    def build(self) -> None:
        """Head, table; the side card is closed."""
        self.verify = Button(_("Check the chain"), "F9", "release")
        self.verify.clicked.connect(self._verify)
        self.again = Button(_("Look again"), "F6", "undo")
        self.again.clicked.connect(self.reload)
        words = (_("All"), _("Changes"), _("Looks and exports"), _("Sign-ins"))
        self.kinds = Segments(words, _("Which entries"))
        listed = Listed(
            "registry.audit", _("Audit trail"), columns(), line_of, _("{n} entries"), AUDIT
        )
        source = Source(sought, self._page, self._places)
        self.list = LongList(self, listed, source, self.kinds)
        self.list.shown.connect(self._say_length)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)
        self._head = Head(_("Audit trail"), self.list.export, self.again, self.verify)
        self.lay_out(self._head, self.list.tools(), self.list.stack, drawer=Drawer())

    def _page(self, work: Work, view: Sought, start: Place | None) -> list[Line]:
        return telling.entry_page(work, self.runner.suite.modules, view, start)

    def _places(self, work: Work, view: Sought) -> Places:
        return telling.entry_places(work, self.runner.suite.modules, view)

    def entered(self) -> None:
        """Work begins in the list, with what has happened since."""
        super().entered()
        self.reload()

    def reload(self) -> None:
        """Ask again; the page itself is no change, so it is not told of every one."""
        self.list.reload()

    def _say_length(self) -> None:
        self._head.say(_("{n} entries").format(n=figure(self.model.length())))

    # -- one entry --------------------------------------------------------------------------------

    def _open(self, line: int) -> None:
        self.list.open(line, self._ask_story)

    def _ask_story(self, line: Line) -> None:
        self.ask(self._show_story, telling.entry_story, self.runner.suite.modules, line.number)

    def _moved(self, line: int) -> None:
        if self.drawer is not None and self.drawer.isVisible():
            self._open(line)

    def _show_story(self, story: Story | None) -> None:
        if self.drawer is None or story is None:
            return
        line = story.line
        self.drawer.show_card(line.did, sentence(line), told(story))
        self.show_beside()

    # -- the chain --------------------------------------------------------------------------------

    def _verify(self) -> None:
        readers = self.runner.suite.database.readers

        def task(_progress: Progress) -> Health:
            return examine(readers)

        self.run(_("Checking the chain"), self._show_health, task)

    def _show_health(self, health: Health) -> None:
        if health.whole:
            said = _("The chain is whole: {n} entries, each one tied to the one before it.")
            about = _("Compared with {n} backups made earlier.").format(n=figure(health.anchors))
            tone = "late" if health.odd else "done"
            about = "\n".join([about, *health.odd])
            self.notice.say(tone, said.format(n=figure(health.audit_entries)), about)
        else:
            said = _("The database is damaged. Restore the last backup and ask who had access.")
            self.notice.say("bad", said, "; ".join(health.damage))


def sought(asked: Asked) -> Sought:
    """The entries that a list asks for."""
    texts = dict(asked.filters)
    day = lately(texts.pop("day", ""))
    return Sought(day=day, kind=KINDS[asked.which], **texts)


def columns() -> list[Column]:
    """When, who, did what, to what."""
    return [
        Column("day", _("When"), 150, filter=_("Day")),
        Column("who", _("Who"), 166, filter=""),
        Column("did", _("What was done"), 230, filter=""),
        Column("what", _("To what"), filter="", room=640),
    ]


def line_of(line: Line) -> Sequence[str | Cell]:
    """An entry as cells; what was refused stands out."""
    return (
        moment_shown(line.at),
        Cell(line.who, role="strong"),
        Cell(line.did, mark="late" if line.wrong else ""),
        line.what,
    )


def sentence(line: Line) -> str:
    """Who, and when."""
    return _("{name}, {time}").format(name=line.who, time=moment_shown(line.at))


def told(story: Story) -> list[Item]:
    """The rows by name, then every field: old, new."""
    what = [story.line.what] if story.line.what else []
    items: list[Item] = [text(words, "strong", wrap=True) for words in what]
    items += [text(name, wrap=True) for name in story.names]
    if len(story.names) < story.line.rows and story.names:
        more = story.line.rows - len(story.names)
        items.append(text(_("and {n} more").format(n=figure(more)), "small"))
    if story.changes:
        items += [rule(), text(_("What changed"), "caption")]
        items.append(facts([(title, change(old, new)) for title, old, new in story.changes]))
    if story.untold:
        items += [
            rule(),
            text(_("Changed too"), "caption"),
            text(", ".join(story.untold), wrap=True),
        ]
        why = _("What stood there is not kept in the trail, only a mark that proves it.")
        items.append(text(why, "small", wrap=True))
    items.append(text(_("Entry {n}").format(n=figure(story.line.number)), "caption"))
    return items


def change(old: str, new: str) -> str:
    """Old and new side by side."""
    if not old:
        return new or _("empty")
    return f"{old} → {new or _('empty')}"
