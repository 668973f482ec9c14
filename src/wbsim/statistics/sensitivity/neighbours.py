"""What groups of inputs explain of an output's variance, from nearest neighbours in a given sample.

The variance of the output among worlds that are close in the inputs S estimates the variance that S leaves,
E Var(Y | X_S) (double Monte Carlo with known sample: Broto, Bachoc & Depecker 2020, section 4). It holds for inputs
that hang together. Neighbours are close in few dimensions only: use it for a handful of inputs, and
`regression` for many.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.ranks import standard_ranks

Values = NDArray[np.float64]

#: Neighbours, the world itself among them (3: as in Broto, Bachoc & Depecker 2020); inputs for which they are close.
NEIGHBOURS, MOST_INPUTS = 3, 6


def explained_by(
    inputs: Values, output: Values, groups: Sequence[Sequence[int]], coalition: int, count: int = NEIGHBOURS
) -> float:
    """Share of the variance of `output` (worlds,) that the groups in `coalition` explain.

    `inputs` (P, worlds), `groups` hold rows of them; bit g of `coalition` says whether group g is known. 0 for none;
    may come out a little below 0. Distances are between ranks, so that units do not matter. ValueError where the
    output doesn't vary.
    """
    from scipy.spatial import cKDTree

    variance = float(np.var(output, ddof=1))
    if not variance > 0.0:
        raise ValueError("the output is the same in all worlds")
    rows = [row for g, members in enumerate(groups) if coalition >> g & 1 for row in members]
    if not rows:
        return 0.0
    where = standard_ranks(inputs[rows]).T
    _, near = cKDTree(where).query(where, k=min(count, output.size))
    return 1.0 - float(np.var(output[near], axis=1, ddof=1).mean()) / variance
