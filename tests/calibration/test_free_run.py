"""Crises that the model makes by chance, counted as the list of known crises is."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.calibration import free_run as module
from wbsim.calibration.crew import Crew
from wbsim.calibration.events import event_keys, points
from wbsim.calibration.fit import bare
from wbsim.calibration.free_run import CITIZENS, WARM_UP, free_run, window_months
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.instruments.load import load_rates
from wbsim.instruments.rate import Rate
from wbsim.model.geography import geography
from wbsim.model.region import Region, Switches
from wbsim.model.traits import traits
from wbsim.scenario.override import with_run
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

WORLDS, SEED = 24, 5
Z = np.random.default_rng(3).standard_normal((WORLDS, len(event_keys())))
#: Short windows, so that tests are quick.
RATES = (
    Rate("a", "serbia-kosovo", 1, "2021-2022", 1, 2.0, "", ""),
    Rate("b", "serbia-kosovo", 2, "2021-2022", 1, 2.0, "", ""),
    Rate("c", "calm", 1, "2022-2022", 0, 8.0, "", ""),
    Rate("d", "BIH", 1, "2021-2022", 1, 2.0, "", ""),
)


def counted(workers: int = 1, z: np.ndarray = Z) -> np.ndarray:
    with Crew(workers) as crew:
        return free_run(bare(), RATES, points(z), SEED, crew)


@pytest.fixture(scope="module")
def counts() -> np.ndarray:
    return counted()


def test_counts_are_the_rises_of_the_regions_own_severities(counts: np.ndarray) -> None:
    base = bare()
    case = with_run(
        base.model_copy(update={"assumptions": base.assumptions.model_copy(update={"source": "posterior"})}),
        citizens=CITIZENS,
    )
    chance = Chance(SEED, 0, WORLDS)
    draws = draw_parameters(case.assumptions, chance, points(Z))
    region = Region(
        case, chance, draws, traits(CITIZENS, chance, geography()), switches=Switches(history=False)
    )
    between, inside = [region.environment.severity], [region.environment.internal]
    for _ in range(WARM_UP + 24):
        region.step()
        between.append(region.environment.severity.copy())
        inside.append(region.environment.internal.copy())

    def rises(severities: list[np.ndarray], columns: list[int], least: float, months: int) -> np.ndarray:
        shown = np.stack(severities)[WARM_UP : WARM_UP + months + 1][..., columns]
        return np.sum((np.diff(shown, axis=0) > 0) & (shown[1:] >= least), axis=(0, 2))

    dyad, calm = [DYAD_NAMES.index("XKX-SRB")], [DYAD_NAMES.index(name) for name in RATES[2].dyads]
    expected = [
        rises(between, dyad, 1, 24),
        rises(between, dyad, 2, 24),
        rises(between, calm, 1, 12),
        rises(inside, [STATE_CODES.index("BIH")], 1, 24),
    ]
    np.testing.assert_array_equal(counts, np.stack(expected, axis=1))
    assert (counts.sum(axis=0)[[0, 1, 3]] > 0).all()
    assert (counts[:, 1] <= counts[:, 0]).all()


@pytest.mark.parametrize("block", [7, 24])
def test_blocks_and_workers_change_nothing(
    counts: np.ndarray, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    np.testing.assert_array_equal(counted(2 if block == 7 else 1), counts)


def test_a_higher_rate_makes_more_crises() -> None:
    low, high = Z.copy(), Z.copy()
    column = event_keys().index("crisis_rate.serbia-kosovo")
    low[:, column], high[:, column] = -2.0, 2.0
    assert counted(z=low)[:, 0].mean() < 0.5 * counted(z=high)[:, 0].mean()


def test_windows_are_whole_years() -> None:
    assert {window_months(rate) for rate in load_rates()} == {72}
    assert [window_months(rate) for rate in RATES] == [24, 24, 12, 24]
