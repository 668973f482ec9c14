"""A share of sums over worlds, which may not exist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PooledShare:
    """The sum of one count over that of another, over all worlds: its `value`, and its Monte Carlo error `mcse`, None
    with one world."""

    value: float
    mcse: float | None


def pooled_share(part: Values, whole: Values) -> PooledShare | None:
    """Sum of `part` (W,) over sum of `whole` (W,), one a world; None where there is nothing to divide by.

    The error is that of a ratio of means (delta method): the standard error of part - value whole, over mean whole.
    """
    total = float(whole.sum())
    if total == 0.0:
        return None
    value = float(part.sum()) / total
    count = len(whole)
    if count < 2:
        return PooledShare(value, None)
    spread = float(np.std(part - value * whole, ddof=1))
    return PooledShare(value, spread / count**0.5 / (total / count))
