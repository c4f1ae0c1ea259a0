"""English sentences about one thing are in the singular, and no counted noun is forgotten."""

import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.counts import NOUNS, Counted
from admin_suite.core.i18n import _, speak
from tests.unit.test_translations import marked

CASES = [
    ("{n} sessions, {m} vaccinated", {"n": 1, "m": 3}, "1 session, 3 vaccinated"),
    ("{n} sessions, {m} vaccinated", {"n": 2, "m": 1}, "2 sessions, 1 vaccinated"),
    ("{n} tubes were received", {"n": "1"}, "1 tube was received"),
    ("{n} tubes were received", {"n": "1.000"}, "1.000 tubes were received"),
    ("{n} people", {"n": 1}, "1 person"),
    ("{n} people are at {venue} now", {"n": 1, "venue": "1"}, "1 person is at 1 now"),
    ("{people} people in {tubes} tubes", {"people": 2, "tubes": 1}, "2 people in 1 tube"),
    ("{n} people wait", {"n": 1}, "1 person waits"),
    ("{n} rows go.", {"n": 1}, "1 row goes."),
    ("{n} have waited too long", {"n": 1}, "1 has waited too long"),
    (
        "{n} results were entered more than {hours} hours ago and are not checked",
        {"n": 1, "hours": 1},
        "1 result was entered more than 1 hour ago and is not checked",
    ),
    (
        "{n} results with a lock are your own work; others are not.",
        {"n": 1},
        "1 result with a lock is your own work; others are not.",
    ),
    (
        "Room {room} has {free} free beds for {people} people.",
        {"room": "1", "free": 1, "people": 4},
        "Room 1 has 1 free bed for 4 people.",
    ),
    ("{women} women, or {men} men", {"women": 1, "men": 1}, "1 woman, or 1 man"),
    ("Vial {number} is closed already.", {"number": "1"}, "Vial 1 is closed already."),
    ("{n} rows of “{name}” are hidden", {"n": 1, "name": "A"}, "1 row of “A” is hidden"),
]
NO_NOUNS = {
    "as",
    "asks",
    "belongs",
    "cares",
    "certifies",
    "does",
    "has",
    "holds",
    "is",
    "keeps",
    "lies",
    "moves",
    "needs",
    "pays",
    "receives",
    "rests",
    "says",
    "stands",
    "stays",
    "takes",
    "waits",
    "was",
    "watches",
}
AFTER = re.compile(r"\{\w+\} ([a-z]+s|people|men|women)\b")


@pytest.mark.parametrize(("text", "values", "said"), CASES, ids=[one[2] for one in CASES])
def test_the_words_around_a_count_follow_it(text, values, said):
    assert Counted(text).format(**values) == said


def test_sentences_are_answered_so_in_english_alone():
    assert _("{n} sessions, {m} vaccinated").format(n=1, m=0) == "1 session, 0 vaccinated"
    speak("vi")
    assert _("{n} people").format(n=1) == "1 người"


def test_every_noun_that_is_counted_somewhere_has_its_singular():
    followed = {word for text, _file in marked() for word in AFTER.findall(text)}
    assert followed - NO_NOUNS - set(NOUNS) == set()


TEXTS = sorted({text for text, _file in marked() if "{" in text})


@given(st.data())
def test_whatever_is_not_one_reads_as_it_is_written(data):
    text = data.draw(st.sampled_from(TEXTS))
    names = {name for _t, name, _s, _c in Formatter().parse(text) if name}
    values = {name: data.draw(st.sampled_from(["0", "2", "x", 31])) for name in names}
    assert Counted(text).format(**values) == text.format(**values)


@given(st.data())
def test_a_one_takes_no_value_away(data):
    text = data.draw(st.sampled_from(TEXTS))
    names = [name for _t, name, _s, _c in Formatter().parse(text) if name]
    marks = {name: f"<{at}>" for at, name in enumerate(sorted(set(names)))}
    one = data.draw(st.sampled_from(sorted(marks)))
    said = Counted(text).format(**{**marks, one: 1})
    for name in names:
        assert (marks[name] if name != one else "1") in said
