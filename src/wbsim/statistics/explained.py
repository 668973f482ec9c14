"""How much of an effect's variance over worlds the numbers that stand out explain in worlds not used to find them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.ranks import restricted

Values = NDArray[np.float64]

#: Parts into which worlds are split, each predicted from the others (5: customary); numbers that may be used at most.
FOLDS, MOST_NUMBERS = 5, 10
#: Shrinkage tried, as multiples of the number of worlds: from hardly any to nearly everything.
_SHRINKAGE = np.geomspace(1e-4, 10.0, 12)


@dataclass(frozen=True, slots=True)
class Explained:
    """Share of the variance, 0 to 1, and its Monte Carlo standard error."""

    share: float
    mcse: float


def explained(numbers: Values, ranked: Values, effect: Values, threshold: float) -> Explained | None:
    """Share of the variance of `effect` (worlds,) that leading numbers explain out of sample; None without variance.

    `numbers` (P, worlds) are standard ranks, `ranked` (worlds,) those of the effect, `threshold` the correlation that
    stands out with all worlds. In each of five rounds, the numbers that stand out among four fifths of the worlds are
    chosen anew, and a sum of one smooth curve for each (a cubic of its ranks, shrunk as generalised cross-validation
    has it: Golub, Heath & Wahba 1979) predicts the last fifth. Where nothing stands out the mean predicts.
    A share below zero, worse than the mean, counts as none.
    """
    worlds = effect.size
    if worlds < 2 * FOLDS or not float(np.ptp(effect)) > 0.0:
        return None
    error, spread = np.empty(worlds), np.empty(worlds)
    part = np.arange(worlds) % FOLDS
    for fold in range(FOLDS):
        known, asked = part != fold, part == fold
        limit = threshold * math.sqrt((worlds - 1) / (int(known.sum()) - 1))
        rho = restricted(numbers, known) @ restricted(ranked[None, :], known)[0]
        chosen = [n for n in np.argsort(-np.abs(rho), kind="stable")[:MOST_NUMBERS] if abs(rho[n]) > limit]
        mean = float(effect[known].mean())
        predicted = mean + _predict(_curves(numbers[chosen]), effect - mean, known, asked)
        error[asked] = (effect[asked] - predicted) ** 2
        spread[asked] = (effect[asked] - mean) ** 2
    left = float(error.mean() / spread.mean())
    mcse = float(np.std(error - left * spread, ddof=1) / (spread.mean() * math.sqrt(worlds)))
    # Rounded, so that the order in which a machine adds up does not show.
    return Explained(round(min(1.0, max(0.0, 1.0 - left)), 9), round(mcse, 9))


def _curves(ranks: Values) -> Values:
    """Linear, quadratic and cubic Legendre polynomials of ranks (n, worlds), as columns (worlds, 3 n)."""
    if not len(ranks):
        return np.empty((ranks.shape[1], 0))
    # Even ranks of length 1 reach to about the root of 3 / worlds on both sides.
    x = ranks * math.sqrt(ranks.shape[1] / 3.0)
    return np.concatenate([x, (3 * x**2 - 1) / 2, (5 * x**3 - 3 * x) / 2]).T


def _predict(
    columns: Values, centred: Values, known: NDArray[np.bool_], asked: NDArray[np.bool_]
) -> Values | float:
    """Ridge regression of `centred` on `columns` over the known worlds, at the asked ones."""
    if not columns.shape[1]:
        return 0.0
    middle = columns[known].mean(axis=0)
    x, y = columns[known] - middle, centred[known]
    values, vectors = np.linalg.eigh(x.T @ x)
    values = np.maximum(values, 0.0)
    onto = vectors.T @ (x.T @ y)
    total, count = float(y @ y), len(y)

    def score(shrinkage: float) -> float:
        kept = 1.0 / (values + shrinkage)
        residual = total - 2.0 * float(kept @ onto**2) + float((values * kept**2) @ onto**2)
        freedom = count - 1.0 - float(values @ kept)
        return residual / freedom**2 if freedom > 0 else math.inf

    best = min(_SHRINKAGE * count, key=score)
    return np.asarray((columns[asked] - middle) @ (vectors @ (onto / (values + best))))
