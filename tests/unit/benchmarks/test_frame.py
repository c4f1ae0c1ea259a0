"""Benchmarks are run once at their smallest; nobody's machine is timed here."""

import pytest

from benchmarks.frame import Measured, exponent, found

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
