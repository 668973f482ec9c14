"""Scores of a forecast of one observation, which may be a number, an interval, or a time that was cut off.

Times are scored as logarithms. Where only an interval is known, a forecast is scored by what it puts outside: the
interval is drawn together into a point, which keeps the score proper (threshold-weighted CRPS, Allen et al. 2023).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Count, Events, Interval, Observation, Order, Share
from wbsim.analogues.likelihood import HALF_MONTH
from wbsim.inference.scores import fair_crps

Floats = NDArray[np.float64]

#: Shortest time that is told from none, in months.
_SHORTEST = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What was observed, in the unit of the draws: from `low` to `high`, the same number where it is one; infinite
    where a time was cut off."""

    low: float
    high: float

    @property
    def is_number(self) -> bool:
        """Whether one number was observed."""
        return self.low == self.high


def seen(observation: Observation) -> Seen:
    """What was observed, in the unit of the indicator; of an order the number of its pairs."""
    match observation.value:
        case Count(successes, trials):
            return Seen(successes / trials, successes / trials)
        case Share(value, _):
            return Seen(value, value)
        case Events(count, _):
            return Seen(float(count), float(count))
        case Interval(low, high):
            return Seen(low, np.inf if high is None else high)
        case Order() as order:
            return Seen(float(len(order.pairs)), float(len(order.pairs)))


def crps(observation: Observation, draws: Floats) -> float:
    """CRPS of draws (M,), in the unit that it is scored in: log months for times."""
    target = seen(observation)
    values, low, high = draws, target.low, target.high
    if observation.record.form == "time":
        values = np.log(np.maximum(draws, _SHORTEST))
        low = float(np.log(max(low - HALF_MONTH, _SHORTEST)))
        high = float(np.log(high + HALF_MONTH)) if np.isfinite(high) else np.inf
    drawn_together = np.where(values <= low, values, np.where(values <= high, low, values - (high - low)))
    return float(fair_crps(drawn_together[:, None], np.array([low]))[0])


def spread(observation: Observation, draws: Floats) -> float:
    """Standard deviation of draws (M,) in the unit that they are scored in, at least a hundredth."""
    values = np.log(np.maximum(draws, _SHORTEST)) if observation.record.form == "time" else draws
    return max(float(np.std(values)), 0.01)


def covered(observation: Observation, draws: Floats, share: float) -> bool:
    """Whether what was observed reaches into the central interval that holds `share` of the draws (M,)."""
    target = seen(observation)
    half = HALF_MONTH if observation.record.form == "time" else 0.0
    low, high = np.quantile(draws, (0.5 - share / 2, 0.5 + share / 2))
    return bool(target.low - half <= high and target.high + half >= low)


def covered_part(observation: Observation, draws: Floats, share: float) -> float:
    """The part of what was observed that lies in that interval by probability.

    A count or an interval takes up a stretch of the forecast's distribution function; the part of the stretch inside
    counts (Czado, Gneiting and Held 2009). On average it is `share` where forecasts are honest, also for few trials,
    of which a plain interval holds too much.
    """
    target = seen(observation)
    half = HALF_MONTH if observation.record.form == "time" else 0.0
    start = float(np.mean(draws < target.low - half))
    end = float(np.mean(draws <= target.high + half))
    low, high = 0.5 - share / 2, 0.5 + share / 2
    if end - start <= 1e-12:
        return float(low <= start <= high)
    return max(min(end, high) - max(start, low), 0.0) / (end - start)
