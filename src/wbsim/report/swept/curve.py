"""Figures along an axis: over the points at each stop and over worlds, and what one stop differs from another by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.paired import HIGH, LOW

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
#: A mean that lies closer to another than this many Monte Carlo errors is not told apart from it (about 95 %).
ERRORS = 2.0


@dataclass(frozen=True, slots=True)
class Curve:
    """At each stop (stops,): mean, 90 % interval, and the standard error of the mean; NaN where undefined.

    The interval is over worlds, and over the points of the stop where it has several. The error is the Monte Carlo
    error; in drawn designs that of drawing the points comes on top.
    """

    mean: Floats
    low: Floats
    high: Floats
    error: Floats


@dataclass(frozen=True, slots=True)
class Step:
    """What one stop differs from another by, in the same worlds: mean, 90 % interval over worlds, and error."""

    mean: float
    low: float
    high: float
    error: float

    def told_apart(self, pairs: int = 1) -> bool:
        """Whether the mean is more than two errors from zero.

        More where it was picked as the largest of that many `pairs`, so that all of them together are wrong as rarely
        (Bonferroni).
        """
        rarely = 2.0 * (1.0 - NormalDist().cdf(ERRORS))
        errors = NormalDist().inv_cdf(1.0 - rarely / (2.0 * pairs))
        return bool(np.isfinite(self.mean) and abs(self.mean) > errors * self.error)


def curve_of(values: Floats, stops: Sequence[Numbers], *, drawn: bool = False) -> Curve:
    """The curve over `stops`, each the points there, of `values` (points, worlds), NaN where a world is missing.

    `drawn`: the points are a sample, so that their spread is an error of the mean as well.
    """
    if all(len(points) == 1 for points in stops) and np.isfinite(values).all():
        return _at_points(values[[points[0] for points in stops]])
    found = np.full((4, len(stops)), np.nan)
    for number, points in enumerate(stops):
        chosen = values[points]
        known = chosen[np.isfinite(chosen)]
        if known.size:
            low, high = np.quantile(known, (LOW, HIGH))
            worlds = over_points(chosen)
            found[:, number] = worlds.mean(), low, high, np.sqrt(_variance(chosen, worlds, drawn))
    return Curve(*found)


def _at_points(values: Floats) -> Curve:
    """The same where every stop is one point and no world is missing, for all stops at once."""
    low, high = np.quantile(values, (LOW, HIGH), axis=-1)
    worlds = values.shape[-1]
    spread = values.std(axis=-1, ddof=1) if worlds > 1 else np.full(len(values), np.nan)
    return Curve(values.mean(axis=-1), low, high, spread / np.sqrt(worlds))


def step_of(values: Floats, start: Numbers, end: Numbers, *, drawn: bool = False) -> Step:
    """What `values` (points, worlds) are higher by at the points `end` than at `start`, world by world."""
    first, last = _by_world(values[start]), _by_world(values[end])
    change = last - first
    change = change[np.isfinite(change)]
    if not change.size:
        return Step(np.nan, np.nan, np.nan, np.nan)
    variance = _error2(change)
    if drawn:
        variance += _error2(means_of(values[start])) + _error2(means_of(values[end]))
    low, high = np.quantile(change, (LOW, HIGH))
    return Step(float(change.mean()), float(low), float(high), float(np.sqrt(variance)))


def over_points(values: Floats) -> Floats:
    """The mean over points in every world (worlds,) of `values` (points, worlds) that has any."""
    means = _by_world(values)
    return means[np.isfinite(means)]


def _variance(values: Floats, worlds: Floats, drawn: bool) -> float:
    """The squared error of the mean: of so few worlds and, if they are drawn, of so few points."""
    variance = _error2(worlds)
    if drawn and len(values) > 1:
        variance += _error2(means_of(values))
    return variance


def _error2(sample: Floats) -> float:
    """The squared standard error of the mean of `sample`; NaN for a single one."""
    known = sample[np.isfinite(sample)]
    return float(known.var(ddof=1) / len(known)) if len(known) > 1 else np.nan


def _by_world(values: Floats) -> Floats:
    return means_of(values.T)


def means_of(values: Floats) -> Floats:
    """The mean along the last axis of what is finite; NaN where nothing is."""
    finite = np.isfinite(values)
    count = finite.sum(axis=-1)
    total = np.where(finite, values, 0.0).sum(axis=-1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
