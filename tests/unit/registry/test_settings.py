"""What a unit may set: typed, within bounds, in nobody's hands but those of whoever may."""

from datetime import timedelta
from io import BytesIO

import pytest

from admin_suite import house
from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.i18n import language
from admin_suite.core.permissions import Actor
from admin_suite.core.profiles import Profile
from admin_suite.db import settings as kept
from admin_suite.db.settings import Setting, Words, YesNo
from admin_suite.registry import settings
from admin_suite.registry.permissions import UNIT
from admin_suite.registry.service import NewPerson
from admin_suite.registry.settings import IDLE, PLACE
from modules.lab import day, queries
from modules.lab import service as lab
from tests.conftest import EVERYTHING, MODULES

FLAG = Setting("house.flag", "Flag", "", YesNo(), True, UNIT)
LINE = Setting("house.line", "Line", "", Words(10), "none", UNIT)


def put(suite, **texts):
    with suite.database.work(suite.actor) as work:
        wanted = {name.replace("__", "."): text for name, text in texts.items()}
        return settings.change(work, MODULES, wanted)


def test_every_default_is_a_value_that_could_be_set():
    found = [setting for module in MODULES for setting in module.settings]
    assert len({setting.key for setting in found}) == len(found) > 3
    for setting in found:
        assert setting.kind.read(kept.text_of(setting.default)) == setting.default
        assert setting.kind.shown(setting.default)


def test_what_is_set_is_answered_and_nothing_else_changes(suite):
    assert put(suite, house__idle_minutes="25", house__profile="Laboratory") == [
        "house.idle_minutes",
        "house.profile",
    ]
    assert put(suite, house__idle_minutes="25") == []
    with suite.database.read(suite.actor) as work:
        assert kept.value(work, IDLE) == 25
        assert kept.value(work, PLACE) is Profile.LABORATORY
        rows = {row.key: row for row in settings.rows(work, MODULES)}
        assert suite.renewed(work).profile is Profile.LABORATORY
    assert rows["house.idle_minutes"].shown == "25 minutes"
    assert rows["lab.late_hours"].value == "24"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("house.idle_minutes", "0"),
        ("house.idle_minutes", "241"),
        ("house.idle_minutes", "ten"),
        ("house.idle_minutes", "٣"),
        ("house.idle_minutes", "-5"),
        ("house.idle_minutes", ""),
        ("house.profile", "hospital"),
        ("house.colour", "red"),
    ],
)
def test_what_is_out_of_bounds_is_refused_and_nothing_is_stored(suite, key, text):
    with pytest.raises(UserError), suite.database.work(suite.actor) as work:
        settings.change(work, MODULES, {"lab.late_hours": "48", key: text})
    with suite.database.read(suite.actor) as work:
        assert kept.value(work, day.LATE) == 24


def test_texts_and_answers(suite):
    assert FLAG.kind.read("Không") is False
    assert LINE.kind.read("  a   b ") == "a b"
    with pytest.raises(UserError, match="10"):
        LINE.kind.read("12345678901")
    with suite.database.work(suite.actor) as work:
        assert kept.value(work, FLAG) is True
        kept.put(work, FLAG.key, kept.text_of(False))
        kept.put(work, IDLE.key, "whatever an older version allowed")
    with suite.database.read(suite.actor) as work:
        assert kept.value(work, FLAG) is False
        assert kept.value(work, IDLE) == IDLE.default


def test_each_setting_asks_for_its_own_right(suite):
    head = Actor(2, "no 2", EVERYTHING - {UNIT.code})
    with suite.database.work(head) as work:
        assert settings.change(work, MODULES, {"lab.late_hours": "48"}) == ["lab.late_hours"]
    with pytest.raises(Forbidden), suite.database.work(head) as work:
        settings.change(work, MODULES, {"house.idle_minutes": "60"})


def test_a_tube_is_late_after_as_many_hours_as_the_laboratory_says(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        sample = lab.NewSample(NewPerson("Lý A", "1985"), "2021-08-12T07:15", "")
        keys = lab.register(work, [sample]).ids
        lab.receive(work, [row.tube_id for row in queries.sample_rows(work, keys)])
    later = {}
    for hours in ("24", "2"):
        put(suite, lab__late_hours=hours)
        with suite.database.read(suite.actor) as work:
            now = work.now()
            work.clock = lambda now=now: now + timedelta(hours=3)
            later[hours] = day.unmeasured_late(work), len(day.errands(work))
    assert later["24"][0] == 0
    assert later["2"] == (1, later["24"][1] + 1)


def test_papers_speak_the_language_set_for_them_whatever_the_screen_speaks(suite, monkeypatch):
    module = next(m for m in MODULES if m.name == "results")
    heard = []
    draw = lambda *_given: heard.append(language())  # noqa: E731
    monkeypatch.setattr(house, "part", lambda *_named: draw)
    for tongue in ("shown", "vi", "en"):
        put(suite, house__paper_language=tongue)
        with suite.database.read(suite.actor) as work:
            house.drawing(module, module.papers[0])(work, {}, BytesIO())
    assert heard == ["en", "vi", "en"]
