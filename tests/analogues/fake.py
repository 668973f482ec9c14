"""A fake simulator: statistics of institutions at points of two parameters, in closed form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import expit

from wbsim.analogues.analogue import Analogue, Count, Events, Interval, Observation, Order
from wbsim.analogues.fit import Evidence, may_be_fitted
from wbsim.analogues.statistics import Counts, Sample, Scores, Shares, Times
from wbsim.analogues.surface import fit_surfaces
from wbsim.scenario.schema import Assumptions

KEYS = ("presence", "pace")


def institution(
    name: str, *observations: Observation, use: str = "fit", discrepancy: str = "near"
) -> Analogue:
    """An institution that exists on paper alone."""
    if use == "validation":
        observations = tuple(replace(each, split="validation") for each in observations)
    return Analogue(
        name, name.title(), "", "made up", ("a test",), "2014-03", 48, discrepancy, use, (),
        Assumptions(source="prior"), (), observations,
    )  # type: ignore[arg-type]  # fmt: skip


def attendance(successes: int, trials: int, name: str = "seats", **changes: object) -> Observation:
    return Observation(
        name, "attendance", (), "2014-03", "2018-02", Count(successes, trials), "a test", "seen", **changes
    )  # type: ignore[arg-type]


def first_item(low: float, high: float | None) -> Observation:
    return Observation(
        "first", "months-to-first-item", (), "2014-03", "2018-02", Interval(low, high), "a test", "seen"
    )


def crises(count: int) -> Observation:
    return Observation("crises", "crises", (), "2014-03", "2018-02", Events(count, 4.0), "a test", "seen")


def bosnia_last() -> Observation:
    order = Order((("ALB", "XKX", "MKD", "MNE", "SRB"), ("BIH",)))
    return Observation("order", "order-acting", (), "2014-03", "2018-02", order, "a test", "seen")


def simulated(observation: Observation, z: np.ndarray, generator: np.random.Generator) -> Sample:
    """Attendance rises with the first coordinate, times and crises with the second, and Bosnia lags with it."""
    count = len(z)
    match observation.value:
        case Count():
            trials = np.full(count, 8.0)
            return Shares(generator.binomial(8, expit(1.0 + z[:, 0])).astype(float), trials)
        case Interval():
            months = np.exp(2.0 + z[:, 1] + 0.3 * generator.standard_normal(count))
            return Times(np.minimum(months, 48.0), months < 48.0)
        case Events():
            return Counts(generator.poisson(np.exp(0.5 + 0.5 * z[:, 1])).astype(float))
        case _:
            scores = 0.4 + 0.1 * generator.standard_normal((count, 6))
            scores[:, 1] -= 0.2 + 0.1 * z[:, 1]
            return Scores(scores)


def evidence(*analogues: Analogue, worlds: int = 1500, seed: int = 1) -> Evidence:
    """Surfaces of institutions from the fake simulator."""
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((worlds, len(KEYS)))
    surfaces, silent = [], []
    for analogue in analogues:
        samples = {each.id: simulated(each, z, generator) for each in analogue.observations}
        found, none = fit_surfaces(analogue, z, samples)
        surfaces += found
        silent += [(analogue.name, key) for key in none]
    return Evidence(KEYS, tuple(surfaces), may_be_fitted(analogues, surfaces), tuple(silent))
