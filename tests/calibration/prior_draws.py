"""A posterior that has learned nothing, for tests of what is done with a posterior."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from wbsim.calibration.fit import walked
from wbsim.calibration.measurement import LEVEL, slopes
from wbsim.calibration.settings import ERRORS
from wbsim.calibration.targets import targets
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import coordinates
from wbsim.instruments.figure import Figure, fitted
from wbsim.instruments.load import load_catalogue, load_figures

FIGURE = Figure(
    id="N1", question="regional-cooperation-contributes", answers=(), population="WB6", months=("2022-06",),
    value=70.0, n=6000, survey="Another survey 2022", source="a test", split="validation",
    reading="as the statement says",
)  # fmt: skip


def figure(**changes: object) -> Figure:
    """A figure of no known survey."""
    return replace(FIGURE, **changes)


@cache
def prior_draws(count: int = 50) -> Fitted:
    """Draws of the prior for every coordinate that a fit to the bundled figures has."""
    aim = targets(fitted(load_figures()), load_catalogue())
    generator = np.random.default_rng(5)
    keys, wordings = coordinates(), aim.intercept_names
    error = aim.error(ERRORS)
    z, intercepts, houses, steps = (
        generator.standard_normal((count, width))
        for width in (len(keys), len(wordings), error.houses.shape[1], error.drifts.shape[1])
    )
    names, months, drifts = walked(steps, aim, error)
    scale = np.column_stack([LEVEL.a + LEVEL.b * generator.standard_normal(count), slopes(count, generator)])
    arrays = {"z": z, "intercepts": intercepts, "houses": houses, "drift_months": months, "drifts": drifts}
    return Fitted(
        keys=keys,
        intercept_names=wordings,
        house_names=aim.house_names(error),
        drift_names=names,
        scale=scale.astype(np.float32),
        **{name: each.astype(np.float32) for name, each in arrays.items()},
    )


def at_the_medians(count: int = 50, **intercepts: float) -> Fitted:
    """A posterior that is sure of everything: all coordinates 0, but for the `intercepts` given by name."""
    drawn = prior_draws(count)
    values = np.array([intercepts.get(name, 0.0) for name in drawn.intercept_names], np.float32)
    return replace(
        drawn,
        z=np.zeros_like(drawn.z),
        intercepts=np.broadcast_to(values, drawn.intercepts.shape),
        houses=np.zeros_like(drawn.houses),
        drifts=np.zeros_like(drawn.drifts),
    )
