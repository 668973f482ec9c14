"""A test of prediction: figures that were never fitted, predicted by a posterior and by plain baselines, and scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.baselines import Forecast, asked, forecasts
from wbsim.calibration.crew import Crew
from wbsim.calibration.cross_validate import plain
from wbsim.calibration.evidence import NEW, REPEAT, Evidence, Group, Known
from wbsim.calibration.predict import Plan, Prediction, predict
from wbsim.calibration.targets import targets
from wbsim.chance.fitted import Fitted
from wbsim.inference.scores import Mean, Scores, fair_crps, mean_of, score
from wbsim.scenario.limits import LATEST_HISTORY_END
from wbsim.tables.calendar import HISTORY_END

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]

Events = Literal["forced", "free"]


@dataclass(frozen=True)
class Validation:
    """Predictions of K figures beside what was published.

    `forced` holds the dated events of the data until `forced.until`, `free` those until the end of the fitted history
    alone; they are one object where no figure is later. `events` says which is the model's answer: forced, if the
    months of some figure are among those that the list of events covers. `same_figures`: whether the wordings of the
    posterior are those of the figures that repeats and baselines are judged by.
    """

    evidence: Evidence
    groups: tuple[Group, ...]
    events: Events
    forced: Prediction
    free: Prediction
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
        return self.forced if self.events == "forced" else self.free

    @property
    def other(self) -> Prediction:
        """The prediction with the other choice of events."""
        return self.free if self.events == "forced" else self.forced

    @property
    def is_dated_later(self) -> bool:
        """Whether the choice of events matters: some figure is later than the fitted history."""
        return self.forced is not self.free

    @cached_property
    def ensembles(self) -> Mapping[str, Floats]:
        """Forecasts (M, K) in percent of each baseline."""
        return {forecast.name: forecast.percent() for forecast in self.baselines}

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
        """The baseline with the lowest CRPS."""
        return min(self.ensembles, key=lambda name: self.scores(self.ensembles[name]).crps.value)

    def excess(self, baseline: str) -> Mean:
        """CRPS of the model less that of a baseline, mean over figures in percentage points."""
        return mean_of(
            fair_crps(self.model.percent, self.observed) - fair_crps(self.ensembles[baseline], self.observed)
        )

    def summary(self) -> dict[str, object]:
        """Everything as plain data."""
        of_other = "events_free" if self.events == "forced" else "events_forced"
        return {
            **self._scored(None),
            "events": self.events,
            "events_forced_until": self.model.until,
            of_other: plain(self.scores(self.other.percent)),
            "groups": {group: self._scored(group) for group in self.parts},
            "rows": [self._row(number) for number in range(len(self.groups))],
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

    def _row(self, number: int) -> dict[str, object]:
        figure = self.evidence.figures[number]
        return {
            "id": figure.id,
            "group": self.groups[number],
            "observed": figure.value,
            **quantiles(self.model.percent[:, number]),
            "question": figure.subject,
            "population": figure.population,
            "survey": figure.survey,
            "months": list(figure.months),
            "events_free" if self.events == "forced" else "events_forced": quantiles(
                self.other.percent[:, number]
            ),
            "baselines": {
                forecast.name: {
                    "used": forecast.used[number],
                    **quantiles(self.ensembles[forecast.name][:, number]),
                }
                for forecast in self.baselines
            },
        }


def validate(
    fitted: Fitted,
    evidence: Evidence,
    before: Known,
    plan: Plan,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
) -> Validation:
    """Predict the figures of `evidence` by a posterior that was fitted to those of `before`, and by the baselines.

    `progress` hears the number of worlds that are done, of `simulated(evidence, plan)`.
    """
    figures = evidence.figures
    aim = targets(figures, evidence.catalogue)
    forced = predict(fitted, aim, LATEST_HISTORY_END, plan, crew, progress)
    free = predict(fitted, aim, HISTORY_END, plan, crew, progress) if _is_later(evidence) else forced
    earlier = targets(before.figures, before.catalogue)
    return Validation(
        evidence=evidence,
        groups=tuple(before.group(figure) for figure in figures),
        events="forced" if any(figure.months[0] <= LATEST_HISTORY_END for figure in figures) else "free",
        forced=forced,
        free=free,
        baselines=forecasts(
            asked(before.figures, earlier.questions), asked(figures, aim.questions), plan.errors
        ),
        plan=plan,
        fitted_figures=len(before.figures),
        same_figures=set(earlier.intercept_names) == set(fitted.intercept_names),
    )


def simulated(evidence: Evidence, plan: Plan) -> int:
    """How many worlds a validation simulates."""
    return plan.worlds * (2 if _is_later(evidence) else 1)


def _is_later(evidence: Evidence) -> bool:
    return any(figure.months[-1] > HISTORY_END for figure in evidence.figures)


def quantiles(draws: Floats) -> dict[str, float]:
    """Median and 90 % interval of draws (M,)."""
    low, median, high = np.quantile(draws, (0.05, 0.5, 0.95))
    return {"median": float(median), "q05": float(low), "q95": float(high)}
