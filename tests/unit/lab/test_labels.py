"""Labels for tubes: one each, in the order of the list, on sheets that may have been begun."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader

from admin_suite.core.errors import UserError
from admin_suite.db.origin import Origin
from admin_suite.documents.labels import A4_65, Label
from admin_suite.documents.zebra import zpl
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import BlockKind, LabelState
from modules.lab.documents import draw_labels
from modules.lab.rules import grouped
from modules.lab.service import NewBlock, NewSample


@pytest.fixture
def listed(suite, as_actor):
    """Register people of one sender, the first two in a pool; answers their rows."""

    def do(count, sender="Trạm Y tế xã Kim Sơn"):
        samples = [
            NewSample(
                NewPerson(f"Người {n}", "1985", Sex.F), "2021-08-12T07:15", "G1" if n < 2 else ""
            )
            for n in range(count)
        ]
        with suite.database.work(as_actor(1)) as work:
            done = service.register(work, samples, Origin(sender=sender, title=sender))
            return queries.sample_rows(work, done.ids)

    return do


@pytest.fixture
def pages(suite, as_actor):
    def read(**values):
        out = io.BytesIO()
        with suite.database.read(as_actor(1)) as work:
            draw_labels(work, values, out)
        found = PdfReader(io.BytesIO(out.getvalue())).pages
        return [page.extract_text() for page in found]

    return read


def serial(row):
    return grouped(row.accession).partition(" ")[2]


def test_every_tube_has_one_label_a_pool_too(listed, pages):
    rows = listed(4)
    [page] = pages()
    told = [page.index(number) for number in dict.fromkeys(map(serial, rows))]
    assert told == sorted(told)
    assert len(told) == 3
    assert "G1: Pool of 2" in page
    assert "Người 0" not in page  # nobody's name stands on a pool
    assert "Người 2" in page


def test_the_large_number_counts_the_tubes_of_the_day(suite, as_actor, listed):
    today = listed(3)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with suite.database.work(as_actor(1)) as work:
        work.clock = lambda: tomorrow
        block = service.reserve(work, NewBlock(2, BlockKind.LABELS, "Tổ 1"))
        labels = [label.accession for label in queries.labels_of_block(work, block)]
    with suite.database.read(as_actor(1)) as work:
        numbers = sorted({row.accession for row in today}) + labels + ["20BY000815K", "XN-7"]
        short = queries.day_numbers(work, numbers)
    assert [short[number] for number in numbers] == ["1", "2", "1", "2", "815", "XN-7"]


def test_a_sheet_that_was_begun_is_used_to_its_end(listed, pages):
    listed(A4_65.places)  # one pool of two: 64 tubes
    assert len(pages()) == 1
    assert len(pages(begin="2")) == 1
    assert len(pages(begin="3")) == 2
    assert len(pages(form="roll")) == 64
    assert pages(form="roll", from_page="64") == pages(form="roll")[63:]


def test_the_outline_says_nothing_of_anybody(listed, pages):
    listed(3)
    assert pages(outline="yes")[0].strip() == ""


def test_only_the_tubes_asked_for_are_printed(listed, pages):
    listed(3)
    [other] = listed(3, "Trạm Y tế xã Bảo Hà")[2:]
    [page] = pages(accession=other.accession)
    assert serial(other) in page
    assert page.count("Người") == 1


@pytest.mark.parametrize(
    "values", [{"form": "a5"}, {"begin": "66"}, {"begin": "0"}, {"sender": "?"}, {"tube": "1"}]
)
def test_what_cannot_be_printed_is_refused_in_words(listed, pages, values):
    listed(1)
    with pytest.raises(UserError):
        pages(**values)


def test_labels_are_printed_before_their_tubes_and_void_ones_are_not(suite, as_actor, pages):
    with suite.database.work(as_actor(1)) as work:
        block = service.reserve(work, NewBlock(3, BlockKind.LABELS, "Tổ 1"))
        numbers = [label.accession for label in queries.labels_of_block(work, block)]
        service.settle_labels(work, numbers[:1], LabelState.VOID, "torn")
    [page] = pages(block=str(block))
    assert grouped(numbers[0]).partition(" ")[2] not in page
    assert page.count("Tổ 1") == 2
    [page] = pages(block=str(block), **{"from": numbers[2]})
    assert page.count("Tổ 1") == 1
    with pytest.raises(UserError, match="not among these labels"):
        pages(block=str(block), **{"from": numbers[0]})


def test_a_label_printer_gets_one_label_for_each_tube_in_its_own_language(suite, as_actor, listed):
    rows = listed(3)
    out = io.BytesIO()
    with suite.database.read(as_actor(1)) as work:
        draw_labels(work, {"form": "zpl"}, out)
    said = out.getvalue().decode()
    assert said.count("^XA") == said.count("^XZ") == 2
    for number in dict.fromkeys(row.accession for row in rows):
        assert f"^FDMA,{number}^FS" in said
    assert "Người 2" in said
    assert "Người 0" not in said


def test_no_name_can_give_a_label_printer_commands():
    label = Label((), "26BY", "000 815 K", ("Lý ^XZ~JA A",), "26BY000815K")
    assert zpl(label).count("^XZ") == 1
    assert "~JA" not in zpl(label)
