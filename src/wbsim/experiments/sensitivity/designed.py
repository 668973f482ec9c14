"""Morris and Sobol: designs on the prior, simulated in the same worlds at every point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.execute import Plan, Progress, Settings, plan
from wbsim.experiments.sensitivity.analysis import SAME, Analysis, Of, Row, varies
from wbsim.experiments.sensitivity.numbers import Factor, Uncertain, on_the_prior, uncertain, values_at
from wbsim.experiments.sets import AssumptionSet
from wbsim.scenario.schema import Scenario
from wbsim.statistics.sensitivity.elementary import morris, trajectories
from wbsim.statistics.sensitivity.variance_based import Indices, saltelli, sobol
from wbsim.sweeps.design import Design
from wbsim.sweeps.evaluate import Evaluated, evaluate
from wbsim.tables.outcomes import OUTCOMES

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Designed:
    """A design of G factors over some of the numbers: `unit` (blocks, points, G or K) of the unit cube."""

    method: str
    scenarios: tuple[Scenario, ...]
    factors: tuple[Factor, ...]
    unit: Values
    design: Design
    settings: Settings
    left_drawn: int

    @property
    def plan(self) -> Plan:
        """What it would cost: as many runs as there are points, each in all worlds."""
        return plan([AssumptionSet("", self.scenarios)] * len(self.design.points), self.settings)

    def facts(self, found: Evaluated) -> dict[str, Any]:
        """What holds for every outcome."""
        failed = np.isnan(found.figures).any(axis=(1, 3))
        return {
            "numbers_drawn_from": "prior",
            "points": len(self.design.points),
            "worlds_at_each_point": self.settings.worlds,
            "worlds_missing": int(failed.sum()),
            "worlds_planned": int(failed.size),
            "numbers_left_drawn": self.left_drawn,
        }


def design_morris(
    scenarios: Sequence[Scenario], factors: tuple[Factor, ...], count: int, settings: Settings
) -> Designed:
    """`count` trajectories through `factors`; all numbers of a factor sit at the same prior probability."""
    scenarios, numbers, every = _prepared(scenarios, factors)
    unit = trajectories(len(factors), count, settings.seed)
    column = {key: n for n, factor in enumerate(factors) for key in factor.keys}
    spread = unit[..., [column[each.key] for each in numbers]]
    design = _design("morris", numbers, spread)
    return Designed("morris", scenarios, factors, unit, design, settings, every - len(numbers))


def design_sobol(
    scenarios: Sequence[Scenario], factors: tuple[Factor, ...], base: int, settings: Settings
) -> Designed:
    """`base` rows of Saltelli's layout; the numbers of a factor vary independently and are swapped together."""
    scenarios, numbers, every = _prepared(scenarios, factors)
    column = {key: n for n, factor in enumerate(factors) for key in factor.keys}
    groups = np.array([column[each.key] for each in numbers])
    unit = saltelli(groups, base, settings.seed)
    design = _design("saltelli", numbers, unit)
    return Designed("sobol", scenarios, factors, unit, design, settings, every - len(numbers))


def analyse(
    planned: Designed, outcomes: Sequence[str], of: Of, folder: Path | None, progress: Progress | None
) -> list[Analysis]:
    """Simulate a design and judge each outcome of each policy (or each scenario's level)."""
    found = evaluate(planned.scenarios, planned.design, planned.settings, folder=folder, progress=progress)
    judge = _morris if planned.method == "morris" else _sobol
    blocks, points = planned.unit.shape[:2]
    figures = found.figures.reshape(blocks, points, *found.figures.shape[1:])
    analyses = []
    for place, name in enumerate(found.scenarios):
        if of == "difference" and place == 0:
            continue
        values = figures[:, :, place] - figures[:, :, 0] if of == "difference" else figures[:, :, place]
        for outcome in outcomes:
            of_outcome = values[..., found.outcomes.index(outcome)]
            rows, facts, reason = (
                judge(planned, of_outcome) if varies(of_outcome, outcome) else ((), {}, SAME)
            )
            facts = {**planned.facts(found), **facts}
            unit = OUTCOMES[outcome].unit
            analyses.append(Analysis(planned.method, outcome, name, of, unit, rows, facts, reason))  # type: ignore[arg-type]
    return analyses


Judged = tuple[tuple[Row, ...], dict[str, Any], str]


def _morris(planned: Designed, values: Values) -> Judged:
    found = morris(planned.unit, values, planned.settings.seed)
    rows: list[Row] = [
        {
            "factor": factor.name,
            "label": factor.label,
            "mu_star": float(found.mu_star[n]),
            "mu_star_low": float(found.mu_star_interval[n, 0]),
            "mu_star_high": float(found.mu_star_interval[n, 1]),
            "mu": float(found.mu[n]),
            "mu_low": float(found.mu_interval[n, 0]),
            "mu_high": float(found.mu_interval[n, 1]),
            "sigma": float(found.sigma[n]),
            "sigma_low": float(found.sigma_interval[n, 0]),
            "sigma_high": float(found.sigma_interval[n, 1]),
            "mu_star_by_chance": None if found.floor is None else float(found.floor[n]),
        }
        for n, factor in enumerate(planned.factors)
    ]
    facts = {"trajectories": found.trajectories, "trajectories_dropped": found.dropped}
    return tuple(sorted(rows, key=lambda row: -_number(row["mu_star"]))), facts, ""


def _sobol(planned: Designed, values: Values) -> Judged:
    count = len(planned.factors)
    found = sobol(values, count, planned.settings.seed)
    if found is None:
        return (), {}, "parameters change nothing that could be told from chance at so few points and worlds"
    first, total = found.interval("first"), found.interval("total")
    rows: list[Row] = [
        {
            "factor": factor.name,
            "label": factor.label,
            "total": float(found.total[n]),
            "total_low": float(total[n, 0]),
            "total_high": float(total[n, 1]),
            "first": float(found.first[n]),
            "first_low": float(first[n, 0]),
            "first_high": float(first[n, 1]),
        }
        for n, factor in enumerate(planned.factors)
    ]
    facts = {
        "variance_of_the_mean_over_chance": found.variance,
        "chance_share": found.chance,
        "base_points": found.rows,
        "base_points_dropped": found.dropped,
        "pairs": _pairs(found, planned.factors),
    }
    return tuple(sorted(rows, key=lambda row: -_number(row["total"]))), facts, ""


def _pairs(found: Indices, factors: Sequence[Factor]) -> list[dict[str, Any]]:
    if found.second is None or found.second_error is None:
        return []
    return [
        {
            "factors": [factors[i].name, factors[j].name],
            "second": float(found.second[i, j]),
            "standard_error": float(found.second_error[i, j]),
        }
        for i in range(len(factors))
        for j in range(i + 1, len(factors))
    ]


def _prepared(
    scenarios: Sequence[Scenario], factors: Sequence[Factor]
) -> tuple[tuple[Scenario, ...], tuple[Uncertain, ...], int]:
    """Scenarios on the prior, the numbers that the factors set, and how many there are in all."""
    moved = tuple(
        each.model_copy(update={"assumptions": on_the_prior(each.assumptions)}) for each in scenarios
    )
    every = uncertain(moved[0].assumptions)
    wanted = {key for factor in factors for key in factor.keys}
    return moved, tuple(each for each in every if each.key in wanted), len(every)


def _design(kind: str, numbers: Sequence[Uncertain], unit: Values) -> Design:
    values = values_at(numbers, unit).reshape(-1, len(numbers))
    return Design(kind, tuple(each.key for each in numbers), tuple(map(tuple, values.tolist())))


def _number(value: float | str | None) -> float:
    return value if isinstance(value, float) else 0.0
