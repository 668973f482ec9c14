"""How a simulated statistic depends on the channels' parameters: one surface for each observation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim.analogues.analogue import DISCREPANCIES, Analogue, Observation
from wbsim.analogues.regression import Fitted, features, fit_count, fit_number, fit_share, fit_time
from wbsim.analogues.statistics import Counts, Sample, Scores, Shares, Times
from wbsim.tables.places import STATE_CODES

Floats = NDArray[np.float64]

#: Fewest worlds with anything to count, and least share of them: with fewer the model says nothing of the observation.
FEWEST, LEAST = 40, 0.02


@dataclass(frozen=True)
class Surface:
    """One observation with what the model gives for it.

    `coefficients` (F, K) of the features give the predictors: the logit of a share, the log of a time's median or of a
    rate's mean, or (K = 6) the scores of the states. `spread` is what scatters around them from world to world: the
    correlation between trials of one world, the sd of a log time, the a of a variance mean + a mean^2, or the sd of a
    score. `error` is that of the regression, `discrepancy` how far the institution may be from the model; both are
    standard deviations of the predictor. `worlds` is the share of worlds in which there was anything to count.
    """

    analogue: str
    observation: Observation
    coefficients: Floats
    spread: float
    error: float
    discrepancy: float
    worlds: float

    @property
    def key(self) -> tuple[str, str]:
        """The institution and the observation."""
        return self.analogue, self.observation.id

    def predict(self, z: Floats) -> Floats:
        """Predictors (n, K) at points (n, P)."""
        return np.asarray(features(z) @ self.coefficients)

    def offset(self, multiple: float = 1.0) -> float:
        """Standard deviation of the predictor around the regression, with the discrepancy so many times as large."""
        return float(np.hypot(self.error, multiple * self.discrepancy))


def fit_surface(analogue: Analogue, observation: Observation, z: Floats, sample: Sample) -> Surface | None:
    """The surface of a statistic `sample` (R,) simulated at points (R, P); None where the model says too little."""
    known = usable(sample)
    worlds = float(np.mean(known))
    if known.sum() < FEWEST or worlds < LEAST:
        return None
    points = z[known]
    match sample:
        case Shares(successes, trials):
            share = fit_share(points, successes[known], trials[known])
            fits, spread = [share], correlation(successes[known], trials[known], expit(share.left_out))
        case Times(months, seen):
            time, spread = fit_time(points, months[known], seen[known])
            fits = [time]
        case Counts(events):
            rate = fit_count(points, events)
            fits, spread = [rate], overdispersion(events, np.exp(np.minimum(rate.left_out, 12.0)))
        case Scores(values):
            fits = [fit_number(points, _filled(values[known, place])) for place in range(len(STATE_CODES))]
            spread = _score_sd(values[known], fits)
    return Surface(
        analogue.name,
        observation,
        np.column_stack([fit.coefficients for fit in fits]),
        spread,
        0.0 if isinstance(sample, Scores | Times) else max(fit.error for fit in fits),
        DISCREPANCIES[analogue.discrepancy],
        worlds,
    )


def fit_surfaces(
    analogue: Analogue, z: Floats, samples: Mapping[str, Sample]
) -> tuple[tuple[Surface, ...], tuple[str, ...]]:
    """Surfaces of an institution's observations, and ids of those of which the model says too little."""
    found, silent = [], []
    for observation in analogue.observations:
        surface = fit_surface(analogue, observation, z, samples[observation.id])
        if surface is None:
            silent.append(observation.id)
        else:
            found.append(surface)
    return tuple(found), tuple(silent)


def correlation(successes: Floats, trials: Floats, share: Floats) -> float:
    """Correlation between trials of one world, by moments, within [0, 0.98]; fractions scatter by it as well."""
    variance = trials * share * (1.0 - share)
    fractions = bool(np.all(trials == 1.0) and np.any((successes > 0.0) & (successes < 1.0)))
    if fractions:
        return float(np.clip(np.sum((successes - share) ** 2) / max(np.sum(variance), 1e-12), 1e-4, 0.98))
    room = float(np.sum(variance * (trials - 1.0)))
    if room <= 1e-9:
        return 0.0
    excess = float(np.sum((successes - trials * share) ** 2 - variance))
    return float(np.clip(excess / room, 0.0, 0.98))


def overdispersion(counts: Floats, mean: Floats) -> float:
    """The a of a variance mean + a mean^2 of `counts` (N,) around `mean` (N,), by moments; at least 0."""
    return max(float(np.sum((counts - mean) ** 2 - mean) / max(np.sum(mean**2), 1e-12)), 0.0)


def usable(sample: Sample) -> NDArray[np.bool_]:
    """Worlds (R,) in which there was anything to count."""
    match sample:
        case Shares(_, trials):
            return np.asarray(trials > 0.0)
        case Times(months, _):
            return np.asarray(np.isfinite(months))
        case Counts(events):
            return np.ones(len(events), bool)
        case Scores(values):
            return np.asarray(np.isfinite(values).sum(axis=1) > 1)


def _filled(values: Floats) -> Floats:
    """A state that was never bound in a world scores as it does on average."""
    known = np.isfinite(values)
    return np.where(known, values, values[known].mean() if known.any() else 0.0)


def _score_sd(values: Floats, fits: list[Fitted]) -> float:
    """The sd of scores around the predictors that do not know them, over all states."""
    gaps = values - np.column_stack([fit.left_out for fit in fits])
    return float(np.sqrt(np.nanmean(gaps**2)))
