"""Every check of cooperation against what is observed, with what would count as failing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.cooperation import cooperation_keys, gather
from wbsim.calibration.crew import Crew
from wbsim.calibration.fit import bare
from wbsim.calibration.measurement import ERROR, LEVEL, Sample, left_out, slopes
from wbsim.calibration.stages import Stages
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import Points
from wbsim.cooperation import observed
from wbsim.cooperation.ranks import spearman
from wbsim.cooperation.worlds import BEGINNINGS, Plan, Worlds, simulate
from wbsim.inference.scores import Scores, score, score_normal
from wbsim.instruments.score import Score, to_fit, to_predict
from wbsim.tables.places import DYAD_NAMES, STATE_INDEX

Floats = NDArray[np.float64]

#: Points of the prior from which each fitted score is predicted by the others.
POINTS = 16_384
#: Of honest 90 % intervals of five scores, fewer than three hold theirs in one case of a hundred.
_LEAST_COVERED = 0.6


@dataclass(frozen=True)
class Rank:
    """A rank correlation over worlds (W,): of what in the model with what is `observed`, over `count` things.

    `caveat` says what it cannot show.
    """

    name: str
    model: str
    observed: str
    count: int
    values: Floats
    caveat: str

    @property
    def median(self) -> float:
        """Median over worlds."""
        return float(np.median(self.values))

    @property
    def holds(self) -> bool:
        """Whether it does not fail: the median is above 0."""
        return self.median > 0.0


@dataclass(frozen=True)
class Predicted:
    """Scores of `year` and draws (M, K) of their predictions, beside a normal forecast of `mean` and `sd` (K,)."""

    scores: tuple[Score, ...]
    draws: Floats
    baseline: str
    mean: Floats
    sd: Floats

    @property
    def observed(self) -> Floats:
        """Published values (K,)."""
        return np.array([each.value for each in self.scores])

    @property
    def model(self) -> Scores:
        """Scores of the predictions."""
        return score(self.draws, self.observed)

    @property
    def simple(self) -> Scores:
        """Scores of the baseline."""
        return score_normal(self.mean, self.sd, self.observed)

    @property
    def holds(self) -> bool:
        """Whether it does not fail: three fifths or more in their 90 % intervals, and a CRPS up to the baseline's."""
        model = self.model
        return model.coverage_90.value >= _LEAST_COVERED and model.crps.value <= self.simple.crps.value


@dataclass(frozen=True)
class Growth:
    """The index of the last year over that of the first in each world (W,), beside officers in joint action days."""

    ratio: Floats
    officers: dict[int, int]

    @property
    def rises(self) -> float:
        """Share of worlds in which the index rises."""
        return float(np.mean(self.ratio > 1.0))

    @property
    def holds(self) -> bool:
        """Whether it does not fail: officers grew, and the index does in more than half of the worlds."""
        return self.rises > 0.5


@dataclass(frozen=True)
class Check:
    """All checks. `left_out` and `later` are None where there are too few scores for them."""

    plan: Plan
    worlds: Worlds
    scores: tuple[Score, ...]
    ranks: tuple[Rank, ...]
    left_out: Predicted | None
    later: Predicted | None
    growth: Growth


def check(
    fitted: Fitted,
    scores: Sequence[Score],
    plan: Plan,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
) -> Check:
    """Everything, over `plan.worlds` worlds of a posterior that was fitted to the fitted ones of `scores`."""
    worlds = simulate(fitted, plan, crew, progress)
    generator = np.random.default_rng([plan.seed, 11])
    fit, later = to_fit(scores), to_predict(scores)
    sample = _sample(fitted, plan, crew) if len(fit) > 1 else None
    return Check(
        plan=plan,
        worlds=worlds,
        scores=tuple(scores),
        ranks=(*_by_state(worlds, fit, later), *_by_dyad(worlds)),
        left_out=None if sample is None else _left_out(sample, fit, plan, generator),
        later=_later(fitted, worlds, fit, later, generator),
        growth=Growth(worlds.index[:, -1] / worlds.index[:, 0], observed.officers()),
    )


def _sample(fitted: Fitted, plan: Plan, crew: Crew) -> Sample:
    """Points of the prior of the residuals, everything else from the posterior."""
    own = set(cooperation_keys())
    columns = [number for number, key in enumerate(fitted.keys) if key not in own]
    others = Points(tuple(fitted.keys[n] for n in columns), fitted.z[:, columns].astype(float))
    return gather(bare(), others, POINTS, plan.seed, crew, Stages(None, {}))


def _by_state(worlds: Worlds, fit: Sequence[Score], later: Sequence[Score]) -> list[Rank]:
    effort, with_others = "effort against organised crime", "cooperation with the other five"
    return [
        *_ranked("effort by state", effort, fit, _effort(worlds, fit), "in sample: fitted to these"),
        *_ranked(
            "cooperation by state",
            with_others,
            fit,
            worlds.states[:, [STATE_INDEX[each.state] for each in fit]],
            "scores are about cooperation with all the world, the model about five neighbours",
        ),
        *_ranked(
            "effort by state, later",
            effort,
            later,
            _effort(worlds, later),
            "not fitted; but the fitted ones of two years earlier stand in nearly the same order",
        ),
    ]


def _ranked(name: str, model: str, scores: Sequence[Score], values: Floats, caveat: str) -> list[Rank]:
    """The rank correlation of `values` (W, scores) with scores; none with under three, or all the same."""
    if len(scores) < 3 or len({each.value for each in scores}) < 2:
        return []
    years = " and ".join(map(str, sorted({each.year for each in scores})))
    rank = spearman(values, np.array([each.value for each in scores]))
    return [Rank(name, model, f"score of {years}", len(scores), rank, caveat)]


def _effort(worlds: Worlds, scores: Sequence[Score]) -> Floats:
    """Log-odds (W, scores) of the effort of each scored state when its year begins."""
    places = [(BEGINNINGS.index(each.year), STATE_INDEX[each.state]) for each in scores]
    years, states = [place[0] for place in places], [place[1] for place in places]
    return np.asarray(worlds.odds[:, years, states])


def _by_dyad(worlds: Worlds) -> list[Rank]:
    found = []
    for name, values, what, caveat in (
        (
            "trade by dyad",
            observed.trade(),
            "mean share of trade published, 2018 or 2019",
            "shares follow size and distance (Serbia is the largest market and borders four), and are known for "
            "8 dyads, all with Serbia, Kosovo or Bosnia and Herzegovina",
        ),
        (
            "organisations by dyad",
            observed.organisations(),
            "organisations of both, 2014",
            "mostly Kosovo against the rest, which the model is told by recognition",
        ),
        (
            "formats by dyad",
            observed.formats(),
            "NATO and Open Balkan, of both",
            "the model opens channels for these: it shows that they work, and is no evidence",
        ),
    ):
        columns = [DYAD_NAMES.index(dyad) for dyad in values]
        rank = spearman(worlds.dyads[:, columns], np.array(list(values.values())))
        found.append(Rank(name, "cooperation", what, len(columns), rank, caveat))
    return found


def _left_out(sample: Sample, fit: Sequence[Score], plan: Plan, generator: np.random.Generator) -> Predicted:
    """Each fitted score from all the others, beside a normal forecast by their mean and spread."""
    draws = [left_out(sample, fit, place, plan.worlds, generator) for place in range(len(fit))]
    value = np.array([each.value for each in fit])
    rest = [np.delete(value, place) for place in range(len(fit))]
    count = len(fit) - 1
    spread = [max(each.std(ddof=1), ERROR) if count > 1 else LEVEL.b for each in rest]
    return Predicted(
        tuple(fit),
        np.stack(draws, axis=1),
        "mean of the others",
        np.array([each.mean() for each in rest]),
        np.array(spread) * np.sqrt(1.0 + 1.0 / count),
    )


def _later(
    fitted: Fitted,
    worlds: Worlds,
    fit: Sequence[Score],
    later: Sequence[Score],
    generator: np.random.Generator,
) -> Predicted | None:
    """Later scores of states with a fitted one, beside no change from it."""
    before = {each.state: each.value for each in fit}
    chosen = tuple(each for each in later if each.state in before)
    if not chosen:
        return None
    level, slope = _scale(fitted, worlds, generator)
    zero = worlds.odds[:, 0].mean(axis=1)
    stands = slope[:, None] * (_effort(worlds, chosen) - zero[:, None])
    draws = level[:, None] + stands + ERROR * generator.standard_normal(stands.shape)
    last = np.array([before[each.state] for each in chosen])
    # Both editions have an error of their own.
    return Predicted(chosen, draws, "no change", last, np.full(len(last), ERROR * np.sqrt(2.0)))


def _scale(fitted: Fitted, worlds: Worlds, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Level and slope (W,) of the scale in each world: the posterior's, of the prior where it knows none."""
    if fitted.scale.shape[1]:
        scale = fitted.scale[worlds.rows].astype(float)
        return scale[:, 0], scale[:, 1]
    count = len(worlds.rows)
    return LEVEL.a + LEVEL.b * generator.standard_normal(count), slopes(count, generator)
