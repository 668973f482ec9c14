"""What one mean citizen a state would miss: the last figures of `docs/audit.md`.

`python benchmarks/mean_field.py` compares, in 256 worlds of the status quo under the posterior with 1,000 citizens a
state, shares of citizens with the logistic of their mean attitude (a few seconds).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.model.citizens import Citizens
from wbsim.model.geography import geography
from wbsim.model.interviews import step_of
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.load import load
from wbsim.tables.places import STATE_CODES

WORLDS, SEED = 256, 1
BEFORE, AFTER = "2021-01", "2022-05"

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


def main() -> None:
    """Print the three mean absolute differences, in points."""
    scenario, chance = load("status-quo"), Chance(SEED, 0, WORLDS)
    draws = draw_parameters(scenario.assumptions, chance)
    region = Region(scenario, chance, draws, traits(scenario.run.citizens, chance, geography()))
    before, _ = until(region, BEFORE)
    after, trust = until(region, AFTER)
    region.forget()
    for label, (citizens, one) in {
        f"worry about war, {AFTER}": after,
        f"its change since {BEFORE}": after - before,
        f"trust in another state, {AFTER}": trust,
    }.items():
        print(f"{label}: {np.abs(citizens - one).mean():.1f} points")


if __name__ == "__main__":
    main()
