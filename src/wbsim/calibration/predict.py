"""Predictions of published figures by a fitted posterior: simulated answers, and all that lies between them and print.

What was published never enters: errors are evaluated at the shares that the model itself expects. Numbers that the
posterior does not know are drawn by name, so that the prediction of a row does not depend on the rows beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim.calibration.crew import Crew
from wbsim.calibration.hindcast import Survey, hindcast
from wbsim.calibration.leave_out import observations
from wbsim.calibration.settings import ERRORS
from wbsim.calibration.targets import Targets, targets
from wbsim.chance.counter import Chance
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import Points
from wbsim.errors import WbsimError
from wbsim.inference.history import finite_rows
from wbsim.inference.observation import Spread
from wbsim.instruments.catalogue import Catalogue
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

    `failed` worlds gave none.
    """

    aim: Targets
    percent: Floats
    until: str
    failed: int


def aimed(figures: Sequence[Figure], catalogue: Catalogue, fitted: Fitted) -> Targets:
    """The figures as an observation vector, wordings in the order in which the posterior names them.

    The name of the unpublished rest of a pick-one question depends on that order.
    """
    own = targets(figures, catalogue).wordings
    return targets(figures, catalogue, [name for name in fitted.intercept_names if name in set(own)])


def predict(
    fitted: Fitted,
    aim: Targets,
    until: str,
    plan: Plan,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
) -> Prediction:
    """Predict the figures of `aim`, dated events of the data forced until the month `until`, later ones by chance.

    World k has the posterior's row that it has in every run under this seed, for parameters, intercepts and house
    effects alike. WbsimError if no world gave a value.
    """
    rows = fitted.posterior.rows(Chance(plan.seed, 0, plan.worlds))
    survey = Survey(_scenario(aim.figures, until, plan.citizens), aim.figures, aim.questions)
    points = Points(fitted.keys, fitted.z[rows].astype(float))
    logits = hindcast(survey, points, plan.seed, crew, progress)
    good = finite_rows(logits)
    if not good.any():
        raise WbsimError(f"none of {plan.worlds} worlds gave an answer to every question")
    nuisance = _Nuisance(
        _coordinates(fitted.intercept_names, fitted.intercepts, rows, aim.intercept_names, "wording", plan),
        _coordinates(fitted.surveys, fitted.houses, rows, aim.surveys, "survey", plan),
    ).take(good)
    percent = _published(logits[good], nuisance, aim, good, plan)
    return Prediction(aim, percent, until, int(np.sum(~good)))


def _scenario(figures: Sequence[Figure], until: str, citizens: int) -> Scenario:
    """The status quo, long enough for the last month of fieldwork."""
    base = load("status-quo")
    last = max(month_number(figure.months[-1]) for figure in figures)
    years = max(1, -((month_number(HISTORY_END) - last) // 12))
    run = base.run.model_copy(update={"citizens": citizens, "years": years})
    assumptions = base.assumptions.model_copy(update={"history_until": until})
    return base.model_copy(update={"run": run, "assumptions": assumptions})


@dataclass(frozen=True)
class _Nuisance:
    """Standard normal coordinates of wordings (M, W) and of surveys (M, S)."""

    intercepts: Floats
    houses: Floats

    def take(self, rows: NDArray[np.bool_]) -> _Nuisance:
        return _Nuisance(self.intercepts[rows], self.houses[rows])


def _coordinates(
    known: Sequence[str],
    draws: NDArray[np.float32],
    rows: Integers,
    wanted: Sequence[str],
    kind: str,
    plan: Plan,
) -> Floats:
    """Coordinates (M, wanted): of the posterior's `rows` where it knows the name, else of the prior."""
    place = {name: number for number, name in enumerate(known)}
    columns = [
        draws[rows, place[name]].astype(float)
        if name in place
        else _normal(plan, f"{kind} {name}", (plan.worlds,))
        for name in wanted
    ]
    return np.stack(columns, axis=1) if columns else np.empty((plan.worlds, 0))


def _normal(plan: Plan, name: str, shape: tuple[int, ...]) -> Floats:
    """Standard normal numbers that depend on the seed and a name alone."""
    return np.random.default_rng([plan.seed, crc32(name.encode())]).standard_normal(shape)


def _published(
    logits: Floats, nuisance: _Nuisance, aim: Targets, good: NDArray[np.bool_], plan: Plan
) -> Floats:
    """Draws (M, K) in percent from simulated logits (M, K).

    Intercepts may carry a figure far from what the citizens say by themselves, so the shares at which errors are
    evaluated are found in two steps: without the intercepts, and with them.
    """
    centre = logits
    for _ in range(2):
        error = aim.error(plan.errors, aim.expected(logits, centre))
        centre = logits + nuisance.intercepts @ error.intercepts.T + nuisance.houses @ error.houses.T
    own, noise = error.own(), np.empty_like(logits)
    for part in observations(aim):
        names = " ".join(repr((aim.figures[row].choice, aim.figures[row].answers)) for row in part)
        root = np.linalg.cholesky(own[np.ix_(part, part)] + 1e-12 * np.eye(len(part)))
        noise[:, part] = _normal(plan, f"figure {names}", (len(good), len(part)))[good] @ root.T
    return np.asarray(100.0 * expit(centre + noise))
