"""The lists of the shared data folder and what their answer files expect."""

import csv
import json
from datetime import date
from pathlib import Path

from admin_suite.excel.importer import Options
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
