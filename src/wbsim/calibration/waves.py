"""Repeated questions: sizes of wave effects and drifts, and left-out waves predicted beside a random walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.settings import ERRORS
from wbsim.inference import observation
from wbsim.inference.observation import ALONE, Spread
from wbsim.inference.repeated import Estimate, Series, estimate, left_out, random_walk
from wbsim.inference.scores import Scores, fair_crps, score
from wbsim.instruments.question import REGION
from wbsim.instruments.series import Wave, repeated
from wbsim.tables.places import STATE_CODES

Floats = NDArray[np.float64]

#: How a wave is left out: told by all others, or by earlier ones alone.
WAYS = ("other waves", "earlier waves")
#: Samples of the bootstrap over series.
_RESAMPLES = 4000
#: Factors of all error sizes that are tried for the smallest width with a coverage of 85 to 95 %.
FACTORS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.4)
AIM = (0.85, 0.95)
_SIZES = ("wave", "drift", "drift_own", "discrepancy")


@dataclass(frozen=True)
class LeftOutWaves:
    """Waves left out in one way: draws (M, K) in percent of the model and of the random walk, beside what was seen.

    `gain`: mean CRPS of the model less that of the random walk, with its standard error over series; negative is good.
    """

    waves: tuple[Wave, ...]
    percent: Floats
    walk: Floats
    gain: float
    gain_error: float

    @property
    def observed(self) -> Floats:
        """Published percentages (K,)."""
        return np.array([wave.value for wave in self.waves])

    @property
    def scores(self) -> dict[str, Scores]:
        """Scores of both."""
        return {"model": score(self.percent, self.observed), "random walk": score(self.walk, self.observed)}


@dataclass(frozen=True)
class Narrowed:
    """All error sizes times a `factor`: how many of the waves lie in their 90 % interval, and its median width."""

    factor: float
    inside: int
    of: int
    width: float


@dataclass(frozen=True)
class Waves:
    """What repeated questions say: the sizes in use, those that fit best, and waves left out in each way."""

    waves: tuple[Wave, ...]
    used: Spread
    best: Estimate
    left_out: Mapping[str, LeftOutWaves]
    narrowed: tuple[Narrowed, ...]

    @property
    def smallest(self) -> Narrowed | None:
        """The smallest width whose coverage is 85 to 95 %; None where no factor gives that."""
        fitting = [each for each in self.narrowed if AIM[0] <= each.inside / each.of <= AIM[1]]
        return min(fitting, key=lambda each: each.width, default=None)


def waves(listed: Sequence[Wave], errors: Spread = ERRORS, seed: int = 1) -> Waves:
    """Sizes and left-out predictions from the waves of repeated series; ValueError without any."""
    used = repeated(listed)
    if len(used) < 2:
        raise ValueError("no series was asked of one population in two waves or more")
    series = arrays(used)
    return Waves(
        used,
        errors,
        estimate(series, errors),
        {way: _left_out(used, series, errors, way, seed) for way in WAYS},
        tuple(_narrowed(used, series, errors, factor, seed) for factor in FACTORS),
    )


def arrays(used: Sequence[Wave]) -> Series:
    """The waves as arrays; a population that is none of the six states, nor their mean, is a public of its own."""
    answers = {name: n for n, name in enumerate(dict.fromkeys(wave.series for wave in used))}
    publics = [*STATE_CODES, *sorted({w.population for w in used} - {*STATE_CODES, REGION})]
    levels = {key: n for n, key in enumerate(dict.fromkeys((w.series, w.population) for w in used))}
    surveys = {name: n for n, name in enumerate(dict.fromkeys(_occasion(w) for w in used))}
    size = np.array([float(wave.n) for wave in used])
    share = np.clip(np.array([wave.value / 100.0 for wave in used]), 0.5 / size, 1.0 - 0.5 / size)
    inside = np.array([[answers[w.series] == n for n in range(len(answers))] for w in used])
    figures = observation.Figures(
        share=share,
        size=size,
        survey=np.array([surveys[_occasion(wave)] for wave in used]),
        question=np.full(len(used), ALONE),
        inside=inside,
        outside=np.zeros_like(inside),
        rest=np.zeros(len(answers), dtype=bool),
        month=np.array([wave.month for wave in used]),
        publics=np.array([_weights(wave.population, publics) for wave in used]),
        listed=np.array([wave.picked for wave in used]),
    )
    signs = {"": 0, "at least": 1, "at most": -1}
    return Series(
        figures,
        np.array([levels[w.series, w.population] for w in used]),
        np.array([wave.error / 100.0 / np.sqrt(3.0) for wave in used]),
        np.array([signs[wave.bound] for wave in used]),
    )


def _occasion(wave: Wave) -> str:
    return f"{wave.survey} {wave.month:g}"


def _weights(population: str, publics: Sequence[str]) -> list[float]:
    if population == REGION:
        return [1.0 / len(STATE_CODES)] * len(STATE_CODES) + [0.0] * (len(publics) - len(STATE_CODES))
    return [float(name == population) for name in publics]


def _left_out(used: Sequence[Wave], series: Series, errors: Spread, way: str, seed: int) -> LeftOutWaves:
    earlier = way == WAYS[1]
    found, told = left_out(series, errors, earlier)
    chosen = tuple(wave for wave, kept in zip(used, told, strict=True) if kept)
    observed = np.array([wave.value for wave in chosen])
    walk = random_walk(series, errors.design_effect, earlier).percent(np.random.default_rng([seed, 2]))
    percent = found.percent(np.random.default_rng([seed, 1]))
    gap = fair_crps(percent, observed) - fair_crps(walk, observed)
    return LeftOutWaves(
        chosen, percent, walk, float(gap.mean()), _error(gap, [w.series for w in chosen], seed)
    )


def _error(gap: Floats, clusters: Sequence[str], seed: int) -> float:
    """Standard error of the mean of `gap` (K,), whole series drawn again with replacement."""
    names = list(dict.fromkeys(clusters))
    place = np.array([names.index(name) for name in clusters])
    sums = np.bincount(place, gap, len(names))
    counts = np.bincount(place, minlength=len(names))
    drawn = np.random.default_rng([seed, 3]).integers(0, len(names), (_RESAMPLES, len(names)))
    return float(np.std(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), ddof=1))


def _narrowed(used: Sequence[Wave], series: Series, errors: Spread, factor: float, seed: int) -> Narrowed:
    smaller = replace(errors, **{name: factor * getattr(errors, name) for name in (*_SIZES, "house")})
    each = _left_out(used, series, smaller, WAYS[0], seed)
    low, high = np.quantile(each.percent, (0.05, 0.95), axis=0)
    inside = int(np.sum((low <= each.observed) & (each.observed <= high)))
    return Narrowed(factor, inside, len(each.waves), float(np.median(high - low)))
