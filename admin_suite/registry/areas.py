"""Commune, district and province of a commune code as they were on a day, with their codes.

Codes are those of the General Statistics Office: two figures of a province, three of a district,
text with its zeros. Since 1 July 2025 there are no districts, and Lào Cai, joined by Yên Bái, has
another code.
"""

import csv
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from admin_suite.core.shipped import shipped
from admin_suite.db.work import Work
from admin_suite.registry.queries import CommuneRow, commune_versions


class Area(NamedTuple):
    """Where a commune lies; what is not known, or was not there any more, is empty."""

    commune: str = ""
    district: str = ""
    district_code: str = ""
    province: str = ""
    province_code: str = ""


def areas(work: Work) -> Callable[[str, str], Area]:
    """What lay around a commune code on a day (ISO); a commune that is no more as it was last."""
    versions = commune_versions(work)

    @cache
    def on(code: str, day: str) -> Area:
        there = versions.get(code, ())
        begun = [row for row in there if row.valid_from.isoformat() <= day]
        return _area((begun or there)[-1], day) if there else Area()

    return on


def _area(row: CommuneRow, day: str) -> Area:
    since, until = row.valid_from.isoformat(), row.valid_to
    at = day if since <= day and (until is None or day < until.isoformat()) else since
    codes = (_code("district", row.district, at), _code("province", row.province, at))
    return Area(f"{row.kind} {row.name}", row.district, codes[0], row.province, codes[1])


@cache
def _codes() -> dict[tuple[str, str], Sequence[tuple[str, str, str]]]:
    text = (shipped("resources") / "places" / "codes.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        kind = found.setdefault((row["kind"], row["name"]), [])
        kind.append((row["valid_from"], row["valid_to"] or "9999", row["code"]))
    return {**found}


def _code(kind: str, name: str, day: str) -> str:
    """The code that a district or province had on a day; empty where none is known."""
    spans = _codes().get((kind, name), ())
    return next((code for since, until, code in spans if since <= day < until), "")
