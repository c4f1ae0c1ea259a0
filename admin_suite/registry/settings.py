"""The settings of the house, and changing those of any module."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from admin_suite.core.codes import Code
from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import N_, _
from admin_suite.core.profiles import Profile
from admin_suite.db import settings
from admin_suite.db.settings import OneOf, Setting, Whole
from admin_suite.db.work import Work, use_case
from admin_suite.module import Module
from admin_suite.registry.permissions import SETTINGS, UNIT
from admin_suite.registry.undoing import refuse_changed


class Tongue(Code):
    """The language of what is printed."""

    SHOWN = "shown", N_("As on the screen")
    VI = "vi", N_("Vietnamese")
    EN = "en", N_("English")


PLACE = Setting(
    "house.profile",
    N_("Kind of place"),
    N_("Decides which pages are shown and which steps are folded; no data is touched."),
    OneOf(Profile),
    Profile.FULL,
    UNIT,
)
IDLE = Setting(
    "house.idle_minutes",
    N_("Lock the screen after"),
    N_("Minutes without a key or the mouse, after which the screen asks who is there."),
    Whole(1, 240, N_("minutes")),
    10,
    UNIT,
)
PAPER_LANGUAGE = Setting(
    "house.paper_language",
    N_("Language of papers"),
    N_("Result lists and other PDFs, whatever language is spoken on the screen."),
    OneOf(Tongue),
    Tongue.SHOWN,
    UNIT,
)
HOUSE_SETTINGS: tuple[Setting[Any], ...] = (PLACE, IDLE, PAPER_LANGUAGE)


class SettingRow(Struct, frozen=True):
    """One setting: what it is set to, as it is kept and as people read it."""

    key: str
    module: str
    title: str
    value: str
    shown: str
    default: str


def rows(work: Work, modules: Sequence[Module]) -> list[SettingRow]:
    """Every setting of every module with what it is set to."""
    work.require(SETTINGS)
    found = []
    for module in modules:
        for setting in module.settings:
            value = settings.value(work, setting)
            text, usual = settings.text_of(value), settings.text_of(setting.default)
            title, shown = _(setting.title), setting.kind.shown(value)
            found.append(SettingRow(setting.key, module.name, title, text, shown, usual))
    return found


def setting_named(modules: Sequence[Module], key: str) -> Setting[Any]:
    """The setting of that key; an unknown one is refused."""
    known = {setting.key: setting for module in modules for setting in module.settings}
    if key not in known:
        said = _("There is no setting “{key}”. Known: {names}.")
        raise UserError(said.format(key=key, names=", ".join(known)))
    return known[key]


@use_case(SETTINGS)
def change(
    work: Work,
    modules: Sequence[Module],
    texts: Mapping[str, str],
    left: Mapping[str, str] | None = None,
    seen: Mapping[str, str] | None = None,
) -> list[str]:
    """Set what was typed, all or nothing; each setting asks for a right of its own.

    ``left`` is what is taken back, ``seen`` what stood there when it was typed; a setting that says
    something else by now is refused.
    """
    wanted, wrong = {}, []
    for at, (key, text) in enumerate(texts.items()):
        setting = setting_named(modules, key)
        work.require(setting.permission)
        if left is not None:
            refuse_changed(settings.value(work, setting), setting.kind.read(left[key]))
        if seen is not None:
            _refuse_unseen(setting, settings.value(work, setting), seen[key])
        try:
            wanted[setting] = setting.kind.read(text)
        except UserError as error:
            said = _("{title}: {why}").format(title=_(setting.title), why=error)
            wrong.append(Refusal(at, key, said))
    refuse(wrong)
    changed = [one for one, value in wanted.items() if settings.value(work, one) != value]
    for setting in changed:
        settings.put(work, setting.key, settings.text_of(wanted[setting]))
    return [setting.key for setting in changed]


def _refuse_unseen(setting: Setting[Any], now: Any, seen: str) -> None:
    """Refuse to write over what a colleague has set since, and say what it is."""
    if settings.text_of(now) != seen:
        said = _("{title}: a colleague has set {value} meanwhile. Save again to set yours.")
        shown = setting.kind.shown(now)
        raise UserError(said.format(title=_(setting.title), value=shown))
