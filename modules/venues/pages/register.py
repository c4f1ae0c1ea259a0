"""The register of venues in the window: register, correct, issue, print, follow each poster."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

from PyQt6.QtWidgets import QWidget

from admin_suite.core.clock import here
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Change, Stored
from admin_suite.ui import printing, theme
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.printing import Printed
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, empty, facts
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, rule
from modules.venues import queries, service
from modules.venues.pages.batch import BatchCard, steps
from modules.venues.pages.form import VenueForm, changes
from modules.venues.pages.lines import columns, line_of, told
from modules.venues.pages.roster import RosterCard, ended_told
from modules.venues.permissions import ISSUE, KEEP, MANAGE, SEE
from modules.venues.queries import EntranceRow, VenueRow
from modules.venues.queries.roster import StaffRow, roster
from modules.venues.rules.marks import grouped
from modules.venues.service import Ended, Noted, Step


class VenuesPage(Page):
    """F8 issues the codes that are missing, of the lines selected or of all that are shown.

    Ctrl 6 notes what became of the posters of just these.

    The side card has one venue, its form or its roster; what is typed there is never shown over.
    """

    shows = frozenset({"venues_venue", "venues_entrance", "venues_issue"})

    def build(self) -> None:
        """The register as a list; the side card has the entrances of one venue."""
        self._id = 0
        self._draft: FormDraft | None = None
        self.issue = Button(_("Issue the missing codes"), "F8", "release", "primary")
        self.issue.clicked.connect(self._issue)
        papers = Button(_("Posters"), "Ctrl P", "print")
        papers.clicked.connect(lambda: self.go.emit("registry.papers", 0))
        bring = Button(_("Import from Excel"), "Ctrl I", "import")
        bring.clicked.connect(lambda: self.bring.emit(""))
        new = Button(_("New venue"), "F2", "add")
        new.clicked.connect(lambda: self._write(None))
        self.batch = Button(_("Note the posters"), "Ctrl 6", "done")
        self.batch.clicked.connect(self._ask_batch)
        for button in (bring, new, self.batch):
            button.setEnabled(self.runner.may(MANAGE))
        listed = Listed(
            "venues.venues", _("Venues"), columns(), line_of, _("{n} venues shown"), SEE
        )
        self.list = WholeList(self, listed)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        self._head = Head(_("Venues"), bring, self.issue)
        about = _(
            "The communes' lists bring the venues; each entrance then gets a code of its own."
        )
        step = Button(_("Import from Excel"), kind="primary")
        step.clicked.connect(lambda: self.bring.emit(""))
        self.list.stack.addWidget(empty("module", _("No venue is registered yet"), about, step))
        tools = self.list.tools(new, self.batch, self.list.export, papers)
        drawer = Drawer()
        drawer.closed.connect(self._closed)
        self.lay_out(self._head, tools, self.list.stack, drawer=drawer)

    def reload(self) -> None:
        """Ask for the register again."""
        self.ask(self._show, queries.venues, {})
        if self._id:
            self.ask(self._show_card, card_of, self._id)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def open_at(self, key: int) -> None:
        """Show the entrances of a venue; what was asked of another is asked no more."""
        self._id = key
        self.notice.hide()
        self.ask(self._show_card, card_of, key)

    def _closed(self) -> None:
        self._id = 0

    def _show(self, rows: Sequence[VenueRow]) -> None:
        self.list.show(rows)
        missing = sum(row.entrances - row.coded for row in rows if row.needs_codes)
        self.issue.setEnabled(bool(missing) and self.runner.may(ISSUE))
        said = _("{n} entrances without a code").format(n=figure(missing)) if missing else ""
        self._head.say(said)

    def _issue(self) -> None:
        ids = [row.id for row in self._chosen() if row.needs_codes]
        self.do(_("Issuing"), self._issued, service.issue, ids)

    def _issued(self, count: int) -> None:
        self.said.emit(_("{n} codes issued; their posters are under Papers.").format(n=count))

    def _open(self, at: int) -> None:
        row = self.model.line(at) if at >= 0 else None
        if isinstance(row, VenueRow):
            self.open_at(row.id)

    # -- one venue --------------------------------------------------------------------------------

    def _show_card(self, found: tuple[VenueRow, Sequence[EntranceRow]] | None) -> None:
        if found is None or self.drawer is None or found[0].id != self._id:
            return
        venue, doors = found
        said = facts(
            (
                (_("Kind of place"), venue.kind.word),
                (_("Commune"), venue.commune),
                (_("Address"), venue.address),
                (_("Person in charge"), venue.keeper),
                (_("Telephone"), venue.phone),
                (_("Opening hours"), " - ".join(filter(None, (venue.opens, venue.closes)))),
                (_("Room for"), figure(venue.capacity) if venue.capacity else ""),
                (_("Number plate"), venue.plate),
                (_("National code"), venue.national),
                (_("State of the venue"), "" if venue.is_open else venue.standing.word),
                *((door.words, told(door)) for door in doors),
            )
        )
        own = (*self._own(venue, doors), *self._kept(venue))
        deeds = (*own, *self._posted(doors), *self._deeds(doors))
        self.drawer.show_card(venue.name, grouped(venue.number), (said, *deeds))
        self.show_beside()

    def _own(self, venue: VenueRow, doors: Sequence[EntranceRow]) -> tuple[QWidget, ...]:
        """Correct it, see its roster; the first code and the posters."""
        edit = Button(_("Correct"), "F9", "note")
        edit.clicked.connect(lambda: self._write(venue))
        staff = Button(_("Staff"), "Ctrl 4", "person")
        staff.clicked.connect(lambda: self._ask_roster(venue))
        made: list[QWidget] = [edit, staff] if self.runner.may(MANAGE) else []
        if not all(door.is_bare for door in doors):
            out = Button(_("Print the posters"), "F5", "print")
            out.clicked.connect(lambda: self._print(venue))
            made.append(out)
        if self.runner.may(ISSUE) and any(door.is_bare for door in doors):
            issue = Button(_("Issue the missing codes of this venue"), "Ctrl 5", "release")
            issue.clicked.connect(
                lambda: self.do(_("Issuing"), self._issued, service.issue, [venue.id])
            )
            made.append(issue)
        return tuple(made)

    def _kept(self, venue: VenueRow) -> tuple[QWidget, ...]:
        """Its check-ins can be held for a case, on the page that has all holds."""
        if not self.runner.may(KEEP):
            return ()
        keep = Button(_("Hold check-ins for a case"), "Ctrl 7", "lock")
        keep.clicked.connect(lambda: self.go.emit("venues.keeping", venue.id))
        return (keep,)

    def _print(self, venue: VenueRow) -> None:
        module, paper = printing.paper_of(self, "venues", "posters")
        values = {"number": venue.number}
        printing.send_to_printer(self, Printed(module, paper, values, venue.name))

    def _posted(self, doors: Sequence[EntranceRow]) -> tuple[QWidget, ...]:
        """Note on which day the posters were handed over, put up, and seen."""
        if not self.runner.may(MANAGE) or all(door.is_bare for door in doors):
            return ()
        day = Day()
        made = column(labelled(_("Day"), day), gap=theme.S)
        for step, words, key in steps():
            button = Button(words, key, "done")
            button.clicked.connect(partial(self._note, doors[0].venue_id, step, day))
            made.addWidget(button)
        return rule(), framed(made), rule()

    def _note(self, venue: int, step: Step, day: Day, _on: bool = False) -> None:
        on = date.fromisoformat(day.iso)
        self.do(_("Storing"), self._noted, service.note_posters, [venue], step, on)

    def _noted(self, noted: Noted) -> None:
        said = _("The day of {n} posters is noted").format(n=figure(noted.posters))
        self.undoable(said, service.take_back_posters, noted)

    def _chosen(self) -> list[VenueRow]:
        """The venues of the lines selected; of one line or none, of all that are shown."""
        chosen = self.table.chosen_lines()
        places = chosen if len(chosen) > 1 else range(self.model.length())
        return [row for row in map(self.model.line, places) if isinstance(row, VenueRow)]

    def _ask_batch(self) -> None:
        """Note what became of the posters of many venues at once."""
        venues = [row for row in self._chosen() if row.coded]
        if not venues or self.drawer is None:
            self.refuse(_("No code was issued yet for these venues; issue them first."))
            return
        self._id = 0
        card = BatchCard(venues)
        card.noted.connect(partial(self._note_batch, [row.id for row in venues]))
        self.drawer.show_card(_("Posters of many venues"), "", (card,))
        self.show_beside()
        card.day.setFocus()

    def _note_batch(self, venues: Sequence[int], step: Step, on: date, to: str) -> None:
        self.do(_("Storing"), self._noted, service.note_posters, venues, step, on, to)

    def _deeds(self, doors: Sequence[EntranceRow]) -> tuple[QWidget, ...]:
        """Replace or revoke the codes in force."""
        live = [d.issue_id for d in doors if d.issue_id is not None and not d.is_bare]
        if not live or not self.runner.may(ISSUE):
            return ()
        reason = Field(_("Why are they revoked?"))
        again = Button(_("Issue new codes"), "F4", "history")
        again.clicked.connect(partial(self._again, doors[0].venue_id, len(live)))
        revoke = Button(_("Revoke the codes"), "F6", "close")
        revoke.clicked.connect(partial(self._revoke, live, reason))
        return reason, again, revoke

    def _again(self, venue: int, live: int, _on: bool = False) -> None:
        said = _(
            "{n} codes in force will count as replaced: their posters are printed and put up "
            "anew. Press F4 again to issue new codes."
        )
        if self.sure(said.format(n=figure(live)), venue):
            self.do(_("Issuing"), self._issued, partial(service.issue, again=True), [venue])

    def _revoke(self, issues: Sequence[int], reason: Field, _on: bool = False) -> None:
        if not reason.words.strip():
            reason.complain(_("Say why the code is revoked."))
            reason.edit.setFocus()
            return
        self.do(_("Revoking"), self._revoked, service.revoke, issues, reason.words)

    def _revoked(self, count: int) -> None:
        self.said.emit(_("{n} codes revoked").format(n=figure(count)))

    # -- the form ---------------------------------------------------------------------------------

    def _write(self, venue: VenueRow | None) -> None:
        """Open the form, empty or with what the register says of a venue."""
        if self.drawer is None:
            return
        self._id = 0
        form = VenueForm(self.runner, venue)
        store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        store.clicked.connect(partial(self._store, form, venue))
        head = (venue.name, grouped(venue.number)) if venue else (_("New venue"), "")
        self.drawer.show_card(*head, (form,), store)
        self.show_beside()
        which, title = (str(venue.id), N_("Venues")) if venue else ("new", N_("New venue"))
        self._draft = FormDraft(self, f"venues.venues#{which}", title, form.parts())
        self._draft.goes_with(form)
        form.offered.connect(self._draft.begin)
        form.focus()

    def resume(self, which: str) -> None:
        """The form that was begun: of a new venue, or of the one with this number."""
        if which == "new":
            self._write(None)
        else:
            self.ask(self._resumed, card_of, int(which))

    def _resumed(self, found: tuple[VenueRow, Sequence[EntranceRow]] | None) -> None:
        if found is not None:
            self._write(found[0])

    def _forget(self) -> None:
        if self._draft is not None:
            self._draft.drop()
            self._draft = None

    def _store(self, form: VenueForm, venue: VenueRow | None, _on: bool = False) -> None:
        new = form.read()
        if new is None:
            return
        if venue is None:
            job = self.do(_("Storing"), self._stored, service.register, [new])
        else:
            change = Change(venue.id, changes(venue, new))
            then = partial(self._corrected, venue.id, form.said_of(change.fields))
            job = self.do(_("Storing"), then, service.correct, [change], anew=form.anew.isChecked())
        job.failed.connect(form.failed)

    def _stored(self, stored: Stored) -> None:
        self._forget()
        said = _("The venue is registered")
        if not stored.new:
            said = _("This venue is in the register already; it is shown as it stands there.")
        self.said.emit(said)
        self.open_at(stored.ids[0])

    def _corrected(self, venue: int, words: str, _answer: object) -> None:
        self._forget()
        self.said.emit(words)
        self.open_at(venue)

    # -- the roster -------------------------------------------------------------------------------

    def _ask_roster(self, venue: VenueRow) -> None:
        self._id = 0
        self.ask(partial(self._show_roster, venue), roster, venue.id)

    def _show_roster(self, venue: VenueRow, rows: Sequence[StaffRow]) -> None:
        if self.drawer is None:
            return
        card = RosterCard(rows)
        add = Button(_("Put on the roster"), "Ctrl Enter", "add", "primary")
        add.clicked.connect(partial(self._add_staff, venue, card))
        end = Button(_("Works here no longer"), "F9", "close")
        end.clicked.connect(partial(self._end_staff, venue, card))
        back = Button(_("Back"), "F4", "back")
        back.clicked.connect(lambda: self.open_at(venue.id))
        self.drawer.show_card(_("Staff of this venue"), venue.name, (card,), add, end, back)
        self.show_beside()
        card.fields["name"].edit.setFocus()

    def _add_staff(self, venue: VenueRow, card: RosterCard, _on: bool = False) -> None:
        new = card.read()
        if new is not None:
            said = _("{name} is on the roster").format(name=new.person.name)
            then = partial(self._changed_roster, venue, said)
            job = self.do(_("Storing"), lambda _n: then(), service.add_staff, venue.id, [new])
            job.failed.connect(card.failed)

    def _end_staff(self, venue: VenueRow, card: RosterCard, _on: bool = False) -> None:
        chosen = card.chosen()
        if not chosen:
            self.refuse(_("Select who works here no longer."))
            return
        today = here(datetime.now(UTC)).date()
        then = partial(self._ended, venue)
        self.do(_("Storing"), then, service.end_staff, chosen, today)

    def _ended(self, venue: VenueRow, ended: Ended) -> None:
        self._changed_roster(venue, ended_told(ended))

    def _changed_roster(self, venue: VenueRow, words: str) -> None:
        self.said.emit(words)
        self._ask_roster(venue)


def card_of(work: Work, key: int) -> tuple[VenueRow, list[EntranceRow]] | None:
    """A venue with its entrances; nothing of one that was taken back."""
    rows = queries.venue_rows(work, [key])
    return (rows[0], queries.entrance_rows(work, [key])) if rows else None
