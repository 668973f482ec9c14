"""Worlds with a known box in them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.discovery.inputs import Input, Inputs

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

INSIDE, OUTSIDE = 0.85, 0.1


def numbers(worlds: int, seed: int, count: int = 10) -> Inputs:
    """Independent numbers between 0 and 1."""
    values = np.random.default_rng([seed, 1]).random((count, worlds))
    return Inputs(tuple(Input(f"x{place}", f"number {place}") for place in range(count)), values)


def cases(inside: Worlds, seed: int, high: float = INSIDE, low: float = OUTSIDE) -> Worlds:
    """Cases with one probability inside and another outside."""
    return np.asarray(np.random.default_rng([seed, 2]).random(inside.size) < np.where(inside, high, low))


def corner(values: Values) -> Worlds:
    """x0 above 0.6 and x1 below 0.5: a fifth of the worlds."""
    return np.asarray((values[0] > 0.6) & (values[1] < 0.5))


def planted(
    worlds: int, seed: int, rule: Callable[[Values], Worlds] = corner, count: int = 10
) -> tuple[Inputs, Worlds]:
    """Inputs, and cases that are frequent where `rule` holds."""
    inputs = numbers(worlds, seed, count)
    return inputs, cases(rule(inputs.values), seed)
