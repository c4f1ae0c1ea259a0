"""Codes of entrances: ours are known, everything else is refused with its reason."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.errors import UserError
from admin_suite.db import keys
from admin_suite.excel.sheet import Change
from admin_suite.qr.making import matrix
from modules.venues import day, queries, service
from modules.venues.codes import Kind, Reason
from modules.venues.commands import codes as commands
from modules.venues.rules.marks import (
    Marked,
    genuine,
    grouped,
    number,
    payload,
    scanned,
    typed,
    well_formed,
)
from modules.venues.service import NewVenue

SECRET = b"k" * 32
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FOREIGN = (
    "NZCOVIDTRACER:eyJnbG4iOiI3MDAwMDAwMjQzOTUwIiwidmVyIjoiYzE5OjEiLCJ0eXAiOiJlbnRyeSJ9",
    "UKC19TRACING:1:eyJhbGciOiJFUzI1NiIsImtpZCI6IllycWUifQ.eyJpZCI6IlJLWTMyV01SIn0.c2ln",
    "https://e.coronawarn.app?v=1#CAESJQgBEgdGcmlzZXVyGgZCZXJsaW4",
    "https://qr.tokhaiyte.vn/d/6966499",
    "",
    "00001A",
)


def a_venue(name="Chợ Phố Ràng", **said):
    return NewVenue(name, Kind.MARKET, "02947", **said)


@pytest.fixture
def market(work):
    [key] = service.register(work, [a_venue(entrances=2)]).ids
    service.issue(work, [key])
    return key


def the_texts(work, venue):
    return queries.texts(work, queries.entrance_rows(work, [venue]))


marks = st.builds(
    Marked,
    st.just("BY"),
    st.integers(1, 99_999).map(number),
    st.integers(1, 99),
    st.integers(1, 120),
    st.integers(0, 3),
)


@given(marks, st.data())
def test_any_other_letter_anywhere_is_refused(said, data):
    text = payload(said, SECRET)
    assert scanned(text).said == said
    assert genuine(scanned(text), SECRET)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != text[at]))
    one = scanned(text[:at] + other + text[at + 1 :])
    assert one is None or one.said.site != "BY" or not genuine(one, SECRET)


@given(marks)
def test_a_code_stays_small_enough_for_two_metres(said):
    assert len(matrix(payload(said, SECRET), "Q")) <= 29  # QR version 3


def test_each_entrance_has_a_code_of_its_own(work, market):
    one, two = the_texts(work, market)
    assert one != two
    found = queries.verdict(work, f" {one.lower()} ")
    assert (found.valid, found.reason, found.entrance) == (True, None, 1)
    assert queries.verdict(work, two).entrance == 2
    assert found.venue.name == "Chợ Phố Ràng"


@pytest.mark.parametrize("text", FOREIGN)
def test_codes_of_others_are_foreign(work, market, text):
    assert queries.verdict(work, text).reason is Reason.FOREIGN


def test_a_forged_code_names_no_venue(work, market):
    one, two = the_texts(work, market)
    forged = one[:-16] + two[-16:]
    assert queries.verdict(work, forged).reason is Reason.FORGED
    assert queries.verdict(work, forged).venue is None


def test_an_old_code_still_tells_the_place(work, market):
    old = the_texts(work, market)[0]
    assert service.issue(work, [market]) == 0, "printing again is not issuing again"
    service.issue(work, [market], again=True)
    found = queries.verdict(work, old)
    assert (found.valid, found.reason) == (False, Reason.SUPERSEDED)
    assert found.venue.id == market
    assert queries.verdict(work, the_texts(work, market)[0]).valid


def test_a_revoked_code_says_so_and_a_new_one_takes_its_place(work, market):
    old, door = the_texts(work, market)[0], queries.entrance_rows(work, [market])[0]
    with pytest.raises(UserError, match="Say why"):
        service.revoke(work, [door.issue_id], " ")
    service.revoke(work, [door.issue_id], "photographed")
    assert queries.verdict(work, old).reason is Reason.REVOKED
    assert service.issue(work, [market]) == 1
    assert queries.verdict(work, old).reason is Reason.REVOKED


def test_codes_are_revoked_on_the_command_line_as_the_number_is_read_out(work, market):
    name = grouped(queries.venue_rows(work, [market])[0].number).lower()
    asked = {"venue": [name], "entrance": [2], "reason": "photographed"}
    assert commands.revoke(work, asked) == {"revoked": 1}
    one, two = the_texts(work, market)
    assert queries.verdict(work, one).valid
    assert queries.verdict(work, two).reason is Reason.REVOKED
    with pytest.raises(UserError, match="no code"):
        commands.revoke(work, {**asked, "entrance": [9]})


def test_a_code_of_tomorrow_is_not_valid_yet(work):
    [key] = service.register(work, [a_venue()]).ids
    service.issue(work, [key], work.today() + timedelta(days=1))
    assert queries.verdict(work, the_texts(work, key)[0]).reason is Reason.NOT_YET_VALID


def test_a_genuine_code_of_a_venue_that_is_gone_is_unknown(work, market):
    text = the_texts(work, market)[0]
    said = scanned(text).said
    key = keys.current(work, queries.PURPOSE)
    elsewhere = payload(Marked("BY", number(77), 1, 1, said.key), key.secret)
    assert queries.verdict(work, elsewhere).reason is Reason.UNKNOWN_VENUE


def test_codes_of_before_a_new_key_stay_genuine(work, market):
    old = the_texts(work, market)
    service.rotate_key(work)
    assert queries.verdict(work, old[0]).valid
    service.issue(work, [market], again=True)
    new = the_texts(work, market)[0]
    assert scanned(new).said.key == 1
    assert queries.verdict(work, new).valid


def test_a_venue_with_a_code_is_not_taken_back(work, market):
    [other] = service.register(work, [a_venue("Chợ Nghĩa Đô")]).ids
    stays = service.withdraw(work, [market, other])
    assert set(stays) == {market}
    assert [row.id for row in queries.venues(work, {})] == [market]


def test_short_numbers_find_a_mistyped_digit():
    code = number(123)
    assert well_formed(code)
    wrong = [code.replace("1", digit) for digit in "02456789"]
    assert not any(map(well_formed, wrong))
    assert typed(" 00 123 k ") == f"00123{code[-1]}"[:-1] + "K"


def test_an_entrance_whose_last_code_was_revoked_has_none(work, market):
    service.issue(work, [market], again=True)
    doors = queries.entrance_rows(work, [market])
    service.revoke(work, [door.issue_id for door in doors], "photographed")
    assert all(door.is_bare for door in queries.entrance_rows(work, [market]))
    [row] = queries.venue_rows(work, [market])
    assert row.coded == 0
    assert day.without_code(work) == 2
    service.correct(work, [Change(market, {"entrances": ("2", "1")})])
    assert service.issue(work, [market]) == 1
    assert day.without_code(work) == 0


def test_a_code_of_tomorrow_does_not_replace_the_one_of_today(work, market):
    old = the_texts(work, market)[0]
    service.issue(work, [market], work.today() + timedelta(days=1), again=True)
    new = the_texts(work, market)[0]
    assert queries.verdict(work, old).valid
    assert queries.verdict(work, new).reason is Reason.NOT_YET_VALID
    now = work.now()
    work.clock = lambda: now + timedelta(days=1)
    assert queries.verdict(work, old).reason is Reason.SUPERSEDED
    assert queries.verdict(work, new).valid


NATIONAL = "https://qr.tokhaiyte.vn/d/6966499"


def test_what_hangs_at_a_door_finds_its_venue_from_the_search_box(work):
    [key, other] = service.register(
        work, [a_venue(national=NATIONAL, entrances=2), a_venue("Chợ Nghĩa Đô")]
    ).ids
    code = queries.venue_rows(work, [key])[0].number
    for words in (NATIONAL, f" {NATIONAL} ", code, f"{grouped(code)} - 02".lower()):
        assert [(hit.id, hit.exact) for hit in day.find(work, words)] == [(key, True)]
    assert day.find(work, code.lstrip("0")) == [], "it may be a room"
    service.correct(work, [Change(other, {"national": ("", NATIONAL)})])
    assert {(hit.id, hit.exact) for hit in day.find(work, NATIONAL)} == {
        (key, False),
        (other, False),
    }
    assert [hit.id for hit in day.find(work, "Chợ Nghĩa Đô")] == [other]
