"""How good forecasts were: CRPS, coverage, error, width and ranks, with their Monte Carlo errors.

Gneiting and Raftery 2007, JASA 102; the fair CRPS of a finite ensemble after Ferro 2014, QJRMS 140. Forecasts are
ensembles (M, K) of K figures, or normal distributions; low scores are good, in the figures' own unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over figures and its standard error, as if figures were independent; None under two figures."""

    value: float
    error: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Mean scores of a forecast of K figures: CRPS, absolute error of the median, coverage of the central 50 and 90 %
    intervals, and the `median_width` of the latter."""

    figures: int
    crps: Mean
    absolute_error: Mean
    coverage_50: Mean
    coverage_90: Mean
    median_width_90: float


def mean_of(values: Floats | Booleans) -> Mean:
    """The mean of one value a figure; ValueError without figures."""
    if values.size == 0:
        raise ValueError("there is no figure to score")
    error = float(np.std(values, ddof=1) / np.sqrt(values.size)) if values.size > 1 else None
    return Mean(float(np.mean(values)), error)


def crps(ensemble: Floats, observed: Floats) -> Floats:
    """CRPS (K,) of the ensemble's own distribution: E|X - y| - E|X - X'| / 2, X and X' members, the same included."""
    return np.asarray(_distance(ensemble, observed) - _spread(ensemble) / ensemble.shape[0] ** 2)


def fair_crps(ensemble: Floats, observed: Floats) -> Floats:
    """CRPS (K,) of the distribution that the ensemble was drawn from, without bias: pairs of different members only."""
    count = ensemble.shape[0]
    if count < 2:
        raise ValueError("a fair CRPS needs two members or more")
    return np.asarray(_distance(ensemble, observed) - _spread(ensemble) / (count * (count - 1)))


def crps_error(ensemble: Floats, observed: Floats) -> Floats:
    """Monte Carlo standard error (K,) of the fair CRPS, for independent members: that of its influence function.

    Member i contributes |x_i - y| - E|x_i - X|, whose mean over members estimates the CRPS but for E|X - X'| / 2.
    """
    count = ensemble.shape[0]
    if count < 2:
        raise ValueError("a Monte Carlo error needs two members or more")
    order = np.argsort(ensemble, axis=0)
    ordered = np.take_along_axis(ensemble, order, axis=0)
    sums = np.cumsum(ordered, axis=0)
    below = np.arange(count)[:, None]
    to_others = (2 * below + 2 - count) * ordered - 2 * sums + sums[-1]
    influence = np.abs(ordered - observed) - to_others / (count - 1)
    return np.asarray(np.std(influence, axis=0, ddof=1) / np.sqrt(count))


def normal_crps(mean: Floats, sd: Floats, observed: Floats) -> Floats:
    """CRPS of N(mean, sd^2): sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (observed - mean) / sd."""
    z = (observed - mean) / sd
    density = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return np.asarray(sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def interval(ensemble: Floats, share: float) -> tuple[Floats, Floats]:
    """Ends (K,) of the central interval that holds `share` of the ensemble."""
    low, high = np.quantile(ensemble, (0.5 - share / 2, 0.5 + share / 2), axis=0)
    return np.asarray(low), np.asarray(high)


def covered(ensemble: Floats, observed: Floats, share: float) -> Booleans:
    """Which figures (K,) lie in their central interval, ends included."""
    low, high = interval(ensemble, share)
    return np.asarray((low <= observed) & (observed <= high))


def normal_covered(mean: Floats, sd: Floats, observed: Floats, share: float) -> Booleans:
    """Which figures (K,) lie in the central interval of N(mean, sd^2)."""
    return np.asarray(np.abs(observed - mean) <= sd * ndtri(0.5 + share / 2))


def randomised_rank(ensemble: Floats, observed: Floats, generator: np.random.Generator) -> NDArray[np.int64]:
    """Ranks (K,) from 0 to M of what was observed among M members, ties broken at random: uniform if calibrated."""
    below = np.sum(ensemble < observed, axis=0)
    ties = np.sum(ensemble == observed, axis=0)
    return np.asarray(below + generator.integers(0, ties + 1))


def randomised_pit(ensemble: Floats, observed: Floats, generator: np.random.Generator) -> Floats:
    """Probability integral transforms (K,) in (0, 1), uniform if calibrated: (rank + U) / (M + 1)."""
    rank = randomised_rank(ensemble, observed, generator)
    return np.asarray((rank + generator.uniform(size=rank.shape)) / (ensemble.shape[0] + 1))


def score(ensemble: Floats, observed: Floats) -> Scores:
    """Scores of an ensemble (M, K), the CRPS fair. ValueError if shapes differ or something is not finite."""
    if ensemble.shape[1:] != observed.shape or not (
        np.isfinite(ensemble).all() and np.isfinite(observed).all()
    ):
        raise ValueError(
            f"finite ensembles and figures of one shape are needed: {ensemble.shape}, {observed.shape}"
        )
    low, high = interval(ensemble, 0.9)
    return Scores(
        observed.size,
        mean_of(fair_crps(ensemble, observed)),
        mean_of(np.abs(np.median(ensemble, axis=0) - observed)),
        mean_of(covered(ensemble, observed, 0.5)),
        mean_of(covered(ensemble, observed, 0.9)),
        float(np.median(high - low)),
    )


def score_normal(mean: Floats, sd: Floats, observed: Floats) -> Scores:
    """Scores of normal forecasts (K,) each; ValueError unless every sd is positive."""
    if not np.all(sd > 0):
        raise ValueError("the sd of a forecast must be positive")
    return Scores(
        observed.size,
        mean_of(normal_crps(mean, sd, observed)),
        mean_of(np.abs(mean - observed)),
        mean_of(normal_covered(mean, sd, observed, 0.5)),
        mean_of(normal_covered(mean, sd, observed, 0.9)),
        float(np.median(2 * ndtri(0.95) * sd)),
    )


def _distance(ensemble: Floats, observed: Floats) -> Floats:
    return np.asarray(np.mean(np.abs(ensemble - observed), axis=0))


def _spread(ensemble: Floats) -> Floats:
    """Sum of |x_i - x_j| over pairs i < j, shape (K,), from sorted members."""
    count = ensemble.shape[0]
    rank = 2 * np.arange(count)[:, None] - count + 1
    return np.asarray(np.sum(rank * np.sort(ensemble, axis=0), axis=0))
