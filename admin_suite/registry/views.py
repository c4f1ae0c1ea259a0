"""How each person wants to see each list: what it shows now, and views kept by name.

A view holds filters, order and columns as JSON; the window reads it, nothing here does. The one
without a name is how the list was left.
"""

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.base import Base
from admin_suite.db.work import Work, use_case
from admin_suite.registry.permissions import OWN

COMPLAINTS = {"uq_registry_view_user_id_list_name": N_("There is a view of that name.")}
LONGEST = 60


class SavedView(Base):
    """How a person sees a list under a name; without a name, how it was left."""

    __tablename__ = "registry_view"
    __table_args__ = (UniqueConstraint("user_id", "list", "name"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("registry_user.id"))
    list: Mapped[str]
    name: Mapped[str]
    look: Mapped[str]


def views(work: Work, page: str) -> dict[str, str]:
    """The views that whoever asks has of a list, by name."""
    query = select(SavedView.name, SavedView.look).order_by(SavedView.name)
    query = query.where(SavedView.user_id == work.actor.id, SavedView.list == page)
    return {row[0]: row[1] for row in work.session.execute(query)}


@use_case(OWN)
def keep_view(work: Work, page: str, name: str, look: str) -> None:
    """Keep a view under a name; the one that had the name is replaced."""
    if len(name) > LONGEST:
        said = _("The name is too long; {n} letters are the most.")
        raise UserError(said.format(n=LONGEST))
    there = _found(work, page, name)
    if there is None:
        work.session.add(SavedView(user_id=work.actor.id, list=page, name=name, look=look))
    else:
        there.look = look


@use_case(OWN)
def drop_view(work: Work, page: str, name: str) -> None:
    """Forget a view."""
    there = _found(work, page, name)
    if there is not None:
        work.session.delete(there)


def _found(work: Work, page: str, name: str) -> SavedView | None:
    query = select(SavedView).where(SavedView.user_id == work.actor.id, SavedView.list == page)
    return work.session.scalars(query.where(SavedView.name == name)).one_or_none()
