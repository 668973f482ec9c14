"""Functions whose sensitivity is known in closed form."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

A, B = 7.0, 0.1
G_WEIGHTS = (0.0, 1.0, 4.5, 9.0)


def ishigami(unit: Values) -> Values:
    """sin x1 + a sin² x2 + b x3⁴ sin x1 with x uniform on (-π, π), from points (..., 3) of the unit cube."""
    x = math.pi * (2.0 * unit - 1.0)
    return np.sin(x[..., 0]) + A * np.sin(x[..., 1]) ** 2 + B * x[..., 2] ** 4 * np.sin(x[..., 0])


def ishigami_indices() -> tuple[Values, Values, float, float]:
    """First order, total, second order of (x1, x3) and variance (Ishigami & Homma 1990)."""
    first = 0.5 * (1.0 + B * math.pi**4 / 5.0) ** 2
    second = A**2 / 8.0
    together = 8.0 * B**2 * math.pi**8 / 225.0
    variance = A**2 / 8.0 + B * math.pi**4 / 5.0 + B**2 * math.pi**8 / 18.0 + 0.5
    assert math.isclose(first + second + together, variance)
    return (
        np.array([first, second, 0.0]) / variance,
        np.array([first + together, second, together]) / variance,
        together / variance,
        variance,
    )


def g_function(unit: Values, weights: Sequence[float] = G_WEIGHTS) -> Values:
    """Sobol's g-function, the product of (|4 x - 2| + a) / (1 + a)."""
    a = np.array(weights)
    return np.prod((np.abs(4.0 * unit - 2.0) + a) / (1.0 + a), axis=-1)


def g_indices(weights: Sequence[float] = G_WEIGHTS) -> tuple[Values, Values]:
    """First order and total of the g-function (Saltelli & Sobol 1995)."""
    parts = 1.0 / (3.0 * (1.0 + np.array(weights)) ** 2)
    variance = float(np.prod(1.0 + parts) - 1.0)
    total = [parts[n] * np.prod(1.0 + np.delete(parts, n)) for n in range(len(parts))]
    return parts / variance, np.array(total) / variance
