"""Small regions for the tests of the model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.model.geography import geography
from wbsim.model.region import Region, Switches
from wbsim.model.traits import traits
from wbsim.scenario.load import load
from wbsim.scenario.schema import Policy, Scenario
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.record import Prior
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS


def scenario(
    policies: Mapping[str, Mapping[str, object]] | None = None,
    parameters: Mapping[str, float] | None = None,
    variants: Mapping[str, str] | None = None,
    structures: Mapping[str, str] | None = None,
    citizens: int = 80,
    years: int = 3,
    name: str = "test",
) -> Scenario:
    """The status quo with policies (mechanism: levers) from January 2023, and some parameters fixed."""
    base = load("status-quo")
    chosen = tuple(
        Policy(
            mechanism=mechanism,
            levers={lever.name: lever.default for lever in MECHANISMS[mechanism].levers} | dict(levers),
        )
        for mechanism, levers in (policies or {}).items()
    )
    assumptions = base.assumptions.model_copy(
        update={
            "source": "prior",
            "posterior": None,
            "parameters": {key: Prior("fixed", value) for key, value in (parameters or {}).items()},
            "structures": base.assumptions.structures
            | {
                key: tuple(float(each == choice) for each in STRUCTURES[key].choices)
                for key, choice in (structures or {}).items()
            },
            "variants": {key: v.choices[0] for key, v in VARIANTS.items()} | dict(variants or {}),
        }
    )
    run = base.run.model_copy(update={"citizens": citizens, "years": years})
    return base.model_copy(update={"name": name, "policies": chosen, "assumptions": assumptions, "run": run})


def region(
    case: Scenario | None = None, worlds: int = 8, seed: int = 1, first: int = 0, **switches: bool
) -> Region:
    """A region at its reference month."""
    case = case or scenario()
    chance = Chance(seed, first, worlds)
    people = traits(case.run.citizens, chance, geography())
    return Region(
        case, chance, draw_parameters(case.assumptions, chance), people, switches=Switches(**switches)
    )


def run(subject: Region, months: int) -> np.ndarray:
    """Outcomes (R, months, O) of the next months."""
    shown = []
    for _ in range(months):
        subject.step()
        shown.append(subject.outcomes)
    return np.stack(shown, axis=1)
