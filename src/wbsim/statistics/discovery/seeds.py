"""Where a second and third peel begin: the best box in one input alone.

A greedy peel from all worlds can walk past a small dense region at the end of one input, because no single slice leads
there. In one input the best lower end, the best upper end and the stretch of ordered worlds with the largest sum of
case minus base rate are found at once; of categories all that are denser than the base rate.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.discovery.box import Box, Restriction
from wbsim.statistics.discovery.figures import figures_of, phi

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Inputs whose best box is a beginning (assumed: more take longer and find the same).
MOST_SEEDS = 3


def seeds(
    values: Values, cases: Worlds, categorical: Worlds, smallest: int, most: int = MOST_SEEDS
) -> tuple[Box, ...]:
    """The best boxes in single inputs, the largest correlation first, of at least `smallest` worlds; `most` at most."""
    found = list[tuple[float, Box]]()
    for place, row in enumerate(values):
        one = _categories(row, cases, place) if categorical[place] else _stretch(row, cases, place)
        figures = figures_of(one.holds(row), cases)
        if not one.empty and smallest <= figures.held < cases.size and figures.correlation > 0:
            found.append((figures.correlation, Box((one,))))
    found.sort(key=lambda pair: -pair[0])
    return tuple(box for _, box in found[:most])


def _stretch(row: Values, cases: Worlds, place: int) -> Restriction:
    """The end or stretch of ordered values that correlates most with the cases; equal values stay together."""
    levels, which = np.unique(row, return_inverse=True)
    which = which.reshape(-1)
    sums = np.bincount(which, weights=cases - cases.mean(), minlength=levels.size)
    total = np.concatenate([[0.0], np.round(np.cumsum(sums), 9)])
    lowest = np.minimum.accumulate(total)
    end = int(np.argmax(total[1:] - lowest[:-1])) + 1
    held = np.concatenate([[0], np.cumsum(np.bincount(which, minlength=levels.size))])
    hit = np.concatenate([[0], np.cumsum(np.bincount(which[cases], minlength=levels.size))])
    starts = np.concatenate([np.zeros(levels.size), np.arange(levels.size), [np.argmin(total[:end])]]).astype(
        np.int64
    )
    ends = np.concatenate([np.arange(1, levels.size + 1), np.full(levels.size, levels.size), [end]]).astype(
        np.int64
    )
    best = int(
        np.argmax(phi(held[ends] - held[starts], hit[ends] - hit[starts], int(cases.sum()), cases.size))
    )
    start, end = int(starts[best]), int(ends[best])
    return Restriction(
        place,
        low=float(levels[start]) if start > 0 else None,
        high=float(levels[end - 1]) if end < levels.size else None,
    )


def _categories(row: Values, cases: Worlds, place: int) -> Restriction:
    codes = np.unique(row)
    kept = tuple(int(code) for code in codes if cases[row == code].mean() > cases.mean())
    return Restriction(place, kept=kept) if 0 < len(kept) < codes.size else Restriction(place)
