"""A corrected sampling list, and a list that is taken back as a whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Actor
from admin_suite.db.audit import Entry
from admin_suite.db.origin import Import, ImportLine
from admin_suite.excel.importer import Refusing, preview, read_file, store
from admin_suite.registry import imports
from admin_suite.registry.service import NewPerson, add_person
from admin_suite.registry.sheets import PEOPLE
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult
from modules.lab.sheets import RESULTS, SAMPLES
from modules.results.service import release, validate
from tests.unit import lists
from tests.unit.excel.test_outputs import saved

HEAD = [
    ["TRẠM Y TẾ XÃ NGHĨA ĐÔ"],
    ["DANH SÁCH LẤY MẪU"],
    ["Ngày 13 tháng 8 năm 2021"],
    ["STT", "Họ và tên", "Ngày sinh", "SĐT", "Địa chỉ", "Giờ lấy", "Mã ống"],
]
AN = ["Lý Văn An", "05/03/1985", "0912345678", "xã Nghĩa Đô", "7h30", "G1"]
BINH = ["Lý Thị Bình", "1990", "0912345679", "xã Nghĩa Đô", "7h32", "G1"]
CHI = ["Vàng Thị Chi", "12/07/1988", "", "xã Nghĩa Đô", "7h34", "G2"]
DUNG = ["Vàng Văn Dũng", "1971", "", "xã Nghĩa Đô", "7h36", "G3"]


def but(row, at, text):
    return [*row[:at], text, *row[at + 1 :]]


@pytest.fixture
def bring(suite, as_actor, tmp_path):
    """Import these people as the list of one day of one station."""

    def read(*rows, head=HEAD, sheet=SAMPLES):
        numbered = [[at, *row] for at, row in enumerate(rows, start=1)]
        return read_file(sheet, saved(tmp_path / "a.xlsx", [*head, *numbered]), lists.a_world())

    def bring(*rows, head=HEAD, sheet=SAMPLES):
        draft = read(*rows, head=head, sheet=sheet)
        with suite.database.read(as_actor(1)) as work:
            looked = preview(work, draft)
        with suite.database.work(as_actor(1)) as work:
            done = store(work, draft)
        assert (looked.changed, looked.new, looked.missing) == (
            done.changed,
            done.new,
            done.missing,
        )
        return done

    bring.read = read
    return bring


@pytest.fixture
def exports(suite, as_actor):
    """Everything that the lists show."""

    def shown():
        with suite.database.read(as_actor(1)) as work:
            return queries.samples(work), PEOPLE.rows(work, {}), queries.counts(work)

    return shown


@pytest.fixture
def take_back(suite, as_actor):
    def take_back(number):
        with suite.database.work(as_actor(1)) as work:
            return imports.take_back(work, [SAMPLES, RESULTS, PEOPLE], number)

    return take_back


@pytest.fixture
def receive(suite, as_actor):
    def receive(*codes):
        with suite.database.work(as_actor(1)) as work:
            service.receive(work, queries.tube_ids_by_code(work, codes))

    return receive


def by_name(rows):
    return {row.name: row for row in rows}


def test_a_corrected_list_changes_cells_adds_rows_and_deletes_nothing(bring, exports):
    bring(AN, BINH, CHI)
    before = by_name(exports()[0])
    done = bring(but(AN, 0, "Lý Văn Ân"), but(CHI, 2, "0912345670"), but(DUNG, 5, "G2"))
    assert (done.stored, done.unchanged, done.revises) == (1, 0, "a.xlsx")
    assert done.plain()["changed"] == [
        {"row": 5, "was": 5, "fields": {"name": ("Lý Văn An", "Lý Văn Ân")}},
        {"row": 6, "was": 7, "fields": {"phone": ("", "0912345670")}},
    ]
    assert (done.new, done.missing) == ((7,), ({"was": 6, "name": "Lý Thị Bình"},))
    rows = by_name(exports()[0])
    assert set(rows) == {"Lý Văn Ân", "Lý Thị Bình", "Vàng Thị Chi", "Vàng Văn Dũng"}
    assert rows["Lý Văn Ân"].id == before["Lý Văn An"].id
    assert rows["Vàng Thị Chi"].phone == "0912345670"
    assert rows["Vàng Văn Dũng"].accession == rows["Vàng Thị Chi"].accession
    assert rows["Vàng Thị Chi"].pooled
    assert len(exports()[1]) == 4


def test_what_a_corrected_list_has_no_column_for_stays(bring, exports):
    bring(AN, BINH, CHI)
    at = HEAD[3].index("SĐT")
    fewer = [*HEAD[:3], HEAD[3][:at] + HEAD[3][at + 1 :]]
    short = [row[: at - 1] + row[at:] for row in (but(AN, 0, "Lý Văn Ân"), BINH, CHI)]
    done = bring(*short, head=fewer)
    assert [one["fields"] for one in done.changed] == [{"name": ("Lý Văn An", "Lý Văn Ân")}]
    assert (done.unchanged, done.missing) == (2, ())
    assert by_name(exports()[0])["Lý Văn Ân"].phone == AN[2]
    emptied = bring(but(but(AN, 0, "Lý Văn Ân"), 2, ""), BINH, CHI)
    assert [one["fields"] for one in emptied.changed] == [{"phone": (AN[2], "")}]
    assert by_name(exports()[0])["Lý Văn Ân"].phone == ""


def test_what_a_person_leaves_is_told_again(bring, suite, as_actor, exports):
    bring(AN, BINH)
    before = exports()
    for leave, stored in ((("changed", "new"), 0), (("changed",), 1), ((), 0)):
        draft = bring.read(AN, but(BINH, 0, "Lý Thị Bính"), CHI)
        with suite.database.work(as_actor(1)) as work:
            done = store(work, draft, leave=leave)
        assert (done.stored, [one["was"] for one in done.changed]) == (stored, [6])
        if not stored and leave:
            assert exports() == before
    assert set(by_name(exports()[0])) == {"Lý Văn An", "Lý Thị Bính", "Vàng Thị Chi"}


def test_other_people_of_the_same_day_are_a_list_of_their_own(bring, exports):
    bring(AN, BINH)
    done = bring(but(CHI, 5, "G1"), DUNG)
    assert (done.revises, done.stored, done.missing) == ("", 2, ())
    assert len({row.accession for row in exports()[0] if row.pool == "G1"}) == 2
    other_day = [*HEAD[:2], ["Ngày 14 tháng 8 năm 2021"], HEAD[3]]
    assert bring(AN, BINH, head=other_day).stored == 2
    other_sender = [["TRẠM Y TẾ XÃ BẢO HÀ"], *HEAD[1:]]
    assert bring(AN, BINH, head=other_sender).revises == ""


def test_a_swab_moves_to_another_tube_until_one_of_them_is_received(bring, exports, receive):
    bring(AN, BINH, CHI)
    done = bring(AN, but(BINH, 5, "G4"), but(CHI, 5, "G1"))
    assert (done.stored, len(done.changed)) == (0, 2)
    rows = by_name(exports()[0])
    assert [(row.pool, row.pooled) for row in rows.values()] == [
        ("G1", True),
        ("G4", False),
        ("G1", True),
    ]
    assert exports()[2].of(Stage.EXPECTED) == 2
    receive("G4")
    with pytest.raises(Refusing, match="was received already; its swab stays in it"):
        bring(AN, but(BINH, 5, "G1"), but(CHI, 5, "G1"))
    with pytest.raises(Refusing, match="nothing can be added to it"):
        bring(AN, but(BINH, 5, "G4"), but(CHI, 5, "G4"))
    assert bring(AN, but(but(BINH, 5, "G4"), 0, "Lý Thị Bính"), but(CHI, 5, "G1")).changed


def test_what_a_released_result_says_of_a_swab_stays(bring, suite, as_actor, exports, receive):
    bring(AN, DUNG)
    receive("G3")
    (row,) = [row for row in exports()[0] if row.pool == "G3"]
    with suite.database.work(as_actor(1)) as work:
        service.enter(work, [NewResult(row.accession, Outcome.NEGATIVE)])
    for verb in (validate, release):
        with suite.database.work(as_actor(2)) as work:
            verb(work, [row.tube_id])
    with pytest.raises(Refusing, match="was released; the swab stays as it is"):
        bring(AN, but(DUNG, 4, "8h"))
    assert len(bring(AN, but(DUNG, 1, "1972")).changed) == 1
    assert by_name(exports()[0])["Vàng Văn Dũng"].dob == "1972"


def test_a_row_that_cannot_be_read_is_not_missing(bring, suite, as_actor):
    bring(AN, BINH, CHI)
    draft = bring.read(AN, BINH, but(CHI, 1, "31/02/1988"))
    with suite.database.work(as_actor(1)) as work:
        assert store(work, draft, partial=True).missing == ()


def test_an_import_is_taken_back_as_a_whole_and_comes_again(bring, exports, take_back):
    empty = exports()
    bring(AN, BINH, CHI)
    assert take_back(1).taken == 3
    assert exports() == empty
    with pytest.raises(UserError, match=r"Import 1 was taken back at .* by no 1"):
        take_back(1)
    done = bring(AN, BINH, CHI)
    assert (done.stored, done.revises) == (3, "")
    assert len(exports()[0]) == len(exports()[1]) == 3


def test_what_was_received_stays_and_the_rest_is_taken_back(bring, exports, receive, take_back):
    bring(AN, BINH, CHI)
    receive("G2")
    answer = take_back(1)
    assert answer.taken == 2
    assert [(one.row, "was received already" in one.message) for one in answer.stays] == [(7, True)]
    assert [row.name for row in exports()[0]] == ["Vàng Thị Chi"]
    assert [row.name for row in exports()[1]] == ["Vàng Thị Chi"]
    with pytest.raises(UserError, match=r"Nothing of import 1 can be taken back\. First: row 7"):
        take_back(1)


def test_looking_says_what_taking_back_would_do_and_changes_nothing(
    suite, as_actor, bring, exports, receive, take_back
):
    bring(AN, BINH, CHI)
    receive("G2")
    before = exports()
    with suite.database.read(as_actor(1)) as work:
        entries = work.session.scalar(select(func.count()).select_from(Entry))
    with suite.database.work(as_actor(1)) as work:
        looked = imports.look_before(work, [SAMPLES], 1)
        assert work.notes == []
    assert exports() == before
    with suite.database.read(as_actor(1)) as work:
        assert work.session.scalar(select(func.count()).select_from(Entry)) == entries
        assert [one.taken_back_at for one in imports.imports(work)] == [""]
        assert [row.cells["name"] for row in imports.rows_of(work, 1)] == [AN[0], BINH[0], CHI[0]]
        assert [(note.subject, list(note.ids)) for note in work.views] == [("house_import", [1])]
    assert take_back(1) == looked


def test_a_correction_is_undone_and_a_list_under_it_waits(bring, exports, take_back):
    bring(AN, BINH)
    first = exports()
    bring(AN, but(BINH, 2, "0912345670"), CHI)
    bring(AN, but(BINH, 2, "0912345670"), CHI)
    with pytest.raises(UserError, match="A later list holds this row too"):
        take_back(1)
    answer = take_back(2)
    assert (answer.taken, answer.undone, answer.stays) == (1, 1, ())
    assert exports() == first
    assert bring(AN, BINH).unchanged == 2
    assert take_back(1).taken == 2


def test_people_known_otherwise_stay(bring, suite, as_actor, exports, take_back):
    with suite.database.work(as_actor(1)) as work:
        add_person(work, NewPerson("Lý Văn An", "1985-03-05", phone="0912345678"))
    bring(AN, BINH)
    other = [["TRẠM Y TẾ XÃ BẢO HÀ"], *HEAD[1:]]
    bring(BINH, head=other)
    take_back(1)
    assert {row.name for row in exports()[1]} == {"Lý Văn An", "Lý Thị Bình"}
    take_back(2)
    assert {row.name for row in exports()[1]} == {"Lý Văn An"}


def test_a_list_of_people_is_taken_back_unless_a_swab_names_them(bring, exports, take_back):
    head = [["DANH SÁCH"], HEAD[3][:5]]
    bring(AN[:4], BINH[:4], head=head, sheet=PEOPLE)
    bring(AN)
    answer = take_back(1)
    assert (answer.taken, [one.message for one in answer.stays]) == (
        1,
        ["Other records name this person."],
    )
    assert [row.name for row in exports()[1]] == ["Lý Văn An"]


def test_rights_and_numbers_are_asked(bring, suite, as_actor, take_back):
    bring(AN)
    with pytest.raises(UserError, match="There is no import with the number 9"):
        take_back(9)
    visitor = Actor(9, "visitor")
    with pytest.raises(Forbidden), suite.database.work(visitor) as work:
        imports.take_back(work, [SAMPLES], 1)
    gate = Actor(1, "no 1", frozenset({"registry.take_back"}))
    with pytest.raises(Forbidden), suite.database.work(gate) as work:
        imports.take_back(work, [SAMPLES], 1)
    with suite.database.work(as_actor(1)) as work:
        work.session.execute(update(ImportLine).values(gone=True))
    with pytest.raises(UserError, match="stored by an older version"):
        take_back(1)
    with suite.database.work(as_actor(1)) as work:
        work.session.get_one(Import, 1).sheet = "lab.results"
    with pytest.raises(UserError, match="“Results of tubes” cannot be taken back"):
        take_back(1)


def test_imports_are_listed_and_the_audit_names_the_verb(bring, suite, as_actor, take_back):
    bring(AN, BINH)
    bring(AN, but(BINH, 2, ""), CHI)
    take_back(2)
    with suite.database.read(as_actor(1)) as work:
        rows = imports.imports(work)
        verbs = set(work.session.scalars(select(Entry.verb)))
        assert work.session.scalar(select(func.count(ImportLine.id))) == 5
    assert [(row.number, row.stored, row.changed, row.unchanged, row.revises) for row in rows] == [
        (2, 1, 1, 1, 1),
        (1, 2, 0, 0, None),
    ]
    assert [bool(row.taken_back_at) for row in rows] == [True, False]
    assert (rows[0].by, rows[0].sender) == ("no 1", "Trạm Y tế xã Nghĩa Đô")
    assert "registry.take_back" in verbs


PEOPLE_OF_A_DAY = st.lists(
    st.sampled_from([AN, BINH, CHI, DUNG, but(AN, 2, ""), but(BINH, 5, "G2"), but(CHI, 1, "1988")]),
    unique_by=lambda row: row[0],
    min_size=1,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(PEOPLE_OF_A_DAY, PEOPLE_OF_A_DAY)
def test_lists_in_turn_double_nobody_and_are_taken_back_to_what_was(
    bring, exports, take_back, first, second
):
    start = exports()
    numbers = []
    for rows in (first, second, first):
        numbers.append(bring(*rows).import_id)
    names = {row[0] for row in (*first, *second)}
    assert sorted(row.name for row in exports()[0]) == sorted(names)
    shown = by_name(exports()[0])
    assert all(shown[row[0]].pool == row[5] for row in first)
    for number in reversed(numbers):
        assert take_back(number).stays == ()
    assert exports() == start


@pytest.mark.skipif(
    not (lists.LISTS / "lab_samples_f.xlsx").is_file(), reason="the shared lists are not here"
)
def test_the_shared_list_sent_again_is_what_its_answer_file_says(suite, as_actor, take_back):
    answer = lists.LISTS / "lab_samples_f (sua lan 2).expected.json"
    expected = lists.load(answer)
    receipts = []
    for name in ("lab_samples_f.xlsx", lists.list_of(answer).name):
        draft = read_file(SAMPLES, lists.LISTS / name, lists.a_world())
        with suite.database.work(as_actor(1)) as work:
            receipts.append(store(work, draft, partial=True).plain())
    first, again = receipts
    assert (first["stored"], first["changed"], first["missing"]) == (117, [], [])
    changed = [
        {"excel_row": one["row"], "old_row": one["was"], "fields": one["fields"]}
        for one in again["changed"]
    ]
    assert changed == [
        one | {"fields": {name: tuple(pair) for name, pair in one["fields"].items()}}
        for one in expected["changed"]
    ]
    missing = [{"old_row": one["was"], "name": one["name"]} for one in again["missing"]]
    assert (missing, again["new"]) == (expected["missing"], expected["new"])
    assert (again["revises"], again["stored"]) == (expected["revises"], len(expected["new"]))
    assert again["unchanged"] == len(expected["rows"]) - len(changed) - len(expected["new"])
    with suite.database.read(as_actor(1)) as work:
        assert len(queries.samples(work)) == 119
    assert (take_back(2).taken, take_back(1).taken) == (2, 117)
