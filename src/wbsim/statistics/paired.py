"""Figures of paired worlds. Every function takes one value per world and never returns NaN: None where
undefined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Better = Literal["higher", "lower"]

#: Ends of the 90 % interval over worlds.
LOW, HIGH = 0.05, 0.95
#: Monte Carlo errors beyond which a mean is told from nil.
CLEAR = 2.0


@dataclass(frozen=True, slots=True)
class Level:
    """Mean of an outcome over worlds, and the ends of its 90 % interval; `mcse` is the Monte Carlo error."""

    mean: float | None
    q05: float | None
    q95: float | None
    mcse: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A policy minus the baseline in the same worlds.

    `mean`, `q05`, `q95` and `mcse` are in the outcome's unit; probabilities are shares of worlds: `p_better`
    counts ties half, the practical ones count worlds whose difference is beyond the margin. All None without
    worlds.
    """

    mean: float | None
    q05: float | None
    q95: float | None
    p_better: float | None
    p_practical_better: float | None
    p_practical_worse: float | None
    mcse: float | None


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of worlds: better at all (ties half), and practically better, practically worse, within the
    margin."""

    better: float | None
    practical_better: float | None
    practical_worse: float | None
    within: float | None


def monte_carlo_error(values: Values) -> float | None:
    """Standard error of the mean of `values` (one per world); None with fewer than two worlds."""
    if values.size < 2:
        return None
    return float(np.std(values, ddof=1) / np.sqrt(values.size))


def turns_round(gap: Values, other: Values) -> bool:
    """Whether the mean gap of two scenarios, one value a world, has another sign under `other` assumptions.

    Both must be beyond two Monte Carlo errors.
    """
    errors = monte_carlo_error(gap), monte_carlo_error(other)
    if errors[0] is None or errors[1] is None:
        return False
    means = float(np.mean(gap)), float(np.mean(other))
    clear = abs(means[0]) > CLEAR * errors[0] and abs(means[1]) > CLEAR * errors[1]
    return clear and means[0] * means[1] < 0


def level(values: Values) -> Level:
    """Mean and 90 % interval of `values`, shape (worlds,), in their own unit."""
    if values.size == 0:
        return Level(None, None, None, None)
    low, high = np.quantile(values, (LOW, HIGH))
    return Level(float(np.mean(values)), float(low), float(high), monte_carlo_error(values))


def gains(policy: Values, baseline: Values, better: Better) -> Values:
    """Paired difference, turned so that positive is better; both arguments of shape (worlds,), world by
    world."""
    if policy.shape != baseline.shape:
        raise ValueError(f"paired values need one world each: {policy.shape} and {baseline.shape}")
    return policy - baseline if better == "higher" else baseline - policy


def shares(policy: Values, baseline: Values, better: Better, margin: float) -> Shares:
    """In how many of the worlds, shape (worlds,), the policy is better, beyond the margin or within it."""
    gain = gains(policy, baseline, better)
    if gain.size == 0:
        return Shares(None, None, None, None)
    gained, lost = float(np.mean(gain > margin)), float(np.mean(gain < -margin))
    return Shares(
        better=float(np.mean(gain > 0) + 0.5 * np.mean(gain == 0)),
        practical_better=gained,
        practical_worse=lost,
        within=float(np.mean(np.abs(gain) <= margin)),
    )


def difference(policy: Values, baseline: Values, better: Better, margin: float) -> Difference:
    """Figures of the paired difference of `policy` from `baseline`, both of shape (worlds,), in the same
    worlds."""
    counted = shares(policy, baseline, better, margin)
    change = level(policy - baseline)
    return Difference(
        mean=change.mean,
        q05=change.q05,
        q95=change.q95,
        p_better=counted.better,
        p_practical_better=counted.practical_better,
        p_practical_worse=counted.practical_worse,
        mcse=change.mcse,
    )
