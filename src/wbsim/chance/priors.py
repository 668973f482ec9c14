"""Quantile functions of priors, truncated to the range of their parameter."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from wbsim.tables.record import Prior

Floats = NDArray[np.float64]


def quantile(prior: Prior, low: float, high: float, u: Floats, centre: float | None = None) -> Floats:
    """Value at probability `u` (any shape) of `prior` truncated to [`low`, `high`].

    `centre` shifts the location of a normal or fixed prior, both ends of a uniform one, and multiplies the median of
    a lognormal one. Probabilities below `prior.zero` give zero.
    """
    if prior.zero > 0.0:
        left = np.clip((u - prior.zero) / (1.0 - prior.zero), 0.0, 1.0)
        return np.asarray(np.where(u < prior.zero, 0.0, _of_family(prior, low, high, left, centre)))
    return _of_family(prior, low, high, u, centre)


def _of_family(prior: Prior, low: float, high: float, u: Floats, centre: float | None) -> Floats:
    shift = centre or 0.0
    a, b = prior.a, prior.b
    match prior.family:
        case "fixed":
            return np.full_like(u, a + shift)
        case "uniform":
            lower, upper = max(a + shift, low), min(b + shift, high)
            return np.asarray(lower + u * (upper - lower))
        case "loguniform":
            lower, upper = math.log(max(a, low)), math.log(min(b, high))
            return np.asarray(np.exp(lower + u * (upper - lower)))
        case "normal":
            return _truncated_normal(a + shift, b, low, high, u)
        case "lognormal":
            median = math.log(a * (1.0 if centre is None else centre))
            bottom = math.log(low) if low > 0 else -math.inf
            return np.asarray(np.exp(_truncated_normal(median, b, bottom, math.log(high), u)))
        case "beta":
            first, second = a * b, (1.0 - a) * b
            bottom, top = special.betainc(first, second, [max(low, 0.0), min(high, 1.0)])
            return np.asarray(special.betaincinv(first, second, bottom + u * (top - bottom)))


def _truncated_normal(mean: float, sd: float, low: float, high: float, u: Floats) -> Floats:
    bottom, top = special.ndtr((np.array([low, high]) - mean) / sd)
    values = mean + sd * special.ndtri(bottom + u * (top - bottom))
    return np.asarray(np.clip(values, low, high))
