"""The rules of venues: read, tried and adopted as they are typed, on a page and in a line."""

import json
from datetime import date, timedelta

import pytest

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.db.changing import Change, rule_rows, typed
from modules.venues import service
from modules.venues.commands import rules as commands
from modules.venues.queries import changing
from modules.venues.queries.limits import BOOKS, keeping, limits, tracing
from modules.venues.service import NewCheckin
from tests.unit.venues.conftest import ALONE, BESIDE, CASE, NOW

DAY = NOW.date()
[RULES, PREVIEW, ADOPT] = commands.COMMANDS[:3]


def said(code, **values):
    return Change(code, DAY, said=values)


def counts(work, change):
    return {one.code: one.count for one in changing.effects(work, change)}


def test_every_rule_reads_back_as_it_is_typed(work, numbers):
    rows = changing.rule_rows(work)
    assert {row.code for row in rows} == {book.code for book in BOOKS}
    for row in rows:
        words = typed(row, changing.CODES)
        back = changing.wanted(work, Change(row.code, row.valid_from, said=words))
        [book] = [one for one in BOOKS if one.code == row.code]
        assert back == book.read(json.loads(row.content))
        assert set(words) <= set(changing.TITLES)


def test_kinds_and_sources_are_said_in_words_of_both_languages(work, numbers):
    [limits_row] = [row for row in changing.rule_rows(work) if row.code == "venues.limits"]
    with speaking("vi"):
        words = typed(limits_row, changing.CODES)
        assert words["usual"].splitlines()[2] == "Nhà hàng, quán ăn | 60"
        assert words["workplaces"].startswith("Doanh nghiệp; Trường học; ")
        change = said("limits", workplaces="Nhà hàng, quán ăn; chợ")
        assert changing.wanted(work, change).workplaces == ("RESTAURANT", "MARKET")
    back = changing.wanted(work, said("limits", **words))
    assert back == limits(work)


def test_a_shorter_time_shows_what_would_be_deleted_before_it_is_adopted(work, numbers):
    for who, ago in ((CASE, 3), (BESIDE, 10), (ALONE, 20)):
        day = DAY - timedelta(days=ago)
        service.note_checkins(work, [NewCheckin(who, numbers[0], f"{day}T08:00", f"{day}T09:00")])
    change = said("keeping", days="DESK | 7\nVENUE | 7\nNATIONAL | 7")
    assert counts(work, change) == {"due_before": 0, "due_after": 2}
    service.adopt_change(work, change, "Quyết định 12/QĐ-TTYT")
    assert keeping(work).value.days[0] == ("DESK", 7)
    assert counts(work, said("keeping"))["due_before"] == 2


def test_sharper_limits_show_what_they_would_find(work, numbers):
    rows = [
        NewCheckin(who, numbers[0], f"2021-08-19T08:0{at}", "")
        for at, who in enumerate((CASE, BESIDE, ALONE))
    ]
    service.note_checkins(work, rows)
    found = counts(work, said("limits", burst="2"))
    assert found["doubts_after"] > found["doubts_before"]
    service.adopt_change(work, said("limits", burst="2"), "QĐ 1")
    assert (limits(work).burst, limits(work).travel) == (2, 10)


def test_the_days_of_tracing_are_told_and_adopted(work, numbers):
    change = said("venues.tracing", before="21")
    assert counts(work, change) == {"days_before": 22, "days_after": 29, "holds": 0}
    service.adopt_change(work, change, "QĐ 2")
    assert (tracing(work).before, tracing(work).after) == (21, 7)


@pytest.mark.parametrize(
    ("code", "values", "why"),
    [
        ("limits", {"longest": "721"}, "from 1 to 720 minutes"),
        ("limits", {"longest": "0"}, "from 1 to 720 minutes"),
        ("limits", {"usual": "MARKT | 45"}, "“MARKT” is not one of"),
        ("limits", {"usual": "MARKET"}, "does not have the parts"),
        ("limits", {"burst": "0"}, "counted from 1 on"),
        ("limits", {"typed_share": "101"}, "between 0 and 100"),
        ("limits", {"travel": "-5"}, "is a number, nought or more"),
        ("limits", {"longest": "bốn giờ"}, "is a number, nought or more"),
        ("keeping", {"days": "DESK | 0"}, "at least one day"),
        ("keeping", {"days": "DESK | 99999999999999"}, "is at most 36,500"),
        ("limits", {"quiet": "99999999999"}, "is at most 36,500"),
        ("keeping", {"days": "ZALO | 9"}, "“ZALO” is not one of"),
        ("tracing", {"colour": "1"}, "has no value colour"),
        ("tracks", {"before": "1"}, "There is no rule “tracks”"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_and_nothing_is_stored(work, numbers, code, values, why):
    before = len(rule_rows(work, BOOKS))
    with pytest.raises(UserError, match=why):
        service.adopt_change(work, said(code, **values), "QĐ 3")
    assert len(rule_rows(work, BOOKS)) == before


def test_a_rule_needs_its_decision(work, numbers):
    with pytest.raises(UserError, match="Say which decision"):
        service.adopt_change(work, said("tracing", before="10"), " ")


def test_the_command_tries_and_adopts(work, numbers):
    values = {"rule": "tracing", "value": ["before=10"], "day": date(2021, 8, 21), "source": "QĐ"}
    assert [one.count for one in PREVIEW.run(work, values)][:2] == [22, 18]
    told = ADOPT.run(work, values)
    assert told["from"] == date(2021, 8, 21)
    lines = RULES.run(work, {"rule": "tracing"})
    assert [(one.since, one.reason) for one in lines][-1] == (date(2021, 8, 21), "QĐ")
    assert "Days before a positive swab: 10" in lines[-1].words
