"""What a benchmark is, and how one is measured.

Job and floor take turns in one process, so a busy machine slows both; the ratio is the median of
the ratios of the turns. Peak memory is measured in processes of their own, above what the process
held before.
"""

import gc
import math
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from msgspec import Struct

STATUS = Path("/proc/self/status")


def _nothing() -> None:
    """No cache to empty."""


class Bench(Struct, frozen=True, kw_only=True):
    """A job, the floor it is held against, and how near it should come.

    ``prepare`` makes the material of a size once, unmeasured; ``job`` and ``floor`` are given it;
    ``fresh`` empties caches or makes a new database before each turn, unmeasured. A file
    ``bench_*.py`` lists its own in ``BENCHES``.
    """

    name: str
    sizes: tuple[int, int, int]  # a factor ten apart, so that growth shows
    prepare: Callable[[int], Any]
    floor: Callable[[Any], object]
    job: Callable[[Any], object]
    target: float  # times the floor; seconds where ``timed``
    timed: bool = False
    acts: int = 1  # that one turn of the job is made of, each of which may take so many seconds
    fresh: Callable[[], None] = _nothing
    large: int = 1  # how many times larger the sizes are that ``--large`` asks for


class Measured(Struct, frozen=True):
    """Seconds and bytes of one size; memory is None where the system does not tell."""

    size: int
    floor: float
    job: float
    ratio: float
    floor_memory: int | None
    job_memory: int | None

    def against(self, bench: Bench) -> float:
        """What is held against the target: the ratio to the floor, or the seconds of one act."""
        return self.job / bench.acts if bench.timed else self.ratio


def found() -> dict[str, list[Bench]]:
    """Every benchmark of this folder, by the file it is in."""
    files = sorted(Path(__file__).parent.glob("bench_*.py"))
    names = [f"benchmarks.{file.stem}" for file in files]
    return {name: import_module(name).BENCHES for name in names}


def measure(file: str, place: int, size: int, turns: int) -> Measured:
    """Measure one benchmark of a file at one size, in child processes."""
    floor, job, ratio = _alone(_times, file, place, size, turns)
    memory = [_alone(_memory, file, place, size, side) for side in ("floor", "job")]
    return Measured(size, floor, job, ratio, *memory)


def exponent(measured: list[Measured]) -> float:
    """How the job grows: 1 is linear, 2 four times for twice the size."""
    first, last = measured[0], measured[-1]
    return math.log(last.job / first.job) / math.log(last.size / first.size)


def _alone(function: Callable[..., Any], *arguments: object) -> Any:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def _times(file: str, place: int, size: int, turns: int) -> tuple[float, float, float]:
    bench: Bench = import_module(file).BENCHES[place]
    material = bench.prepare(size)
    _seconds(bench, bench.job, material)  # what is imported and loaded once is not the job's
    _seconds(bench, bench.floor, material)
    both = [
        (_seconds(bench, bench.floor, material), _seconds(bench, bench.job, material))
        for _turn in range(turns)
    ]
    floor, job = (statistics.median(pair[side] for pair in both) for side in (0, 1))
    return floor, job, statistics.median(job / floor for floor, job in both)


def _seconds(bench: Bench, function: Callable[[Any], object], material: Any) -> float:
    bench.fresh()
    gc.collect()
    start = time.perf_counter()
    function(material)
    return time.perf_counter() - start


def _memory(file: str, place: int, size: int, side: str) -> int | None:
    bench: Bench = import_module(file).BENCHES[place]
    material = bench.prepare(size)
    if not STATUS.exists():
        return None
    bench.fresh()
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before = _kilobytes("VmRSS")
    getattr(bench, side)(material)
    return max(0, _kilobytes("VmHWM") - before) * 1024


def _kilobytes(field: str) -> int:
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))
