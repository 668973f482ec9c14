"""The effect of one policy on one outcome: its size, how it differs between worlds, and its Monte Carlo error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wbsim.statistics.intervals import Interval, quantile_interval, wilson
from wbsim.statistics.paired import Better, Values, gains, monte_carlo_error

#: Quantiles over worlds: the ends of the 90 % and the 50 % interval, and the median.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of worlds, and the 95 % Monte Carlo interval of the probability it estimates."""

    share: float
    monte_carlo: Interval


@dataclass(frozen=True, slots=True)
class Effect:
    """Paired difference from the baseline in the outcome's unit, over `worlds` worlds.

    `q05` to `q95` (90 %) and `q25` to `q75` (50 %) are over worlds: parameters, structure and chance. `mcse` is the
    Monte Carlo standard error of the mean; `median_mc`, `q05_mc` and `q95_mc` are 95 % Monte Carlo intervals of the
    quantiles, None where there are too few worlds. `better` counts ties half; `gain` and `harm` are beyond the margin.
    `no_difference` says that no world differs at all.
    """

    worlds: int
    mean: float
    median: float
    q05: float
    q25: float
    q75: float
    q95: float
    mcse: float | None
    median_mc: Interval | None
    q05_mc: Interval | None
    q95_mc: Interval | None
    better: Share
    gain: Share
    harm: Share
    no_difference: bool


def effect(policy: Values, baseline: Values, better: Better, margin: float) -> Effect | None:
    """Effect of a policy, both arguments of shape (worlds,) in the same worlds; None without worlds."""
    gain = gains(policy, baseline, better)
    if gain.size == 0:
        return None
    change = policy - baseline
    low, quarter, median, three_quarters, high = np.quantile(change, QUANTILES)
    return Effect(
        worlds=change.size,
        mean=float(np.mean(change)),
        median=float(median),
        q05=float(low),
        q25=float(quarter),
        q75=float(three_quarters),
        q95=float(high),
        mcse=monte_carlo_error(change),
        median_mc=quantile_interval(change, 0.5),
        q05_mc=quantile_interval(change, 0.05),
        q95_mc=quantile_interval(change, 0.95),
        better=_share(float(np.sum(gain > 0) + 0.5 * np.sum(gain == 0)), gain.size),
        gain=_share(float(np.sum(gain > margin)), gain.size),
        harm=_share(float(np.sum(gain < -margin)), gain.size),
        no_difference=not np.any(change),
    )


def _share(count: float, worlds: int) -> Share:
    interval = wilson(count, worlds)
    assert interval is not None
    return Share(count / worlds, interval)
