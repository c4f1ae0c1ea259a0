"""What people do with people and units: entering one is entering many with one in the list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry import circumstances, entries, identity, phones, queries, search
from admin_suite.registry.circumstances import USUAL as USUAL_CIRCUMSTANCES
from admin_suite.registry.circumstances import Circumstances
from admin_suite.registry.codes import Consent, DobKind, Relation, Sex
from admin_suite.registry.entered import entered_by
from admin_suite.registry.models import Address, Letterhead, Person, Phone, Unit
from admin_suite.registry.names import fold, sort_key, tidy
from admin_suite.registry.namesakes import known_people, namesakes
from admin_suite.registry.permissions import KEEP
from admin_suite.registry.phones import NewPhone

PERSON = (
    "name",
    "dob",
    "sex",
    "phone",
    "id_no",
    "commune_code",
    "address",
    "insurance_no",
    "folded",
    "sorted",
    "uid",
    "import_id",
    "address_on",
)
CODES: dict[str, type[Code]] = {"sex": Sex, "dob_kind": DobKind}
HOME = {"address", "commune_code"}
ADDRESS = ("person_id", "since", "until", "address", "commune_code")


class NewPerson(NamedTuple):
    """A person to enter; field by field what forms and sheets ask for.

    ``dob`` is a FHIR date (``1985-03-07``, ``1985-03``, ``1985``), ``dob_kind`` only said of a year
    counted from an age; ``phone`` ten digits of today (a landline eleven), ``other_phones`` a text
    of further ones with whose they are; ``commune_code`` one of the district's or empty;
    ``nationality`` two letters of ISO 3166, empty for Viet Nam. ``household`` is what the list
    calls the household. Most lists say nothing from ``dob_kind`` on; ``circumstances`` only an
    export of the register does. ``uid`` is the code of
    somebody whom another unit has sent (empty: a new one is made).
    """

    name: str
    dob: str = ""
    sex: Sex | None = None
    phone: str = ""
    id_no: str = ""
    commune_code: str = ""
    address: str = ""
    insurance_no: str = ""
    dob_kind: DobKind | None = None
    old_id_no: str = ""
    passport_no: str = ""
    nationality: str = ""
    ethnic: str = ""
    occupation: str = ""
    workplace: str = ""
    household: str = ""
    other_phones: str = ""
    circumstances: Circumstances = USUAL_CIRCUMSTANCES
    uid: str = ""


USUAL, FURTHER = (NewPerson._fields.index(name) for name in ("dob_kind", "other_phones"))
MORE = NewPerson._fields[USUAL:FURTHER]
NOTHING = NewPerson("")[USUAL:-1]


@use_case(KEEP)
def add_people(work: Work, people: Sequence[NewPerson], origin: Origin = TYPED) -> Stored:
    """Enter people; somebody who is in the register already is left as he is."""
    refuse(queries.wrong_people(work, people))
    hold_names(work, people)
    entered = entered_by(work, origin)
    alike_in_name = namesakes(work, people)
    alike = entered.others(alike_in_name)
    alike_people = known_people(people, alike, entries.crowded(work, people, alike))
    known = identity.known(work, people, alike_people)
    before = len(entered.people)
    places = [
        entered.place(person) if there is None else -1
        for person, there in zip(people, known, strict=True)
    ]
    new = entered.people[before:]
    names = {fold(one.name) for one in new} - alike_in_name.keys()
    search.remember(work.session.connection(), names)
    added = _insert(work, new, origin)
    entered.ids += added
    ids = [
        entered.ids[place] if there is None else there
        for place, there in zip(places, known, strict=True)
    ]
    return Stored(ids, len(new), frozenset(added))


def hold_names(work: Work, people: Iterable[NewPerson]) -> None:
    """Of two desks that bring the same new person the second finds whom the first has entered.

    Whoever is known is known by the name and something else, so the name is what is held. A verb
    that holds or enters something before it enters people holds their names first of all.
    """
    bulk.enter_alone(work, Person.folded, {fold(one.name) for one in people})


def _insert(work: Work, new: Sequence[NewPerson], origin: Origin) -> list[int]:
    """Write only the columns that the list brings: most bring nothing but the usual ones."""
    uids = new_uids(work.now(), len(new))
    day = (origin.day or work.today()).isoformat()
    rows: list[tuple[Any, ...]] = [
        (*one[:USUAL], fold(one.name), sort_key(one.name), one.uid or uid, origin.import_id, day)
        for one, uid in zip(new, uids, strict=True)
    ]
    if all(one[USUAL:-1] == NOTHING for one in new):
        return bulk.insert_rows(work, Person, PERSON, rows)
    rows = [row + one[USUAL:FURTHER] for row, one in zip(rows, new, strict=True)]
    added = bulk.insert_rows(work, Person, (*PERSON, *MORE), rows)
    for key, one in zip(added, new, strict=True):
        if one.other_phones or one.circumstances.phone_whose:
            _write_phones(work, key, _together(one))
    told = {
        key: {name: value for name, value in one.circumstances._asdict().items() if value}
        for key, one in zip(added, new, strict=True)
        if one.circumstances != USUAL_CIRCUMSTANCES
    }
    keepers = _keepers(work, told.values())
    for part in bulk.chunks(list(told)):
        for person in work.session.scalars(select(Person).where(Person.id.in_(part))):
            _surround(work, person, told[person.id], keepers)
    work.session.flush()
    return added


def _keepers(work: Work, told: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Who has the record codes that stand as guardians in these fields."""
    return identity.coded(work, sorted({one["guardian"] for one in told if one.get("guardian")}))


def _together(one: NewPerson) -> list[NewPhone]:
    own = circumstances.first_phone(one.phone, one.circumstances.phone_whose)
    return [*([own] if one.phone else []), *phones.read(one.other_phones)]


@use_case(KEEP)
def correct_people(work: Work, changes: Sequence[Change]) -> None:
    """Change fields of people; the new text of each counts, a field of nobody's is left alone.

    Whoever was made one with somebody else is corrected there.
    """
    refuse(queries.wrong_corrections(work, changes))
    kept = entries.kept_as(work, [change.id for change in changes])
    news = [{name: new for name, (_old, new) in change.fields.items()} for change in changes]
    keepers = _keepers(work, news)
    for change, values in zip(changes, news, strict=True):
        person = work.session.get_one(Person, kept.get(change.id, change.id))
        if HOME & values.keys():
            home = {name: values.get(name, getattr(person, name)) for name in HOME}
            _rehouse(work, person, home["address"], home["commune_code"])
        _rephone(work, person, values)
        for name in NewPerson._fields[:FURTHER]:
            if name in values:
                kind, new = CODES.get(name), values[name]
                setattr(person, name, (kind.of(new) if new else None) if kind else new)
        person.folded, person.sorted = fold(person.name), sort_key(person.name)
        _surround(work, person, values, keepers)
    work.session.flush()


def _surround(
    work: Work, person: Person, values: Mapping[str, Any], keepers: Mapping[str, int]
) -> None:
    """Take over what a list says of somebody's circumstances, field by field; empty takes away.

    ``keepers`` are people by their record codes.
    """
    if values.get("address_on"):
        person.address_on = values["address_on"]
    if "former_addresses" in values:
        _rewrite_addresses(work, person.id, values["former_addresses"])
    if "guardian" in values:
        keeper = keepers.get(values["guardian"])
        person.guardian_id = keeper if keeper != person.id else None
    if "guardian_relation" in values:
        relation = values["guardian_relation"]
        person.guardian_relation = (
            Relation.of(relation) if relation and person.guardian_id else None
        )
    if "phone_consent" in values:
        consent = values["phone_consent"]
        person.phone_consent = Consent.of(consent) if consent else None
    if "consent_on" in values:
        day = values["consent_on"]
        person.consent_on = date.fromisoformat(day) if day else None


def _rewrite_addresses(work: Work, person_id: int, text: str) -> None:
    query = select(Address.id).where(Address.person_id == person_id)
    bulk.update_rows(work, Address, list(work.session.scalars(query)), {"voided_at": work.now()})
    rows = [(person_id, *line) for line in circumstances.former_lines(text)]
    bulk.insert_rows(work, Address, ADDRESS, rows)


def _rehouse(work: Work, person: Person, address: str, commune_code: str) -> None:
    """Keep where somebody lived; going back to it undoes the change instead."""
    if (address, commune_code) == (person.address, person.commune_code):
        return
    query = select(Address).where(Address.person_id == person.id).order_by(Address.id.desc())
    former = work.session.scalars(query).first()
    if former and (former.address, former.commune_code) == (address, commune_code):
        former.voided_at, person.address_on = work.now(), former.since
        return
    _leave_home(work, person, work.today().isoformat())


def _leave_home(work: Work, person: Person, day: str) -> None:
    if person.address or person.commune_code:
        old = Address(person_id=person.id, address=person.address, until=day)
        old.commune_code, old.since = person.commune_code, person.address_on
        work.session.add(old)
    person.address_on = day


def _rephone(work: Work, person: Person, values: Mapping[str, str]) -> None:
    """A first or a further number changes: the rows that say whose they are follow."""
    if not {"phone", "other_phones", "phone_whose"} & values.keys():
        return
    query = select(Phone).where(Phone.person_id == person.id).order_by(Phone.position)
    known = [NewPhone(row.number, row.whose, row.note) for row in work.session.scalars(query)]
    first = known[:1] if known and known[0].number == person.phone else []
    others = known[len(first) :]
    number = values.get("phone", person.phone)
    if "other_phones" in values:
        others = phones.read(values["other_phones"])
    if "phone_whose" in values:
        first = [circumstances.first_phone(number, values["phone_whose"])]
    whole = [*([(first or [NewPhone("")])[0]._replace(number=number)] if number else []), *others]
    if known or not phones.plain(whole):
        _write_phones(work, person.id, whole)


def _write_phones(work: Work, person_id: int, numbers: Sequence[NewPhone]) -> None:
    """Take the rows of somebody's telephones back and write these, if they say more than one."""
    query = select(Phone.id).where(Phone.person_id == person_id)
    bulk.update_rows(work, Phone, list(work.session.scalars(query)), {"voided_at": work.now()})
    if not phones.plain(numbers):
        rows = [(person_id, *phone, place) for place, phone in enumerate(numbers)]
        bulk.insert_rows(work, Phone, ("person_id", *NewPhone._fields, "position"), rows)


@use_case(KEEP)
def set_phones(work: Work, person_id: int, numbers: Sequence[NewPhone]) -> None:
    """Say all telephones of somebody, the first being the one that lists show."""
    person = entries.live_person(work, person_id)
    good = phones.read("; ".join(phone.number for phone in numbers))
    if len(good) != len(numbers):
        raise UserError(_("One of these is not a telephone number."))
    numbers = [new._replace(number=one.number) for new, one in zip(numbers, good, strict=True)]
    person.phone = numbers[0].number if numbers else ""
    work.session.flush()
    _write_phones(work, person_id, numbers)


@use_case(KEEP)
def move(work: Work, person_id: int, address: str, commune_code: str, since: date) -> None:
    """Somebody lives elsewhere since that day; where he lived before is kept."""
    if since > work.today():
        raise UserError(_("This day is still to come."))
    person = entries.live_person(work, person_id)
    _leave_home(work, person, since.isoformat())
    person.address, person.commune_code = tidy(address), commune_code


@use_case(KEEP)
def set_guardian(
    work: Work, person_id: int, guardian_id: int | None, relation: Relation | None = None
) -> None:
    """Say who looks after somebody; nobody does where there is none."""
    person = entries.live_person(work, person_id)
    if guardian_id is not None and entries.live_person(work, guardian_id) is person:
        raise UserError(_("Nobody is his own guardian."))
    person.guardian_id = guardian_id
    person.guardian_relation = relation if guardian_id is not None else None


@use_case(KEEP)
def note_consent(work: Work, person_id: int, consent: Consent | None, day: date) -> None:
    """Note whether somebody wants to be told by telephone, as he said on that day."""
    person = entries.live_person(work, person_id)
    person.phone_consent = consent
    person.consent_on = None if consent is None else day


@use_case(KEEP)
def withdraw_people(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """Void people; whoever is known by anything else stays, with the sentence why."""
    stays = dict.fromkeys(queries.needed_people(work, ids), _("Other records name this person."))
    bulk.update_rows(
        work, Person, [key for key in ids if key not in stays], {"voided_at": work.now()}
    )
    return stays


@use_case(KEEP)
def add_person(work: Work, person: NewPerson) -> int:
    """Enter one person and return the id."""
    return add_people(work, [person]).ids[0]


@use_case(KEEP)
def unit_id(work: Work, name: str, *, alone: bool = False) -> int:
    """The id of the unit of that name, or of a name that it had once.

    An unknown one is entered, no name is our own unit. ``alone`` holds it, as ``bulk.hold`` would.
    """
    if not name:
        return queries.own_unit(work, alone=alone).id
    query = select(Unit.id).where(Unit.folded == fold(name))
    once = select(Letterhead.unit_id).where(Letterhead.folded == fold(name))
    found = work.session.scalars(query.with_for_update() if alone else query).first()
    if found is not None:
        return found
    found = work.session.scalars(once).first()
    if found is not None:
        bulk.hold(work, Unit, [found] if alone else [])
        return found
    unit = Unit(name=name, folded=fold(name), parent="", place="", site="")
    work.session.add(unit)
    work.session.flush()
    return unit.id
