"""The house's own pages, in the order in which F7 lists them."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission
from admin_suite.module import PageSpec, Shelf
from admin_suite.registry.permissions import (
    AUDIT,
    BACKUP,
    DECLARE,
    EXPORT,
    HAND_OVER,
    KEEP,
    MERGE,
    OWN,
    ROLES,
    SEE,
    SETTINGS,
    TAKE_BACK,
    UNITS,
    USERS,
)


def _more(name: str, title: str, view: str, about: str, look: tuple[Permission, str]) -> PageSpec:
    right, icon = look
    return PageSpec(name, title, view, right, icon, shelf=Shelf.MORE, about=about)


PAGES = (
    PageSpec("person", N_("Person"), "person:PersonPage", SEE, "person", shelf=Shelf.NOWHERE),
    PageSpec("entry", N_("New person"), "entry:EntryPage", KEEP, "add", shelf=Shelf.NOWHERE),
    _more(
        "people",
        N_("People"),
        "people:PeoplePage",
        N_("Everybody in the register: finding, entering, correcting, exporting"),
        (SEE, "person"),
    ),
    _more(
        "declaring",
        N_("Health declaration"),
        "declaring:DeclaringPage",
        N_("Symptoms, contacts, places and movement that somebody declares"),
        (DECLARE, "note"),
    ),
    _more(
        "duplicates",
        N_("Entered twice"),
        "duplicates:DuplicatesPage",
        N_("Entries that may be one person: comparing, making one, taking apart"),
        (MERGE, "copy"),
    ),
    _more(
        "typing",
        N_("Type a list"),
        "typed_list:TypedListPage",
        N_("Type or paste a list row by row, with the photograph of the paper beside."),
        (TAKE_BACK, "note"),  # whoever brings lists in; each sheet asks for its own right
    ),
    _more(
        "imports",
        N_("Imported lists"),
        "imports:ImportsPage",
        N_("Every list that was brought in: by whom, with what answer; take one back."),
        (SEE, "history"),
    ),
    _more(
        "reports",
        N_("Reports"),
        "reports:ReportsPage",
        N_("Numbers over some days, as a workbook or on paper"),
        (SEE, "report"),
    ),
    _more(
        "papers",
        N_("Papers"),
        "papers:PapersPage",
        N_("Labels, lists of results and every other paper: look, print, save as PDF"),
        (SEE, "print"),
    ),
    _more(
        "handover",
        N_("Hand-over"),
        "handover:HandoverPage",
        N_("What the next shift has to know, signed by both"),
        (HAND_OVER, "note"),
    ),
    _more(
        "outputs",
        N_("Output layouts"),
        "outputs:OutputsPage",
        N_("Columns, order and words of the files that leave, and what was sent where"),
        (EXPORT, "export"),
    ),
    _more(
        "own",
        N_("PIN"),
        "own:OwnPage",
        N_("The short number for signing and for taking a locked window over"),
        (OWN, "lock"),
    ),
    _more(
        "units",
        N_("Units and letterheads"),
        "units:UnitsPage",
        N_("What stands over and under papers, and from which day on"),
        (UNITS, "paper"),
    ),
    _more(
        "backups",
        N_("Backups"),
        "backups:BackupsPage",
        N_("Make a copy of all data, look the copies over, bring one back"),
        (BACKUP, "database"),
    ),
    _more(
        "users",
        N_("Users"),
        "users:UsersPage",
        N_("Who works with the program: adding, switching off, new passwords and PINs"),
        (USERS, "person"),
    ),
    _more(
        "roles",
        N_("Roles and rights"),
        "roles:RolesPage",
        N_("What each role may do, and roles of the unit's own"),
        (ROLES, "lock"),
    ),
    _more(
        "settings",
        N_("Settings"),
        "settings:SettingsPage",
        N_("The kind of place, and what the unit decides for itself"),
        (SETTINGS, "settings"),
    ),
    _more(
        "audit",
        N_("Audit trail"),
        "audit:AuditPage",
        N_("Who entered, changed, looked at or exported what, and when"),
        (AUDIT, "note"),
    ),
)
