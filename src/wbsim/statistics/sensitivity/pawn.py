"""PAWN: how far an output's distribution moves when one input is known (Pianosi & Wagener 2015, 2018).

The input is cut into slices of equal numbers of worlds; the Kolmogorov-Smirnov distance between the output in a slice
and in all worlds is taken, and the median over slices. It needs no variance and no independent inputs, and sees
effects that are not monotone. It is never 0 in a finite sample: what the largest of all inputs reaches where none
matters is found by permutation, as for rank correlations (Westfall & Young 1993).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

#: Slices (10: Pianosi & Wagener 2018), and the fewest worlds in one (assumed: a distribution of fewer says nothing).
SLICES, FEWEST_IN_SLICE = 10, 8
PERMUTATIONS, ALARM = 199, 0.05


def slices_for(worlds: int) -> int:
    """Slices that so many worlds allow, 2 to 10."""
    return max(2, min(SLICES, worlds // FEWEST_IN_SLICE))


def pawn(inputs: Values, output: Values, slices: int | None = None) -> Values:
    """The index (P,), 0 to 1, of each of `inputs` (P, worlds) for `output` (worlds,).

    Ties in an input are cut where they come; ValueError for values that aren't finite.
    """
    if not (np.isfinite(inputs).all() and np.isfinite(output).all()):
        raise ValueError("values must be finite: leave out the worlds that failed")
    return _indices(_membership(inputs, slices or slices_for(output.size)), output)


def threshold(
    inputs: Values, seed: int, slices: int | None = None, permutations: int = PERMUTATIONS
) -> float:
    """The index beyond which an input stands out: what the largest of P reaches in 19 of 20 searches without relation.

    Found with an output without ties; outputs with ties reach less, so it is on the safe side for them.
    """
    worlds = inputs.shape[1]
    membership = _membership(inputs, slices or slices_for(worlds))
    generator = np.random.default_rng([seed, worlds, len(inputs)])
    largest = np.sort(
        [_indices(membership, generator.permutation(worlds).astype(float)).max() for _ in range(permutations)]
    )
    return float(largest[math.ceil((1.0 - ALARM) * (permutations + 1)) - 1])


def _membership(inputs: Values, slices: int) -> NDArray[np.int64]:
    """Slice (P, worlds) of each world, by each input."""
    worlds = inputs.shape[1]
    order = np.argsort(inputs, axis=1, kind="stable")
    found = np.empty(inputs.shape, np.int64)
    np.put_along_axis(found, order, (np.arange(worlds) * slices // worlds)[None, :], axis=1)
    return found


def _indices(membership: NDArray[np.int64], output: Values) -> Values:
    worlds = output.size
    order = np.argsort(output, kind="stable")
    ranked = output[order]
    ends = np.append(np.flatnonzero(np.diff(ranked) > 0.0), worlds - 1)
    whole = (ends + 1) / worlds
    sorted_slices = membership[:, order]
    distances = []
    for number in range(int(membership.max()) + 1):
        inside = np.cumsum(sorted_slices == number, axis=1, dtype=np.float32)
        shares = inside[:, ends] / inside[:, -1:]
        distances.append(np.abs(shares - whole).max(axis=1))
    return np.asarray(np.median(np.stack(distances), axis=0), dtype=np.float64)
