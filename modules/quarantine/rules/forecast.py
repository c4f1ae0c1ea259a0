"""How full a facility will be: an exact reckoning, no dice, so the same facts give the same days.

Whoever is there leaves on the day that his clock says. How many come is not known; each day to come
may be like any of the last days, all equally likely and without regard to one another, and whoever
comes stays as long as the rule in force says. What the days bring together is then a convolution.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

PERCENT = 100


class Night(NamedTuple):
    """The beds taken in the night after a day: by those there now, and in all, from few to many.

    In one of ten cases there are at most ``p10``, in half of them ``p50``, in nine of ten ``p90``.
    """

    day: date
    staying: int
    p10: int
    p50: int
    p90: int


def forecast(
    today: date, ends: Sequence[date], arrivals: Sequence[int], length: int, nights: int
) -> list[Night]:
    """The nights from today on; ``arrivals`` are the numbers who came on the last days.

    Tonight everybody is there who is there now. Whoever's last day is over leaves tomorrow.
    """
    gone = [max(end, today + timedelta(days=1)) for end in ends]
    found, coming, spread_out = [], 0, [1]
    for n in range(nights):
        day = today + timedelta(days=n)
        staying = sum(day < end for end in gone)
        wanted = min(n, length)  # who came before is gone again
        while coming < wanted:
            coming, spread_out = coming + 1, folded(spread_out, arrivals)
        more = (quantile(spread_out, percent) for percent in (10, 50, 90))
        found.append(Night(day, staying, *(staying + one for one in more)))
    return found


def folded(ways: Sequence[int], arrivals: Sequence[int]) -> list[int]:
    """In how many ways each number comes about with one day more; whole numbers, so exact."""
    if not arrivals:
        return list(ways)
    made = [0] * (len(ways) + max(arrivals))
    for so_far, many in enumerate(ways):
        for one in arrivals:
            made[so_far + one] += many
    return made


def quantile(ways: Sequence[int], percent: int) -> int:
    """The least number that is not passed in so many per cent of all ways."""
    wanted, seen = percent * sum(ways), 0
    for number, many in enumerate(ways):
        seen += many * PERCENT
        if seen >= wanted:
            return number
    return len(ways) - 1
