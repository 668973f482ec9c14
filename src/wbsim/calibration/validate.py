"""A test of prediction: figures that were never fitted, predicted by a posterior and by plain baselines, and scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.baselines import Forecast, asked, forecasts
from wbsim.calibration.crew import Crew
from wbsim.calibration.cross_validate import plain
from wbsim.calibration.evidence import NEW, REPEAT, Evidence, Group, Known
from wbsim.calibration.predict import Plan, Prediction, predict, unlearnt
from wbsim.calibration.targets import targets
from wbsim.chance.fitted import Fitted
from wbsim.inference.scores import Scores, fair_crps, score
from wbsim.scenario.limits import LATEST_HISTORY_END
from wbsim.scenario.schema import Scenario
from wbsim.tables.calendar import HISTORY_END

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]

#: Baselines by the model itself: attitudes as their prior has them, and as they were when the last figure was fitted.
PRIOR, FROZEN = "prior", "frozen"
#: Samples of the bootstrap over questions.
_RESAMPLES = 4000


@dataclass(frozen=True)
class Validation:
    """Predictions of K figures beside what was published.

    `free` is the model's answer, the natural forecast: dated events forced to the end of the fitted history, then
    chance. `forced` knows the dated events of the data until `forced.until`; it is the same object where no figure is
    later. `prior` is the same model with attitudes as their prior has them, and `free.frozen` holds the answers of the
    end of the fitted history. `same_figures`: whether the wordings of the posterior are those of the figures that
    repeats and baselines are judged by.
    """

    evidence: Evidence
    groups: tuple[Group, ...]
    forced: Prediction
    free: Prediction
    prior: Prediction
    baselines: tuple[Forecast, ...]
    plan: Plan
    fitted_figures: int
    same_figures: bool

    @property
    def observed(self) -> Floats:
        """Published values (K,) in percent."""
        return np.array([figure.value for figure in self.evidence.figures])

    @property
    def model(self) -> Prediction:
        """The prediction that is the model's answer."""
        return self.free

    @property
    def is_dated_later(self) -> bool:
        """Whether knowing events matters: some figure is later than the fitted history."""
        return self.forced is not self.free

    @cached_property
    def ensembles(self) -> Mapping[str, Floats]:
        """Forecasts (M, K) in percent of each baseline, those by the model itself first."""
        own = {PRIOR: self.prior.percent}
        if self.free.frozen is not None:
            own[FROZEN] = self.free.frozen
        return own | {forecast.name: forecast.percent() for forecast in self.baselines}

    def rows(self, group: Group | None = None) -> Rows:
        """Which figures (K,) are of a group; all of them by default."""
        return np.array([group in (None, each) for each in self.groups])

    @property
    def parts(self) -> tuple[Group, ...]:
        """The groups that have figures."""
        return tuple(group for group in (REPEAT, NEW) if group in self.groups)

    def scores(self, ensemble: Floats, group: Group | None = None) -> Scores:
        """Scores of an ensemble (M, K) over a group."""
        rows = self.rows(group)
        return score(ensemble[:, rows], self.observed[rows])

    @property
    def best_baseline(self) -> str:
        """The plain baseline with the lowest CRPS."""
        return min(
            (forecast.name for forecast in self.baselines),
            key=lambda name: self.scores(self.ensembles[name]).crps.value,
        )

    def gain(self, baseline: str) -> Gain:
        """How much better than a baseline the model is, by CRPS, whole questions drawn again with replacement."""
        gap = fair_crps(self.model.percent, self.observed) - fair_crps(
            self.ensembles[baseline], self.observed
        )
        return gain(gap, [figure.question for figure in self.evidence.figures], self.plan.seed)

    def summary(self, draws: bool = False) -> dict[str, object]:
        """Everything as plain data; with the `draws` of each row, if asked for."""
        return {
            **self._scored(None),
            "events": "free",
            "events_forced_until": self.model.until,
            "events_forced": {
                **plain(self.scores(self.forced.percent)),
                "events_forced_until": self.forced.until,
            },
            "gains": {name: asdict(self.gain(name)) for name in self.ensembles},
            "groups": {group: self._scored(group) for group in self.parts},
            "rows": [self._row(number, draws) for number in range(len(self.groups))],
            "problems": [str(problem) for problem in self.evidence.problems],
            "unbound": [
                {
                    "id": row.row,
                    "fate": row.fate,
                    "population": row.population,
                    "observed": row.value,
                    "survey": row.survey,
                    "statement": row.statement,
                    "reason": row.reason,
                }
                for row in self.evidence.rest
            ],
            "fitted_figures": self.fitted_figures,
            "same_figures_as_posterior": self.same_figures,
            "worlds": self.plan.worlds,
            "failed_worlds": self.model.failed,
            "citizens": self.plan.citizens,
            "seed": self.plan.seed,
        }

    def _scored(self, group: Group | None) -> dict[str, object]:
        found = self.scores(self.model.percent, group)
        return {
            **plain(found),
            "standard_errors": {
                "coverage_50": found.coverage_50.error,
                "coverage_90": found.coverage_90.error,
                "crps": found.crps.error,
                "mae": found.absolute_error.error,
            },
            "baselines": {name: plain(self.scores(each, group)) for name, each in self.ensembles.items()},
        }

    @cached_property
    def _crps(self) -> Floats:
        return fair_crps(self.model.percent, self.observed)

    def _row(self, number: int, draws: bool) -> dict[str, object]:
        figure = self.evidence.figures[number]
        used = {forecast.name: forecast.used[number] for forecast in self.baselines}
        question = self.evidence.catalogue.question(figure.question)
        row: dict[str, object] = {
            "id": figure.id,
            "group": self.groups[number],
            "observed": figure.value,
            **quantiles(self.model.percent[:, number]),
            "crps": float(self._crps[number]),
            "question": figure.subject,
            "wording": "" if question is None else question.wording,
            "answers": list(figure.answers),
            "statement": self.evidence.statement(figure),
            "reading": figure.reading,
            "population": figure.population,
            "survey": figure.survey,
            "months": list(figure.months),
            "events_forced": quantiles(self.forced.percent[:, number]),
            "baselines": {
                name: {**({"used": used[name]} if name in used else {}), **quantiles(each[:, number])}
                for name, each in self.ensembles.items()
            },
        }
        if draws:
            row["draws"] = [round(float(value), 3) for value in self.model.percent[:, number]]
        return row


@dataclass(frozen=True, slots=True)
class Gain:
    """Mean CRPS of the model less that of a baseline, in points, its 90 % interval, and whether that tells them apart.

    `verdict`: better, worse or undecided.
    """

    mean: float
    low: float
    high: float
    verdict: str


def gain(gap: Floats, clusters: Sequence[str], seed: int) -> Gain:
    """The mean of `gap` (K,) with a bootstrap over clusters: all figures of one question are drawn together."""
    names = list(dict.fromkeys(clusters))
    place = np.array([names.index(name) for name in clusters])
    sums, counts = np.bincount(place, gap, len(names)), np.bincount(place, minlength=len(names))
    drawn = np.random.default_rng([seed, _RESAMPLES]).integers(0, len(names), (_RESAMPLES, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = (float(x) for x in np.quantile(means, (0.05, 0.95)))
    told = len(names) > 1 and (high < 0.0 or low > 0.0)
    verdict = ("better" if high < 0.0 else "worse") if told else "undecided"
    return Gain(float(np.mean(gap)), low, high, verdict)


def validate(
    fitted: Fitted,
    evidence: Evidence,
    before: Known,
    plan: Plan,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
    scenario: Scenario | None = None,
) -> Validation:
    """Predict the figures of `evidence` by a posterior that was fitted to those of `before`, and by the baselines.

    `scenario` gives policies, events and assumptions, by default those of the status quo. `progress` hears the number
    of worlds that are done, of `simulated(evidence, before, plan)`.
    """
    figures = evidence.figures
    aim = targets(figures, evidence.catalogue)
    until = fitted_until(before)
    free = predict(fitted, aim, until, plan, crew, progress, scenario=scenario, frozen_at=until)
    prior = predict(unlearnt(fitted, plan.seed), aim, until, plan, crew, progress, scenario=scenario)
    forced = free
    if _is_later(evidence, until):
        forced = predict(fitted, aim, LATEST_HISTORY_END, plan, crew, progress, scenario=scenario)
    earlier = targets(before.figures, before.catalogue)
    return Validation(
        evidence=evidence,
        groups=tuple(before.group(figure) for figure in figures),
        forced=forced,
        free=free,
        prior=prior,
        baselines=forecasts(
            asked(before.figures, earlier.questions), asked(figures, aim.questions), plan.errors
        ),
        plan=plan,
        fitted_figures=len(before.figures),
        same_figures=set(earlier.intercept_names) == set(fitted.intercept_names),
    )


def fitted_until(before: Known) -> str:
    """The last month of the record that the posterior was fitted under."""
    last = max((figure.months[-1] for figure in before.figures), default=HISTORY_END)
    return min(max(last, HISTORY_END), LATEST_HISTORY_END)


def simulated(evidence: Evidence, before: Known, plan: Plan) -> int:
    """How many worlds a validation simulates."""
    return plan.worlds * (3 if _is_later(evidence, fitted_until(before)) else 2)


def _is_later(evidence: Evidence, until: str) -> bool:
    return any(figure.months[-1] > until for figure in evidence.figures)


def quantiles(draws: Floats) -> dict[str, float]:
    """Median and 90 % interval of draws (M,)."""
    low, median, high = np.quantile(draws, (0.05, 0.5, 0.95))
    return {"median": float(median), "q05": float(low), "q95": float(high)}
