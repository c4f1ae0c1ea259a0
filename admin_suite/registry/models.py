"""The people and places every module speaks about, and who works with them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.types import ORDERLY, Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from admin_suite.registry.codes import Consent, DobKind, Form, Relation, Sex, Whose

COMPLAINTS = {
    "uq_registry_user_name": N_("There is a user of that name. Choose another name."),
    "uq_registry_unit_name": N_("There is a unit of that name."),
    "uq_registry_commune_code_valid_from": N_("This commune has a version from that day already."),
    "uq_registry_person_uid": N_("This person is stored already."),
    "ck_registry_unit_own": N_("Only the unit that works with this database is its own unit."),
    "uq_registry_unit_own": N_("This database has its own unit already."),
    "uq_registry_letterhead_unit_id_valid_from": N_(
        "This unit has a letterhead from that day already."
    ),
    "uq_registry_signatory_unit_id_paper_valid_from": N_(
        "It is said already who signs this paper from that day."
    ),
    "uq_registry_declaration_uid": N_("This declaration is stored already."),
    "uq_registry_apart_low_high": N_("It is said already that these are two people."),
    "ck_registry_apart_two": N_("Nobody is two people."),
    "ck_registry_merge_two": N_("Nobody can be made one with himself."),
    "ck_registry_shift_two": N_("Somebody else takes the shift over: nobody hands it to himself."),
}

THERE: dict[str, Any] = {
    "sqlite_where": text("voided_at IS NULL"),
    "postgresql_where": text("voided_at IS NULL"),
}


def seldom(column: str, condition: str = "<> ''") -> Index:
    """An index of the few rows that say something here; a list that does not is as fast as ever.

    A question that is to use it says the condition in the same words.
    """
    where = text(f"{column} {condition}")
    name = f"ix_registry_person_{column}"
    return Index(name, column, sqlite_where=where, postgresql_where=where)


EMPTY: dict[str, Any] = {"default": "", "server_default": ""}


class Person(Voidable, Base):
    """Somebody known to the centre. ``dob`` is a FHIR date, as precise as it was told.

    ``folded`` is the name as it is searched, ``sorted`` as Vietnamese lists are ordered. ``uid``
    is the identity that leaves the database (UUID version 7), ``import_id`` the file that brought
    the person first; ``household`` means nothing outside it. ``phone`` is the first number,
    ``registry_phone`` knows whose it is and the others. ``address_on`` is the day the address was
    written, which tells the version of the commune. Whoever was made one with somebody else is
    voided and says with whom (``merged_into``, never a chain).
    """

    __tablename__ = "registry_person"
    __table_args__ = (
        Index("ix_registry_person_folded_dob", "folded", "dob"),
        seldom("old_id_no"),
        seldom("passport_no"),
        seldom("insurance_no"),
        seldom("guardian_id", "IS NOT NULL"),
        seldom("merged_into", "IS NOT NULL"),
        Index("ix_registry_person_sorted_id", "sorted", "id", **THERE),
        Index("uq_registry_person_uid", "uid", **ONE_IN_FORCE),
    )
    uid: Mapped[str]
    name: Mapped[str] = mapped_column(info=IDENTITY)
    folded: Mapped[str] = mapped_column(ORDERLY)
    sorted: Mapped[str] = mapped_column(ORDERLY)
    dob: Mapped[str] = mapped_column(info=IDENTITY)
    sex: Mapped[Sex | None] = mapped_column(Coded(Sex))
    phone: Mapped[str] = mapped_column(index=True)
    id_no: Mapped[str] = mapped_column(index=True, info=IDENTITY)
    insurance_no: Mapped[str]
    commune_code: Mapped[str]
    address: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)
    dob_kind: Mapped[DobKind | None] = mapped_column(Coded(DobKind))
    old_id_no: Mapped[str] = mapped_column(**EMPTY)
    passport_no: Mapped[str] = mapped_column(**EMPTY)
    nationality: Mapped[str] = mapped_column(**EMPTY)
    ethnic: Mapped[str] = mapped_column(**EMPTY)
    occupation: Mapped[str] = mapped_column(**EMPTY)
    workplace: Mapped[str] = mapped_column(**EMPTY)
    household: Mapped[str] = mapped_column(**EMPTY)
    address_on: Mapped[str] = mapped_column(**EMPTY)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("registry_person.id"))
    guardian_relation: Mapped[Relation | None] = mapped_column(Coded(Relation))
    phone_consent: Mapped[Consent | None] = mapped_column(Coded(Consent), info=OPEN)
    consent_on: Mapped[date | None] = mapped_column(info=OPEN)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("registry_person.id"), info=OPEN)


class Phone(Voidable, Base):
    """One of the telephones of somebody who has more than a plain number; the first is 0."""

    __tablename__ = "registry_phone"
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), index=True)
    number: Mapped[str] = mapped_column(index=True)
    whose: Mapped[Whose] = mapped_column(Coded(Whose))
    note: Mapped[str]
    position: Mapped[int]


class Address(Voidable, Base):
    """Where somebody lived before; ``since`` and ``until`` are days as FHIR writes them."""

    __tablename__ = "registry_address"
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), index=True)
    commune_code: Mapped[str]
    address: Mapped[str]
    since: Mapped[str]
    until: Mapped[str]


class Merge(Voidable, Base):
    """Two entries of one person made one by somebody; voided when that was wrong.

    ``filled`` holds as JSON what empty fields of the kept entry were and what was put there.
    """

    __tablename__ = "registry_merge"
    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two"),)
    kept_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), index=True)
    reason: Mapped[str]
    filled: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(info=OPEN)


class MergeLine(Base):
    """A row of any table that named the one entry and names the other since a merge."""

    __tablename__ = "registry_merge_line"
    merge_id: Mapped[int] = mapped_column(ForeignKey("registry_merge.id"), index=True)
    subject: Mapped[str] = mapped_column(info=OPEN)
    field: Mapped[str] = mapped_column(info=OPEN)
    row_id: Mapped[int] = mapped_column(info=OPEN)


class Apart(Base):
    """Two entries that look alike and are two people, as somebody has found."""

    __tablename__ = "registry_apart"
    __table_args__ = (
        UniqueConstraint("low", "high"),
        CheckConstraint("low < high", name="two"),
    )
    low: Mapped[int] = mapped_column(ForeignKey("registry_person.id"))
    high: Mapped[int] = mapped_column(ForeignKey("registry_person.id"))


class Declaration(Voidable, Base):
    """What somebody declared of his health and his ways, or somebody else on his behalf.

    ``symptoms`` and ``exposures`` are codes with a space between; days and moments are as FHIR
    writes them. ``by_id`` is who declared, if that was not the person.
    """

    __tablename__ = "registry_declaration"
    uid: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("registry_person.id"), index=True)
    by_name: Mapped[str]
    relation: Mapped[Relation | None] = mapped_column(Coded(Relation))
    declared_at: Mapped[datetime] = mapped_column(index=True)
    symptoms: Mapped[str]
    other_symptoms: Mapped[str]
    onset: Mapped[str]
    exposures: Mapped[str]
    contacts: Mapped[str]
    from_place: Mapped[str]
    to_place: Mapped[str]
    departed: Mapped[str]
    arrived: Mapped[str]
    vehicle: Mapped[str]
    plate: Mapped[str]
    seat: Mapped[str]
    note: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)


class DeclaredPlace(Voidable, Base):
    """A place that a declaration says somebody was at, between two moments as FHIR writes them."""

    __tablename__ = "registry_declared_place"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("registry_declaration.id"), index=True)
    position: Mapped[int]
    place: Mapped[str]
    since: Mapped[str]
    until: Mapped[str]


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


class Presence(Voidable, Base):
    """Where somebody stays: written by whoever places people, read by whoever must reach them."""

    __tablename__ = "registry_presence"
    __table_args__ = (Index("ix_registry_presence_person_id_until", "person_id", "until"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"), info=OPEN)
    since: Mapped[datetime] = mapped_column(info=OPEN)
    until: Mapped[datetime | None] = mapped_column(info=OPEN)


class Letterhead(Base):
    """What stands over a unit's papers from a day until the next: names change, papers do not.

    ``governing`` is the first line, ``name`` the second.
    """

    __tablename__ = "registry_letterhead"
    __table_args__ = (UniqueConstraint("unit_id", "valid_from"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"))
    valid_from: Mapped[date] = mapped_column(info=OPEN)
    governing: Mapped[str] = mapped_column(info=OPEN)
    name: Mapped[str] = mapped_column(info=OPEN)
    folded: Mapped[str] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(info=OPEN)
    head_name: Mapped[str]
    head_title: Mapped[str] = mapped_column(info=OPEN)
    phone: Mapped[str] = mapped_column(info=OPEN)


class Signatory(Base):
    """Who signs a unit's papers from a day until the next, and in which form.

    ``paper`` is a paper's name, empty for all that have no line of their own; ``form`` and
    ``behalf`` make the first line (``KT. GIÁM ĐỐC``), ``title`` the second.
    """

    __tablename__ = "registry_signatory"
    __table_args__ = (UniqueConstraint("unit_id", "paper", "valid_from"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"))
    paper: Mapped[str] = mapped_column(info=OPEN)
    valid_from: Mapped[date] = mapped_column(info=OPEN)
    form: Mapped[Form | None] = mapped_column(Coded(Form), info=OPEN)
    behalf: Mapped[str] = mapped_column(info=OPEN)
    title: Mapped[str] = mapped_column(info=OPEN)
    name: Mapped[str]


class User(Base):
    """A person who works with the program; never deleted, only switched off.

    ``role`` is the code of a preset or of a role of the unit's own (``registry.roles``).
    ``password`` and ``pin`` are Argon2id hashes; an empty one is nobody's.
    """

    __tablename__ = "registry_user"
    name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    role: Mapped[str] = mapped_column(info=OPEN)
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True, info=OPEN)
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    pin: Mapped[str] = mapped_column(default="", server_default="")
    pin_failed: Mapped[int] = mapped_column(default=0, server_default="0")


class Shift(Base):
    """One hand-over: a draft while ``given_at`` is empty, open while ``taken_at`` is.

    ``lines`` is what the modules said at that moment, as JSON: counts and words, nobody's name.
    """

    __tablename__ = "registry_shift"
    __table_args__ = (CheckConstraint("taken_by IS NULL OR taken_by <> given_by", name="two"),)
    given_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), index=True, info=OPEN)
    given_at: Mapped[datetime | None] = mapped_column(index=True, info=OPEN)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    taken_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    notes: Mapped[str]
    lines: Mapped[str]
