"""``python -m benchmarks [NAME ...] [--runs 5]``: how far each job is from its floor."""

import sys
from argparse import ArgumentParser

from benchmarks.frame import Bench, Measured, exponent, found, measure
from benchmarks.material import folder

HEAD = f"{'size':>9} {'floor':>10} {'job':>10} {'ratio':>7} {'floor mem':>10} {'job mem':>10}"
LEAST_RUNS = 5


def main() -> None:
    """Measure what was asked for and print it as it comes."""
    parser = ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of a benchmark's name")
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help="turns of job and floor")
    parser.add_argument("--large", action="store_true", help="the full sizes; takes an hour")
    options = parser.parse_args()
    folder()
    for file, benches in found().items():
        for place, bench in enumerate(benches):
            if not options.names or any(name in bench.name for name in options.names):
                times = bench.large if options.large else 1
                sizes = [size * times for size in bench.sizes]
                _show((file, place), bench, sizes, max(options.runs, LEAST_RUNS))


def _show(where: tuple[str, int], bench: Bench, sizes: list[int], turns: int) -> None:
    said = _said(bench, bench.target)
    of = f" for each of {bench.acts}" if bench.acts > 1 else " the floor" * (not bench.timed)
    _print(f"{bench.name}: at most {said}{of}, median of {turns}")
    _print(HEAD)
    rows = []
    for size in sizes:
        rows.append(measure(*where, size, turns))
        _print(_line(rows[-1]))
    worst = max(row.against(bench) for row in rows[1:])  # the smallest measures what starting costs
    word = "reached" if worst <= bench.target else "MISSED"
    _print(f"target {word} ({_said(bench, worst)}); grows with size^{exponent(rows):.2f}\n")


def _said(bench: Bench, much: float) -> str:
    return f"{much * 1000:.1f} ms" if bench.timed else f"{much:.3g} x"


def _line(row: Measured) -> str:
    memory = f"{_megabytes(row.floor_memory):>10} {_megabytes(row.job_memory):>10}"
    times = f"{row.floor * 1000:>8.1f}ms {row.job * 1000:>8.1f}ms"
    return f"{row.size:>9,} {times} {row.ratio:>7.2f} {memory}"


def _megabytes(memory: int | None) -> str:
    return "-" if memory is None else f"{memory / 1e6:.1f}MB"


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
