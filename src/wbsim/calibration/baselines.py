"""Plain forecasts of published figures, each with a spread, learned from the fitted figures alone.

A model that cannot beat them has learned nothing that the last survey did not say. They are normal on the logit scale
and defined for every figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from wbsim.calibration.covariates import NAMES, covariates
from wbsim.inference.multinomial import logit
from wbsim.inference.observation import Spread
from wbsim.inference.ridge import fit_ridge
from wbsim.instruments.figure import Figure
from wbsim.instruments.question import MEASURES, TYPES, Question

Floats = NDArray[np.float64]

NO_CHANGE, REGRESSION, POOLED = "no-change", "regression", "pooled"
BASELINES = (NO_CHANGE, REGRESSION, POOLED)
#: Shapes of questions: those whose answers have an order, those of which one is picked, and all others.
GRADED, PICKED, LEVEL = "graded answers", "pick one", "levels"
#: What a forecast of no change is taken from, nearest first; `everything` where not even the theme was fitted.
LAST, REGIONAL, THEME, EVERYTHING = "last wave", "regional mean", "theme mean", "mean of all figures"
LEVELS = (LAST, REGIONAL, THEME, EVERYTHING)

#: Fewest residuals that a level's spread is learned from; with fewer it takes in those of the next wider level.
FEWEST = 5
#: Spread (logit) where there is nothing to learn one from.
UNKNOWN = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure with its question."""

    figure: Figure
    question: Question

    @property
    def theme(self) -> str:
        """What the question measures."""
        return self.question.measures

    @property
    def shape(self) -> str:
        """The shape of the question."""
        if self.question.type in ("ordered", "expectation"):
            return GRADED
        return PICKED if self.question.listed else LEVEL

    @property
    def alike(self) -> float:
        """Logit of the share if all answers that exclude each other were given alike; 0 where none do."""
        if not self.question.exclusive:
            return 0.0
        share = len(self.figure.answers) / max(len(self.question.answers), len(self.figure.answers) + 1)
        return float(logit(np.array(share)))

    @property
    def subject(self) -> tuple[str, tuple[str, ...]]:
        """Question and answers, whatever the order they are written in."""
        return self.figure.question, tuple(sorted(self.figure.answers))

    @property
    def share(self) -> float:
        """The published share, half a respondent away from 0 and 1."""
        least = 0.5 / self.figure.n
        return float(np.clip(self.figure.value / 100.0, least, 1.0 - least))

    @property
    def logit(self) -> float:
        """Logit of the published share."""
        return float(logit(np.array(self.share)))


@dataclass(frozen=True)
class Forecast:
    """Normal forecasts of K figures on the logit scale: `mean` and `sd` (K,); `used` says what each comes from."""

    name: str
    mean: Floats
    sd: Floats
    used: tuple[str, ...]

    def percent(self, count: int = 2000) -> Floats:
        """Evenly spaced quantiles (count, K) of the forecasts, in percent."""
        z = ndtri((np.arange(count) + 0.5) / count)[:, None]
        return np.asarray(100.0 * expit(self.mean + self.sd * z))


def asked(figures: Sequence[Figure], questions: Mapping[str, Question]) -> tuple[Asked, ...]:
    """Figures with their questions."""
    return tuple(Asked(figure, questions[figure.question]) for figure in figures)


def forecasts(known: Sequence[Asked], wanted: Sequence[Asked], spread: Spread) -> tuple[Forecast, ...]:
    """The baselines for the figures `wanted`, learned from `known`; ValueError if fewer than three are known."""
    return no_change(known, wanted, spread), regression(known, wanted, spread), pooled(known, wanted, spread)


def no_change(known: Sequence[Asked], wanted: Sequence[Asked], spread: Spread) -> Forecast:
    """Each figure stays what it was: the last wave of the same question, answer and population; else the mean over
    populations of that question and answer; else the mean of its theme, each question and answer counting once.

    The spread of each level is the root mean square of what it would have missed fitted figures by, each predicted
    from what the level may know: other waves, other populations, other questions.
    """
    missed = _missed(known)
    found = [_nearest(known, each) for each in wanted]
    used = tuple(level for level, _ in found)
    own = np.array([_spread(missed, level) for level in used])
    mean = np.array([value for _, value in found])
    return Forecast(NO_CHANGE, mean, _at_least_sampling(mean, own, wanted, spread), used)


def regression(known: Sequence[Asked], wanted: Sequence[Asked], spread: Spread) -> Forecast:
    """Ridge regression of logits on covariates of the state, what is measured and the type of question.

    Its strength is chosen by generalised cross-validation, its spread is that of the known figures left out in turn.
    """
    if len(known) < 3:
        raise ValueError(f"a regression needs three fitted figures or more; there are {len(known)}")
    ridge = fit_ridge(_features(known), np.array([[each.logit] for each in known]))
    mean = (_features(wanted) @ ridge.coefficients)[:, 0]
    own = np.full(len(wanted), np.sqrt(np.mean(ridge.left_out**2)))
    used = (f"{', '.join(NAMES)}, measure and type",) * len(wanted)
    return Forecast(REGRESSION, mean, _at_least_sampling(mean, own, wanted, spread), used)


def pooled(known: Sequence[Asked], wanted: Sequence[Asked], spread: Spread) -> Forecast:
    """The mean and spread of all fitted figures whose question has the same shape, each question and answer once.

    Where answers exclude each other, a share is measured from what it would be were all answers given alike.
    """
    found: dict[str, list[float]] = {}
    for shape in (GRADED, PICKED, LEVEL):
        of: dict[tuple[str, tuple[str, ...]], list[float]] = {}
        for each in known:
            if each.shape == shape:
                of.setdefault(each.subject, []).append(each.logit - each.alike)
        found[shape] = [float(np.mean(values)) for values in of.values()]
    everything = [value for values in found.values() for value in values]
    chosen = [found[each.shape] if len(found[each.shape]) >= FEWEST else everything for each in wanted]
    mean = np.array([np.mean(values) + each.alike for values, each in zip(chosen, wanted, strict=True)])
    own = np.array([np.std(values, ddof=1) if len(values) > 1 else UNKNOWN for values in chosen])
    used = tuple(each.shape for each in wanted)
    return Forecast(POOLED, mean, _at_least_sampling(mean, own, wanted, spread), used)


def _features(figures: Sequence[Asked]) -> Floats:
    """Rows (K, 1 + covariates + measures + types)."""
    of_population = covariates()
    return np.array(
        [
            [
                1.0,
                *of_population[each.figure.population],
                *(float(each.theme == name) for name in MEASURES),
                *(float(each.question.type == name) for name in TYPES),
            ]
            for each in figures
        ]
    )


def _nearest(known: Sequence[Asked], wanted: Asked) -> tuple[str, float]:
    """The level that a forecast of no change is taken from, and its logit."""
    for level, rule in _RULES.items():
        value = rule(known, wanted)
        if value is not None:
            return level, value
    raise ValueError("no fitted figure to forecast from")


def _last_wave(known: Sequence[Asked], wanted: Asked) -> float | None:
    waves = [
        each
        for each in known
        if each.subject == wanted.subject and each.figure.population == wanted.figure.population
    ]
    return max(waves, key=lambda each: each.figure.months[-1]).logit if waves else None


def _regional_mean(known: Sequence[Asked], wanted: Asked) -> float | None:
    """Over populations, each in its last wave."""
    latest: dict[str, Asked] = {}
    for each in known:
        if each.subject == wanted.subject and each.figure.population != wanted.figure.population:
            before = latest.get(each.figure.population)
            if before is None or before.figure.months[-1] < each.figure.months[-1]:
                latest[each.figure.population] = each
    return float(np.mean([each.logit for each in latest.values()])) if latest else None


def _theme_mean(known: Sequence[Asked], wanted: Asked) -> float | None:
    return _mean_of_others([each for each in known if each.theme == wanted.theme], wanted)


def _mean_of_others(known: Sequence[Asked], wanted: Asked) -> float | None:
    """Mean over other questions and answers, each counting once."""
    of: dict[tuple[str, tuple[str, ...]], list[float]] = {}
    for each in known:
        if each.figure.question != wanted.figure.question:
            of.setdefault(each.subject, []).append(each.logit)
    return float(np.mean([np.mean(values) for values in of.values()])) if of else None


def _everything(known: Sequence[Asked], wanted: Asked) -> float | None:
    others = _mean_of_others(known, wanted)
    return others if others is not None else (float(np.mean([e.logit for e in known])) if known else None)


_RULES: Mapping[str, Callable[[Sequence[Asked], Asked], float | None]] = {
    LAST: _last_wave,
    REGIONAL: _regional_mean,
    THEME: _theme_mean,
    EVERYTHING: _everything,
}


def _missed(known: Sequence[Asked]) -> dict[str, list[float]]:
    """By how much (logit) each level misses the known figures that it can predict from the others."""
    missed: dict[str, list[float]] = {level: [] for level in LEVELS}
    for number, each in enumerate(known):
        rest = [*known[:number], *known[number + 1 :]]
        for level, rule in _RULES.items():
            value = rule(rest, each)
            if value is not None:
                missed[level].append(each.logit - value)
    return missed


def _spread(missed: Mapping[str, Sequence[float]], level: str) -> float:
    """Root mean square of a level's residuals, with those of wider levels where there are too few."""
    found: list[float] = []
    for wider in LEVELS[LEVELS.index(level) :]:
        found += missed[wider]
        if len(found) >= FEWEST:
            break
    return float(np.sqrt(np.mean(np.square(found)))) if found else UNKNOWN


def _at_least_sampling(mean: Floats, sd: Floats, wanted: Sequence[Asked], spread: Spread) -> Floats:
    """No forecast of a published share is surer than the sample that it will come from allows."""
    size = np.array([float(each.figure.n) for each in wanted])
    share = np.clip(expit(mean), 0.5 / size, 1.0 - 0.5 / size)
    return np.asarray(np.maximum(sd, np.sqrt(spread.design_effect / (size * share * (1.0 - share)))))
