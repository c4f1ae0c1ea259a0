"""The lists of the shared data folder and what their answer files expect."""

import csv
import json
from datetime import date
from pathlib import Path

from admin_suite.excel.importer import Options, read_file
from admin_suite.registry.queries import CommuneRow
from admin_suite.registry.reading.people import World

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
LISTS = SHARED / "lists"


def a_world(today=date(2026, 11, 22)):
    """The communes that the program ships, without a database."""
    with (ROOT / "resources" / "places" / "communes.csv").open(encoding="utf-8") as file:
        rows = [
            CommuneRow(
                row["code"],
                row["kind"],
                row["name"],
                row["district"],
                row["province"],
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                row["became"],
            )
            for row in csv.DictReader(file)
        ]
    return World(rows, today)


def answers(prefix):
    """The answer files of one kind of list."""
    return sorted(LISTS.glob(f"{prefix}*.expected.json")) if LISTS.is_dir() else []


def list_of(answer):
    """The list that an answer file belongs to."""
    stem = answer.name.removesuffix(".expected.json")
    return next(p for p in LISTS.glob(f"{stem}.*") if not p.name.endswith(".json"))


def options_of(expected):
    """The arguments of the answer file as an import is given them."""
    given = expected["options"]
    pairs = list(zip(given[::2], given[1::2], strict=True))
    return Options(
        worksheets=tuple(value for name, value in pairs if name == "--worksheet"),
        hidden=next((value for name, value in pairs if name == "--hidden"), ""),
        dates=dict(value.split("=") for name, value in pairs if name == "--dates"),
    )


def load(answer):
    """An answer file."""
    return json.loads(answer.read_text(encoding="utf-8"))


def drafted(sheet, answer):
    """A list as its sheet reads it, and what its answer file expects."""
    expected = load(answer)
    return read_file(sheet, list_of(answer), a_world(), options_of(expected)), expected


def answers_to_rows(draft, expected, plain):
    """The rows, each as ``plain`` tells it, the refusals and the warnings are those expected."""
    rows = [dict(row) for row in expected["rows"]]
    wanted = {(row.pop("worksheet", None), row.pop("excel_row")): row for row in rows}
    pairs = zip(draft.places, draft.items, strict=True)
    assert {_key(draft, place): plain(item) for place, item in pairs} == wanted
    refused = {(*_key(draft, p), p.code) for p in draft.problems}
    assert refused == {(r.get("worksheet"), r["excel_row"], r["why"]) for r in expected["refused"]}
    warned = {(*_key(draft, p), p.code) for p in draft.warnings}
    assert warned >= {(r.get("worksheet"), r["excel_row"], r["why"]) for r in expected["warned"]}


def answers_to_the_whole(draft, expected):
    """What is said of the whole list, and which rows are one, is what is expected."""
    overall = {p.code for p in draft.warnings if p.row == 0 or p.code == "TOTAL_DIFFERS"}
    assert overall == {said["why"] for said in expected["list_warned"]}
    merged = {(*_key(draft, p), into.row) for p, into in draft.merged.items()}
    assert merged == {(m.get("worksheet"), m["excel_row"], m["into"]) for m in expected["merged"]}


def accounts_for_every_row(draft):
    """No row of the list was dropped without a word."""
    refused = {(p.worksheet, p.row) for p in draft.problems}
    whole = len(draft.items) + len(refused) + len(draft.merged) + len(draft.skipped)
    assert draft.read == whole == sum(len(part.numbers) for part in draft.parts)


def _key(draft, place):
    return (place.worksheet if draft.several else None, place.row)
