"""The rules against a table of cases written from the documents, and what must always be so."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin_suite.db.dated import shipped_rules
from modules.vaccination.codes import Standing, Verdict, Why
from modules.vaccination.rules.due import Forecaster, Hold, Outlook, standing
from modules.vaccination.rules.regimen import months_later, read
from modules.vaccination.rules.verdicts import Given, counted, judge

RULES = read(shipped_rules("vaccination"))
AZ, PF, MO, VC = "Vaxzevria", "Comirnaty", "Spikevax", "BBIBP-CorV"
TODAY = date(2022, 12, 31)
ADULT = "1985-03-05"


def dose(day, product=AZ, **more):
    return Given(date.fromisoformat(day), product, **more)


def verdicts(*doses, born=ADULT, today=TODAY):
    return [(one.number, one.verdict.value) for one in judge(doses, born, today, RULES)]


CASES = [
    # first doses
    ("a first dose", [dose("2021-06-10")], ADULT, [(1, "VALID")]),
    ("an unknown product", [dose("2021-06-10", "")], ADULT, [(1, "VALID")]),
    # intervals of August 2021, without grace
    *[
        (f"{product} after {days} days", [dose("2021-06-01", product), second], ADULT, told)
        for product, least in ((AZ, 56), (MO, 28), (PF, 21), (VC, 21))
        for days, told in (
            (least - 1, [(1, "VALID"), (2, "EARLY")]),
            (least, [(1, "VALID"), (2, "VALID")]),
        )
        for second in [Given(date(2021, 6, 1) + timedelta(days=days), product)]
    ],
    # mixing: from August 2021 Pfizer after AstraZeneca, from 8 September 2021 more
    (
        "AstraZeneca, then Pfizer",
        [dose("2021-06-01"), dose("2021-08-17", PF)],
        ADULT,
        [(1, "VALID"), (2, "MIXED")],
    ),
    (
        "AstraZeneca, then Pfizer too early",
        [dose("2021-06-20"), dose("2021-08-10", PF)],
        ADULT,
        [(1, "VALID"), (2, "EARLY")],
    ),
    (
        "Moderna, then AstraZeneca, which no rule foresees",
        [dose("2021-07-01", MO), dose("2021-08-10", AZ)],
        ADULT,
        [(1, "VALID"), (2, "MIXED")],
    ),
    # a third dose: before December 2021 beyond the schedule, then after 6, later 3 months
    (
        "a third dose in October 2021",
        [dose("2021-03-01"), dose("2021-05-01"), dose("2021-10-01")],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "EXTRA")],
    ),
    (
        "a third dose after five months in January 2022",
        [dose("2021-06-01"), dose("2021-08-01"), dose("2022-01-01", PF)],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "EARLY")],
    ),
    (
        "a third dose after six months to the day",
        [dose("2021-06-01"), dose("2021-08-01"), dose("2022-02-01", PF)],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "VALID")],
    ),
    (
        "a third dose after three months in April 2022, a fourth beyond",
        [dose("2021-11-01", PF), dose("2022-01-01", PF), dose("2022-04-01"), dose("2022-08-01")],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "VALID"), (4, "EXTRA")],
    ),
    # ages
    ("under 18", [dose("2021-07-28", PF)], "2004-10-07", [(1, "UNDER_AGE")]),
    ("18 on the day", [dose("2021-07-28", PF)], "2003-07-28", [(1, "VALID")]),
    ("18 tomorrow", [dose("2021-07-28", PF)], "2003-07-29", [(1, "UNDER_AGE")]),
    ("only the year known, perhaps 18", [dose("2021-07-28", PF)], "2003", [(1, "VALID")]),
    ("only the year known, surely 17", [dose("2021-07-28", PF)], "2004", [(1, "UNDER_AGE")]),
    ("12 from October 2021 for Pfizer", [dose("2021-11-02", PF)], "2009-11-01", [(1, "VALID")]),
    ("12, but not for AstraZeneca", [dose("2021-11-02")], "2009-11-01", [(1, "UNDER_AGE")]),
    # days that cannot be, and the same day twice
    ("before the birth", [dose("1985-03-04")], ADULT, [(None, "IMPOSSIBLE_DATE")]),
    ("still to come", [dose("2023-01-01")], ADULT, [(None, "IMPOSSIBLE_DATE")]),
    (
        "the same day twice",
        [dose("2021-06-10"), dose("2021-06-10"), dose("2021-08-10")],
        ADULT,
        [(1, "VALID"), (1, "DUPLICATE"), (2, "VALID")],
    ),
    # an early dose keeps its number, the next is counted from it
    (
        "early, and then in time",
        [dose("2021-11-01", PF), dose("2021-11-10", PF), dose("2022-05-10", PF)],
        ADULT,
        [(1, "VALID"), (2, "EARLY"), (3, "VALID")],
    ),
    ("a second dose alone", [dose("2021-07-28", stated=2)], ADULT, [(2, "VALID")]),
    # month ends: six months after 31 August are 28 February
    (
        "six months after the end of a long month",
        [dose("2021-06-01", PF), dose("2021-08-31", PF), dose("2022-02-28", PF)],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "VALID")],
    ),
]


@pytest.mark.parametrize(
    ("doses", "born", "told"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_a_dose_is_worth(doses, born, told):
    assert verdicts(*doses, born=born) == told


def test_reasons_stand_beside_the_verdict_and_cite_their_document():
    early = judge([dose("2021-06-17"), dose("2021-08-07")], ADULT, TODAY, RULES)[1]
    assert {reason.why for reason in early.reasons} == {Why.EARLY_BY, Why.INTERVAL}
    assert early.reasons[0].words == "5 days too early; the first day would have been 12/08/2021"
    assert "tháng 8/2021" in early.reasons[1].words
    licence = judge([dose("2021-04-14", MO)], ADULT, TODAY, RULES)[0]
    assert (licence.verdict, licence.reasons[0].why) == (Verdict.VALID, Why.BEFORE_LICENCE)
    assert "3122/QĐ-BYT" in licence.reasons[0].words


# a busy machine draws slowly; that says nothing of the rules
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
ANY_DOSE = st.builds(
    Given,
    on=st.dates(date(2021, 1, 1), date(2022, 9, 1)),
    product=st.sampled_from([AZ, PF, MO, VC, ""]),
    lot=st.sampled_from(["", "A1", "B2"]),
    stated=st.integers(0, 3),
)


@UNHURRIED
@given(st.lists(ANY_DOSE, max_size=6), st.randoms(use_true_random=False))
def test_the_verdicts_do_not_depend_on_the_order_of_entry(doses, dice):
    shuffled = list(doses)
    dice.shuffle(shuffled)
    told = zip(doses, judge(doses, ADULT, TODAY, RULES), strict=True)
    again = zip(shuffled, judge(shuffled, ADULT, TODAY, RULES), strict=True)
    assert sorted(map(repr, told)) == sorted(map(repr, again))


@UNHURRIED
@given(st.lists(ANY_DOSE, max_size=6))
def test_every_dose_has_one_verdict_and_numbers_rise_by_day(doses):
    judged = judge(doses, ADULT, TODAY, RULES)
    assert len(judged) == len(doses)
    pairs = sorted(
        (d.on, j.number) for d, j in zip(doses, judged, strict=True) if j.number is not None
    )
    assert pairs == sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    single = [j for j in judged if j.verdict not in (Verdict.DUPLICATE, Verdict.IMPOSSIBLE_DATE)]
    assert len({j.number for j in single}) == len(single) == len(counted(doses, ADULT, TODAY))


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 24))
def test_months_later_is_never_in_the_month_after(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


ahead = Forecaster(RULES, date(2021, 9, 1))


@pytest.mark.parametrize(
    ("doses", "born", "number", "due"),
    [
        ([], ADULT, 1, "2021-08-13"),
        ([], "2010-01-01", 1, "2028-01-01"),
        ([dose("2021-08-01")], ADULT, 2, "2021-09-26"),
        ([dose("2021-08-01", PF)], ADULT, 2, "2021-08-22"),
        ([dose("2021-08-01", PF), dose("2021-08-10", PF)], ADULT, 0, None),
        ([dose("2021-08-01", "")], ADULT, 2, "2021-09-26"),
        ([dose("2021-08-01", PF), dose("2021-08-01", PF)], ADULT, 2, "2021-08-22"),
    ],
)
def test_when_the_next_dose_is_due(doses, born, number, due):
    one = ahead(doses, born, date(2021, 8, 13))
    assert (one.number, one.due_on and one.due_on.isoformat()) == (number, due)


def test_where_somebody_stands_follows_the_day_up_and_down():
    one = Outlook(2, date(2021, 9, 10), date(2021, 10, 8))
    days = {date(2021, 9, 9): "NOT_YET", date(2021, 9, 10): "DUE", date(2021, 10, 9): "OVERDUE"}
    assert {day: standing(one, None, day).value for day in days} == days
    hold = Hold(Standing.DEFERRED, date(2021, 9, 20))
    assert standing(one, hold, date(2021, 9, 19)) is Standing.DEFERRED
    assert standing(one, hold, date(2021, 9, 20)) is Standing.DUE
    assert standing(Outlook(0), hold, date(2021, 9, 1)) is Standing.COMPLETE
    assert Forecaster(RULES, date(2022, 1, 1))(
        [dose("2021-06-01"), dose("2021-08-31")], ADULT, TODAY
    ) == Outlook(3, date(2022, 2, 28), None, AZ, 2)
