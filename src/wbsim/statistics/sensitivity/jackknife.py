"""Standard errors by leaving out a tenth of the sample at a time (delete-a-group jackknife: Kott 2001)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Kept = NDArray[np.bool_]

#: Groups left out in turn. A bootstrap would repeat worlds, and repeats fool nearest neighbours, empirical
#: distributions and predictions of what was left out.
GROUPS = 10
#: Half the width of a 90 % interval, in standard errors of a normal distribution.
HALF_WIDTH = 1.6448536269514722


def left_out(count: int, groups: int = GROUPS) -> tuple[Kept, ...]:
    """Masks (count,) that leave out every `groups`-th, from each start; as many as there are things at most."""
    number = np.arange(count) % min(groups, count)
    return tuple(np.asarray(number != group) for group in range(min(groups, count)))


def jackknife(statistic: Callable[[Kept], Values], count: int, groups: int = GROUPS) -> Values:
    """Standard error, of the shape of `statistic(mask)`, with which each group of `count` things is left out in turn.

    se² = (g - 1) / g · Σ (θ_without_group - their mean)².
    """
    values = np.stack([np.asarray(statistic(mask), dtype=np.float64) for mask in left_out(count, groups)])
    number = len(values)
    spread = np.sum((values - values.mean(axis=0)) ** 2, axis=0)
    return np.asarray(math.sqrt((number - 1) / number) * np.sqrt(spread))
