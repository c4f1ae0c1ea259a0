"""Telling people: in which order, with which words, once, and again after a correction."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.clock import here
from admin_suite.core.errors import Refused, UserError
from admin_suite.core.i18n import speaking
from admin_suite.module import Period
from admin_suite.registry.codes import Consent
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson, note_consent
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult, NewSample
from modules.results import day, queries, service, sheets
from modules.results.codes import Change, Channel
from modules.results.reports import of_days
from modules.results.rules import Disclosure, bare, disclosed, fitted
from modules.results.service import Swab


def swab(row):
    return Swab(row.tube_id, row.person_id)


def listed(lives, **where):
    return {row.name: row for row in lives.ask(queries.notify_rows, where)}


def test_telephones_with_somebody_not_negative_come_first_and_together(lives):
    def register(work):
        people = (
            ("An", "0912345671"),
            ("Bình", "0912345672"),
            ("Cường", "0912345671"),
            ("Dần", ""),
        )
        rows = [
            NewSample(NewPerson(name, "1985", phone=phone), "2021-08-12") for name, phone in people
        ]
        ids = lab.register(work, rows).ids
        lab.receive(work, tubes.tubes_at(work, Stage.EXPECTED))
        found = tubes.sample_rows(work, ids)
        says = {"Cường": Outcome.POSITIVE}
        lab.enter(work, [NewResult(r.accession, says.get(r.name, Outcome.NEGATIVE)) for r in found])
        return [row.tube_id for row in found]

    lives.do(2, service.sign, lives.do(1, register))
    names = [row.name for row in lives.ask(queries.notify_rows, {})]
    assert names[:2] == ["Cường", "An"]
    assert set(names) == {"An", "Bình", "Cường", "Dần"}
    [receiver] = queries.receivers(lives.ask(queries.notify_rows, {}))
    assert (receiver.people, receiver.urgent, receiver.untold) == (4, 1, 4)


def test_who_was_told_is_told_again_once_after_a_correction_and_not_after_a_remark(lives):
    [row] = lives.released("An")
    assert listed(lives)["An"].told == ""
    lives.do(1, service.tell, [swab(row)], Channel.PHONE, "mẹ")
    assert "mẹ" in listed(lives)["An"].told
    lives.change(row.tube_id, Change.APPEND, remark="second swab")
    assert "mẹ" in listed(lives)["An"].told
    lives.change(row.tube_id, Change.CORRECT, reported=Outcome.POSITIVE)
    told = listed(lives)["An"]
    assert (told.told, told.again, told.outcome) == ("", True, Outcome.POSITIVE)
    assert lives.ask(queries.untold) == 1
    lives.do(1, service.tell, [swab(row)], Channel.PHONE, "mẹ")
    told = listed(lives)["An"]
    assert (bool(told.told), told.again) == (True, False)
    assert lives.ask(queries.untold) == 0


def test_of_what_was_released_long_ago_only_what_is_urgent_and_untold_is_listed(lives):
    lives.released("An", outcome=Outcome.POSITIVE)
    [told] = lives.released("Bình", outcome=Outcome.POSITIVE)
    lives.released("Cường")
    lives.do(1, service.tell, [swab(told)], Channel.PHONE, "mẹ")
    day = lives.ask(lambda work: work.today())
    assert set(listed(lives, since=day.isoformat())) == {"An", "Bình", "Cường"}
    later = listed(lives, since=(day + timedelta(days=1)).isoformat())
    assert set(later) == {"An"}


def test_who_was_told_an_annulled_result_is_told_that(lives):
    [one] = lives.released("An")
    [other] = lives.released("Bình")
    lives.do(1, service.tell, [swab(one)], Channel.PHONE, "An")
    for row in (one, other):
        lives.change(row.tube_id, Change.ANNUL)
    told = listed(lives)
    assert set(told) == {"An"}  # Bình never heard of his
    assert (told["An"].outcome, told["An"].again, told["An"].said) == (
        None,
        True,
        "Annulled: sample again",
    )
    lives.do(1, service.tell, [swab(one)], Channel.PHONE, "An")
    assert listed(lives)["An"].told


def test_only_what_stands_is_told_and_a_mistake_is_taken_back(lives):
    [waiting] = lives.measured("An")
    [held] = lives.released("Bình")
    lives.do(1, service.hold_back, [held.tube_id], "odd")
    for row, said in ((waiting, "has not been released"), (held, "being checked again")):
        with pytest.raises(Refused, match=said):
            lives.do(1, service.tell, [swab(row)], Channel.PHONE, "mẹ")
    [row] = lives.released("Cường")
    with pytest.raises(UserError, match="who is told"):
        lives.do(1, service.tell, [swab(row)], Channel.PHONE, " ")
    ids = lives.do(1, service.tell, [swab(row)], Channel.PHONE, "mẹ")
    with pytest.raises(Refused, match="Somebody else"):
        lives.do(2, service.untell, ids)
    lives.do(1, service.untell, ids)
    assert listed(lives)["Cường"].told == ""
    with pytest.raises(Refused):
        lives.do(1, service.untell, ids)


def test_a_message_tells_the_result_only_to_who_wants_it_by_telephone(lives):
    [one] = lives.released("Lý Thanh Đức", outcome=Outcome.POSITIVE)
    [_other] = lives.released("Bàn Văn Quyết", outcome=Outcome.POSITIVE)
    lives.do(1, note_consent, one.person_id, Consent.YES, here(one_day(lives)).date())
    with speaking("vi"):
        told = listed(lives)
        assert "DUONG TINH" in told["Lý Thanh Đức"].sms
        silent = told["Bàn Văn Quyết"].sms
    assert "duong" not in silent.lower()
    assert "Ban Van Quyet" in silent
    assert all(row.sms.isascii() and len(row.sms) <= 160 for row in told.values())


def one_day(lives):
    return lives.ask(lambda work: work.now())


def test_a_file_for_each_receiver_with_its_text_messages(lives, tmp_path):
    lives.released("An", outcome=Outcome.POSITIVE)
    lives.released("Bình")
    rows = lives.ask(queries.notify_rows, {})
    [file] = sheets.write_lists(rows, tmp_path / "lists")
    assert file.suffix == ".xlsx"
    texts = file.with_suffix(".sms.txt").read_text("ascii").splitlines()
    assert [line.partition("\t")[0] for line in texts] == ["0912345678", "0912345678"]
    with pytest.raises(UserError, match="commune, sender"):
        lives.ask(queries.notify_rows, {}, "moon")


# -- the call desk --------------------------------------------------------------------------------


def test_whoever_asks_hears_nothing_before_the_release(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    [asked] = lives.ask(queries.asked_about, row.person_id)
    assert (asked.had, asked.said) == (False, "Waiting for a result")
    lives.do(2, service.validate, [row.tube_id])
    lives.do(1, service.forewarn, [row.tube_id])
    assert lives.ask(queries.asked_about, row.person_id) == [asked]
    lives.do(1, service.answer, [swab(row)], "An")
    lives.do(2, service.release, [row.tube_id])
    lives.do(1, service.answer, [swab(row)], "An himself")
    second, first = lives.ask(queries.calls)
    assert (first.had, second.had, second.to_whom) == (False, True, "An himself")
    [asked] = lives.ask(queries.asked_about, row.person_id)
    assert (asked.had, asked.said) == (True, "Positive")
    assert "An himself" in asked.told
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    [asked] = lives.ask(queries.asked_about, row.person_id)
    assert (asked.had, asked.said) == (False, "Being checked again")


def test_merged_people_keep_what_was_told(lives):
    [row] = lives.released("An")
    lives.do(1, service.tell, [swab(row)], Channel.PHONE, "An")
    moved = "UPDATE results_telling SET person_id = person_id"
    lives.do(1, lambda work: work.session.connection().exec_driver_sql(moved))
    assert lives.ask(lambda work: work.session.get(Person, row.person_id)) is not None


def test_whoever_hears_that_a_notice_is_void_did_not_ask_in_vain(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    lives.do(1, service.forewarn, [row.tube_id])
    lives.do(2, service.send_back, [row.tube_id], "odd curve")
    lives.do(1, service.tell, [swab(row)], Channel.PHONE, "mẹ")
    lives.do(1, service.answer, [swab(row)], "An")
    asked, told = lives.ask(queries.calls)
    assert (told.to_whom, told.had, asked.to_whom, asked.had) == ("mẹ", True, "An", False)
    today = here(one_day(lives)).date()
    counted = dict(lives.ask(of_days, Period.of_days(today, today), {}).rows)
    assert counted["People who asked in vain"] == 1


# -- looking before one's turn --------------------------------------------------------------------


def test_a_look_out_of_turn_needs_a_reason_and_stands_in_the_days_report(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE, ct="21")
    with pytest.raises(UserError, match="Say why"):
        lives.do(3, service.look, row.tube_id, " ")
    seen = lives.do(3, service.look, row.tube_id, "operation at noon")
    assert (seen.outcome, seen.ct) == (Outcome.POSITIVE, "21")
    today = here(one_day(lives)).date()
    said = lives.ask(of_days, Period.of_days(today, today), {})
    [remark] = said.remarks
    assert "no 3" in remark
    assert "operation at noon" in remark
    assert "Positive" not in str(said)
    lives.do(2, service.sign, [row.tube_id])
    with pytest.raises(Refused, match="has been released"):
        lives.do(3, service.look, row.tube_id, "again")


def test_the_queue_and_a_card_say_in_the_audit_what_they_were_opened_for(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    for question in (queries.queue, lambda work: day.card(work, row.tube_id), day.errands):
        with lives.database.read(lives.as_actor(2)) as work:
            question(work)
            [note] = [one for one in work.views if one.verb == "results.look"]
            assert (note.subject, note.detail) == ("lab_measurement", {"reason": "release"})


# -- numbers --------------------------------------------------------------------------------------

COUNTS = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.dictionaries(st.sampled_from(Outcome), st.integers(1, 9), min_size=1, max_size=3),
    max_size=6,
)


@given(COUNTS, st.integers(2, 12))
def test_no_small_group_is_split_and_none_is_left_over(given_groups, least):
    groups = {name: Counter(counts) for name, counts in given_groups.items()}
    told, others = disclosed(groups, Disclosure(least))
    whole = sum(groups.values(), Counter())
    assert sum(told.values(), Counter()) + others == whole
    assert all(counts.total() >= least for counts in told.values())
    if told:
        assert others.total() == 0 or others.total() >= least


def test_the_days_message_is_short_and_tells_of_no_small_commune(lives):
    lives.released("An", outcome=Outcome.POSITIVE)
    message = lives.ask(queries.day_message)
    assert "1 person" in message
    assert "positive" not in message
    for number in range(6):
        lives.released(f"Người {number}")
    message = lives.ask(queries.day_message)
    assert "positive 1, negative 6" in message
    assert len(message) <= 900
    assert lives.ask(queries.day_message, "2001-01-01").endswith("0 people")


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_text_for_a_telephone_fits(said, name):
    made = fitted("{name}: " + said.replace("{", "").replace("}", ""), name)
    assert len(made) <= 160
    assert made.isascii()
    assert bare(made) == made.strip()
