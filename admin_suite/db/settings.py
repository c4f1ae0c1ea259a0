"""Settings that the whole unit shares: a word for a key, in the database.

A module names them in its manifest (``Setting``); the page of settings and the command line are
made from that, and ``value`` answers with what is set, typed, or with the default.
"""

from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.core.permissions import Permission
from admin_suite.db.base import OPEN, Base
from admin_suite.db.work import Work

COMPLAINTS = {"uq_house_setting_key": N_("A colleague has just set this. Try again.")}
LONGEST = 200
V = TypeVar("V")
C = TypeVar("C", bound=Code)


class Kind(Protocol[V]):
    """What a setting may be set to: how it is read, kept and said."""

    def read(self, text: str) -> V:
        """The value of a text; refuses in a sentence what is none."""

    def shown(self, value: V) -> str:
        """The value as people read it."""


class Words(Struct, frozen=True):
    """A line of text."""

    longest: int = LONGEST

    def read(self, text: str) -> str:
        """The text without what stands around it."""
        if len(words := " ".join(text.split())) > self.longest:
            raise UserError(_("At most {n} letters fit here.").format(n=self.longest))
        return words

    def shown(self, value: str) -> str:
        """The text itself."""
        return value or _("None yet")


class Whole(Struct, frozen=True):
    """A whole number between two others; ``unit`` is the word behind it."""

    least: int
    most: int
    unit: str = ""

    def read(self, text: str) -> int:
        """The number."""
        digits = text.strip()
        if not (digits.isascii() and digits.isdecimal() and self.least <= int(digits) <= self.most):
            said = _("A whole number from {least} to {most} is wanted, such as {least}.")
            raise UserError(said.format(least=self.least, most=self.most))
        return int(digits)

    def shown(self, value: int) -> str:
        """The number with its unit."""
        return f"{value} {_(self.unit)}".strip()


class OneOf(Struct, Generic[C], frozen=True):
    """One of the codes of a list."""

    codes: type[C]

    def read(self, text: str) -> C:
        """The code, by itself or by its word in any language."""
        return self.codes.read(text)

    def shown(self, value: C) -> str:
        """Its word."""
        return value.word


class Answer(Code):
    """Yes or no."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")


class YesNo(Struct, frozen=True):
    """Whether something is so."""

    def read(self, text: str) -> bool:
        """Yes or no in any language."""
        return Answer.read(text) is Answer.YES

    def shown(self, value: bool) -> str:
        """The word for it."""
        return (Answer.YES if value else Answer.NO).word


class Setting(Struct, Generic[V], frozen=True):
    """Something that a unit decides for itself; ``permission`` is asked of whoever changes it."""

    key: str
    title: str
    about: str
    kind: Kind[V]
    default: V
    permission: Permission


class SharedSetting(Base):
    """One setting."""

    __tablename__ = "house_setting"
    key: Mapped[str] = mapped_column(unique=True, info=OPEN)
    value: Mapped[str] = mapped_column(info=OPEN)


def value(work: Work, setting: Setting[V]) -> V:
    """What is set; the default where nothing is, or what another version of the program set."""
    text = get(work, setting.key)
    try:
        return setting.kind.read(text) if text else setting.default
    except UserError:
        return setting.default


def text_of(value_: Any) -> str:
    """A value as it is kept."""
    if isinstance(value_, bool):
        return str(Answer.YES if value_ else Answer.NO)
    return str(value_)


def get(work: Work, key: str, default: str = "") -> str:
    """What is set, or the default."""
    query = select(SharedSetting.value).where(SharedSetting.key == key)
    return work.session.scalar(query) or default


def keep(work: Work, key: str, value_: str) -> None:
    """Keep what a computation says of itself; nobody has decided it, so it is not in the audit."""
    known = SharedSetting.key == key
    if not get(work, key):
        work.session.execute(insert(SharedSetting).values(key=key, value=value_))
    else:
        work.session.execute(update(SharedSetting).where(known).values(value=value_))


def put(work: Work, key: str, value_: str) -> None:
    """Set it; called by the verb that asks for the right."""
    query = select(SharedSetting).where(SharedSetting.key == key)
    there = work.session.scalars(query).one_or_none()
    if there is None:
        work.session.add(SharedSetting(key=key, value=value_))
    else:
        there.value = value_
