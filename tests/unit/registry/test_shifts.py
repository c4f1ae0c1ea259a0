"""A shift goes from one person to another, and a PIN shows who sat down."""

from io import BytesIO

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from admin_suite.core.errors import UserError
from admin_suite.core.permissions import Actor, Role
from admin_suite.db.audit import Entry
from admin_suite.documents.paper import Paper
from admin_suite.house import HOUSE, drawing
from admin_suite.module import HandoverLine
from admin_suite.registry import pins, shifts
from admin_suite.registry.hashes import kept
from admin_suite.registry.models import Shift, User
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Outcome
from modules.lab.permissions import SEE
from modules.lab.service import NewResult, NewSample
from tests.conftest import MODULES

PIN = "2705"


@pytest.fixture
def pinned(suite, as_actor):
    """The second colleague has a PIN."""
    with suite.database.work(as_actor(2)) as work:
        pins.set_pin(work, 2, PIN)
    return suite


def lab_day(suite, as_actor):
    rows = [NewSample(NewPerson(n, "1985"), "2021-08-12") for n in ("Lý A", "Lý B", "Lý C")]
    with suite.database.work(as_actor(1)) as work:
        keys = service.register(work, rows).ids
        tubes = [row.tube_id for row in queries.sample_rows(work, keys)]
        service.receive(work, tubes[:2])
        first = queries.sample_rows(work, keys)[0].accession
        service.enter(work, [NewResult(first, Outcome.POSITIVE)])


def give(suite, actor, notes=""):
    with suite.database.work(actor) as work:
        return shifts.hand_over(work, MODULES, notes)


def take(suite, actor, *words):
    with suite.database.work(actor) as work:
        return shifts.take_over(work, *words)


def verbs(suite):
    with suite.database.read(suite.actor) as work:
        query = select(Entry.verb, Entry.actor, Entry.first_id, Entry.detail)
        return [tuple(row) for row in work.session.execute(query.order_by(Entry.number))]


def test_the_modules_say_what_is_left_over_and_name_nobody(suite, as_actor):
    lab_day(suite, as_actor)
    number = give(suite, as_actor(1), "Máy số 2 báo lỗi")
    with suite.database.read(suite.actor) as work:
        row = shifts.shift(work, number)
    said = [line.title for part in row.parts for line in part.lines]
    assert "Tubes still to be received: 1" in said
    assert "Tubes without a result: 1" in said
    assert "Results to be checked: 1" in said
    assert "Lý" not in str(row.parts)
    assert (row.giver, row.taker, row.notes) == ("no 1", "", "Máy số 2 báo lỗi")


def test_each_hands_over_only_what_he_may_know(suite):
    """And nobody says of a module that he may not see that nothing is left over in it."""
    with suite.database.read(Actor(3, "no 3", frozenset({"registry.hand_over"}))) as work:
        assert shifts.standing(work, MODULES) == []
    sees = frozenset({"registry.hand_over", SEE.code})
    with suite.database.read(Actor(3, "no 3", sees)) as work:
        assert [part.module for part in shifts.standing(work, MODULES)] == ["Laboratory"]


def test_a_past_hand_over_shows_each_only_what_he_may_know(suite, as_actor, monkeypatch):
    """And says that there is more, on the paper too: it would look whole otherwise."""
    lab_day(suite, as_actor)
    number = give(suite, as_actor(1), "Máy số 2 báo lỗi")
    only = Actor(3, "no 3", frozenset({"registry.hand_over"}))
    sees = Actor(3, "no 3", only.codes | {SEE.code})
    with suite.database.read(suite.actor) as work:
        whole = shifts.shift(work, number)
    with suite.database.read(sees) as work:
        some = shifts.shift(work, number)
    with suite.database.read(only) as work:
        none = shifts.shift(work, number)
    assert [part.module for part in whole.parts].count("Results") == 1
    assert whole.withheld == 0
    assert [part for part in whole.parts if part.module == "Laboratory"] == list(some.parts)
    assert some.withheld == sum(len(p.lines) for p in whole.parts if p.module != "Laboratory")
    assert (none.parts, none.notes) == ((), "Máy số 2 báo lỗi")
    assert none.withheld == sum(len(part.lines) for part in whole.parts)
    told = []
    monkeypatch.setattr(Paper, "body", lambda _self, words, **_how: told.append(words))
    paper = next(p for p in HOUSE.papers if p.name == "handover")
    with suite.database.read(only) as work:
        drawing(HOUSE, paper)(work, {"shift": str(number)}, BytesIO())
    assert any(str(none.withheld) in words for words in told)


def test_an_older_hand_over_without_rights_is_shown_as_it_was(suite, as_actor):
    number = give(suite, as_actor(1))
    with suite.database.work(as_actor(1)) as work:
        kept_then = '[{"module": "Laboratory", "lines": [{"title": "Tubes: 1"}]}]'
        work.session.get_one(Shift, number).lines = kept_then
    with suite.database.read(Actor(3, "no 3", frozenset({"registry.hand_over"}))) as work:
        row = shifts.shift(work, number)
    assert [line.title for part in row.parts for line in part.lines] == ["Tubes: 1"]


def test_the_next_person_signs_by_pin_and_nobody_signs_for_himself(pinned, as_actor):
    number = give(pinned, as_actor(2))
    with pytest.raises(UserError, match="nobody hands it to himself"):
        take(pinned, as_actor(1), number, "no 2", PIN)
    with pinned.database.work(as_actor(1)) as work:
        pins.set_pin(work, 1, "1234")
    assert take(pinned, as_actor(2), number, "no 1", "9999") == ""
    assert take(pinned, as_actor(2), number, "no 1", "1234") == "no 1"
    with pytest.raises(UserError, match="signed for already"):
        take(pinned, as_actor(2), number, "no 1", "1234")
    proofs = [detail for verb, *_rest, detail in verbs(pinned) if verb == "registry.prove"]
    assert proofs == ['{"right": false}']
    signed = [line[1:3] for line in verbs(pinned) if line[0] == "registry.take_over"]
    assert signed == [(2, number)]


def test_the_database_itself_keeps_two_people_apart(pinned, as_actor):
    number = give(pinned, as_actor(1))
    with (
        pytest.raises(IntegrityError, match="ck_registry_shift_two"),
        pinned.database.work(as_actor(1)) as work,
    ):
        sentence = "UPDATE registry_shift SET taken_by = given_by WHERE id = :id"
        work.session.execute(text(sentence), {"id": number})


def test_a_shift_that_nobody_signed_is_not_buried_by_the_next(pinned, as_actor):
    number = give(pinned, as_actor(1))
    with pytest.raises(UserError, match="no 1 handed over"):
        give(pinned, as_actor(3))
    with pinned.database.work(as_actor(3)) as work, pytest.raises(UserError):
        shifts.call_back(work, number)
    with pinned.database.work(as_actor(1)) as work:
        shifts.call_back(work, number)
    assert give(pinned, as_actor(3)) != number


def test_colleagues_of_another_role_hand_over_beside_an_unsigned_shift(pinned, as_actor):
    """Laboratory and quarantine change at their own hours, each in a chain of its own."""
    with pinned.database.work(as_actor(1)) as work:
        work.session.get(User, 3).role = Role.QUARANTINE
    theirs = give(pinned, as_actor(1))
    ours = give(pinned, as_actor(3))
    with pinned.database.read(as_actor(3)) as work:
        assert {one.id: one.among_us for one in shifts.shifts(work)} == {ours: True, theirs: False}
    with pytest.raises(UserError, match="no 3 handed over"):
        give(pinned, as_actor(3))
    with pytest.raises(UserError, match="no 1 handed over"):
        give(pinned, as_actor(2))


def test_notes_wait_for_their_writer_alone(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        shifts.note_down(work, "Hết găng tay")
        shifts.note_down(work, "Hết găng tay cỡ M")
    with suite.database.read(as_actor(2)) as work:
        assert shifts.draft(work) == ""
        assert shifts.shifts(work) == []
    with suite.database.read(as_actor(1)) as work:
        assert shifts.draft(work) == "Hết găng tay cỡ M"
    give(suite, as_actor(1), "Hết găng tay cỡ M")
    with suite.database.read(as_actor(1)) as work:
        assert shifts.draft(work) == ""
        assert [row.notes for row in shifts.shifts(work)] == ["Hết găng tay cỡ M"]


def test_notes_without_end_are_refused(suite, as_actor):
    with suite.database.work(as_actor(1)) as work, pytest.raises(UserError, match="too long"):
        shifts.note_down(work, "x" * (shifts.LONGEST + 1))


def test_the_paper_is_printed_and_an_unknown_shift_is_refused(suite, as_actor):
    paper = next(p for p in HOUSE.papers if p.name == "handover")
    draw = drawing(HOUSE, paper)
    with suite.database.read(suite.actor) as work, pytest.raises(UserError, match="not handed"):
        draw(work, {}, BytesIO())
    number = give(suite, as_actor(1), "<b>x</b> & y\n\nz")
    with suite.database.read(suite.actor) as work:
        out = BytesIO()
        draw(work, {"shift": str(number)}, out)
        assert out.getvalue().startswith(b"%PDF")
        for wrong in ({"shift": "x"}, {"shift": "99"}, {"day": "1"}):
            with pytest.raises(UserError):
                draw(work, wrong, BytesIO())


def test_a_line_without_colour_waits():
    assert HandoverLine("x").tone == "wait"


# -- who is in front of the window ----------------------------------------------------------------


def test_a_pin_is_recognised_without_writing(pinned):
    before = len(verbs(pinned))
    with pinned.database.read(pinned.actor) as work:
        assert pins.recognise(work, " no 2 ", PIN).id == 2
        for name, word in (("no 2", "2706"), ("no 1", PIN), ("nobody", PIN), ("no 2", "")):
            assert pins.recognise(work, name, word) is None
    assert len(verbs(pinned)) == before


def test_taking_a_window_over_stands_in_the_audit(pinned, as_actor):
    with pinned.database.work(as_actor(1)) as work:
        assert pins.admit(work, "no 2", PIN).user.id == 2
    with pinned.database.work(as_actor(2)) as work:
        assert pins.admit(work, "no 2", "2706") is None
        assert pins.admit(work, "no 2", PIN).has_pin
    told = [line[:3] for line in verbs(pinned) if line[0].startswith("registry.")]
    assert ("registry.change_user", 1, 2) in told
    assert ("registry.unlock", 2, 2) in told


def test_a_pin_writes_one_line_whether_right_or_wrong(pinned, as_actor):
    for words, line in (("2706", "prove"), (PIN, "unlock"), (PIN, "unlock")):
        before = len(verbs(pinned))
        with pinned.database.work(as_actor(2)) as work:
            pins.admit(work, "no 2", words)
        assert [told[0] for told in verbs(pinned)[before:]] == [f"registry.{line}"]


def test_a_change_of_user_by_password_is_called_one(pinned, as_actor):
    with pinned.database.work(as_actor(2)) as work:
        work.session.get_one(User, 2).password = kept("mot-hai-ba")
    with pinned.database.work(as_actor(1)) as work:
        assert pins.admit(work, "no 2", "mot-hai-ba").user.id == 2
    (told,) = [line for line in verbs(pinned) if line[0] == "registry.change_user"]
    assert told[3] == '{"from": 1}'


def test_after_five_wrong_pins_only_the_password_counts(pinned, as_actor):
    with pinned.database.work(as_actor(2)) as work:
        user = work.session.get_one(User, 2)
        user.password = user.pin
        pins.set_pin(work, 2, "1234")
    for _try in range(pins.TRIES):
        with pinned.database.work(as_actor(1)) as work:
            assert pins.admit(work, "no 2", "4321") is None
    with pinned.database.read(as_actor(1)) as work:
        assert pins.recognise(work, "no 2", "1234") is None
        assert pins.standing(work, 2) is pins.Standing.BLOCKED
    with pinned.database.work(as_actor(1)) as work:
        assert pins.admit(work, "no 2", "1234") is None
        assert pins.admit(work, "no 2", PIN).user.id == 2  # the password, here of digits too
    with pinned.database.read(as_actor(1)) as work:
        assert pins.standing(work, 2) is pins.Standing.COUNTS


def test_a_deed_is_confirmed_by_whoever_is_signed_in(pinned, as_actor):
    with pinned.database.work(as_actor(2)) as work:
        assert pins.confirm(work, PIN, "Release 3 results")
        assert not pins.confirm(work, "2706", "Release 3 results")
    with pinned.database.work(as_actor(1)) as work:
        assert not pins.confirm(work, PIN, "Release 3 results")  # somebody else's PIN
    told = [line[1:] for line in verbs(pinned) if line[0] == "registry.confirm"]
    assert not [line for line in verbs(pinned) if line[0] == "registry.prove"]  # one line each
    assert told[0] == (2, 2, '{"right": true, "what": "Release 3 results"}')
    assert [line[0] for line in told] == [2, 2, 1]


def test_whoever_is_switched_off_opens_nothing(pinned, as_actor):
    with pinned.database.work(as_actor(1)) as work:
        work.session.get_one(User, 2).active = False
    with pinned.database.work(as_actor(1)) as work:
        assert pins.recognise(work, "no 2", PIN) is None
        assert pins.admit(work, "no 2", PIN) is None
        assert pins.admit(work, "nobody", PIN) is None


def test_who_may_not_use_his_pin_any_more_is_told_so(pinned, as_actor):
    def told(name="no 2"):
        with pinned.database.read(as_actor(1)) as work:
            return pins.standing(work, 2), pins.refusal(work, name)

    for _try in range(pins.TRIES):
        standing, words = told()
        assert standing is pins.Standing.COUNTS
        assert words.startswith("The user name or the PIN is wrong")
        with pinned.database.work(as_actor(1)) as work:
            assert pins.admit(work, "no 2", "9999") is None
    standing, words = told()
    assert standing is pins.Standing.BLOCKED
    assert "only the password counts now" in words
    assert told("nobody")[1].startswith("The user name or the PIN is wrong")
