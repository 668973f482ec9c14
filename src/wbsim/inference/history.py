"""Prior-predictive bands and history matching: what the model cannot reach, before anything is fitted.

Implausibility I = |E f - y| / sqrt(V), with V the variances of observation, discrepancy and emulator or replicates;
a point is ruled out if its second (or third) largest I over the figures is above 3, since one figure may fail by
itself (Vernon, Goldstein and Bower 2010; Pukelsheim 1994 for the three sigma).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

CUT = 3.0


@dataclass(frozen=True, slots=True)
class Bands:
    """Quantiles (K,) of an ensemble of outputs; `failed` counts members without them, left out."""

    low: Floats
    median: Floats
    high: Floats
    failed: int

    def outside(self, observed: Floats) -> Booleans:
        """Which of `observed` (K,) lie outside."""
        return np.asarray((observed < self.low) | (observed > self.high))


@dataclass(frozen=True, slots=True)
class HistoryMatch:
    """Largest implausibilities of N points, shape (N,) each, and which are `ruled_out`; NaN and True where failed."""

    largest: Floats
    second: Floats
    third: Floats
    ruled_out: Booleans
    failed: int

    @property
    def kept(self) -> float:
        """Share of points that are not ruled out; 0 says that the model cannot meet the figures."""
        return float(np.mean(~self.ruled_out))


def finite_rows(outputs: Floats) -> Booleans:
    """Members (N,) all of whose `outputs` (N, K) are finite."""
    return np.asarray(np.all(np.isfinite(outputs), axis=1))


def bands(outputs: Floats, low: float = 0.05, high: float = 0.95) -> Bands:
    """The central band of `outputs` (N, K). ValueError if every member failed."""
    good = finite_rows(outputs)
    if not good.any():
        raise ValueError(f"all {outputs.shape[0]} members failed: there is no band")
    ends = np.quantile(outputs[good], (low, 0.5, high), axis=0)
    return Bands(ends[0], ends[1], ends[2], int(np.sum(~good)))


def with_observation_error(outputs: Floats, covariance: Floats, generator: np.random.Generator) -> Floats:
    """Figures as they would be published: `outputs` (N, K) plus draws from N(0, covariance), covariance (K, K)."""
    root = np.linalg.cholesky(covariance)
    return np.asarray(outputs + generator.standard_normal(outputs.shape) @ root.T)


def implausibility(expected: Floats, observed: Floats, variance: Floats) -> Floats:
    """|expected - observed| / sqrt(variance): (N, K) from `expected` (N, K); `variance` is (K,) or (N, K)."""
    if np.any(variance <= 0):
        raise ValueError("variances must be positive")
    return np.asarray(np.abs(expected - observed) / np.sqrt(variance))


def match_history(
    expected: Floats, observed: Floats, variance: Floats, rank: int = 2, cut: float = CUT
) -> HistoryMatch:
    """Which points are ruled out: those whose `rank`-th largest implausibility (1, 2 or 3) is above `cut`.

    Shapes as in `implausibility`, with three figures or more.
    """
    if not 1 <= rank <= 3 or observed.size < 3:
        raise ValueError(
            f"rank must be 1, 2 or 3, among three figures or more; it is {rank} of {observed.size}"
        )
    good = finite_rows(expected)
    three = np.full((3, expected.shape[0]), np.nan)
    values = implausibility(expected, observed, variance)[good]
    three[:, good] = np.sort(values, axis=1)[:, ::-1][:, :3].T
    ruled_out = ~(three[rank - 1] <= cut)
    return HistoryMatch(three[0], three[1], three[2], ruled_out, int(np.sum(~good)))
