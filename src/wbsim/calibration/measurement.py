"""The measurement model of cooperation: experts' scores of states, given the effort that the model gives them.

    score_i = level + slope (log-odds of effort_i - their mean over the six in the reference month) + error_i

Scores say how states differ. How high all six stand they cannot say: the zero of their scale is not that of effort, so
a level of its own stands between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from wbsim.chance.priors import quantile
from wbsim.inference.smc import systematic
from wbsim.instruments.score import HIGHEST, LOWEST, Score
from wbsim.tables.places import STATE_INDEX
from wbsim.tables.record import Prior

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Score of a state with the mean effort of the six. Assumed: the middle of the scale, and most of it possible.
LEVEL = Prior("normal", (LOWEST + HIGHEST) / 2.0, 1.5)
#: Points of score for a unit of log-odds. Were the score the share of effort on the nine points of its scale, it
#: would be 9 e (1 - e): 1.2 at an effort of .15, 2.3 at .5. Positive: the name of the score says so.
SLOPE = Prior("lognormal", 1.5, 0.5)
#: Standard deviation of a score about what a state does, in points. Assumed: scores come in steps of half a point, and
#: experts place a state one step too high or too low; rounding alone would be 0.14.
ERROR = 0.5


@dataclass(frozen=True)
class Sample:
    """N points before any score is seen.

    `z` (N, P): standard normal coordinates of the residuals `keys`; `odds` (N, 6): log-odds of effort of the states
    in the reference month; `passing` (N,): standard deviation of what moves a state's effort about that for a while;
    `slope` (N,) of the scale.
    """

    keys: tuple[str, ...]
    z: Floats
    odds: Floats
    passing: Floats
    slope: Floats

    @property
    def stands(self) -> Floats:
        """Slope times the log-odds of each state's effort less their mean, (N, 6), in points."""
        return np.asarray(self.slope[:, None] * (self.odds - self.odds.mean(axis=1, keepdims=True)))

    @property
    def error(self) -> Floats:
        """Standard deviation (N,) of a state's score about level plus stand: the score's own, and what passes."""
        return np.asarray(np.hypot(ERROR, self.slope * self.passing))


@dataclass(frozen=True)
class Measured:
    """The posterior given `scores`: `draws` (M, P) of the sample's keys, `level` and `slope` (M,) of the scale.

    `effective`: how many independent draws the weighted sample is worth.
    """

    sample: Sample
    scores: tuple[Score, ...]
    draws: Floats
    level: Floats
    slope: Floats
    effective: float


def slopes(count: int, generator: np.random.Generator) -> Floats:
    """Draws (count,) of the slope from its prior."""
    return quantile(SLOPE, 0.0, np.inf, np.asarray(ndtr(generator.standard_normal(count))))


def log_likelihood(sample: Sample, scores: Sequence[Score]) -> Floats:
    """Log density (N,) of the scores at each point, the scale's level integrated out."""
    rest, variance = _misses(sample, scores), sample.error**2
    count, wide = len(scores), LEVEL.b**2
    # The inverse and determinant of variance I + wide 11' in closed form.
    shared = wide * rest.sum(axis=1) ** 2 / (variance + count * wide)
    distance = (np.sum(rest**2, axis=1) - shared) / variance
    spread = (count - 1) * np.log(variance) + np.log(variance + count * wide)
    return np.asarray(-0.5 * (distance + spread + count * np.log(2.0 * np.pi)))


def weights(sample: Sample, scores: Sequence[Score]) -> Floats:
    """Weights (N,) with sum 1 that turn the sample into one of the posterior."""
    logs = log_likelihood(sample, scores)
    found = np.exp(logs - logs.max())
    return np.asarray(found / found.sum())


def levels(sample: Sample, scores: Sequence[Score], rows: Integers, generator: np.random.Generator) -> Floats:
    """Draws (M,) of the scale's level given the scores, at the chosen points of the sample."""
    variance = sample.error[rows] ** 2
    precision = 1.0 / LEVEL.b**2 + len(scores) / variance
    # Misses are measured from the prior's mean, so that the prior adds nothing to the sum.
    shift = _misses(sample, scores)[rows].sum(axis=1) / variance / precision
    return np.asarray(LEVEL.a + shift + generator.standard_normal(len(rows)) / np.sqrt(precision))


def measure(sample: Sample, scores: Sequence[Score], draws: int, generator: np.random.Generator) -> Measured:
    """The posterior by importance sampling: exact but for the finite sample, of which no more than all are drawn."""
    weight = weights(sample, scores)
    places = systematic(weight, generator)[generator.permutation(len(weight))[:draws]]
    return Measured(
        sample=sample,
        scores=tuple(scores),
        draws=sample.z[places],
        level=levels(sample, scores, places, generator),
        slope=sample.slope[places],
        effective=float(1.0 / np.sum(weight**2)),
    )


def left_out(
    sample: Sample, scores: Sequence[Score], number: int, draws: int, generator: np.random.Generator
) -> Floats:
    """Draws (draws,) of the score at place `number`, predicted from all the others."""
    rest = [score for place, score in enumerate(scores) if place != number]
    places = systematic(weights(sample, rest), generator)[generator.permutation(len(sample.z))[:draws]]
    centre = levels(sample, rest, places, generator) + sample.stands[places, _place(scores[number])]
    return np.asarray(centre + sample.error[places] * generator.standard_normal(len(places)))


def _misses(sample: Sample, scores: Sequence[Score]) -> Floats:
    """Scores less the prior mean of the level and the states' stands, (N, scores)."""
    value = np.array([score.value for score in scores])
    return np.asarray(value - LEVEL.a - sample.stands[:, [_place(score) for score in scores]])


def _place(score: Score) -> int:
    return STATE_INDEX[score.state]
