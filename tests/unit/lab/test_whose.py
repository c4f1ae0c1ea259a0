"""Whose result a row of another laboratory is: taken only if it is surely one tube's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.errors import Refused
from admin_suite.db.origin import Origin
from admin_suite.excel import importer, mending
from admin_suite.excel.importer import read_file
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage
from modules.lab.models import Gene
from modules.lab.queries import Whose
from modules.lab.queries.whose import WAITING, Swab, chosen
from modules.lab.service import NewResult, NewSample, Performed
from modules.lab.sheets import RESULTS
from modules.results import service as release
from tests.unit.lab.outside_lists import CDC, ROUGH
from tests.unit.lists import a_world

NAMES = st.sampled_from(["Lý Thị Hòa", "Lý Thị Hoa", "Vàng A Páo", "Lý Hòa"])
BIRTHS = st.sampled_from(["", "1985", "1985-03-05", "1985-05-03", "1990"])
DAYS = st.sampled_from(["2021-08-12", "2021-08-13"])
CODES = st.sampled_from(["", "g001", "g002"])
COMMUNES = st.sampled_from(["", "02971", "02989", "02947"])
BECAME = {"02971": ("02989", "2025-07-01")}
SWABS = st.lists(
    st.builds(
        Swab,
        st.integers(1, 5),
        st.just("26BY000001A"),
        st.sampled_from([Stage.EXPECTED, Stage.RECEIVED, Stage.RELEASED]),
        NAMES,
        BIRTHS,
        st.sampled_from(["", "010085001234", "010085001235"]),
        COMMUNES,
        DAYS,
        CODES,
        st.just("tram y te xa kim son"),
        st.just(1),
        st.integers(1, 9),
        st.integers(1, 9),
    ),
    max_size=6,
    unique_by=lambda swab: swab.id,
)
ROWS = st.builds(
    Whose,
    NAMES,
    BIRTHS,
    st.sampled_from(["", "010085001234"]),
    COMMUNES,
    st.one_of(st.just(""), DAYS),
    CODES,
)


def contradicts(row, swab):
    """Whether a field of a row and of a swab cannot both be true; written without the program."""
    pairs = ((row.id_no, swab.id_no), (row.code, swab.code), (row.commune_code, swab.commune_code))
    if any(one and other and one != other for one, other in pairs):
        return True
    days = ((row.dob, swab.dob), (row.collected_on, swab.collected_at))
    return any(a and b and a[: min(len(a), len(b))] != b[: min(len(a), len(b))] for a, b in days)


@given(ROWS, SWABS)
def test_no_result_goes_to_whom_a_field_speaks_against_nor_to_one_of_several(row, swabs):
    found = chosen(row, swabs, BECAME)
    if found.swab is None:
        return
    assert not contradicts(row, found.swab)
    same = {s.tube_id for s in swabs if s.name == row.name and not contradicts(row, s)}
    waiting = {s.tube_id for s in swabs if s.tube_id in same and s.stage in WAITING}
    assert len(waiting or same) <= 1
    if found.sure:
        assert same <= {found.swab.tube_id}
        assert found.swab.name == row.name


@given(ROWS, SWABS, st.randoms())
def test_the_order_in_which_swabs_are_found_decides_nothing(row, swabs, dice):
    mixed = list(swabs)
    dice.shuffle(mixed)
    one, other = chosen(row, swabs, BECAME), chosen(row, mixed, BECAME)
    assert (one.tubes, one.sure) == (other.tubes, other.sure)


PEOPLE = (
    ("Lý Thị Hòa", "1985", "02971"),
    ("Vàng A Páo", "1990-04-02", "02971"),
    ("Giàng Thị Dở", "1962", "02989"),
)


@pytest.fixture
def received(suite, as_actor):
    """Three people swabbed on one day, their tubes received; the numbers of the tubes by name."""

    def bring(*people, day="2021-08-12", pool=""):
        with suite.database.work(as_actor(1)) as work:
            made = [
                NewSample(NewPerson(name, dob, commune_code=home), day, pool)
                for name, dob, home in people
            ]
            origin = Origin(sender="Trạm Y tế xã Kim Sơn", day=date.fromisoformat(day))
            keys = service.register(work, made, origin).ids
            tubes = queries.tubes_at(work, Stage.EXPECTED)
            service.receive(work, tubes)
            return {row.name: row.accession for row in queries.sample_rows(work, keys)}

    return bring


def entered(suite, actor, *results, sender=""):
    with suite.database.work(actor) as work:
        return service.enter(work, results, Origin(sender=sender))


def about(name, **more):
    return NewResult("", Outcome.NEGATIVE, whose=Whose(name, **more))


def test_a_list_that_knows_no_number_of_ours_is_stored(suite, as_actor, received, tmp_path):
    numbers = received(*PEOPLE)
    draft = read_file(RESULTS, CDC.write(tmp_path), a_world())
    with suite.database.read(as_actor(1)) as work:
        looked = importer.preview(work, draft)
    assert looked.refused == ()
    assert any("Taken for" in said.message for said in looked.warnings)
    with suite.database.work(as_actor(1)) as work:
        assert importer.store(work, draft).stored == 3
    with suite.database.work(as_actor(1)) as work:
        assert importer.store(work, draft).stored == 0, "the same list again changes nothing"
        tubes = queries.tubes_of(work, list(numbers.values()))
        assert tubes[numbers["Vàng A Páo"]].reported is Outcome.POSITIVE
        keys = queries.current_measurements(work, [tube.id for tube in tubes.values()])
        details = queries.details_of(work, list(keys.values()))
        kept = details[keys[tubes[numbers["Vàng A Páo"]].id]]
    assert (kept.number, kept.genes) == ("LC21-0432", (Gene("ORF1ab", "24.5"), Gene("N", "25.1")))
    assert "kiểm soát bệnh tật" in kept.performed_at.lower()


def test_namesakes_are_counted_and_nobody_gets_the_result(suite, as_actor, received):
    received(("Lý Thị Hòa", "1985", "02971"))
    received(("Lý Thị Hòa", "1985-05-06", "02971"), day="2021-08-13")
    with pytest.raises(Refused, match="2 tubes may be meant"):
        entered(suite, as_actor(1), about("Lý Thị Hòa", dob="1985", commune_code="02971"))
    told = about("Lý Thị Hòa", dob="1985", commune_code="02971", collected_on="2021-08-13")
    assert entered(suite, as_actor(1), told).new == 1


def test_what_is_only_likely_is_proposed_and_taken_once_confirmed(
    suite, as_actor, received, tmp_path
):
    numbers = received(("Lý Thị Hòa", "1985-03-05", "02971"), ("Vàng A Páo", "1990", "02971"))
    draft = read_file(RESULTS, ROUGH.write(tmp_path), a_world())
    with suite.database.read(as_actor(1)) as work:
        looked = importer.preview(work, draft)
    assert {p.row for p in looked.refused} == {6, 7, 8, 9}
    near = about("Vàng A Pao Lâm", dob="1990")
    with pytest.raises(Refused, match="other cells"):
        entered(suite, as_actor(1), near)
    with pytest.raises(Refused, match="Confirm it") as refused:
        entered(suite, as_actor(1), about("Vàng Páo", dob="1990", commune_code="02971"))
    assert refused.value.refusals[0].offer == numbers["Vàng A Páo"]
    with pytest.raises(Refused, match="Confirm it"):
        entered(suite, as_actor(1), about("Vàng A Páo"))


def test_a_confirmed_proposal_is_a_cell_written_before_storing(suite, as_actor, received, tmp_path):
    numbers = received(("Lý Thị Hòa", "", "02971"), *PEOPLE[1:])
    draft = read_file(RESULTS, CDC.write(tmp_path), a_world())
    hers = numbers["Lý Thị Hòa"]
    with suite.database.read(as_actor(1)) as work:
        looked = importer.preview(work, draft)
        assert [(p.row, p.field, p.offer) for p in looked.refused] == [(7, "accession", hers)]
        mended = mending.mended(draft, mending.offers(looked), draft.sender)
        assert importer.preview(work, mended).refused == ()
    with suite.database.work(as_actor(1)) as work:
        assert importer.store(work, mended).stored == 3


def test_a_number_with_somebody_elses_name_is_refused(suite, as_actor, received):
    numbers = received(*PEOPLE)
    number = numbers["Vàng A Páo"]
    wrong = NewResult(number, Outcome.POSITIVE, whose=Whose("Giàng Thị Dở"))
    with pytest.raises(Refused, match="about somebody else"):
        entered(suite, as_actor(1), wrong)
    nearly = NewResult(number, Outcome.POSITIVE, whose=Whose("Vàng Páo", "1990"))
    with pytest.raises(Refused, match="same person") as refused:
        entered(suite, as_actor(1), nearly)
    assert refused.value.refusals[0].offer == "Vàng A Páo"


def test_a_pool_that_is_reported_once_or_person_by_person_is_one_tube(suite, as_actor, received):
    received(*PEOPLE, pool="G001")
    once = NewResult("", Outcome.POSITIVE, whose=Whose(code="G001", collected_on="2021-08-12"))
    by_name = [about(name, dob=dob, code="G001") for name, dob, _home in PEOPLE]
    with pytest.raises(Refused, match="different things"):
        entered(suite, as_actor(1), once, *by_name)
    assert entered(suite, as_actor(1), *by_name).new == 1


def test_a_code_alone_is_proposed_for_other_lists_may_have_it_too(suite, as_actor, received):
    numbers = received(*PEOPLE, pool="G001")
    alone = NewResult("", Outcome.NEGATIVE, whose=Whose(mark="G001"))
    with pytest.raises(Refused, match="Confirm it") as refused:
        entered(suite, as_actor(1), alone)
    assert refused.value.refusals[0].offer == numbers["Lý Thị Hòa"]


def test_the_line_of_the_list_tells_namesakes_apart(suite, as_actor, received):
    numbers = received(("Lý Thị Hòa", "1985", "02971"))
    twins = received(("Vàng A Páo", "1990-01-01", "02971"), ("Lý Thị Hòa", "1985-01-01", "02971"))
    with pytest.raises(Refused, match="2 tubes"):
        entered(suite, as_actor(1), about("Lý Thị Hòa", dob="1985"))
    second = about("Lý Thị Hòa", dob="1985", row="3")
    assert entered(suite, as_actor(1), second).new == 1
    with suite.database.read(as_actor(1)) as work:
        found = queries.tubes_of(work, [numbers["Lý Thị Hòa"], twins["Lý Thị Hòa"]])
    assert found[twins["Lý Thị Hòa"]].reported is Outcome.NEGATIVE
    assert found[numbers["Lý Thị Hòa"]].reported is None


def test_a_released_result_stays_when_its_list_comes_again(suite, as_actor, received):
    numbers = received(*PEOPLE[:1])
    row = NewResult(numbers["Lý Thị Hòa"], Outcome.NEGATIVE, performed=Performed("CDC Lào Cai"))
    assert entered(suite, as_actor(1), row).new == 1
    with suite.database.work(as_actor(2)) as work:
        tubes = [tube.id for tube in queries.tubes_of(work, [row.accession]).values()]
        release.sign(work, tubes)
    assert entered(suite, as_actor(1), row).new == 0
    with suite.database.read(as_actor(1)) as work:
        assert queries.tubes_of(work, [row.accession])[row.accession].stage is Stage.RELEASED
