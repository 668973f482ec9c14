"""The plain forecast of an observation: what others of the same measure came to, without any model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Count, Events, Interval, Observation, Order, Share

Floats = NDArray[np.float64]

#: What is known before any other time was seen: as if one with a log standard deviation of 1 had been.
_KNOWN, _LOG_SD = 1.0, 1.0


def pooled(
    observation: Observation, others: Sequence[Observation], draws: int, generator: np.random.Generator
) -> Floats | None:
    """Draws of an observation by the pooled rate of `others` of its measure; None where there is none.

    Each other observation counts once, however many trials it had: institutions differ by more than chance. States
    whose order nobody knows come in any.
    """
    if isinstance(observation.value, Order):
        return _any_order(observation.value, draws, generator)
    alike = [other for other in others if other.measure == observation.measure]
    if not alike:
        return None
    match observation.value:
        case Count(_, trials):
            rate = _rate(alike, draws, generator)
            return np.asarray(generator.binomial(trials, rate) / trials)
        case Share(_, error):
            rate = _rate(alike, draws, generator)
            return np.asarray(np.clip(rate + error * generator.standard_normal(draws), 0.0, 1.0))
        case Interval():
            return np.exp(_log_times(alike, draws, generator))
        case Events(_, years):
            count = sum(each.value.count for each in alike if isinstance(each.value, Events))
            exposure = sum(each.value.years for each in alike if isinstance(each.value, Events))
            per_year = generator.gamma(count + 0.5, 1.0 / exposure, draws)
            return np.asarray(generator.poisson(per_year * years), dtype=float)


def _rate(alike: Sequence[Observation], draws: int, generator: np.random.Generator) -> Floats:
    """Shares (n,): beta, with half a success and half a failure beside what was seen."""
    seen = [share for each in alike if (share := _share(each)) is not None]
    return generator.beta(0.5 + sum(seen), 0.5 + sum(1.0 - share for share in seen), draws)


def _share(observation: Observation) -> float | None:
    match observation.value:
        case Count(successes, trials):
            return successes / trials
        case Share(value, _):
            return value
        case _:
            return None


def _log_times(alike: Sequence[Observation], draws: int, generator: np.random.Generator) -> Floats:
    """Log months (n,): Student's t around the mean of the others, a time that was cut off at where it was."""
    logs = np.array([_log_middle(each.value) for each in alike if isinstance(each.value, Interval)])
    known = _KNOWN + len(logs) - 1.0
    variance = (_KNOWN * _LOG_SD**2 + float(np.sum((logs - logs.mean()) ** 2))) / known
    scale = np.sqrt(variance * (1.0 + 1.0 / len(logs)))
    # Under three degrees of freedom the tail of a t has no standard deviation to score in.
    return np.asarray(logs.mean() + scale * generator.standard_t(max(known, 3.0), draws))


def _log_middle(value: Interval) -> float:
    high = value.low if value.high is None else value.high
    return float(np.log(max(0.5 * (value.low + high), 0.5)))


def _any_order(order: Order, draws: int, generator: np.random.Generator) -> Floats:
    from wbsim.analogues.likelihood import pairs_in_order

    return pairs_in_order(order, generator.uniform(size=(draws, 6)))
