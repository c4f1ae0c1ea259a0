"""Holds, corrections and versions: by two persons, told once, never overwritten."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from admin_suite.core.errors import Refused, UserError
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult
from modules.results import day, facts, queries, service
from modules.results.codes import Change, State, Status
from modules.results.service import Wanted


def persons(found):
    return [(one.tube_id, one.outcome) for one in found]


def test_a_release_is_told_once_with_everybody_in_the_tube(lives):
    rows = lives.released("An", "Bình", pool="G1")
    [fact] = lives.heard[facts.ResultsReleased]
    assert [one.person_id for one in fact.results] == [row.person_id for row in rows]
    assert {one.outcome for one in fact.results} == {Outcome.NEGATIVE}
    assert {one.collected_at for one in fact.results} == {"2021-08-12T07:15"}
    assert len(lives.heard) == 1


def test_one_alone_tells_early_and_comes_first_in_the_queue(lives):
    lives.measured("An", outcome=Outcome.POSITIVE)
    [late] = lives.measured("Bình")
    lives.do(1, service.forewarn, [late.tube_id])
    [fact] = lives.heard[facts.ResultsForewarned]
    assert persons(fact.results) == [(late.tube_id, Outcome.NEGATIVE)]
    queue = lives.ask(queries.queue)
    assert [(row.id == late.tube_id, bool(row.forewarned)) for row in queue] == [
        (True, True),
        (False, False),
    ]
    with pytest.raises(Refused, match="given already"):
        lives.do(2, service.forewarn, [late.tube_id])
    assert lives.listed() == {}
    lives.do(2, service.sign, [late.tube_id])
    with pytest.raises(Refused, match="released already"):
        lives.do(2, service.forewarn, [late.tube_id])


def test_a_result_that_is_entered_anew_may_be_told_early_again(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    lives.do(1, service.forewarn, [row.tube_id])
    lives.do(2, service.send_back, [row.tube_id], "smear")
    lives.do(1, lab.enter, [NewResult(row.accession, Outcome.NEGATIVE)])
    assert [one.forewarned for one in lives.ask(queries.queue)] == [""]
    lives.do(1, service.forewarn, [row.tube_id])
    assert len(lives.heard[facts.ResultsForewarned]) == 2


def test_a_hold_by_one_leaves_every_list_at_once(lives):
    [held] = lives.released("An", outcome=Outcome.POSITIVE)
    lives.released("Bình")
    lives.do(1, service.hold_back, [held.tube_id], "contamination")
    assert lives.listed() == {"Bình": Outcome.NEGATIVE}
    [row] = [row for row in lives.ask(tubes.samples) if row.name == "An"]
    assert (row.stage, row.outcome) == (Stage.RELEASED, None)
    assert lives.state(held.tube_id) is State.ON_HOLD
    [fact] = lives.heard[facts.ResultsHeld]
    assert persons(fact.results) == [(held.tube_id, Outcome.POSITIVE)]
    with pytest.raises(Refused, match="being checked again"):
        lives.do(2, service.hold_back, [held.tube_id], "again")
    with pytest.raises(UserError, match="Say why"):
        lives.do(2, service.hold_back, [held.tube_id], " ")


def test_a_hold_is_lifted_by_two(lives):
    [row] = lives.released("An")
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    [key] = lives.do(1, service.propose, [Wanted(row.tube_id, Change.LIFT)], "curve is fine")
    with pytest.raises(Refused, match="somebody else must confirm"):
        lives.do(1, service.confirm, [key])
    assert lives.listed() == {}
    lives.do(2, service.confirm, [key])
    assert lives.listed() == {"An": Outcome.NEGATIVE}
    [fact] = lives.heard[facts.ResultsLifted]
    assert persons(fact.results) == [(row.tube_id, Outcome.NEGATIVE)]
    assert [one.number for one in lives.ask(queries.versions, row.tube_id)] == [1]
    with pytest.raises(UserError, match="meanwhile"):
        lives.do(3, service.confirm, [key])


def test_a_correction_is_a_new_version_and_told_once(lives):
    [row] = lives.released("An")
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    lives.change(row.tube_id, Change.CORRECT, reported=Outcome.POSITIVE, ct="N 24.1")
    assert lives.listed() == {"An": Outcome.POSITIVE}
    first, second = lives.ask(queries.versions, row.tube_id)
    assert (first.number, first.status, first.outcome) == (1, Status.FINAL, Outcome.NEGATIVE)
    assert (second.number, second.status, second.outcome) == (
        2,
        Status.CORRECTED,
        Outcome.POSITIVE,
    )
    assert (second.author, second.signer, second.reason) == ("no 3", "no 2", "reason")
    [fact] = lives.heard[facts.ResultsCorrected]
    assert persons(fact.results) == [(row.tube_id, Outcome.POSITIVE)]
    assert persons(fact.replaced) == [(row.tube_id, Outcome.NEGATIVE)]
    assert fact.results[0].measurement_id != fact.replaced[0].measurement_id
    assert facts.ResultsLifted not in lives.heard
    assert lives.state(row.tube_id) is State.CORRECTED


def test_two_swapped_tubes_are_named_and_corrected_in_one_act(lives):
    [one] = lives.released("An", outcome=Outcome.POSITIVE, ct="21")
    [other] = lives.released("Bình")
    keys = lives.do(1, service.propose_swap, one.tube_id, other.tube_id, "labels changed about")
    lives.do(2, service.confirm, keys[:1])
    assert lives.listed() == {"An": Outcome.NEGATIVE, "Bình": Outcome.POSITIVE}
    [fact] = lives.heard[facts.ResultsCorrected]
    assert sorted(persons(fact.results)) == sorted(
        [(one.tube_id, Outcome.NEGATIVE), (other.tube_id, Outcome.POSITIVE)]
    )
    assert lives.ask(queries.proposals) == []
    assert [v.number for v in lives.ask(queries.versions, other.tube_id)] == [1, 2]


def test_a_swap_that_one_declines_changes_neither(lives):
    [one] = lives.released("An", outcome=Outcome.POSITIVE)
    [other] = lives.released("Bình")
    keys = lives.do(1, service.propose_swap, one.tube_id, other.tube_id, "labels")
    with pytest.raises(Refused, match="proposed already"):
        lives.do(2, service.propose_swap, one.tube_id, other.tube_id, "labels")
    assert lives.do(2, service.decline, keys[1:]) == 2
    assert lives.listed() == {"An": Outcome.POSITIVE, "Bình": Outcome.NEGATIVE}
    assert facts.ResultsCorrected not in lives.heard
    with pytest.raises(Refused, match="Two different tubes"):
        lives.do(1, service.propose_swap, one.tube_id, one.tube_id, "labels")


@pytest.mark.parametrize("kind", [Change.AMEND, Change.APPEND])
def test_what_does_not_change_the_result_is_not_told_again(lives, kind):
    [row] = lives.released("An")
    lives.change(row.tube_id, kind, remark="second swab in two days")
    assert facts.ResultsCorrected not in lives.heard
    assert lives.listed() == {"An": Outcome.NEGATIVE}
    assert [v.status for v in lives.ask(queries.versions, row.tube_id)] == [
        Status.FINAL,
        kind.status,
    ]
    [stands] = lives.ask(queries.reports, [row.tube_id])
    assert (stands.number, stands.since) == (2, 1)


def test_an_annulled_result_is_in_no_list_and_told_as_invalid(lives):
    [row] = lives.released("An", outcome=Outcome.POSITIVE)
    lives.change(row.tube_id, Change.ANNUL)
    assert lives.listed() == {}
    [fact] = lives.heard[facts.ResultsCorrected]
    assert persons(fact.results) == [(row.tube_id, Outcome.INVALID)]
    assert persons(fact.replaced) == [(row.tube_id, Outcome.POSITIVE)]
    with pytest.raises(Refused, match="annulled"):
        lives.do(1, service.hold_back, [row.tube_id], "again")


def test_a_proposal_that_changes_nothing_or_says_nothing_is_refused(lives):
    [row] = lives.released("An")
    for wanted, said in (
        (Wanted(row.tube_id, Change.CORRECT, Outcome.NEGATIVE), "says already"),
        (Wanted(row.tube_id, Change.CORRECT), "right result"),
        (Wanted(row.tube_id, Change.CORRECT, Outcome.AWAITING_SINGLES), "one swab"),
        (Wanted(row.tube_id, Change.CORRECT, Outcome.POSITIVE, tested_at="2999-01-01"), "to come"),
        (Wanted(row.tube_id, Change.APPEND), "Say what is added"),
        (Wanted(row.tube_id, Change.LIFT), "nothing to lift"),
    ):
        with pytest.raises(Refused, match=said):
            lives.do(1, service.propose, [wanted], "reason")


def test_a_correction_names_what_was_built_on_the_result(lives):
    [row] = lives.released("An", outcome=Outcome.POSITIVE)
    [early] = lives.measured("Bình")
    lives.do(1, service.forewarn, [early.tube_id])
    assert [one.title for one in lives.ask(day.built_on, row.tube_id)] == []
    assert [one.title for one in lives.ask(day.built_on, early.tube_id)] == ["Preliminary notice"]


# -- the database itself --------------------------------------------------------------------------


def refused(lives, statement):
    """Whether the database refuses a statement, with the name of what refused it."""
    with pytest.raises((IntegrityError, DBAPIError)) as caught:
        lives.do(2, lambda work: work.session.execute(text(statement)))
    return str(caught.value)


LIFTED = (
    "UPDATE results_hold SET proposal_id = {proposal}, proposed_by = {by}, lifted_by = {lifts}, "
    "lifted_at = held_at"
)


@pytest.mark.parametrize(("by", "lifts"), [(1, 1), (1, 2), (2, 1), (3, 2)])
def test_no_hold_is_lifted_without_a_proposal_that_another_confirmed(lives, by, lifts):
    [row] = lives.released("An")
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    [key] = lives.do(1, service.propose, [Wanted(row.tube_id, Change.LIFT)], "fine")
    refused(lives, LIFTED.format(proposal=key, by=by, lifts=lifts))


def test_no_version_is_written_without_a_second_person(lives):
    [row] = lives.released("An")
    [key] = lives.do(1, service.propose, [Wanted(row.tube_id, Change.AMEND)], "name")
    copied = "measurement_id, tube_id, outcome, reported, method, ct, tested_at, entered_by"
    insert = (
        f"INSERT INTO results_version (id, {copied}, number, status, since, supersedes, reason, "  # noqa: S608
        f"remark, proposal_id, proposed_by, signed_by, at) SELECT 99, {copied}, 2, 'AMENDED', 1, "
        "1, '', '', {proposal}, {by}, {signed}, at FROM results_version"
    )
    for by, signed in ((1, 1), (1, 2), (2, 1)):  # not confirmed by anybody yet
        refused(lives, insert.format(proposal=key, by=by, signed=signed))
    refused(lives, insert.format(proposal="NULL", by=1, signed=2))
    refused(lives, "UPDATE results_proposal SET confirmed_by = 1")
    forged = insert.replace("tube_id, outcome,", "tube_id, 'POSITIVE',", 1)
    refused(lives, forged.format(proposal=key, by=1, signed=2))


def test_no_first_version_is_written_without_a_release(lives):
    [row] = lives.measured("An")
    lives.do(2, service.validate, [row.tube_id])
    told = "measurement_id, tube_id, outcome, reported, method, ct, tested_at, entered_by"
    refused(
        lives,
        f"INSERT INTO results_version (id, {told}, number, status, since, reason, remark, "  # noqa: S608
        f"release_id, proposed_by, signed_by, at) SELECT 99, {told}, 1, 'FINAL', 1, '', '', id, "
        "entered_by, 2, validated_at FROM results_release",
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE results_version SET outcome = 'NEGATIVE', reported = 'NEGATIVE'",
        "UPDATE results_version SET reason = 'another'",
        "DELETE FROM results_version",
        "DELETE FROM results_hold",
        "UPDATE results_hold SET reason = 'another'",
        "DELETE FROM results_proposal",
        "UPDATE results_proposal SET reported = 'NEGATIVE'",
        "UPDATE results_proposal SET confirmed_by = NULL, declined_by = 3",
        "DELETE FROM results_notice",
        "UPDATE results_notice SET given_by = 3",
    ],
)
def test_what_was_told_stays_as_it_was(lives, statement):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    lives.do(1, service.forewarn, [row.tube_id])
    lives.do(2, service.sign, [row.tube_id])
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    lives.change(row.tube_id, Change.CORRECT, reported=Outcome.INVALID)
    refused(lives, statement)


def test_a_held_result_made_current_by_hand_is_still_in_no_export(lives):
    [row] = lives.released("An")
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    lives.do(
        1, lambda work: work.session.execute(text('UPDATE lab_measurement SET "current"=true'))
    )
    assert lives.listed() == {}
