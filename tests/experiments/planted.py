"""Tables whose effects hang on known parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.experiments.fake_model import scenario
from wbsim.chance.counter import Chance
from wbsim.chance.draws import Draws, draw_parameters
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.windows import Windows
from wbsim.results.chunk import Failure
from wbsim.results.layout import months_between
from wbsim.scenario.schema import Assumptions
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOME_NAMES
from wbsim.tables.record import Prior

Values = NDArray[np.float64]
#: Effects (worlds,) from the draws of the worlds and noise.
Effect = Callable[[Draws, np.random.Generator], Values]
SEED = 5


def planted(
    effects: Mapping[str, Effect],
    worlds: int = 400,
    *,
    fixed: Mapping[str, float] | None = None,
    failures: tuple[Failure, ...] = (),
    seed: int = SEED,
    mechanism: str = "forum",
) -> Table:
    """A forum's effects by outcome, on a baseline of noise under the priors; every other effect is nil."""
    parameters = {name: Prior("fixed", value) for name, value in (fixed or {}).items()}
    assumptions = replace_source(Assumptions(source="prior", parameters=parameters))
    scenarios = tuple(
        scenario(name, *policies, assumptions=assumptions)
        for name, policies in (("status-quo", ()), ("forum", (mechanism,)))
    )
    rng = np.random.default_rng([seed, worlds])
    draws = draw_parameters(assumptions, Chance(seed, 0, worlds))
    figures = np.broadcast_to(
        rng.normal(size=(worlds, len(OUTCOME_NAMES))), (2, 1, worlds, len(OUTCOME_NAMES))
    ).copy()
    for outcome, effect in effects.items():
        figures[1, 0, :, OUTCOME_INDEX[outcome]] += effect(draws, rng)
    return Table("assumptions of status-quo", scenarios, figures, 0, failures, "", Path("no store here"))


def replace_source(assumptions: Assumptions) -> Assumptions:
    """No posterior is at hand, and none is wanted."""
    return assumptions.model_copy(update={"posterior": None})


def experiment(table: Table, *more: Table, seed: int = SEED) -> Experiment:
    """An experiment of these tables."""
    worlds = table.figures.shape[2]
    months = months_between("2021-01", "2024-12")
    return Experiment((table, *more), seed, 0, worlds, months, Windows("2023-01", ("2024-12",)), 0.0, "")


def without(table: Table, *worlds: int) -> Table:
    """The table with some worlds failed."""
    return replace(table, failures=tuple(Failure(world, "forum", "an error") for world in worlds))
