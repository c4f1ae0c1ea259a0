"""Lists in words, orders and mixes that nobody has sent yet are read as they are meant."""

import pytest

from admin_suite.excel import importer
from admin_suite.excel.grid import Grid
from admin_suite.excel.importer import Options, read_file
from modules.lab.sheets import SAMPLES
from tests.unit.excel.lists_made import made
from tests.unit.excel.lists_rougher import rough
from tests.unit.lab.test_sheets import plain
from tests.unit.lists import a_world

SEEDS = range(120)


def read(tmp_path, monkeypatch, cells, options=None, **more):
    width = max(map(len, cells))
    rows = [[*row, *[""] * (width - len(row))] for row in cells]
    rows = [[float(c) if isinstance(c, int) else c for c in row] for row in rows]
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"")
    monkeypatch.setattr(importer.reader, "open_book", lambda *_given: [Grid("DS", rows, **more)])
    return read_file(SAMPLES, file, a_world(), options or Options())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_list_means_what_it_was_made_of(tmp_path, monkeypatch, seed):
    wanted = made(seed)
    draft = read(tmp_path, monkeypatch, wanted.cells)
    got = {p.row: plain(i) for p, i in zip(draft.places, draft.items, strict=True)}
    refused = {(p.row, p.code) for p in draft.problems}
    assert {row for row, _code in refused} | set(got) | {p.row for p in draft.merged} == (
        {row for row, _code in wanted.refused} | set(wanted.rows)
    )
    assert got == wanted.rows
    assert refused == wanted.refused
    said = {p.code for p in draft.warnings if p.row == 0 or p.code == "TOTAL_DIFFERS"}
    assert said - {"MANY_JAN_1", "PHONE_SHARED"} == wanted.whole
    assert {(p.row, p.code) for p in draft.warnings} >= wanted.warned


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_list_means_the_same_after_a_rough_way(tmp_path, monkeypatch, seed):
    way = rough(seed)
    wanted, options = way.list, Options(hidden=way.answer)
    merges = [((a, b), (c, d)) for a, b, c, d in wanted.merges]
    more = {"hidden": frozenset(way.hidden), "merges": merges}
    draft = read(tmp_path, monkeypatch, wanted.cells, options, **more)
    got = {p.row: plain(i) for p, i in zip(draft.places, draft.items, strict=True)}
    assert got == wanted.rows
    assert {(p.row, p.code) for p in draft.problems} == wanted.refused
    assert {p.row for p in draft.skipped} == way.skipped
    said = {p.code for p in draft.warnings if p.row == 0 or p.code == "TOTAL_DIFFERS"}
    assert said - {"MANY_JAN_1", "PHONE_SHARED"} == wanted.whole
    assert {(p.row, p.code) for p in draft.warnings} >= wanted.warned
