"""Predictions of published figures by a fitted posterior: simulated answers, and all that lies between them and print.

What was published never enters: errors are evaluated at the shares that the model itself expects. Numbers that the
posterior does not know are drawn by name, so that the prediction of a row does not depend on the rows beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim.calibration.crew import Crew
from wbsim.calibration.hindcast import Survey, hindcast
from wbsim.calibration.leave_out import observations
from wbsim.calibration.settings import ERRORS
from wbsim.calibration.targets import Targets, own_walk
from wbsim.chance.counter import Chance
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import Points, coordinates
from wbsim.errors import WbsimError
from wbsim.inference.history import finite_rows
from wbsim.inference.observation import Spread, answer_loadings
from wbsim.inference.random_walk import value_at
from wbsim.instruments.figure import Figure
from wbsim.scenario.load import load
from wbsim.scenario.schema import Scenario
from wbsim.tables.calendar import HISTORY_END, month_number

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a prediction is made: `worlds` draws with `citizens` a state under `seed`, and `errors` of figures."""

    worlds: int = 2000
    seed: int = 1
    citizens: int = 1000
    errors: Spread = ERRORS


@dataclass(frozen=True)
class Prediction:
    """Joint draws `percent` (M, K) of the published values of `aim`; dated events forced `until` that month.

    `failed` worlds gave none. `frozen` (M, K): the same with answers as they were in a month asked for.
    """

    aim: Targets
    percent: Floats
    until: str
    failed: int
    frozen: Floats | None = None


def predict(
    fitted: Fitted,
    aim: Targets,
    until: str,
    plan: Plan,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
    *,
    scenario: Scenario | None = None,
    frozen_at: str | None = None,
) -> Prediction:
    """Predict the figures of `aim`, dated events of the data forced until the month `until`, later ones by chance.

    `scenario` gives policies, events and assumptions, by default those of the status quo. With `frozen_at`, a month
    before those of all figures, citizens answer all questions in that month too.

    World k has the posterior's row that it has in every run under this seed, for parameters, intercepts, effects of
    surveys and drifts alike. WbsimError if no world gave a value.
    """
    rows = fitted.posterior.rows(Chance(plan.seed, 0, plan.worlds))
    base = load("status-quo") if scenario is None else scenario
    asked = aim.figures
    if frozen_at is not None:
        asked += tuple(replace(each, id=f"{each.id} frozen", months=(frozen_at,)) for each in aim.figures)
    survey = Survey(_scenario(base, aim.figures, until, plan.citizens), asked, aim.questions)
    own = base.assumptions.parameters
    free = [n for n, key in enumerate(fitted.keys) if key not in own and key.partition(".")[0] not in own]
    points = Points(tuple(fitted.keys[n] for n in free), fitted.z[rows][:, free].astype(float))
    logits = hindcast(survey, points, plan.seed, crew, progress)
    good = finite_rows(logits)
    if not good.any():
        raise WbsimError(f"none of {plan.worlds} worlds gave an answer to every question")
    logits, frozen = logits[:, : len(aim.figures)], logits[:, len(aim.figures) :]
    between = _Between(fitted, rows, aim, plan)
    percent = between.published(logits, good)
    still = between.published(frozen, good) if frozen_at is not None else None
    return Prediction(aim, percent, until, int(np.sum(~good)), still)


def unlearnt(fitted: Fitted, seed: int) -> Fitted:
    """The same with attitudes as their prior has them: levels, dynamics, and all between citizens and print."""
    attitudes = set(coordinates("level", "dynamic"))
    drawn = np.random.default_rng([seed, crc32(b"prior")]).standard_normal(fitted.z.shape)
    chosen = np.array([key in attitudes for key in fitted.keys])
    none: dict[str, Any] = {name: getattr(fitted, name)[:, :0] for name in ("intercepts", "houses", "drifts")}
    names: dict[str, Any] = dict.fromkeys(("intercept_names", "house_names", "drift_names"), ())
    z = np.where(chosen, drawn, fitted.z).astype(np.float32)
    return replace(fitted, z=z, drift_months=fitted.drift_months[:0], **none, **names)


def _scenario(base: Scenario, figures: Sequence[Figure], until: str, citizens: int) -> Scenario:
    """A scenario, long enough for the last month of fieldwork."""
    last = max(month_number(figure.months[-1]) for figure in figures)
    years = max(1, -((month_number(HISTORY_END) - last) // 12))
    run = base.run.model_copy(update={"citizens": citizens, "years": years})
    assumptions = base.assumptions.model_copy(update={"history_until": until})
    return base.model_copy(update={"run": run, "assumptions": assumptions})


@dataclass(frozen=True)
class _Between:
    """What lies between citizens and print in the worlds of `plan`, whose rows of the posterior are `rows` (M,)."""

    fitted: Fitted
    rows: Integers
    aim: Targets
    plan: Plan

    def published(self, logits: Floats, good: NDArray[np.bool_]) -> Floats:
        """Draws in percent from simulated logits (M, K), in the worlds that are `good`.

        Intercepts may carry a figure far from what the citizens say by themselves, so the shares at which errors are
        evaluated are found in two steps: without the intercepts, and with them.
        """
        aim, plan, fitted = self.aim, self.plan, self.fitted
        intercepts = self._coordinates("wording", fitted.intercept_names, fitted.intercepts, aim.answers)
        said, errors = logits[good], replace(plan.errors, drift=0.0, drift_own=0.0)
        houses_of = aim.house_names(aim.error(errors))
        houses = self._coordinates("survey", fitted.house_names, fitted.houses, houses_of)
        centre = said
        for _ in range(2):
            expected = aim.expected(said, centre)
            error = aim.error(errors, expected)
            nothing = np.zeros((len(said), 0))
            centre = said + error.shift(intercepts[good], houses[good], nothing)
            centre += self._drifts(answer_loadings(aim.table, expected.published), good)
        own, noise = error.own(), np.empty_like(said)
        for part in observations(aim):
            names = " ".join(repr((aim.figures[row].choice, aim.figures[row].answers)) for row in part)
            root = np.linalg.cholesky(own[np.ix_(part, part)] + 1e-12 * np.eye(len(part)))
            noise[:, part] = self._normal(f"figure {names}", len(part))[good] @ root.T
        return np.asarray(100.0 * expit(centre + noise))

    def _coordinates(
        self, kind: str, known: Sequence[str], draws: NDArray[np.float32], wanted: Sequence[str]
    ) -> Floats:
        """Coordinates (M, wanted): of the posterior's rows where it knows the name, else of the prior."""
        place = {name: number for number, name in enumerate(known)}
        columns = [
            draws[self.rows, place[name]].astype(float)
            if name in place
            else self._normal(f"{kind} {name}", 1)[:, 0]
            for name in wanted
        ]
        return np.stack(columns, axis=1) if columns else np.empty((len(self.rows), 0))

    def _drifts(self, loadings: Floats, good: NDArray[np.bool_]) -> Floats:
        """What drifts have added by the month of each figure, (M, K)."""
        aim, errors = self.aim, self.plan.errors
        out, pace = (
            np.zeros((int(good.sum()), len(loadings))),
            np.where(aim.table.listed, errors.drift_listed, 1.0),
        )
        for k, answer in zip(*np.nonzero(loadings), strict=True):
            name, month, size = aim.answers[answer], float(aim.table.month[k]), pace[k] * loadings[k, answer]
            out[:, k] += size * errors.drift * self._walk(name, month)[good]
            for public in np.flatnonzero(aim.table.publics[k]):
                own = size * errors.drift_own * aim.table.publics[k, public]
                out[:, k] += own * self._walk(own_walk(name, aim.publics[public]), month)[good]
        return out

    def _walk(self, name: str, month: float) -> Floats:
        """A walk (M,) in a month: as the posterior has it and on from there.

        One that was seen in one month begins there. One that never was is nothing: what it would add is intercept.
        """
        nodes = self._nodes.get(name)
        if nodes is None:
            return np.zeros(len(self.rows))
        months = self.fitted.drift_months[nodes].astype(float)
        values = self.fitted.drifts[np.ix_(self.rows, nodes)].astype(float)
        return value_at(month, months, values, self._normal(f"drift {name} {month:g}", 1)[:, 0])

    @cached_property
    def _nodes(self) -> dict[str, Integers]:
        names = np.array(self.fitted.drift_names)
        return {str(name): np.flatnonzero(names == name) for name in dict.fromkeys(self.fitted.drift_names)}

    def _normal(self, name: str, columns: int) -> Floats:
        """Standard normal numbers (M, columns) that depend on the seed and a name alone."""
        generator = np.random.default_rng([self.plan.seed, crc32(name.encode())])
        return generator.standard_normal((self.plan.worlds, columns))
