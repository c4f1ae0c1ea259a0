"""Benchmarks are run once at their smallest; nobody's machine is timed here."""

import pytest

from benchmarks.frame import Bench, Measured, exponent, found

BENCHES = [bench for benches in found().values() for bench in benches]


@pytest.mark.parametrize("bench", BENCHES, ids=lambda bench: bench.name)
def test_job_and_floor_run(bench):
    material = bench.prepare(bench.sizes[0] // 10)
    for side in (bench.floor, bench.job):
        bench.fresh()
        side(material)


@pytest.mark.parametrize("bench", BENCHES, ids=lambda bench: bench.name)
def test_sizes_are_a_factor_ten_apart(bench):
    small, middle, large = bench.sizes
    assert (middle, large) == (10 * small, 100 * small)


def test_the_exponent_tells_the_growth():
    rows = [Measured(size, 1, size**2, 1, None, None) for size in (10, 100, 1000)]
    assert exponent(rows) == pytest.approx(2)


def test_an_aim_in_seconds_is_for_each_act_and_any_other_is_a_ratio():
    plain = {"sizes": (1, 10, 100), "prepare": int, "floor": abs, "job": abs}
    ratio = Bench(name="a", target=1.5, **plain)
    seconds = Bench(name="b", target=0.005, timed=True, acts=20, **plain)
    row = Measured(100, 0.01, 0.08, 8, None, None)
    assert row.against(ratio) == 8
    assert row.against(seconds) == pytest.approx(0.004)
