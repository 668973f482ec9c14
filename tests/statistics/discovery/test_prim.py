from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.statistics.discovery.planted import INSIDE, OUTSIDE, cases, numbers, planted
from wbsim.statistics.discovery.box import Box, Restriction
from wbsim.statistics.discovery.choose import quasi_p, reduce
from wbsim.statistics.discovery.figures import figures_of
from wbsim.statistics.discovery.paste import paste
from wbsim.statistics.discovery.prim import Patience, peel, prim


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_box_planted_in_noise_is_found(seed: int):
    inputs, which = planted(1000, seed)

    found = prim(inputs.values, which, inputs.categorical)

    assert found.chosen.places == (0, 1)
    x0, x1 = found.chosen.restrictions
    assert x0.low == pytest.approx(0.6, abs=0.06) and x0.high is None
    assert x1.high == pytest.approx(0.5, abs=0.06) and x1.low is None
    # The truth: density 0.85, and a coverage of 0.2 x 0.85 of 0.2 x 0.85 + 0.8 x 0.1.
    share = 0.2 * INSIDE / (0.2 * INSIDE + 0.8 * OUTSIDE)
    assert found.figures.density == pytest.approx(INSIDE, abs=0.08)
    assert found.figures.coverage == pytest.approx(share, abs=0.08)


def test_the_trajectory_starts_with_all_worlds_and_each_peel_takes_a_small_slice():
    inputs, which = planted(500, 1)

    steps = peel(inputs.values, which, inputs.categorical, Patience())

    held = [step.figures.held for step in steps]
    assert steps[0].figures.coverage == 1.0 and steps[0].figures.density == which.mean()
    assert all(0 < before - after <= max(1, 0.05 * before) for before, after in pairwise(held))
    assert held[-1] >= Patience().smallest(500) == 25
    for step in steps:
        assert step.figures == figures_of(step.box.inside(inputs.values), which)


def test_correlated_inputs_do_not_take_the_place_of_the_true_one():
    generator = np.random.default_rng(4)
    true = generator.normal(size=2000)
    follower = 0.7 * true + np.sqrt(1 - 0.49) * generator.normal(size=2000)
    values = np.array([follower, true, generator.normal(size=2000)])
    which = cases(true > 0.8, 4)

    found = prim(values, which, np.zeros(3, bool))

    assert found.chosen.places == (1,)
    assert found.chosen.of(1).low == pytest.approx(0.8, abs=0.15)


def test_a_category_is_restricted_to_the_right_ones():
    generator = np.random.default_rng(5)
    values = np.array([generator.integers(0, 4, 1000).astype(float), generator.random(1000)])
    which = cases((values[0] == 1) | (values[0] == 3), 5)

    found = prim(values, which, np.array([True, False]))

    assert found.chosen == Box((Restriction(0, kept=(1, 3)),))


def test_a_number_of_a_few_values_is_split_between_them():
    values = np.random.default_rng(6).integers(0, 3, (2, 600)).astype(float)

    found = prim(values, cases(values[0] == 2, 6), np.zeros(2, bool))

    assert found.chosen == Box((Restriction(0, low=2.0),))


def test_both_ends_can_be_restricted():
    inputs = numbers(1500, 7, 4)
    which = cases((inputs.values[2] > 0.3) & (inputs.values[2] < 0.6), 7)

    (middle,) = prim(inputs.values, which, inputs.categorical).chosen.restrictions

    assert middle.place == 2
    assert middle.low == pytest.approx(0.3, abs=0.05) and middle.high == pytest.approx(0.6, abs=0.05)


@pytest.mark.parametrize(
    "transform", [np.exp, lambda x: x**3, lambda x: 1e6 * x - 5.0, lambda x: -1.0 / (x + 0.1)]
)
def test_a_monotone_transform_gives_the_same_worlds(transform):
    inputs, which = planted(600, 8)

    plain = prim(inputs.values, which, inputs.categorical).chosen
    moved = prim(transform(inputs.values), which, inputs.categorical).chosen

    assert plain.places == moved.places
    np.testing.assert_array_equal(plain.inside(inputs.values), moved.inside(transform(inputs.values)))


def test_a_falling_transform_mirrors_the_box():
    inputs, which = planted(600, 9)

    plain = prim(inputs.values, which, inputs.categorical).chosen
    mirrored = prim(-inputs.values, which, inputs.categorical).chosen

    np.testing.assert_array_equal(plain.inside(inputs.values), mirrored.inside(-inputs.values))


def test_never_more_inputs_than_allowed():
    inputs = numbers(1500, 10, 8)
    which = cases((inputs.values[:5] > 0.25).all(axis=0), 10)

    assert len(prim(inputs.values, which, inputs.categorical).chosen.places) <= 3
    assert len(prim(inputs.values, which, inputs.categorical, Patience(dimensions=1)).chosen.places) == 1


def test_a_restriction_that_does_nothing_is_luck_and_is_lifted():
    inputs, which = planted(1000, 11)
    box = Box((Restriction(0, low=0.6), Restriction(1, high=0.5), Restriction(7, low=0.03)))

    first, second, idle = quasi_p(box, inputs.values, which)

    assert first < 1e-6 and second < 1e-6 and idle > 0.05
    assert reduce(box, inputs.values, which, 3).places == (0, 1)


def test_the_quasi_p_value_is_the_binomial_tail_under_the_wider_density():
    values = np.array([[0.0, 0.0, 1.0, 1.0]])
    which = np.array([False, False, True, True])

    # Without the restriction half of the worlds are cases: two of two by luck with a chance of a quarter.
    assert quasi_p(Box((Restriction(0, low=1.0),)), values, which) == pytest.approx((0.25,))


def test_pasting_widens_a_bound_that_cut_cases_off():
    # Cases are the worlds above 0.4, but for a few at the box's lower end: the slice below it is denser than the box.
    values = np.linspace(0.0, 1.0, 101)[None, :]
    which = (values[0] >= 0.4) & ~((values[0] >= 0.6) & (values[0] < 0.65))

    pasted = paste(Box((Restriction(0, low=0.6),)), values, which, 0.05)

    assert pasted.restrictions[0].low == pytest.approx(0.4, abs=0.021)


def test_pasting_leaves_a_box_that_no_slice_makes_denser():
    values = np.linspace(0.0, 1.0, 101)[None, :]
    box = Box((Restriction(0, low=0.6),))

    assert paste(box, values, values[0] >= 0.6, 0.05) == box


@pytest.mark.parametrize("seed", range(4))
def test_a_small_dense_end_of_one_input_among_many_is_not_walked_past(seed: int):
    inputs = numbers(800, seed, 20)
    which = cases(inputs.values[3] < 0.08, seed, low=0.22)

    (end,) = prim(inputs.values, which, inputs.categorical).chosen.restrictions

    assert end.place == 3 and end.high == pytest.approx(0.08, abs=0.03)


def test_where_every_world_is_a_case_nothing_is_chosen():
    inputs = numbers(200, 13, 3)

    found = prim(inputs.values, np.ones(200, bool), inputs.categorical)

    assert found.chosen == Box() and len(found.trajectory) == 1
