"""The people and places every module speaks about, and who works with them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Role
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.types import ORDERLY, Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from admin_suite.registry.codes import Sex

COMPLAINTS = {
    "uq_registry_user_name": N_("There is a user of that name. Choose another name."),
    "uq_registry_unit_name": N_("There is a unit of that name."),
    "uq_registry_commune_code_valid_from": N_("This commune has a version from that day already."),
    "uq_registry_person_uid": N_("This person is stored already."),
    "ck_registry_unit_own": N_("Only the unit that works with this database is its own unit."),
    "uq_registry_unit_own": N_("This database has its own unit already."),
}


class Person(Voidable, Base):
    """Somebody known to the centre. ``dob`` is a FHIR date, as precise as it was told.

    ``folded`` is the name as it is searched, ``sorted`` as Vietnamese lists are ordered. ``uid``
    is the identity that leaves the database (UUID version 7), ``import_id`` the file that brought
    the person first.
    """

    __tablename__ = "registry_person"
    __table_args__ = (
        Index("ix_registry_person_folded_dob", "folded", "dob"),
        Index("uq_registry_person_uid", "uid", **ONE_IN_FORCE),
    )
    uid: Mapped[str]
    name: Mapped[str] = mapped_column(info=IDENTITY)
    folded: Mapped[str] = mapped_column(ORDERLY)
    sorted: Mapped[str] = mapped_column(ORDERLY, index=True)
    dob: Mapped[str] = mapped_column(info=IDENTITY)
    sex: Mapped[Sex | None] = mapped_column(Coded(Sex))
    phone: Mapped[str] = mapped_column(index=True)
    id_no: Mapped[str] = mapped_column(index=True, info=IDENTITY)
    insurance_no: Mapped[str]
    commune_code: Mapped[str]
    address: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)


# Every word of every name, with the name: what a search for words in any order walks through.
# Names, not people: a million people share a few hundred thousand. ``spaced`` is the folded name
# with a space before each word, so " van" is found where a word begins (decision 0010).
WORDS = Table(
    "registry_word",
    Base.metadata,
    Column("word", ORDERLY, primary_key=True),
    Column("spaced", ORDERLY, primary_key=True),
    sqlite_with_rowid=False,
)


class Commune(Base):
    """A commune of the district while it had these borders: (code, valid_from) tells which."""

    __tablename__ = "registry_commune"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)
    code: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    district: Mapped[str]
    province: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    became: Mapped[str]


class Unit(Base):
    """A health centre, a health station, a laboratory, a school ...: whoever sends or receives.

    ``own`` is 1 for the unit that works with this database and null for all others.
    """

    __tablename__ = "registry_unit"
    __table_args__ = (CheckConstraint("own IS NULL OR own = 1", name="own"),)
    name: Mapped[str] = mapped_column(unique=True)
    folded: Mapped[str] = mapped_column(index=True)
    parent: Mapped[str] = mapped_column(info=OPEN)
    place: Mapped[str] = mapped_column(info=OPEN)
    site: Mapped[str] = mapped_column(info=OPEN)
    own: Mapped[int | None] = mapped_column(unique=True)


class User(Base):
    """A person who works with the program; never deleted, only switched off.

    ``password`` and ``pin`` are Argon2id hashes; an empty one is nobody's.
    """

    __tablename__ = "registry_user"
    name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    role: Mapped[Role] = mapped_column(Coded(Role), info=OPEN)
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True, info=OPEN)
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    pin: Mapped[str] = mapped_column(default="", server_default="")
    pin_failed: Mapped[int] = mapped_column(default=0, server_default="0")
