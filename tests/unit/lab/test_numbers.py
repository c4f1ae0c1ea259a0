"""No number is given twice, however many clerks register at once; every gap has its reason."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from admin_suite.core.errors import Refused, UserError
from admin_suite.db.origin import Origin
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import BlockKind, Gap, LabelState, Stage
from modules.lab.rules import serial_of, well_formed
from modules.lab.service import NewBlock, NewSample, register

CLERKS, TIMES, EACH = 4, 5, 7


def test_numbers_are_unique_and_without_gaps(suite, as_actor):
    def clerk(number):
        for turn in range(TIMES):
            rows = [
                NewSample(NewPerson(f"Clerk {number} turn {turn} person {n}", "1990"), "2021-08-12")
                for n in range(EACH)
            ]
            with suite.database.work(as_actor(1)) as work:
                register(work, rows)

    with ThreadPoolExecutor(CLERKS) as pool:
        for done in [pool.submit(clerk, number) for number in range(CLERKS)]:
            done.result()
    with suite.database.read(as_actor(1)) as work:
        numbers = [row.accession for row in queries.samples(work)]
    assert len(set(numbers)) == len(numbers) == CLERKS * TIMES * EACH
    assert all(well_formed(number) for number in numbers)
    assert sorted(int(number[4:-1]) for number in numbers) == list(range(1, len(numbers) + 1))


SENDER = "Trạm Y tế xã Kim Sơn"


def swab(name, number="", pool=""):
    return NewSample(NewPerson(name, "1985"), "2021-08-12T07:15", pool, number=number)


@pytest.fixture
def deed(suite, as_actor):
    """Runs a verb or a question in a unit of work of its own."""

    def do(function, *given, **more):
        with suite.database.work(as_actor(1)) as work:
            return function(work, *given, **more)

    return do


def brought(deed, *names, sender=SENDER):
    """Register people of a sender; answers the serials of their tubes."""

    def store(work):
        done = register(work, [swab(name) for name in names], Origin(sender=sender))
        return [serial_of(row.accession) for row in queries.sample_rows(work, done.ids)]

    return deed(store)


def labels(deed, count):
    """Print labels; answers their numbers."""
    block = deed(service.reserve, NewBlock(count, BlockKind.LABELS, "Cô Hà"))
    return block, [row.accession for row in deed(queries.labels_of_block, block)]


def gaps(deed):
    return [(gap.reason, gap.count) for gap in deed(queries.numbers).gaps]


def test_a_station_takes_from_its_block_others_from_the_counter(deed):
    deed(service.reserve, NewBlock(3, sender=SENDER))
    assert brought(deed, "An", "Bình") == [1, 2]
    assert brought(deed, "Cúc", sender="Trạm Y tế xã Bảo Hà") == [4]
    assert brought(deed, "Dũng", "Én") == [3, 5]
    assert gaps(deed) == []


def test_what_a_station_has_left_is_given_back_and_dealt_out_next(deed):
    block = deed(service.reserve, NewBlock(4, sender=SENDER))
    assert brought(deed, "An") == [1]
    assert gaps(deed) == [(Gap.RESERVED, 3)]
    assert deed(service.give_back, block) == 3
    assert gaps(deed) == [(Gap.GIVEN_BACK, 3)]
    assert brought(deed, *"BCDE", sender="Trạm Y tế xã Bảo Hà") == [2, 3, 4, 5]
    assert gaps(deed) == []
    with pytest.raises(UserError, match="given back already"):
        deed(service.give_back, block)


def test_a_printed_label_is_used_once_and_what_is_left_must_be_explained(deed):
    block, numbers = labels(deed, 4)
    deed(register, [swab("An", numbers[2])])
    with pytest.raises(UserError, match="3 labels are neither used nor void nor missing"):
        deed(service.give_back, block)
    deed(service.settle_labels, numbers[:1], LabelState.VOID, "misprinted")
    deed(service.settle_labels, numbers[1:2], LabelState.MISSING, "not in the box")
    assert gaps(deed) == [(Gap.LABEL_VOID, 1), (Gap.LABEL_MISSING, 1), (Gap.LABEL_WAITS, 1)]
    deed(service.settle_labels, numbers[3:], LabelState.VOID, "left over")
    assert deed(service.give_back, block) == 3
    [row] = deed(queries.numbers).blocks
    assert (row.used, row.void, row.missing, row.left, row.closed) == (1, 2, 1, 0, True)


def test_letters_cover_the_site_from_the_decision_on(deed):
    def forget(work):
        work.session.execute(text("UPDATE house_rule SET adopted = false WHERE code LIKE 'lab.l%'"))

    deed(forget)
    _block, printed = labels(deed, 2)
    deed(service.adopt_lettering, "decision 7")
    later, numbers = labels(deed, 2)
    rule = deed(queries.lettering)
    assert [rule.covers_site(int(one[:2]), serial_of(one)) for one in (*printed, *numbers)] == [
        False,
        False,
        True,
        True,
    ]
    assert all(well_formed(number, rule) for number in (*printed, *numbers))
    assert [deed(queries.ends_of_block, block) for block in (_block, later)] == [
        tuple(printed),
        tuple(numbers),
    ]
    deed(register, [swab("An", printed[0]), swab("Bình", numbers[0])])
    assert [row.reason for row in deed(queries.numbers).gaps] == [Gap.LABEL_WAITS] * 2
    with pytest.raises(UserError, match="covers the site already"):
        deed(service.adopt_lettering, "again")


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("void", "is void: torn. Use another label"),
        ("26BY000999", "is not a tube number"),
        ("counter", "is not reserved"),
    ],
)
def test_a_number_that_nobody_reserved_or_that_is_void_is_refused(deed, number, why):
    _block, numbers = labels(deed, 1)
    deed(service.settle_labels, numbers, LabelState.VOID, "torn")
    if number == "counter":
        brought(deed, "An")
        [row] = deed(queries.samples, {"name": "An"})
        number = row.accession.replace("000002", "000009")
        number = next(n for n in (number[:-1] + c for c in "ACDEFGHJKLMNPRTVWXY") if well_formed(n))
    wanted = numbers[0] if number == "void" else number
    with pytest.raises(Refused, match=why):
        deed(register, [swab("Bình", wanted)])
    assert deed(queries.samples, {"name": "Bình"}) == []


def test_people_scanned_into_one_labelled_tube_share_it_until_it_is_received(deed):
    _block, [number] = labels(deed, 1)
    for name in ("An", "Bình", "Cúc"):
        deed(register, [swab(name, number)])
    tube = deed(queries.tubes_of, [number])[number]
    assert tube.pooled
    assert deed(queries.sizes, [tube.id]) == {tube.id: 3}
    with pytest.raises(Refused, match="belongs to a list of"):
        deed(register, [swab("Dũng", number)], Origin(sender=SENDER))
    deed(service.receive, [tube.id])
    with pytest.raises(Refused, match="nothing can be added"):
        deed(register, [swab("Dũng", number)])


def test_a_site_without_network_brings_its_numbers_and_explains_the_rest(deed):
    block = deed(service.reserve, NewBlock(2, BlockKind.OFFLINE, "Điểm trường Lúc"))
    first, _last = deed(queries.ends_of_block, block)
    deed(register, [swab("An", first)])
    with pytest.raises(UserError, match="1 number of Điểm trường Lúc has no tube"):
        deed(service.give_back, block)
    assert deed(service.give_back, block, "the pen failed") == 1
    [gap] = deed(queries.numbers).gaps
    assert (gap.reason, gap.about) == (Gap.NOT_USED, "the pen failed")


def test_a_tube_that_was_withdrawn_leaves_a_gap_with_its_reason(deed):
    brought(deed, "An", "Bình")
    [row] = deed(queries.samples, {"name": "An"})
    deed(service.withdraw, [row.id])
    assert gaps(deed) == [(Gap.WITHDRAWN, 1)]


def test_printing_again_makes_no_new_number(deed):
    brought(deed, "An")
    [tube] = deed(queries.tubes_at, Stage.EXPECTED)
    number = deed(queries.samples)[0].accession
    assert deed(service.note_printed, [number]) == 1
    assert deed(service.note_printed, [number]) == 0
    assert deed(queries.labels_of, [number])[number].copies == 2
    assert deed(queries.numbers).dealt == 1
    with pytest.raises(Refused, match="is on a tube"):
        deed(service.settle_labels, [number], LabelState.VOID, "torn")
    assert tube
