"""A box of tubes is counted against its lists, signed, kept, and printed."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from admin_suite.core.errors import Refused, UserError
from admin_suite.db.origin import Origin
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Finding, Stage, State, Unfit
from modules.lab.documents import draw_handover, draw_rejection
from modules.lab.queries import Sums
from modules.lab.service import NewSample

SENDER = "Trạm Y tế xã Kim Sơn"


@pytest.fixture
def deed(suite, as_actor):
    def do(function, *given, **more):
        with suite.database.work(as_actor(1)) as work:
            return function(work, *given, **more)

    return do


@pytest.fixture
def listed(deed):
    """Bring a list; answers the number of the list and its tubes."""

    def store(names, sender=SENDER):
        def bring(work):
            people = [NewSample(NewPerson(name, "1985"), "2021-08-12") for name in names]
            done = service.register(work, people, Origin(sender=sender, title="DS 1"))
            tubes = [row.tube_id for row in queries.sample_rows(work, done.ids)]
            return queries.lists_of_tubes(work, tubes)[0], tubes

        return deed(bring)

    return store


def drawn(deed, draw, **values):
    out = io.BytesIO()
    deed(draw, values, out)
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(out.getvalue())).pages)


def test_a_box_is_counted_signed_and_printed(deed, listed):
    list_id, tubes = listed(["An", "Bình", "Cúc", "Dũng"])
    _other, [extra] = listed(["Én"], "Trạm Y tế xã Bảo Hà")
    box = deed(service.begin_handover, list_id)
    deed(service.count, box, tubes[:2])
    deed(service.count, box, tubes[2:3], broken=True)
    deed(service.count, box, [extra])
    deed(service.count_unknown, box, "K-17")
    assert deed(queries.handover, box).sums == Sums(4, 5, 1, 2, 1)
    there = deed(queries.standings, [*tubes, extra])
    assert [there[key].state for key in (*tubes, extra)] == [
        State.RECEIVED,
        State.RECEIVED,
        State.REJECTED,
        State.COLLECTED,
        State.RECEIVED,
    ]
    assert deed(queries.tasks_open) == 1
    assert deed(service.sign_handover, box, "Hoàng Thị Mẩy", "4 °C") == 5
    row = deed(queries.handover, box)
    assert (row.sums, row.giver, row.taker) == (Sums(4, 5, 1, 2, 1), "Hoàng Thị Mẩy", "no 1")
    page = drawn(deed, draw_handover, number=str(box))
    for words in ("counted: 5", "Missing: 1", "broken: 1", "K-17", "Hoàng Thị Mẩy", "no 1"):
        assert words in page
    assert "An" not in page.split()  # nobody's name stands in it
    with pytest.raises(UserError, match="was signed at"):
        deed(service.count, box, tubes[3:])


def test_what_was_received_before_counts_and_a_second_list_joins_the_box(deed, listed):
    list_id, tubes = listed(["An", "Bình"])
    deed(service.receive, tubes[:1])
    box = deed(service.begin_handover, list_id)
    assert deed(service.begin_handover, list_id) == box
    found = [line.finding for line in deed(queries.box, box)]
    assert found == [Finding.MISSING, Finding.HERE]
    with pytest.raises(Refused, match="was counted already"):
        deed(service.count, box, tubes[:1])


def test_a_count_is_taken_back_with_reception_and_rejection(deed, listed):
    list_id, tubes = listed(["An", "Bình"])
    _other, [extra] = listed(["Én"], "Trạm Y tế xã Bảo Hà")
    box = deed(service.begin_handover, list_id)
    deed(service.count, box, tubes[:1])
    deed(service.count, box, tubes[1:], broken=True)
    deed(service.count, box, [extra])
    deed(service.uncount, box, [*tubes, extra])
    assert deed(queries.handover, box).sums == Sums(2, 0, 2, 0, 0)
    assert deed(queries.tasks_open) == 0
    assert {t.stage for t in deed(queries.standings, [*tubes, extra]).values()} == {Stage.EXPECTED}
    deed(service.count, box, [extra])
    assert deed(queries.handover, box).sums == Sums(2, 1, 2, 1, 0)


def test_a_record_needs_a_giver_and_its_sums_agree_in_the_database(suite, deed, listed):
    list_id, _tubes = listed(["An"])
    box = deed(service.begin_handover, list_id)
    with pytest.raises(UserError, match="who hands the tubes over"):
        deed(service.sign_handover, box, " ")
    with pytest.raises(DBAPIError), suite.database.work(suite.actor) as work:
        work.session.execute(text("UPDATE lab_handover SET counted = 7"))
    with pytest.raises(DBAPIError), suite.database.work(suite.actor) as work:
        work.session.execute(text("UPDATE lab_handover SET signed_at = begun_at, taken_by = 1"))


def test_the_notice_says_to_the_sender_what_was_rejected_and_why(deed, listed):
    _list_id, tubes = listed(["Vàng Thị Dở", "Lý A"])
    deed(service.receive, tubes)
    deed(service.reject, tubes[:1], Unfit.BROKEN, "in the box")
    page = drawn(deed, draw_rejection, sender=SENDER)
    assert "Vàng Thị Dở" in page
    assert "is broken" in page.replace("\n", " ")
    assert "Lý A" not in page
    with pytest.raises(UserError, match="No tube was rejected"):
        drawn(deed, draw_rejection, sender="Trạm Y tế xã Bảo Hà")
