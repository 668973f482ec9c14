"""Given-data methods: one comparison, in which every world is followed through two courses of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import WbsimError
from wbsim.experiments.drawn import Number, drawn
from wbsim.experiments.drivers import NO_DRAWS, label_of
from wbsim.experiments.execute import Plan, Progress, Settings, plan
from wbsim.experiments.experiment import Table
from wbsim.experiments.gather import gather
from wbsim.experiments.sensitivity.analysis import SAME, Analysis, Of, Row, varies
from wbsim.experiments.sensitivity.numbers import Factor
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.work import Simulate
from wbsim.scenario.schema import Scenario
from wbsim.statistics.sensitivity.effects import parameter_share, shapley_effects
from wbsim.statistics.sensitivity.finite import complete_blocks
from wbsim.statistics.sensitivity.jackknife import HALF_WIDTH, jackknife
from wbsim.statistics.sensitivity.pawn import pawn, slices_for, threshold
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES

Values = NDArray[np.float64]

#: How far the seed of the second course of chance is from the first: far from the seeds that people count up.
OTHER_COURSE = 1_000_003
#: Fewer worlds than this say nothing (assumed: half a dozen in a slice).
FEWEST = 60


@dataclass(frozen=True, slots=True)
class Given:
    """Worlds that finished in both courses: `courses` (2, scenarios, worlds, outcomes), `values` (numbers, worlds).

    `sound` (planned worlds,) says which they are; the first scenario is the baseline.
    """

    scenarios: tuple[Scenario, ...]
    courses: Values
    numbers: tuple[Number, ...]
    values: Values
    sound: NDArray[np.bool_]
    seed: int

    @property
    def facts(self) -> dict[str, Any]:
        """What holds for every outcome."""
        origins = [number.origin for number in self.numbers]
        return {
            "numbers_drawn_from": {name: origins.count(name) for name in sorted(set(origins))},
            "worlds": int(self.sound.sum()),
            "worlds_missing": int(np.sum(~self.sound)),
            "courses_of_chance": len(self.courses),
        }

    def target(self, scenario: int, outcome: str, of: Of) -> Values:
        """Both courses (2, worlds) of the paired difference to the baseline, or of the level."""
        column = OUTCOME_INDEX[outcome]
        level: Values = self.courses[:, scenario, :, column]
        return level - self.courses[:, 0, :, column] if of == "difference" else level

    def only(self, keys: Sequence[str]) -> Given:
        """The same with the numbers `keys` alone."""
        wanted = set(keys)
        places = [n for n, number in enumerate(self.numbers) if number.key in wanted]
        numbers = tuple(self.numbers[n] for n in places)
        return Given(self.scenarios, self.courses, numbers, self.values[places], self.sound, self.seed)


def plan_given(scenarios: Sequence[Scenario], settings: Settings) -> Plan:
    """The comparison twice: the same parameters in the same worlds, with two courses of chance."""
    seed = settings.seed
    other = seed + OTHER_COURSE if seed + OTHER_COURSE < 2**64 else seed - OTHER_COURSE
    again = tuple(
        each.model_copy(update={"run": each.run.model_copy(update={"chance_seed": other})})
        for each in scenarios
    )
    return plan([AssumptionSet("first", tuple(scenarios)), AssumptionSet("second", again)], settings)


def simulate_given(planned: Plan, progress: Progress | None, simulate: Simulate | None = None) -> Given:
    """Simulate both courses, and draw the numbers of their worlds once more.

    WbsimError where too many worlds failed, too few are left, or the draws are not known.
    """
    scenarios = planned.sets[0].scenarios
    found = gather(planned, progress, simulate)
    figures = np.stack(found.figures)
    figures[:, ~found.sound] = np.nan
    sound = complete_blocks(figures.transpose(1, 0, 2), "worlds")
    if int(sound.sum()) < FEWEST:
        raise WbsimError(f"{int(sound.sum())} worlds finished; given-data methods need {FEWEST} or more")
    figures = figures.reshape(2, len(scenarios), *figures.shape[1:])
    table = Table("", scenarios, figures[0][:, None], found.first, found.failures, "", Path("none is kept"))
    known = drawn(table, planned.settings.seed)
    if known is None or not known.numbers:
        raise WbsimError(NO_DRAWS if known is None else "no parameter differs between worlds: all are fixed")
    return Given(scenarios, figures[:, :, sound], known.numbers, known.values, sound, planned.settings.seed)


def analyse_pawn(given: Given, outcomes: Sequence[str], of: Of) -> list[Analysis]:
    """The PAWN index of every number for every outcome, with what chance alone reaches."""
    limit = threshold(given.values, given.seed)
    analyses = []
    for place, name, outcome in _targets(given, outcomes, of):
        courses = given.target(place, outcome, of)
        unit = OUTCOMES[outcome].unit
        facts = {**given.facts, "threshold": limit, "slices": slices_for(courses.shape[1])}
        share = parameter_share(courses)
        if not varies(courses[0], outcome):
            analyses.append(Analysis("pawn", outcome, name, of, unit, (), facts, SAME))
            continue
        facts["chance_share"] = None if share is None else 1.0 - share
        analyses.append(
            Analysis("pawn", outcome, name, of, unit, _pawn_rows(given, courses[0], limit), facts)
        )
    return analyses


def _pawn_rows(given: Given, output: Values, limit: float) -> tuple[Row, ...]:
    index = pawn(given.values, output)
    slices = slices_for(output.size)
    error = jackknife(lambda kept: pawn(given.values[:, kept], output[kept], slices), output.size)
    rows: list[Row] = [
        {
            "factor": number.key,
            "label": label_of(number),
            "index": float(index[n]),
            "low": float(max(0.0, index[n] - HALF_WIDTH * error[n])),
            "high": float(min(1.0, index[n] + HALF_WIDTH * error[n])),
            "stands_out": "yes" if index[n] > limit else "no",
            "origin": number.origin,
            "kind": number.parameter.kind,
        }
        for n, number in enumerate(given.numbers)
    ]
    order = np.argsort(-index, kind="stable")
    return tuple(rows[n] for n in order)


def analyse_shapley(
    given: Given, groups: Sequence[Factor], outcomes: Sequence[str], of: Of
) -> list[Analysis]:
    """The share of each group, of chance, and of what could not be resolved, for every outcome."""
    place_of = {number.key: n for n, number in enumerate(given.numbers)}
    members = [[place_of[key] for key in group.keys if key in place_of] for group in groups]
    groups = [group for group, rows in zip(groups, members, strict=True) if rows]
    members = [rows for rows in members if rows]
    analyses = []
    for place, name, outcome in _targets(given, outcomes, of):
        courses = given.target(place, outcome, of)
        some = varies(courses, outcome)
        found = shapley_effects(given.values, courses, members, given.seed) if some else None
        unit = OUTCOMES[outcome].unit
        if found is None:
            analyses.append(Analysis("shapley", outcome, name, of, unit, (), given.facts, SAME))
            continue
        order = np.argsort(-found.effects, kind="stable")
        rows = [
            _share(groups[n].name, groups[n].label, found.effects[n], found.effects_error[n], len(members[n]))
            for n in order
        ]
        rows.append(_share("unresolved", "not resolved", found.unresolved, found.unresolved_error, None))
        if found.chance is not None and found.chance_error is not None:
            rows.append(_share("chance", "chance", found.chance, found.chance_error, None))
        facts = {**given.facts, "chance_share": found.chance, "estimator": found.estimator}
        analyses.append(Analysis("shapley", outcome, name, of, unit, tuple(rows), facts))
    return analyses


def _share(name: str, label: str, share: float, error: float, numbers: int | None) -> Row:
    return {
        "factor": name,
        "label": label,
        "share": float(share),
        "low": float(share - HALF_WIDTH * error),
        "high": float(share + HALF_WIDTH * error),
        "numbers": numbers,
    }


def _targets(given: Given, outcomes: Sequence[str], of: Of) -> list[tuple[int, str, str]]:
    first = 1 if of == "difference" else 0
    return [
        (place, given.scenarios[place].name, outcome)
        for place in range(first, len(given.scenarios))
        for outcome in outcomes
    ]
