"""Sobol indices from the layout of Saltelli (2002, 2010), of the mean over chance, free of the noise in that mean.

The output at a point x in world w is f(x) + G_w + H_w(x): what parameters do on average over chance, the luck that a
world has at every point (chance is paired: world k meets the same everywhere), and what chance does differently by
point. G is taken off as the worlds' means. H would be counted as total effects and interactions by the mean over R
worlds, and as H is much alike at neighbouring points it would not average out over the design. So every product of
outputs at points x and y is estimated across different worlds only,

    c(x, y) = Σ_{v ≠ w} y_v(x) y_w(y) / (R (R - 1)) = mean(x) mean(y) - covariance over worlds / R,

whose expectation is f(x) f(y), whether chance is paired or not. Estimators: first order Saltelli et al. (2010, table 2
b), total Jansen (1999), second order Saltelli (2002).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from wbsim.statistics.sensitivity.finite import complete_blocks
from wbsim.statistics.sensitivity.jackknife import HALF_WIDTH, jackknife

Values = NDArray[np.float64]
Integers = NDArray[np.int64]

RESAMPLES = 299


@dataclass(frozen=True, slots=True)
class Indices:
    """Shares of the variance of the mean over chance: `first` and `total` (G,), `second` (G, G) above the diagonal.

    Standard errors `*_error` of the same shapes hold the design (bootstrap over base points) and the worlds
    (jackknife). `second` is None where the design has no points for it. Estimates are without bias and may come out
    below 0 or above 1. `variance`: of the mean over chance, squared unit of the output. `chance`: the share of the
    variance of one world at one point that is chance, None with one world; then the indices take noise for
    interactions. `rows`: base points used; `dropped`: left out for missing values.
    """

    first: Values
    total: Values
    second: Values | None
    first_error: Values
    total_error: Values
    second_error: Values | None
    variance: float
    chance: float | None
    rows: int
    dropped: int

    def interval(self, name: str) -> Values:
        """The 90 % interval of `first` or `total`, (G, 2)."""
        value, error = getattr(self, name), getattr(self, f"{name}_error")
        return np.stack([value - HALF_WIDTH * error, value + HALF_WIDTH * error], axis=-1)


def saltelli(groups: Integers, base: int, seed: int, *, second: bool = True) -> Values:
    """Points (base, P, K) for K numbers in G groups numbered `groups` (K,), P = 2 G + 2, or G + 2 without `second`.

    In each row: A, A with the numbers of group 0 from B, ..., then B with those of A, ..., and B. From a scrambled
    Sobol sequence; ValueError unless `base` is a power of two, from 2 on.
    """
    if base < 2 or base & (base - 1):
        raise ValueError(f"base must be a power of two from 2 on; it is {base}")
    numbers = len(groups)
    both = qmc.Sobol(2 * numbers, seed=np.random.default_rng([seed, numbers])).random(base)
    # Never at the very end of a quantile function.
    both = np.clip(both, 1e-6, 1.0 - 1e-6)
    a, b = both[:, :numbers], both[:, numbers:]
    members = [groups == group for group in range(int(groups.max()) + 1)]
    points = [a, *(np.where(each, b, a) for each in members)]
    points += [np.where(each, a, b) for each in members] if second else []
    return np.stack([*points, b], axis=1)


def sobol(values: Values, groups: int, seed: int, resamples: int = RESAMPLES) -> Indices | None:
    """Indices from `values` (base, P, R) at the points of `saltelli`; None where parameters change nothing.

    Nothing: the estimated variance over points isn't positive. Rows with a value that isn't finite are dropped,
    MissingError beyond 5 %; ValueError for a shape that is not the layout's.
    """
    second = values.shape[1] == 2 * groups + 2
    if not second and values.shape[1] != groups + 2:
        raise ValueError(
            f"{groups} groups take {groups + 2} or {2 * groups + 2} points, not {values.shape[1]}"
        )
    whole = complete_blocks(values, "base points")
    used = values[whole]
    rows, _, worlds = used.shape
    point = _estimate(_products(used, groups), np.ones(rows) / rows, groups)
    if not point[0] > 1e-12 * float(np.mean(used**2)) or not np.ptp(used) > 0.0:
        return None
    generator = np.random.default_rng([seed, rows, worlds])
    products = _products(used, groups)
    drawn = [
        _estimate(products, np.bincount(generator.integers(0, rows, rows), minlength=rows) / rows, groups)
        for _ in range(resamples)
    ]
    spread = np.nanvar(np.stack(drawn), axis=0)
    if worlds > 2:
        even = np.ones(rows) / rows
        of = jackknife(lambda kept: _estimate(_products(used[:, :, kept], groups), even, groups), worlds)
        spread = spread + of**2
    error = np.sqrt(spread)
    variance = float(point[0])
    noise = None if worlds < 2 else float(used[:, [0, -1]].var(axis=2, ddof=1).mean())
    first, total, pairs = _parts(point, groups)
    first_error, total_error, pairs_error = _parts(error, groups)
    return Indices(
        first,
        total,
        pairs if second else None,
        first_error,
        total_error,
        pairs_error if second else None,
        variance,
        None if noise is None else noise / (noise + variance),
        rows,
        int(np.sum(~whole)),
    )


def _cross(one: Values, other: Values) -> Values:
    """Products across different worlds (rows,) of `one` and `other` (rows, R), without the noise of either."""
    worlds = one.shape[1]
    mean = np.asarray(one.mean(axis=1) * other.mean(axis=1))
    if worlds < 2:
        return mean
    together = np.asarray((one * other).mean(axis=1))
    return np.asarray((worlds * mean - together) / (worlds - 1))


def _products(values: Values, groups: int) -> Values:
    """For each row: the variance, numerators of first and total order, and of pairs, (rows, 1 + 2 G + G²)."""
    centred = values - values[:, [0, -1]].mean(axis=(0, 1))
    a, b = centred[:, 0], centred[:, -1]
    swapped = [centred[:, 1 + g] for g in range(groups)]
    columns = [0.5 * (_cross(a, a) + _cross(b, b))]
    columns += [_cross(b, each - a) for each in swapped]
    columns += [0.5 * _cross(a - each, a - each) for each in swapped]
    nothing = np.zeros(len(values))
    back = [centred[:, 1 + groups + g] for g in range(groups)] if values.shape[1] == 2 * groups + 2 else []
    base = _cross(a, b)
    for g in range(groups):
        columns += [_cross(back[g], swapped[h]) - base if back and h > g else nothing for h in range(groups)]
    return np.stack(columns, axis=1)


def _estimate(products: Values, weights: Values, groups: int) -> Values:
    """Variance, first, total and second orders from the weighted means of products; flat."""
    mean = weights @ products
    variance = mean[0]
    shares = np.asarray(mean[1:] / variance) if variance != 0.0 else np.full(len(mean) - 1, np.nan)
    first = shares[:groups]
    pairs = shares[2 * groups :].reshape(groups, groups) - first[:, None] - first[None, :]
    return np.concatenate([[variance], shares[: 2 * groups], np.triu(pairs, 1).ravel()])


def _parts(flat: Values, groups: int) -> tuple[Values, Values, Values]:
    return (
        flat[1 : 1 + groups],
        flat[1 + groups : 1 + 2 * groups],
        flat[1 + 2 * groups :].reshape(groups, groups),
    )
