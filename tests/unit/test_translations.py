"""Every sentence of the program exists in Vietnamese, with the same places to fill in."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "locale" / "vi" / "LC_MESSAGES"
FILES = sorted(FOLDER.glob("*.po"))
PLACE = re.compile(r"\{\w*\}|%\(\w+\)[sr]|%s")


def catalogue(file):
    with file.open("rb") as opened:
        return read_po(opened, locale="vi")


def marked():
    """Every marked text with the file it stands in."""
    for folder in ("admin_suite", "modules"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            with file.open("rb") as opened:
                for _line, text, *_rest in extract("python", opened, {"_": None, "N_": None}):
                    if text:
                        yield text, str(file.relative_to(ROOT))


def test_every_sentence_is_translated():
    known = {message.id for file in FILES for message in catalogue(file) if message.string}
    missing = sorted({(file, text) for text, file in marked() if text not in known})
    assert missing == []


def test_no_translation_is_left_over():
    used = {text for text, _file in marked()}
    said = {m.id for f in FILES if f.stem != "messages" for m in catalogue(f) if m.id}
    assert sorted(said - used) == []


def test_catalogues_agree_on_what_they_all_translate():
    said = defaultdict(dict)
    for file in FILES:
        for message in catalogue(file):
            if message.id and message.string:
                said[message.id].setdefault(message.string, file.stem)
    # The first catalogue would be believed: another meaning needs another English text.
    assert {text: words for text, words in said.items() if len(words) > 1} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translation_fills_in_the_same_places(file):
    wrong = [
        message.id
        for message in catalogue(file)
        if message.id and sorted(PLACE.findall(message.id)) != sorted(PLACE.findall(message.string))
    ]
    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_compiled_catalogue_is_that_of_the_written_one(file):
    with file.with_suffix(".mo").open("rb") as opened:
        compiled = {m.id: m.string for m in read_mo(opened) if m.id}
    assert compiled == {m.id: m.string for m in catalogue(file) if m.id}, "make translations"
