"""Who may be entered twice, against a comparison of everybody with everybody; all invented."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest

from admin_suite.registry.codes import Sign
from admin_suite.registry.duplicates import (
    MOST_ALIKE,
    alike,
    alike_people,
    alike_to,
    likely_duplicates,
)
from admin_suite.registry.merging import merge_people, tell_apart
from admin_suite.registry.names import fold
from admin_suite.registry.namesakes import known_people, namesakes
from admin_suite.registry.service import NewPerson, add_people, withdraw_people

PHONE = "0912345678"
FIELDS = {
    "name": ["Lý A Páo", "Lý Á Páo", "Vàng Thị Mẩy", "Vàng Mẩy", "Páo"],
    "dob": ["", "1985", "1985-03-07", "1986"],
    "phone": ["", "0912345678", "0912345679", "0388123456"],
    "id_no": ["", "010085000001", "010085000002", "010085000019", "063123456"],
    "commune_code": ["", "02959", "02962"],
    "insurance_no": ["", "GD4101012345678"],
    "old_id_no": ["", "063123456"],
    "passport_no": ["", "C1234567"],
}


def somebody(dice):
    return NewPerson(**{name: dice.choice(values) for name, values in FIELDS.items()})


def digit(one, other):
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def reasons(one, other, crowd):
    """The rule, written once more as plainly as possible."""
    same = fold(one.name) == fold(other.name) and one.dob[:4] == other.dob[:4]
    shared = ({one.id_no, one.old_id_no} & {other.id_no, other.old_id_no}) - {"", *crowd}
    near = digit(one.id_no, other.id_no) or digit(one.phone, other.phone)
    for a, b in ((one.id_no, other.id_no), (one.old_id_no, other.old_id_no)):
        against = a and b and len(a) == len(b) and a != b
        if against and not shared and not (same and near):
            return set()
    found = {Sign.NUMBER} if shared else set()
    if same and near and not shared:
        found.add(Sign.DIGIT)
    if same and one.dob and one.commune_code and one.commune_code == other.commune_code:
        found.add(Sign.NAME)
    given = [p.name.split()[-1].translate(str.maketrans("á", "a")) for p in (one, other)]
    for sign, name in (
        (Sign.PASSPORT, "passport_no"),
        (Sign.INSURANCE, "insurance_no"),
        (Sign.PHONE, "phone"),
    ):
        value = getattr(one, name)
        if value and value == getattr(other, name) and value not in crowd:
            found |= {sign} if sign is not Sign.PHONE or given[0] == given[1] else set()
    return found


def crowd_of(people):
    counted = Counter(
        value
        for p in people
        for value in (*{p.id_no, p.old_id_no}, p.phone, p.passport_no, p.insurance_no)
    )
    return {value for value, n in counted.items() if n > 5}


@pytest.mark.parametrize("seed", range(12))
def test_the_pairs_are_those_of_comparing_everybody_with_everybody(work, seed):
    dice, stored = Random(seed), {}
    for _turn in range(dice.randint(2, 40)):
        person = somebody(dice)
        stored.setdefault(add_people(work, [person]).ids[0], person)
    crowd = crowd_of(stored.values())
    expected = {
        (a, b): found
        for a, b in combinations(sorted(stored), 2)
        if (found := reasons(stored[a], stored[b], crowd))
    }
    pairs = likely_duplicates(work)
    assert {(p.one.id, p.other.id): set(p.signs) for p in pairs} == expected
    for key in list(stored)[:5]:
        near = {one.seen.id: set(one.signs) for one in alike_to(work, key)}
        mine = {b if a == key else a: why for (a, b), why in expected.items() if key in (a, b)}
        assert near.items() <= mine.items()
        assert len(near) == min(len(mine), MOST_ALIKE)


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (
            NewPerson("Lý A", id_no="010085000001"),
            NewPerson("Vàng B", id_no="010085000001"),
            "NUMBER",
        ),
        (NewPerson("Lý A", id_no="063123456"), NewPerson("Lò B", old_id_no="063123456"), "NUMBER"),
        (
            NewPerson("Lý A", "1985", id_no="010085000001"),
            NewPerson("Lý A", "1985", id_no="010085000081"),
            "DIGIT",
        ),
        (NewPerson("Lý A Páo", phone=PHONE), NewPerson("Lý Páo", phone=PHONE), "PHONE"),
        (
            NewPerson("Lý A", "1985", commune_code="02959"),
            NewPerson("LÝ A", "1985-03-07", commune_code="02959"),
            "NAME",
        ),
    ],
)
def test_each_reason_is_found_at_entry_and_afterwards(work, one, other, sign):
    first = add_people(work, [one]).ids[0]
    found = alike(work, other)
    assert [(found_.seen.id, *found_.signs) for found_ in found] == [(first, Sign.of(sign))]
    second = add_people(work, [other]).ids[0]
    assert [pair.signs for pair in likely_duplicates(work)] == [(Sign.of(sign),)]
    assert [found_.seen.id for found_ in alike_to(work, second)] == [first]


def test_a_number_of_six_people_tells_nobody(work):
    add_people(work, [NewPerson(f"Lý {n}", str(1980 + n), phone=PHONE) for n in range(6)])
    add_people(work, [NewPerson("Vàng Páo", "1990-01-02", phone=PHONE, commune_code="02959")])
    again = NewPerson("Vàng Páo", "1990-01-02", phone=PHONE, commune_code="02962")
    assert likely_duplicates(work) == []
    assert alike(work, again) == []
    assert add_people(work, [again]).new == 1
    here = again._replace(commune_code="02959")
    assert add_people(work, [here]).new == 0
    assert known_people([again], namesakes(work, [again]), {PHONE})[0] is not None


def is_known(row, person, crowd):
    """The rule as it is told, of one entry and one person."""
    _id, _name, dob, id_no, phone, commune = row
    if id_no and person.id_no:
        return id_no == person.id_no and (dob[:4] == person.dob[:4] or not (dob and person.dob))
    if not dob or dob != person.dob:
        return False
    shared = bool(phone) and phone == person.phone
    near = commune == person.commune_code and (shared or not (phone and person.phone))
    return near or (shared and phone not in crowd)


@pytest.mark.parametrize("seed", range(40))
def test_whoever_is_known_is_known_as_by_comparing_with_every_namesake(seed):
    dice = Random(seed)
    alike = {}
    for key in range(60):
        one = somebody(dice)
        row = (key, fold(one.name), one.dob, one.id_no, one.phone, one.commune_code)
        alike.setdefault(row[1], []).append(row)
    people, crowd = [somebody(dice) for _n in range(200)], {PHONE} if seed % 2 else set()
    first = [
        next((row[0] for row in alike.get(fold(one.name), ()) if is_known(row, one, crowd)), None)
        for one in people
    ]
    assert known_people(people, alike, crowd) == first
    assert any(key is not None for key in first)


def test_who_was_told_apart_made_one_or_taken_back_is_not_offered_again(work):
    people = [NewPerson(name, phone=PHONE) for name in ("Lý Páo", "Lý A Páo", "Sùng A Páo")]
    ids = add_people(work, people).ids
    assert len(likely_duplicates(work)) == 3
    tell_apart(work, ids[0], ids[2])
    assert len(likely_duplicates(work)) == 2
    assert [one.seen.id for one in alike_to(work, ids[0])] == [ids[1]]
    merge_people(work, ids[0], ids[1], "cùng người")
    assert likely_duplicates(work) == []
    withdraw_people(work, [ids[2]])
    assert alike(work, people[2]) != []
    assert alike_people(work, [NewPerson("Ai Đó", "1950")]) == {}
