"""What the model says of institutions like those of the region, under the bundled posterior (M3)."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.model.geography import geography
from wbsim.model.mechanisms.forum import Forum
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run

WORLDS, MONTHS = 150, 96


def meetings(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who attended each meeting (meetings, R, 6), whether anything was adopted (meetings, R), and whether an item bound
    all six after it (meetings, R)."""
    case = with_run(load(name), citizens=40, years=6)
    chance = Chance(1, 0, WORLDS)
    draws = draw_parameters(case.assumptions, chance)
    region = Region(case, chance, draws, traits(40, chance, geography()))
    forum = region.mechanisms[-1]
    assert isinstance(forum, Forum)
    shown = []
    for _ in range(MONTHS):
        region.step()
        if forum.meeting:
            shown.append((forum.attended, forum.passed.any(axis=1), forum.bound.all(axis=1).any(axis=1)))
    there, adopted, shared = (np.array(column) for column in zip(*shown, strict=True))
    return there, adopted, shared


@pytest.fixture(scope="module")
def outside() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return meetings("forum-led-outside")


@pytest.fixture(scope="module")
def region_led() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return meetings("forum")


def test_a_yearly_forum_led_from_outside_has_all_six_at_most_meetings(outside, region_led) -> None:
    assert outside[0].all(axis=2).mean() > 0.6
    assert region_led[0].all(axis=2).mean() < 0.4


def test_a_settled_seat_binds_all_six_swiftly_and_a_contested_one_blocks_for_years(
    outside, region_led
) -> None:
    # The second yearly meeting; the twelfth quarterly one, after three years.
    assert outside[2][1].mean() > 0.5
    assert region_led[2][11].mean() < 0.25


def test_what_is_adopted_is_adopted_at_most_meetings_and_does_not_hang_on_one_member_alone(outside) -> None:
    there, adopted, _ = outside
    assert 0.5 < adopted.mean() < 1.0
    assert there.mean(axis=(0, 1)).min() > 0.85
