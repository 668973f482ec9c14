"""Robustness over worlds: regret, satisficing, and cautious summaries of each scenario by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wbsim.statistics.bootstrap import oriented
from wbsim.statistics.intervals import Interval, wilson
from wbsim.statistics.paired import HIGH, LOW, Better, Values, monte_carlo_error

#: Quantile of regret: not the largest, which grows with the number of worlds (McPhail et al. 2018).
REGRET_QUANTILE = 0.9
#: Weight of the bad end in Hurwicz's criterion: as much as the good end. Assumed: a matter of taste, not of evidence.
HURWICZ_ALPHA = 0.5


@dataclass(frozen=True, slots=True)
class Regret:
    """How much worse than the best scenario of the same world, in the outcome's unit; never negative.

    `q90` is a quantile over worlds (parameters, structure and chance), `mcse` the Monte Carlo error of the mean.
    """

    mean: float
    q90: float
    mcse: float | None


@dataclass(frozen=True, slots=True)
class Satisficing:
    """Share of worlds in which an outcome meets a threshold (Starr's domain criterion)."""

    threshold: float
    share: float
    monte_carlo: Interval


@dataclass(frozen=True, slots=True)
class Cautious:
    """An outcome at its bad end (maximin: the scenario with the best of these), and Hurwicz's mixture of both ends.

    The ends are the quantiles at 5 % and 95 % over worlds, in the outcome's unit.
    """

    bad_end: float
    good_end: float
    hurwicz: float


def regrets(values: Values, better: Better) -> Values:
    """Regret of each scenario in each world, shape (scenarios, worlds) as `values` (Savage 1951)."""
    good = oriented(values, better)
    return good.max(axis=0, initial=-np.inf) - good if good.shape[1] else np.zeros_like(good)


def regret(values: Values, better: Better) -> tuple[Regret, ...] | None:
    """Regret of each of the (scenarios, worlds) over worlds; None without worlds."""
    if values.shape[1] == 0:
        return None
    return tuple(
        Regret(float(row.mean()), float(np.quantile(row, REGRET_QUANTILE)), monte_carlo_error(row))
        for row in regrets(values, better)
    )


def satisficing(
    values: Values, better: Better, threshold: float | None = None
) -> tuple[Satisficing, ...] | None:
    """How often each of the (scenarios, worlds) meets `threshold`: by default the baseline's median over worlds.

    Meeting means at least the threshold, or at most it where lower is better. None without worlds.
    """
    worlds = values.shape[1]
    if worlds == 0:
        return None
    level = float(np.median(values[0])) if threshold is None else threshold
    met = values >= level if better == "higher" else values <= level
    found = []
    for count in met.sum(axis=1).tolist():
        interval = wilson(count, worlds)
        assert interval is not None
        found.append(Satisficing(level, count / worlds, interval))
    return tuple(found)


def cautious(values: Values, better: Better, alpha: float = HURWICZ_ALPHA) -> tuple[Cautious, ...] | None:
    """Bad end, good end, and `alpha` x bad end + (1 - alpha) x good end (Hurwicz 1951); None without worlds."""
    if values.shape[1] == 0:
        return None
    ends = np.quantile(values, (LOW, HIGH), axis=1)
    bad, good = ends if better == "higher" else ends[::-1]
    return tuple(
        Cautious(b, g, alpha * b + (1 - alpha) * g) for b, g in zip(bad.tolist(), good.tolist(), strict=True)
    )
