"""The rules against a table of cases written from the documents, and what must always be so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.vaccination.codes import Verdict, Why
from modules.vaccination.rules.regimen import months_later
from modules.vaccination.rules.verdicts import AMISS, Given, counted, judge, numbers
from tests.unit.vaccination.rules import (
    AB,
    ADULT,
    AZ,
    HV,
    JJ,
    MO,
    PF,
    RULES,
    SP,
    TODAY,
    UNHURRIED,
    VC,
    dose,
    verdicts,
)

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
        "a third dose after four months on 16 December 2021",
        [dose("2021-06-01"), dose("2021-08-01"), dose("2021-12-16", PF)],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "EARLY")],
    ),
    (  # official letter 10722/BYT-DP
        "a third dose after four months on 17 December 2021",
        [dose("2021-06-01"), dose("2021-08-01"), dose("2021-12-17", PF)],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "VALID")],
    ),
    *[
        (
            f"{product}: an additional dose after {days} days, a booster {months} months later",
            [
                dose("2021-11-01", product),
                dose("2021-12-01", product),
                Given(date(2021, 12, 1) + timedelta(days=days), second),
                Given(months_later(date(2021, 12, 1) + timedelta(days=days), months), PF),
            ],
            ADULT,
            [(1, "VALID"), (2, "VALID"), (3, third), (4, fourth)],
        )
        for product in (VC, SP)
        for second in (product, PF)
        for days, third in ((27, "EARLY"), (28, "VALID"))
        for months, fourth in ((2, "EARLY"), (3, "VALID"))
    ],
    (
        "no additional dose but for those products",
        [dose("2021-10-01"), dose("2021-12-01"), dose("2022-01-10")],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "EARLY")],
    ),
    (
        "the fifth dose of Vero Cell is beyond both",
        [dose(day, VC) for day in ("2021-07-01", "2021-08-01", "2022-01-01", "2022-05-01")]
        + [dose("2022-11-01", PF)],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "VALID"), (4, "VALID"), (5, "EXTRA")],
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
    # Sputnik V, Janssen, Hayat-Vax, Abdala
    *[
        (
            f"Sputnik V after {days} days",
            [dose("2021-08-01", SP), Given(date(2021, 8, 1) + timedelta(days=days), SP)],
            ADULT,
            [(1, "VALID"), (2, told)],
        )
        for days, told in ((20, "EARLY"), (21, "VALID"))
    ],
    (
        "Abdala has three doses, fourteen days apart",
        [dose(day, AB) for day in ("2021-10-10", "2021-10-24", "2021-11-06")],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "EARLY")],
    ),
    (
        "a dose beyond the three of Abdala",
        [dose(day, AB) for day in ("2021-10-01", "2021-10-15", "2021-10-29", "2021-11-29")],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "VALID"), (4, "EXTRA")],
    ),
    (
        "a second dose of Janssen before there were boosters",
        [dose("2021-08-01", JJ), dose("2021-10-01", JJ)],
        ADULT,
        [(1, "VALID"), (2, "EXTRA")],
    ),
    (
        "Janssen, a booster, and no second booster",
        [dose("2021-09-01", JJ), dose("2021-12-20", PF), dose("2022-06-20", PF)],
        ADULT,
        [(1, "VALID"), (2, "VALID"), (3, "EXTRA")],
    ),
    ("18, but not for Abdala", [dose("2021-11-01", AB)], "2003-10-01", [(1, "UNDER_AGE")]),
    # ages
    ("under 18", [dose("2021-07-28", PF)], "2004-10-07", [(1, "UNDER_AGE")]),
    ("18 on the day", [dose("2021-07-28", PF)], "2003-07-28", [(1, "VALID")]),
    ("18 tomorrow", [dose("2021-07-28", PF)], "2003-07-29", [(1, "UNDER_AGE")]),
    ("only the year known, perhaps 18", [dose("2021-07-28", PF)], "2003", [(1, "VALID")]),
    ("only the year known, surely 17", [dose("2021-07-28", PF)], "2004", [(1, "UNDER_AGE")]),
    ("12 from October 2021 for Pfizer", [dose("2021-11-02", PF)], "2009-11-01", [(1, "VALID")]),
    ("12, but not for AstraZeneca", [dose("2021-11-02")], "2009-11-01", [(1, "UNDER_AGE")]),
    ("65 for Abdala", [dose("2021-11-02", AB)], "1955-11-03", [(1, "VALID")]),
    ("66 on the day", [dose("2021-11-02", AB)], "1955-11-02", [(1, "VALID")]),
    ("perhaps 65 still", [dose("2021-11-02", AB)], "1955", [(1, "VALID")]),
    ("surely 66", [dose("2021-11-02", AB)], "1954", [(1, "VALID")]),
    ("66 in October", [dose("2021-11-02", AB)], "1955-10", [(1, "VALID")]),
    ("66, and nothing is said of AstraZeneca", [dose("2021-11-02")], "1954", [(1, "VALID")]),
    # days that cannot be, and the same day twice
    ("before the birth", [dose("1985-03-04")], ADULT, [(None, "IMPOSSIBLE_DATE")]),
    ("still to come", [dose("2023-01-01")], ADULT, [(None, "IMPOSSIBLE_DATE")]),
    (
        "the same day twice",
        [dose("2021-06-10"), dose("2021-06-10"), dose("2021-08-10")],
        ADULT,
        [(1, "VALID"), (1, "DUPLICATE"), (2, "VALID")],
    ),
    (
        "two of one day, the second before the first by its name",
        [dose("2021-06-15", stated=1), dose("2021-06-15", PF, stated=2)],
        ADULT,
        [(1, "VALID"), (1, "DUPLICATE")],
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


@pytest.mark.parametrize("born", ["", "2003", "2003-07"])
def test_an_age_that_nobody_can_be_sure_of_is_said(born):
    [first] = judge([dose("2021-07-28", PF)], born, TODAY, RULES)
    assert (first.verdict, [one.why for one in first.reasons]) == (Verdict.VALID, [Why.AGE_UNSURE])
    [unknown] = judge([dose("2021-07-28", "")], born, TODAY, RULES)
    assert [one.why for one in unknown.reasons] == [Why.PRODUCT_UNKNOWN]


def test_a_dose_has_one_of_seven_verdicts():
    seven = "VALID EARLY MIXED EXTRA UNDER_AGE DUPLICATE IMPOSSIBLE_DATE"
    assert [one.value for one in Verdict] == seven.split()


@pytest.mark.parametrize(
    ("given", "born", "amiss"),
    [
        (dose("2021-11-02", AB), "1955-11-02", [Why.AGE_OVER]),
        (dose("2021-11-02", AB), "1954", [Why.AGE_OVER]),
        (dose("2021-11-02", AB), "1955-10", [Why.AGE_OVER]),
        (dose("2021-11-02", AB), "1955-11-03", []),
        (dose("2021-11-02", AB), "1955", []),
        (dose("2021-11-02", AB), "", []),
        (dose("2021-11-02"), "1954", []),
        (dose("2021-01-20"), ADULT, [Why.BEFORE_LICENCE]),
        (dose("2021-11-02", recalled=True), ADULT, [Why.NOT_VIABLE]),
    ],
)
def test_what_ought_not_to_have_been_stands_beside_a_valid_dose(given, born, amiss):
    [one] = judge([given], born, TODAY, RULES)
    assert one.verdict is Verdict.VALID
    assert [reason.why for reason in one.reasons if reason.why in AMISS] == amiss
    assert one.doubtful is bool(amiss)
    assert (one.word == Verdict.VALID.word) is not bool(amiss)


def test_a_dose_too_old_and_too_early_says_both():
    second = judge([dose("2021-11-02", AB), dose("2021-11-05", AB)], "1950", TODAY, RULES)[1]
    assert second.verdict is Verdict.EARLY
    assert {Why.EARLY_BY, Why.AGE_OVER} <= {one.why for one in second.reasons}


def test_where_no_interval_is_known_that_is_said_instead_of_a_verdict_on_the_days():
    second = judge([dose("2021-10-01", HV), dose("2021-10-03", HV)], ADULT, TODAY, RULES)[1]
    assert (second.verdict, [one.why for one in second.reasons]) == (Verdict.VALID, [Why.NO_RULE])
    assert "Hayat-Vax" in second.reasons[0].words


def test_an_early_third_dose_may_be_the_additional_one_of_somebody_with_weak_immunity():
    doses = [dose("2021-10-01", PF), dose("2021-12-01", PF)]
    for days, told in ((27, False), (28, True)):
        third = Given(date(2021, 12, 1) + timedelta(days=days), PF)
        said = judge([*doses, third], ADULT, TODAY, RULES)[2]
        assert said.verdict is Verdict.EARLY
        reason = next((one for one in said.reasons if one.why is Why.ADDITIONAL), None)
        assert (reason is not None) is told
        assert reason is None or "10722/BYT-DP" in reason.words


ANY_DOSE = st.builds(
    Given,
    on=st.dates(date(2021, 1, 1), date(2022, 9, 1)),
    product=st.sampled_from([AZ, PF, MO, VC, SP, JJ, HV, AB, ""]),
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


@UNHURRIED
@given(st.lists(ANY_DOSE, max_size=7))
def test_a_dose_stands_under_the_number_that_its_verdict_has(doses):
    own = numbers(doses, ADULT, TODAY)
    for number, one in zip(own, judge(doses, ADULT, TODAY, RULES), strict=True):
        alone = one.verdict not in (Verdict.DUPLICATE, Verdict.IMPOSSIBLE_DATE)
        assert number == (one.number if alone else 0)
    assert len(set(filter(None, own))) == len([n for n in own if n])
