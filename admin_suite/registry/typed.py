"""A person as a form says him: read as lists are read, stored in one deed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from admin_suite.core.clock import shown
from admin_suite.core.codes import Code
from admin_suite.core.errors import Refusal, refuse
from admin_suite.core.i18n import N_, _
from admin_suite.db.origin import TYPED
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import About, Change, Noted, Wrong
from admin_suite.excel.words import loose
from admin_suite.registry import phones, service
from admin_suite.registry.cards import Card
from admin_suite.registry.codes import Consent, DobKind, Relation, Whose
from admin_suite.registry.models import Person
from admin_suite.registry.people import PersonCard
from admin_suite.registry.permissions import KEEP
from admin_suite.registry.phones import NewPhone
from admin_suite.registry.reading import births, columns, days, details, numbers
from admin_suite.registry.scanned import contradictions, filled
from admin_suite.registry.service import NewPerson

Reader = Callable[[object, About], object]
READERS: Mapping[str, Reader] = {
    "name": columns.name,
    "dob": births.birth,
    "phone": numbers.phone,
    "id_no": numbers.card,
    "address": columns.tidied,
    "insurance_no": numbers.insurance,
    "old_id_no": numbers.card,
    "passport_no": numbers.card,
    "nationality": details.nationality,
    "ethnic": columns.tidied,
    "occupation": columns.tidied,
    "workplace": columns.tidied,
    "household": columns.tidied,
    "other_phones": details.further,
}
NOT_READ = {
    "phone": N_("This is not a telephone number."),
    "other_phones": N_("One of these is not a telephone number."),
    "id_no": N_("This is not a number of an identity card."),
    "old_id_no": N_("This is not a number of an identity card."),
    "passport_no": N_("This is not a number of a passport."),
    "insurance_no": N_("This is not an insurance number."),
    "nationality": N_("A nationality is two letters, such as VN, LA or CN."),
    "name": N_("This is not a name."),
}
KEPT = {"DOB_UNSURE", "ID_FIXED", "NAME_BESIDE", "UNNAMED_CHILD"}  # doubtful, but worth keeping
AGES = (births.AGE, births.MONTHS, births.DAYS)
NUL = "\x00"  # no database keeps it
WITH_PHONES = {"phone", "other_phones"}
HOME = {"address", "commune_code"}


class Form(NamedTuple):
    """What a form says of a person; ``since`` is the day from which the address holds."""

    person: NewPerson
    whose: Whose = Whose.SELF
    note: str = ""
    since: date | None = None
    guardian_id: int | None = None
    relation: Relation | None = None
    consent: Consent | None = None


class Reading(Struct, frozen=True):
    """A form as read: what must be put right and what is only worth knowing, by field."""

    form: Form
    wrong: Mapping[str, str]
    remarks: Mapping[str, str]


class Entered(Struct, frozen=True):
    """Who was entered; not ``new``: he was in the register already and was left as he is."""

    id: int
    new: bool


# -- reading --------------------------------------------------------------------------------------


def read(texts: Mapping[str, str], form: Form, today: date) -> Reading:
    """The texts of a form over what is chosen in it; ``form`` has what stands in no text."""
    about = About(day=today, year=today.year)
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    remarks: dict[str, str] = {}
    for field, reader in READERS.items():
        text = texts.get(field, "").replace(NUL, "").strip()
        try:
            found = reader(text, about) if text else ""
        except Wrong as error:
            wrong[field], found = str(error), ""
        if isinstance(found, Noted):
            kept = found.code in KEPT
            (remarks if kept else wrong)[field] = found.message if kept else _(NOT_READ[field])
            found = found.value
        values[field] = str(found or "")
    values["other_phones"] = _with_further(texts.get("phone", ""), values["other_phones"])
    person = form.person._replace(**values, dob_kind=_kind(texts.get("dob", ""), values, form))
    person = _numbered(person, wrong, remarks)
    since = _since(texts.get("since", ""), about, wrong)
    return Reading(form._replace(person=person, since=since), wrong, remarks)


def _with_further(first: str, others: str) -> str:
    """The further telephones, with those that stand behind the first one in its field."""
    kept = phones.read(others)
    known = {one.number for one in kept}
    more = [one for one in numbers.phones(first)[1:] if one not in known]
    if not more:
        return others
    return phones.written([*kept, *(NewPhone(one) for one in more)])


def _kind(text: str, values: Mapping[str, Any], before: Form) -> DobKind | None:
    """Whether a year was counted from an age, now or when it was entered."""
    bare = loose(text)
    if not bare.isdecimal() and any(pattern.fullmatch(bare) for pattern in AGES):
        return DobKind.AGE
    return before.person.dob_kind if values["dob"] == before.person.dob else None


def _numbered(person: NewPerson, wrong: dict[str, str], remarks: dict[str, str]) -> NewPerson:
    """The person with a citizen number filled up with its zeros."""
    if not person.id_no:
        return person
    whole, code, said = numbers.filled_up(person.id_no, person.dob, person.sex)
    if code == "ID_CONTRADICTS":
        remarks["id_no"] = _("The number speaks of another sex or year of birth.")
    elif said:
        wrong["id_no"] = said
    return person._replace(id_no=whole or person.id_no)


def _since(text: str, about: About, wrong: dict[str, str]) -> date | None:
    if not text.strip():
        return None
    try:
        found = days.moment(text, about).day
    except Wrong as error:
        wrong["since"] = str(error)
        return None
    if found is not None and about.day is not None and found > about.day:
        wrong["since"] = _("This day is still to come.")
    return found


NO_FIELDS = {"other_phones", "circumstances", "uid"}  # of a form


def form_of(card: PersonCard) -> Form:
    """What a form says of somebody in the register before anything is changed."""
    kept = [name for name in NewPerson._fields if name not in NO_FIELDS]
    known = {name: getattr(card.person, name) for name in kept}
    first = card.phones[0] if card.phones else NewPhone("")
    others = phones.written(card.phones[1:])
    return Form(
        NewPerson(**known, other_phones=others),
        first.whose,
        first.note,
        None,
        card.guardian_id,
        card.guardian_relation,
        card.phone_consent,
    )


def texts_of(form: Form) -> dict[str, str]:
    """The same as texts to be typed over."""
    texts = {name: str(getattr(form.person, name) or "") for name in READERS}
    return {**texts, "dob": shown(form.person.dob), "since": ""}


def by_card(work: Work, card: Card, person: NewPerson) -> tuple[NewPerson, list[str]]:
    """A form filled by a card where nothing was typed, and where the two contradict each other."""
    given, typed = filled(work, card)._asdict(), person._asdict()
    whole = person._replace(**{name: given[name] for name, mine in typed.items() if not mine})
    return whole, contradictions(whole, card)


# -- verbs ----------------------------------------------------------------------------------------


@use_case(KEEP)
def enter(work: Work, form: Form) -> Entered:
    """Enter the person of a form; somebody who is in the register already is left as he is."""
    stored = service.add_people(work, [form.person], replace(TYPED, day=form.since))
    key = stored.ids[0]
    if stored.new:
        _write_around(work, key, Form(form.person), form)
    return Entered(key, bool(stored.new))


@use_case(KEEP)
def amend(work: Work, person_id: int, before: Form, after: Form) -> None:
    """Write what a form changed; what it left alone stays as others may have changed it since.

    Refused where a colleague has written something else into the same field.
    """
    _refuse_unseen(work, person_id, before, after)
    fields = {
        name: (_text(old), _text(new))
        for name, old, new in zip(NewPerson._fields, before.person, after.person, strict=True)
        if old != new and name not in WITH_PHONES
    }
    if HOME & fields.keys() and after.since is not None:
        home = after.person
        service.move(work, person_id, home.address, home.commune_code, after.since)
        fields = {name: texts for name, texts in fields.items() if name not in HOME}
    if fields:
        service.correct_people(work, [Change(person_id, fields)])
    _write_around(work, person_id, before, after)


def _refuse_unseen(work: Work, person_id: int, before: Form, after: Form) -> None:
    columns = Person.__table__.c
    changed = {
        name: {_text(old), _text(new)}
        for name, old, new in zip(NewPerson._fields, before.person, after.person, strict=True)
        if old != new and name in columns
    }
    query = select(*(columns[name] for name in changed)).where(columns.id == person_id)
    row = work.session.execute(query.with_for_update()).one_or_none() if changed else None
    said = _(
        "A colleague has written “{value}” here meanwhile. Esc, then F2 shows it; what was typed "
        "stays."
    )
    refuse(
        [
            Refusal(0, name, said.format(value=_shown(now)))
            for (name, known), now in zip(changed.items(), row or (), strict=False)
            if _text(now) not in known
        ]
    )


def _shown(value: object) -> str:
    return value.word if isinstance(value, Code) else shown(_text(value))


def _write_around(work: Work, key: int, before: Form, after: Form) -> None:
    """Telephones with whose they are, the guardian, the consent."""
    numbers_ = _phones(after)
    if numbers_ != _phones(before):
        service.set_phones(work, key, numbers_)
    guardian = (after.guardian_id, after.relation)
    if guardian != (before.guardian_id, before.relation):
        service.set_guardian(work, key, *guardian)
    if after.consent != before.consent:
        service.note_consent(work, key, after.consent, work.today())


def _phones(form: Form) -> Sequence[NewPhone]:
    first = NewPhone(form.person.phone, form.whose, form.note)
    return [*([first] if first.number else []), *phones.read(form.person.other_phones)]


def _text(value: object) -> str:
    return "" if value is None else str(value)
