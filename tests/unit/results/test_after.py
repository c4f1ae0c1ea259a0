"""What a result sets going beside itself: new swabs, void notices, details, the way of its tube."""

import pytest
from sqlalchemy import text

from admin_suite.core.errors import Refused, UserError
from admin_suite.core.permissions import Actor
from admin_suite.registry.service import NewPerson
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Again, Outcome, Stage
from modules.lab.models import Gene
from modules.lab.service import NewResult, NewSample, Performed
from modules.results import facts, queries, service
from modules.results.codes import Change, Channel
from modules.results.permissions import SEE, VALIDATE
from modules.results.service import Swab
from tests.conftest import MODULES


def tasks(lives):
    return [(one.name, one.why) for one in lives.ask(tubes.open_tasks)]


def again(lives, name, when="2021-08-13"):
    swab = NewSample(NewPerson(name, "1985", phone="0912345678"), when)
    return lives.do(1, lab.register, [swab]).ids


def test_a_positive_pool_asks_for_each_of_its_people_once(lives):
    rows = lives.measured("An", "Bình", outcome=Outcome.POSITIVE, pool="G1")
    tube = rows[0].tube_id
    lives.do(1, service.forewarn, [tube])
    assert tasks(lives) == [], "before the release nobody outside hears of it"
    lives.do(2, service.sign, [tube])
    assert tasks(lives) == [("An", Again.POOL), ("Bình", Again.POOL)]
    lives.do(1, service.hold_back, [tube], "odd")
    lives.change(tube, Change.LIFT)
    assert len(tasks(lives)) == 2
    again(lives, "An")
    assert tasks(lives) == [("Bình", Again.POOL)]
    again(lives, "Bình", "2021-08-12")  # a list that tells no hour
    assert tasks(lives) == []


def test_whoever_was_swabbed_before_the_pool_was_released_need_not_come(lives):
    rows = lives.measured("An", "Bình", outcome=Outcome.POSITIVE, pool="G1")
    again(lives, "An")
    lives.do(2, service.sign, [rows[0].tube_id])
    assert tasks(lives) == [("Bình", Again.POOL)]


def test_tasks_follow_what_a_result_became(lives):
    rows = lives.released("An", "Bình", outcome=Outcome.POSITIVE, pool="G1")
    tube = rows[0].tube_id
    lives.change(tube, Change.CORRECT, reported=Outcome.NEGATIVE)
    assert tasks(lives) == []
    lives.change(tube, Change.CORRECT, reported=Outcome.INCONCLUSIVE)
    assert len(tasks(lives)) == 2
    [unclear] = lives.released("Cường", outcome=Outcome.INVALID)
    [annulled] = lives.released("Dần")
    lives.change(annulled.tube_id, Change.ANNUL)
    assert tasks(lives)[2:] == [("Cường", Again.UNCLEAR), ("Dần", Again.ANNULLED)]
    assert unclear.tube_id != annulled.tube_id


def test_a_lost_pool_that_is_found_still_asks_for_its_people(lives):
    rows = lives.released("An", "Bình", outcome=Outcome.POSITIVE, pool="G1")
    lives.do(1, lab.lose, [rows[0].tube_id])
    lives.do(1, lab.reopen, [rows[0].tube_id])
    assert len(tasks(lives)) == 2


def test_a_new_swab_that_does_not_come_opens_its_task_again(lives):
    lives.released("An", outcome=Outcome.INCONCLUSIVE)
    assert lives.do(1, lab.plan_again, [one.id for one in lives.ask(tubes.open_tasks)]) == 1
    assert tasks(lives) == []
    [planned] = [row for row in lives.ask(tubes.samples) if row.stage is Stage.EXPECTED]
    lives.do(1, lab.cancel, [planned.tube_id])
    assert tasks(lives) == [("An", Again.UNCLEAR)]
    lives.do(1, lab.reopen, [planned.tube_id])
    assert tasks(lives) == []
    lives.do(1, lab.withdraw, [planned.id])
    assert tasks(lives) == [("An", Again.UNCLEAR)]


# -- an early word that is void -------------------------------------------------------------------


def void(lives):
    return [row for row in lives.ask(queries.notify_rows, {}) if row.report_version == 0]


def test_whoever_heard_early_hears_once_that_it_is_void(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    swab = [Swab(row.tube_id, row.person_id)]
    lives.do(1, service.forewarn, [row.tube_id])
    assert void(lives) == []
    lives.do(2, service.send_back, [row.tube_id], "odd curve")
    [told] = void(lives)
    assert (told.name, told.outcome, told.again, told.told) == ("An", None, True, "")
    assert told.said == "Preliminary notice void: wait"
    assert "positive" not in told.sms.lower()
    assert len(told.sms) <= 160
    assert lives.ask(queries.untold) == 1
    [fact] = lives.heard[facts.ForewarningsWithdrawn]
    assert [one.outcome for one in fact.results] == [Outcome.POSITIVE]
    [key] = lives.do(1, service.tell, swab, Channel.PHONE, "mẹ")
    assert (lives.ask(queries.untold), "mẹ" in void(lives)[0].told) == (0, True)
    with pytest.raises(Exception, match="return_id"):
        lives.do(1, service.tell, swab, Channel.PHONE, "mẹ")
    lives.do(1, service.untell, [key])
    assert lives.ask(queries.untold) == 1


def test_after_the_release_the_result_itself_is_told_as_another_one(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    lives.do(1, service.forewarn, [row.tube_id])
    lives.do(2, service.send_back, [row.tube_id], "odd curve")
    lives.do(1, lab.enter, [NewResult(row.accession, Outcome.NEGATIVE)])
    lives.do(2, service.sign, [row.tube_id])
    [told] = lives.ask(queries.notify_rows, {})
    assert (told.outcome, told.report_version, told.again) == (Outcome.NEGATIVE, 1, True)
    [other] = lives.measured("Bình", outcome=Outcome.POSITIVE)
    lives.do(1, service.forewarn, [other.tube_id])
    lives.do(2, service.sign, [other.tube_id])
    again = {one.name: one.again for one in lives.ask(queries.notify_rows, {})}
    assert again == {"An": True, "Bình": False}


def test_a_result_that_goes_back_unchecked_keeps_its_reason(lives):
    [row] = lives.measured("An")
    lives.do(2, service.send_back, [row.tube_id], "odd curve")
    assert void(lives) == []
    assert facts.ForewarningsWithdrawn not in lives.heard
    with lives.database.read(lives.as_actor(1)) as work:
        kept = work.session.execute(text("SELECT reason FROM results_return")).all()
    assert [row[0] for row in kept] == ["odd curve"]


# -- details ---------------------------------------------------------------------------------------


def test_kit_and_genes_go_with_the_result_when_tubes_were_swapped(lives):
    one, other = lives.tubes("An", "Bình")
    genes = (Gene("N", "24.5"), Gene("E", "25"))
    measured = Performed("CDC tỉnh Lào Cai", "LC7", "LightPower", "A1", genes)
    lives.do(
        1,
        lab.enter,
        [
            NewResult(one.accession, Outcome.POSITIVE, ct="N 24.5 · E 25", performed=measured),
            NewResult(other.accession, Outcome.NEGATIVE),
        ],
    )
    lives.do(2, service.sign, [one.tube_id, other.tube_id])
    [key, _other] = lives.do(3, service.propose_swap, one.tube_id, other.tube_id, "swapped")
    lives.do(2, service.confirm, [key])
    assert details(lives, one.tube_id) is None
    found = details(lives, other.tube_id)
    assert (found.kit, found.lot, found.number) == ("LightPower", "A1", "LC7")
    assert (found.performed_at, found.genes) == ("CDC tỉnh Lào Cai", genes)
    lives.change(other.tube_id, Change.CORRECT, reported=Outcome.POSITIVE, ct="N 30")
    found = details(lives, other.tube_id)
    assert (found.kit, found.genes) == ("LightPower", (Gene("N", "30"),))


def details(lives, tube):
    [line] = lives.ask(queries.lines, [tube])
    return lives.ask(tubes.details_of, [line.measurement_id]).get(line.measurement_id)


# -- one timeline ---------------------------------------------------------------------------------


def way(lives, tube, actor):
    with lives.database.read(actor) as work:
        lines = [trace for module in MODULES for trace in module.traces]
        return [(one.title, one.detail) for line in lines for one in line.steps(work, tube)]


def test_the_way_of_a_tube_tells_all_that_release_did(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    lives.do(1, service.forewarn, [row.tube_id])
    lives.do(2, service.send_back, [row.tube_id], "odd curve")
    outside = Actor(3, "no 3", frozenset({SEE.code, "lab.see"}))
    assert [title for title, _by in way(lives, row.tube_id, outside)] == ["Received", "Registered"]
    inside = way(lives, row.tube_id, lives.as_actor(1))
    assert ("Reason of the return", "no 2: odd curve") in inside
    lives.do(1, lab.enter, [NewResult(row.accession, Outcome.NEGATIVE)])
    lives.do(2, service.sign, [row.tube_id])
    lives.do(1, service.tell, [Swab(row.tube_id, row.person_id)], Channel.PHONE, "mẹ")
    lives.do(1, service.hold_back, [row.tube_id], "mix-up")
    lives.change(row.tube_id, Change.CORRECT, reported=Outcome.POSITIVE)
    titles = {title for title, _by in way(lives, row.tube_id, lives.as_actor(1))}
    assert titles >= {
        "Preliminary notice",
        "Told, v1",
        "Put on hold",
        "Hold ended",
        "Corrected, v2",
    }
    seen = dict(way(lives, row.tube_id, outside))
    assert VALIDATE.code not in outside.codes
    assert "Preliminary notice" not in seen
    assert seen["Put on hold"] == "no 1", "the reason is for those who may hold"
    assert not any("ositive" in said for said in seen.values())


# -- rules with a date ----------------------------------------------------------------------------


def test_the_limits_of_contamination_and_of_small_groups_are_decided(lives):
    def today(work):
        return work.today()

    day = lives.ask(today)
    with pytest.raises(UserError, match="Strong is below weak"):
        lives.do(3, service.adopt_contamination, 33.0, 20.0, day, "x")
    with pytest.raises(UserError, match="which decision"):
        lives.do(3, service.adopt_disclosure, 10, day, " ")
    with pytest.raises(UserError, match="Between 2 and"):
        lives.do(3, service.adopt_disclosure, 1, day, "x")
    lives.do(3, service.adopt_contamination, 25.0, 30.0, day.replace(year=2099), "x")
    limits = queries.CONTAMINATION
    assert lives.ask(limits.at, day).value.strong == 20.0
    assert lives.ask(limits.at, day.replace(year=2100)).value.strong == 25.0
    assert lives.ask(queries.DISCLOSURE.at, day).source


def test_a_tube_in_doubt_or_released_lately_is_kept(lives):
    [row] = lives.released("An")
    with pytest.raises(Refused, match="it is kept for 7 days"):
        lives.do(1, lab.dispose, [row.tube_id])
    lives.do(2, lab.adopt_retention, 0, lives.ask(lambda work: work.today()), "decision")
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    with pytest.raises(Refused, match="being checked again"):
        lives.do(1, lab.dispose, [row.tube_id])
    lives.change(row.tube_id, Change.LIFT)
    assert lives.do(1, lab.dispose, [row.tube_id]) == 1
