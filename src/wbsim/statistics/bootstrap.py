"""Worlds drawn again with replacement, all scenarios of a world together, so that pairing is kept (Efron 1979)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.paired import Better, Values

#: Samples drawn; the p-values from them are no finer than one in a thousand.
RESAMPLES = 999
#: With more worlds than this, groups of neighbouring worlds are drawn again in place of single ones. Worlds are
#: independent, so the means of groups vary as they should, and the cost does not grow with the number of worlds.
MOST_GROUPS = 500
#: Fewer worlds than this are too few to draw again from.
LEAST_WORLDS = 10


def weights(worlds: int, seed: int, resamples: int = RESAMPLES) -> NDArray[np.float64]:
    """How often each group of worlds is drawn, shape (resamples, groups); each row sums to the number of groups."""
    groups = min(worlds, MOST_GROUPS)
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 0xB007])))
    drawn = generator.integers(0, groups, (resamples, groups))
    offset = np.arange(resamples)[:, None] * groups
    counts = np.bincount((drawn + offset).ravel(), minlength=resamples * groups)
    return counts.reshape(resamples, groups).astype(np.float64)


def resampled_means(columns: NDArray[np.float64], drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means of the columns of (worlds, columns) in each sample of `weights`: (resamples, columns)."""
    groups = drawn.shape[1]
    if groups == len(columns):
        means: NDArray[np.float64] = drawn @ columns / groups
        return means
    starts = np.linspace(0, len(columns), groups + 1).astype(np.int64)[:-1]
    sizes = np.diff(np.append(starts, len(columns))).astype(np.float64)
    grouped: NDArray[np.float64] = (drawn @ np.add.reduceat(columns, starts, axis=0)) / (drawn @ sizes)[
        :, None
    ]
    return grouped


def oriented(values: Values, better: Better) -> Values:
    """`values`, turned so that higher is better."""
    return values if better == "higher" else -values
