"""The posterior of the parameters of events, given counts of 2017 to 2022.

A count of all crises of a subject is negative binomial around the free runs' mean times the share that a list of
known crises holds (`record_held`, drawn with the rest); counts of higher severities are shares of it. A rate under
0.05 a year is an upper bound: it says that there were no more than so many, not how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.special import ndtr

from wbsim.calibration.counts import Linear, fit_binomial, fit_poisson, overdispersion
from wbsim.calibration.free_run import window_months
from wbsim.chance.posterior import Points, coordinates
from wbsim.chance.priors import quantile
from wbsim.inference import smc
from wbsim.instruments.rate import UPPER_BOUND, Rate
from wbsim.tables.parameters import PARAMETERS

Floats = NDArray[np.float64]

#: Share of crises that the list of dated events holds: what history is simulated with, and counts are compared with.
_HELD = "record_held"


@dataclass(frozen=True)
class Count:
    """How a rate's count scatters: around `mean` (log) with `dispersion`, or as a `share` (logit) of rate `of`."""

    rate: Rate
    mean: Linear | None
    dispersion: float
    share: Linear | None
    of: Rate | None

    def expected(self, z: Floats, reported: Floats) -> Floats | None:
        """Mean count (n,) of the list at points (n, P), which holds a share `reported` (n,); None for a share."""
        if self.mean is None:
            return None
        return np.asarray(np.exp(np.minimum(self.mean(z), 8.0)) * reported * exposure(self.rate))


@dataclass(frozen=True)
class Events:
    """Points of the prior and their counts, the model of the counts, and draws (M, P) of the P `keys`."""

    keys: tuple[str, ...]
    z: Floats
    simulated: Floats
    counts: tuple[Count, ...]
    draws: Floats
    posterior: smc.Posterior

    @property
    def reported(self) -> Floats:
        """Draws (M,) of the share of crises that the list holds."""
        return reported_share(self.draws[:, self.keys.index(_HELD)])


def exposure(rate: Rate) -> float:
    """Share of the years of a rate's window and dyads that it was counted in; free runs count in all."""
    return 12.0 * rate.years / (window_months(rate) * max(len(rate.dyads), 1))


def event_keys() -> tuple[str, ...]:
    """Keys of the parameters of events."""
    return coordinates("event")


def fit_counts(rates: Sequence[Rate], z: Floats, simulated: Floats) -> tuple[Count, ...]:
    """Models of the counts (M, rates) simulated at points (M, P)."""
    return tuple(_model(number, rates, z, simulated) for number in range(len(rates)))


def _model(number: int, rates: Sequence[Rate], z: Floats, simulated: Floats) -> Count:
    rate = rates[number]
    below = [
        other
        for other, each in enumerate(rates)
        if (each.subject, each.window) == (rate.subject, rate.window)
        and each.minimum_severity < rate.minimum_severity
    ]
    if not below:
        mean = fit_poisson(z, simulated[:, number])
        return Count(rate, mean, overdispersion(simulated[:, number], np.exp(mean(z))), None, None)
    lower = max(below, key=lambda other: rates[other].minimum_severity)
    share = fit_binomial(z, simulated[:, number], simulated[:, lower])
    return Count(rate, None, 0.0, share, rates[lower])


def log_likelihood(counts: Sequence[Count], z: Floats) -> Floats:
    """Log-likelihood (n,) of the counts at points (n, P)."""
    reported = reported_share(z[:, event_keys().index(_HELD)])
    total = np.zeros(len(z))
    for count in counts:
        mean = count.expected(z, reported)
        if mean is not None:
            total += _log_count(count, mean)
        elif count.share is not None and count.of is not None and count.of.count > 0:
            chance = 1.0 / (1.0 + np.exp(-count.share(z)))
            total += stats.binom.logpmf(count.rate.count, count.of.count, chance)
    return total


def _log_count(count: Count, mean: Floats) -> Floats:
    rate = count.rate
    size = 1.0 / max(count.dispersion, 1e-6)
    chance = size / (size + mean)
    if rate.is_upper_bound:
        most = max(int(np.floor(UPPER_BOUND * rate.years)), rate.count)
        return np.asarray(stats.nbinom.logcdf(most, size, chance))
    return np.asarray(stats.nbinom.logpmf(rate.count, size, chance))


def reported_share(z: Floats) -> Floats:
    """The share of crises that the list holds, at standard normal coordinates of any shape."""
    held = PARAMETERS[_HELD]
    return quantile(held.prior, held.low, held.high, np.asarray(ndtr(z)))


def fit_events(
    rates: Sequence[Rate],
    z: Floats,
    simulated: Floats,
    particles: int,
    draws: int,
    generator: np.random.Generator,
) -> Events:
    """The posterior from counts (M, rates) simulated at points (M, P) of the prior."""
    counts = fit_counts(rates, z, simulated)
    posterior = smc.sample(
        lambda points: log_likelihood(counts, points),
        z.shape[1],
        generator,
        smc.Settings(particles=particles),
    )
    chosen = posterior.draws[generator.permutation(len(posterior.draws))[:draws]]
    return Events(event_keys(), z, simulated, counts, chosen, posterior)


def points(z: Floats) -> Points:
    """Points of the parameters of events for the simulator."""
    return Points(event_keys(), z)
