"""Which parameters the data cannot tell apart, and which combinations of parameters they do identify."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

Floats = NDArray[np.float64]

#: Size of a posterior correlation from which two parameters are reported as a pair.
CORRELATED = 0.7


@dataclass(frozen=True, slots=True)
class Pair:
    """Coordinates `first` < `second`, and their posterior correlation."""

    first: int
    second: int
    correlation: float


@dataclass(frozen=True, slots=True)
class Combination:
    """A direction v of the parameters: `weights` (D,) of v'z with v'z of prior variance one, largest weight positive,
    and its `contraction`, 1 - posterior sd of v'z."""

    weights: Floats
    contraction: float


def correlated_pairs(draws: Floats, least: float = CORRELATED) -> tuple[Pair, ...]:
    """Pairs of coordinates of `draws` (M, D) with |correlation| above `least`, the strongest first.

    Coordinates that do not vary are in no pair.
    """
    moving = np.flatnonzero(np.std(draws, axis=0) > 0)
    correlation = np.atleast_2d(np.corrcoef(draws[:, moving].T))
    first, second = np.nonzero(np.triu(np.abs(correlation) > least, 1))
    pairs = [
        Pair(int(moving[i]), int(moving[j]), float(correlation[i, j]))
        for i, j in zip(first, second, strict=True)
    ]
    return tuple(sorted(pairs, key=lambda pair: -abs(pair.correlation)))


def leading_combinations(
    draws: Floats, prior_covariance: Floats | None = None, count: int = 5
) -> tuple[Combination, ...]:
    """The `count` directions about which `draws` (M, D) of the posterior say most, against the prior (I by default).

    Generalised eigenvectors C_post v = s C_prior v with the least s; contraction is 1 - sqrt(s).
    """
    dimension = draws.shape[1]
    prior = np.eye(dimension) if prior_covariance is None else prior_covariance
    values, vectors = eigh(np.atleast_2d(np.cov(draws.T)), prior)
    combinations = []
    for value, vector in zip(values[:count], vectors.T[:count], strict=True):
        turned = vector * np.sign(vector[np.argmax(np.abs(vector))])
        combinations.append(Combination(turned, 1.0 - float(np.sqrt(max(value, 0.0)))))
    return tuple(combinations)
