"""Settings that the whole unit shares: a word for a key, in the database."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.work import Work

COMPLAINTS = {"uq_house_setting_key": N_("A colleague has just set this. Try again.")}


class SharedSetting(Base):
    """One setting."""

    __tablename__ = "house_setting"
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str] = mapped_column(info=OPEN)


def get(work: Work, key: str, default: str = "") -> str:
    """What is set, or the default."""
    query = select(SharedSetting.value).where(SharedSetting.key == key)
    return work.session.scalar(query) or default


def put(work: Work, key: str, value: str) -> None:
    """Set it; called by the verb that asks for the right."""
    query = select(SharedSetting).where(SharedSetting.key == key)
    there = work.session.scalars(query).one_or_none()
    if there is None:
        work.session.add(SharedSetting(key=key, value=value))
    else:
        there.value = value
