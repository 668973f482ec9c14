from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.discovery.box import Box, Restriction, box_of, quotable


def test_a_box_holds_worlds_within_all_its_bounds():
    values = np.array([[0.1, 0.5, 0.9], [0.0, 1.0, 2.0]])

    assert Box().inside(values).all()
    assert Box((Restriction(0, low=0.5),)).inside(values).tolist() == [False, True, True]
    assert Box((Restriction(0, low=0.5), Restriction(1, kept=(0, 1)))).inside(values).tolist() == [
        False,
        True,
        False,
    ]


def test_bounds_put_together_are_the_tighter_ones():
    parts = (
        Restriction(1, low=0.2), Restriction(0, kept=(0, 1)), Restriction(1, low=0.3), Restriction(1, high=0.9),
        Restriction(0, kept=(1, 2)),
    )  # fmt: skip

    assert box_of(parts) == Box((Restriction(0, kept=(1,)), Restriction(1, low=0.3, high=0.9)))


@pytest.mark.parametrize("scale", [1.0, -1.0, 1e-7, 12345.6])
def test_quotable_bounds_have_few_digits_and_hold_the_same_worlds(scale: float):
    values = scale * np.random.default_rng(1).random((2, 300))
    ordered = np.sort(values, axis=1)
    box = Box((Restriction(0, low=float(ordered[0, 200])), Restriction(1, high=float(ordered[1, 117]))))

    said = quotable(box, values)

    np.testing.assert_array_equal(said.inside(values), box.inside(values))
    assert len(f"{said.of(0).low:.12g}".strip("-").replace(".", "").strip("0").split("e")[0]) <= 5
    assert said.of(0) != box.of(0)


def test_a_bound_between_close_values_keeps_the_digits_it_needs():
    values = np.array([[1.0, 1.00001, 1.00002]])

    said = quotable(Box((Restriction(0, low=1.00001),)), values)

    assert said.inside(values).tolist() == [False, True, True]


def test_moving_a_box_puts_its_restrictions_where_the_inputs_stand_in_the_longer_list():
    box = Box((Restriction(0, low=1.0), Restriction(1, high=2.0)))

    assert box.moved((7, 3)) == Box((Restriction(3, high=2.0), Restriction(7, low=1.0)))
