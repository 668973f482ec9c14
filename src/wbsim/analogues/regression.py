"""Penalised regressions on coordinates of parameters: of shares, counts, times that are cut off, and plain numbers.

Features are 1, z, (z^2 - 1) / sqrt 2 and z_i z_j, orthonormal under the standard normal prior. Squares and products
are shrunk harder than the rest; how hard is chosen by the deviance in folds that are left out, and the same folds say
how far the regression is off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_ndtr, ndtr

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Penalties tried on slopes, and multiples of them tried on squares and products.
STRENGTHS, MULTIPLES = (3.0, 30.0, 300.0), (1.0, 30.0)
#: Folds left out in turn.
FOLDS = 5
_STEPS = 60
#: Predictors are held within this, so that counts of nothing give a chance that is tiny, and no error.
_EDGE = 30.0


@dataclass(frozen=True)
class Fitted:
    """`coefficients` (F,) of the features; `left_out` (N,) the predictor of each row by the folds without it; `error`,
    the standard deviation of that predictor around the one that knows all rows."""

    coefficients: Floats
    left_out: Floats
    error: float

    def __call__(self, z: Floats) -> Floats:
        """The predictor (n,) at points (n, P)."""
        return np.asarray(features(z) @ self.coefficients)


#: Fits rows of a design with a penalty (F,): coefficients (F,).
Solver = Callable[[Integers, Floats], Floats]
#: Deviance (n,) of rows at their predictors.
Deviance = Callable[[Integers, Floats], Floats]


def features(z: Floats) -> Floats:
    """Features (n, 1 + 2 P + P (P - 1) / 2) of points (n, P)."""
    first, second = np.triu_indices(z.shape[1], 1)
    squares = (z * z - 1.0) / np.sqrt(2.0)
    return np.column_stack([np.ones(len(z)), z, squares, z[:, first] * z[:, second]])


def fit_share(z: Floats, successes: Floats, trials: Floats) -> Fitted:
    """Logit of the chance of `successes` (N,) of `trials` (N,), all positive, at points (N, P).

    Half a success of one more trial is added at the centre, so that a share of nothing has a finite logit.
    """
    design = features(z)
    level = (successes.sum() + 0.5) / (trials.sum() + 1.0)

    def solve(rows: Integers, penalty: Floats) -> Floats:
        hits, tries = np.append(successes[rows], 0.5), np.append(trials[rows], 1.0)

        def weights(eta: Floats) -> tuple[Floats, Floats]:
            share = expit(eta)
            return hits - tries * share, tries * share * (1.0 - share)

        return _newton(_with_centre(design[rows]), penalty, float(np.log(level / (1.0 - level))), weights)

    def deviance(rows: Integers, eta: Floats) -> Floats:
        return -2.0 * (
            successes[rows] * _log_expit(eta) + (trials[rows] - successes[rows]) * _log_expit(-eta)
        )

    return _fit(design, z.shape[1], solve, deviance)


def fit_count(z: Floats, counts: Floats) -> Fitted:
    """Log of the mean of `counts` (N,) at points (N, P); half an event is added at the centre."""
    design = features(z)
    level = float(np.log((counts.sum() + 0.5) / (len(counts) + 1.0)))

    def solve(rows: Integers, penalty: Floats) -> Floats:
        events = np.append(counts[rows], 0.5)

        def weights(eta: Floats) -> tuple[Floats, Floats]:
            mean = np.exp(np.minimum(eta, 12.0))
            return events - mean, mean

        return _newton(_with_centre(design[rows]), penalty, level, weights)

    def deviance(rows: Integers, eta: Floats) -> Floats:
        return 2.0 * (np.exp(np.minimum(eta, 12.0)) - counts[rows] * eta)

    return _fit(design, z.shape[1], solve, deviance)


def _with_centre(design: Floats) -> Floats:
    """The design with one more row that has the intercept alone."""
    centre = np.zeros((1, design.shape[1]))
    centre[0, 0] = 1.0
    return np.concatenate([design, centre])


def fit_number(z: Floats, values: Floats) -> Fitted:
    """The mean of `values` (N,) at points (N, P)."""
    design = features(z)

    def solve(rows: Integers, penalty: Floats) -> Floats:
        return _least_squares(design[rows], values[rows], penalty)

    return _fit(design, z.shape[1], solve, lambda rows, eta: (values[rows] - eta) ** 2)


def fit_time(z: Floats, months: Floats, seen: NDArray[np.bool_]) -> tuple[Fitted, float]:
    """Median log time at points (N, P), and the log-normal spread: `months` (N,), cut off where it was not `seen`.

    By expectation and maximisation (Tobin 1958; Dempster, Laird and Rubin 1977): a time that was cut off is expected
    beyond where it was.
    """
    design, logs = features(z), np.log(np.maximum(months, 0.5))
    spread = {"sd": max(float(np.std(logs)), 0.1)}

    def solve(rows: Integers, penalty: Floats) -> Floats:
        beta = np.zeros(design.shape[1])
        beta[0] = float(np.mean(logs[rows]))
        sd = max(float(np.std(logs[rows])), 0.1)
        own = design[rows]
        # The times that are expected change from step to step, the design does not.
        project = np.linalg.solve(own.T @ own + np.diag(penalty + 1e-9), own.T)
        for _ in range(_STEPS):
            expected, variance = _beyond(logs[rows], seen[rows], own @ beta, sd)
            new = project @ expected
            sd_new = float(np.sqrt(np.mean((expected - own @ new) ** 2 + variance)))
            moved = float(np.abs(new - beta).max()) + abs(sd_new - sd)
            beta, sd = new, max(sd_new, 1e-3)
            if moved < 1e-4:
                break
        spread["sd"] = sd
        return beta

    def deviance(rows: Integers, eta: Floats) -> Floats:
        sd = spread["sd"]
        gap = (logs[rows] - eta) / sd
        return np.asarray(np.where(seen[rows], gap**2 + 2.0 * np.log(sd), -2.0 * log_ndtr(-gap)))

    fitted = _fit(design, z.shape[1], solve, deviance)
    # The last solution was that of all rows; the spread around what is left out holds the regression's own error.
    expected, variance = _beyond(logs, seen, fitted.left_out, spread["sd"])
    return fitted, float(np.sqrt(np.mean((expected - fitted.left_out) ** 2 + variance)))


def _beyond(logs: Floats, seen: NDArray[np.bool_], eta: Floats, sd: float) -> tuple[Floats, Floats]:
    """Mean and variance of each log time given what was seen of it, around `eta` with `sd`."""
    gap = (logs - eta) / sd
    ratio = np.exp(-0.5 * gap**2 - 0.5 * np.log(2.0 * np.pi) - log_ndtr(-gap))
    mean = np.where(seen, logs, eta + sd * ratio)
    variance = np.where(seen, 0.0, sd**2 * np.clip(1.0 + gap * ratio - ratio**2, 0.0, 1.0))
    return mean, variance


def _fit(design: Floats, linear: int, solve: Solver, deviance: Deviance) -> Fitted:
    """Choose the penalty by the deviance left out, fit all rows, and measure how far folds are from that."""
    count = len(design)
    if count < 2 * FOLDS:
        raise ValueError(f"a regression needs {2 * FOLDS} rows or more; there are {count}")
    part = np.arange(count) % FOLDS
    best: tuple[float, Floats, Floats] | None = None
    for strength in STRENGTHS:
        for multiple in MULTIPLES:
            penalty = np.full(design.shape[1], strength * multiple)
            penalty[: 1 + linear], penalty[0] = strength, 0.0
            left_out, total = np.empty(count), 0.0
            for fold in range(FOLDS):
                inside, outside = np.flatnonzero(part != fold), np.flatnonzero(part == fold)
                left_out[outside] = np.clip(design[outside] @ solve(inside, penalty), -_EDGE, _EDGE)
                total += float(np.sum(deviance(outside, left_out[outside])))
            if best is None or total < best[0]:
                best = (total, penalty, left_out)
    assert best is not None
    coefficients = solve(np.arange(count), best[1])
    error = float(np.sqrt(np.mean((best[2] - np.clip(design @ coefficients, -_EDGE, _EDGE)) ** 2)))
    return Fitted(coefficients, best[2], error)


def _newton(
    design: Floats,
    penalty: Floats,
    level: float,
    weights: Callable[[Floats], tuple[Floats, Floats]],
) -> Floats:
    """Iteratively reweighted least squares from the overall level; `weights` gives residual and curvature (n,)."""
    beta = np.zeros(design.shape[1])
    beta[0] = level
    for _ in range(_STEPS):
        residual, weight = weights(np.clip(design @ beta, -_EDGE, _EDGE))
        gradient = design.T @ residual - penalty * beta
        step = np.linalg.solve(design.T @ (weight[:, None] * design) + np.diag(penalty + 1e-9), gradient)
        largest = float(np.abs(step).max())
        beta = beta + step * min(1.0, 2.0 / max(largest, 1e-12))
        if largest < 1e-6:
            break
    return beta


def _least_squares(design: Floats, values: Floats, penalty: Floats) -> Floats:
    return np.asarray(np.linalg.solve(design.T @ design + np.diag(penalty + 1e-9), design.T @ values))


def _log_expit(eta: Floats) -> Floats:
    return -np.logaddexp(0.0, -eta)


def normal_between(low: Floats, high: Floats) -> Floats:
    """Chance that a standard normal number lies between two, without loss far out in a tail."""
    flip = low > 0.0
    a, b = np.where(flip, -high, low), np.where(flip, -low, high)
    return np.asarray(ndtr(b) - ndtr(a))
