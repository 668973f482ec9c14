"""What one mean citizen a state would miss: shares of citizens beside the logistic of their mean attitude."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import SEED
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.model.citizens import Citizens
from wbsim.model.geography import geography
from wbsim.model.interviews import step_of
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.load import load
from wbsim.tables.places import STATE_CODES

Floats = NDArray[np.float64]


def shares(attitude: Floats) -> Floats:
    """Percent (2, R) that citizens (R, N) hold an attitude, and what the logistic of their mean gives."""
    return np.stack([100.0 * expit(attitude).mean(axis=1), 100.0 * expit(attitude.mean(axis=1))])


def until(region: Region, month: str) -> tuple[Floats, Floats]:
    """`shares` of worry about war (2, states, R) and of trust in each other state (2, pairs, R) in a month."""
    while region.month < step_of(month):
        region.step()
    publics = [Citizens(region, place) for place in range(len(STATE_CODES))]
    worry = [shares(public.threat("war")) for public in publics]
    trust = [
        shares(public.trust((code,)))
        for own, public in zip(STATE_CODES, publics, strict=True)
        for code in STATE_CODES
        if code != own
    ]
    return np.stack(worry, axis=1), np.stack(trust, axis=1)


def _mean_field(settings: Settings) -> Facts:
    """Mean absolute differences, in points, over states or pairs and worlds of the status quo."""
    scenario, chance = load("status-quo"), Chance(SEED, 0, settings["worlds"])
    draws = draw_parameters(scenario.assumptions, chance)
    region = Region(scenario, chance, draws, traits(scenario.run.citizens, chance, geography()))
    before, _ = until(region, settings["before"])
    after, trust = until(region, settings["after"])
    region.forget()
    parts = {"worry": after, "change": after - before, "trust": trust}
    return {
        "citizens": scenario.run.citizens,
        "worlds": settings["worlds"],
        **{name: float(np.abs(citizens - one).mean()) for name, (citizens, one) in parts.items()},
    }


MEAN_FIELD = Run("mean-field", _mean_field, {"worlds": 256, "before": "2021-01", "after": "2022-05"}, 10)
