"""Generalised linear models of counts and of shares of counts, by iteratively reweighted least squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 50
#: Prior precision of slopes, which keeps rare counts from sending them to infinity.
_RIDGE = 1.0


@dataclass(frozen=True)
class Linear:
    """A linear predictor `intercept` + z `slopes` (P,)."""

    intercept: float
    slopes: Floats

    def __call__(self, z: Floats) -> Floats:
        """The predictor (n,) at points (n, P)."""
        return np.asarray(self.intercept + z @ self.slopes)


def fit_poisson(z: Floats, counts: Floats) -> Linear:
    """Log of the mean of `counts` (M,) at points (M, P)."""
    return _fit(z, counts, np.ones_like(counts), log_link=True)


def fit_binomial(z: Floats, successes: Floats, trials: Floats) -> Linear:
    """Logit of the chance of `successes` (M,) out of `trials` (M,) at points (M, P)."""
    return _fit(z, successes, trials, log_link=False)


def overdispersion(counts: Floats, mean: Floats) -> float:
    """The a of a variance mean + a mean^2 of `counts` (M,) around `mean` (M,), by moments; at least 0."""
    return max(float(np.sum((counts - mean) ** 2 - mean) / np.sum(mean**2)), 0.0)


def _fit(z: Floats, y: Floats, trials: Floats, *, log_link: bool) -> Linear:
    """Ridge-penalised IRLS from the overall level, half an event added to each side: none starts at the edge.

    Predictors are held within 30: counts of nothing give a chance that is tiny, and no error.
    """
    design = np.column_stack([np.ones(len(z)), z])
    penalty = np.diag([0.0, *[_RIDGE] * z.shape[1]])
    total = trials.sum()
    start = (y.sum() + 0.5) / (total + 1.0)
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(start) if log_link else np.log(start / (1.0 - start))
    for _ in range(_STEPS):
        eta = np.clip(design @ beta, -30.0, 30.0)
        if log_link:
            mean = trials * np.exp(eta)
            weight = mean
        else:
            share = 1.0 / (1.0 + np.exp(-eta))
            mean, weight = trials * share, trials * share * (1.0 - share)
        gradient = design.T @ (y - mean) - penalty @ beta
        step = np.linalg.solve(
            design.T @ (weight[:, None] * design) + penalty + 1e-9 * np.eye(len(beta)), gradient
        )
        beta = beta + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-9:
            break
    return Linear(float(beta[0]), beta[1:])
