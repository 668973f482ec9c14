from __future__ import annotations

import numpy as np
import pytest

from tests.statistics.discovery.planted import cases, numbers
from wbsim.statistics.discovery.box import Box, Restriction
from wbsim.statistics.discovery.figures import figures_of
from wbsim.statistics.discovery.seeds import seeds


@pytest.mark.parametrize("seed", range(5))
def test_no_lower_or_upper_end_correlates_more(seed: int):
    row = np.random.default_rng(seed).integers(0, 12, 60).astype(float)
    which = cases(row > 8, seed)

    (found,) = seeds(row[None, :], which, np.zeros(1, bool), smallest=1)

    ends = [figures_of(side, which).correlation for cut in range(12) for side in (row >= cut, row <= cut)]
    assert figures_of(found.inside(row[None, :]), which).correlation >= max(ends) > 0.3


def test_a_stretch_in_the_middle_is_found():
    row = np.random.default_rng(1).random(400)

    (found,) = seeds(row[None, :], (row > 0.4) & (row < 0.6), np.zeros(1, bool), smallest=1)

    np.testing.assert_array_equal(found.inside(row[None, :]), (row > 0.4) & (row < 0.6))


def test_categories_denser_than_the_base_rate_are_kept():
    row = np.repeat([0.0, 1.0, 2.0], 20)
    which = np.tile([True, False], 30) & (row != 1) | (row == 2)

    assert seeds(row[None, :], which, np.ones(1, bool), 1) == (Box((Restriction(0, kept=(2,)),)),)


def test_strongest_inputs_first_and_small_boxes_left_away():
    inputs = numbers(500, 1, 6)
    which = cases(inputs.values[4] > 0.5, 1)

    found = seeds(inputs.values, which, inputs.categorical, smallest=25, most=2)

    assert found[0].places == (4,) and len(found) == 2
    assert seeds(inputs.values, which, inputs.categorical, smallest=501) == ()
