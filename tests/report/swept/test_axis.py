"""Axes of keys: values in their order, months, lists, bins, and the common point of one-at-a-time."""

from __future__ import annotations

import numpy as np

from wbsim.report.swept.axis import MOST_BINS, POINT, axis_of, moving_keys, places_of
from wbsim.sweeps.design import Design
from wbsim.sweeps.value import LEAVE


def test_numbers_stand_in_their_order_with_the_points_that_have_them():
    axis = axis_of(Design("grid", ("a", "b"), ((3.0, 1), (1.0, 1), (3.0, 2), (1.0, 2))), "a")

    assert axis.ordered and not axis.binned and not axis.log
    assert axis.labels == ("1", "3")
    assert [stop.points.tolist() for stop in axis.stops] == [[1, 3], [0, 2]]


def test_months_are_placed_by_their_distance():
    axis = axis_of(Design("grid", ("s",), (("2025-01",), ("2023-01",), ("2023-07",))), "s")

    assert axis.months and axis.labels == ("2023-01", "2023-07", "2025-01")
    np.testing.assert_array_equal(np.diff(axis.at), [6, 18])


def test_choices_sets_and_never_are_a_list():
    design = Design("grid", ("end",), (("never",), ("2030-01",), ("2026-01",)))
    assert axis_of(design, "end").labels == ("2026-01", "2030-01", "never")
    assert not axis_of(design, "end").ordered
    sets = Design("grid", ("m",), ((("SRB", "XKX"),), (("ALB", "SRB"),)))
    assert axis_of(sets, "m").labels == ("SRB+XKX", "ALB+SRB")


def test_many_drawn_values_are_gathered_and_no_point_is_lost():
    values = np.linspace(0.0, 1.0, 100) ** 2
    axis = axis_of(Design("sobol", ("a",), tuple((float(v),) for v in values)), "a")

    assert axis.binned and len(axis.stops) == MOST_BINS
    assert sorted(np.concatenate([stop.points for stop in axis.stops]).tolist()) == list(range(100))
    assert {len(stop.points) for stop in axis.stops} <= {12, 13}
    assert all(values[stop.points].min() <= stop.at <= values[stop.points].max() for stop in axis.stops)


def test_a_grid_is_never_gathered():
    points = tuple((float(v),) for v in range(40))
    assert len(axis_of(Design("grid", ("a",), points), "a").stops) == 40


def test_a_wide_range_of_positive_numbers_stands_on_a_logarithmic_axis():
    assert axis_of(Design("grid", ("a",), ((0.01,), (0.1,), (1.0,))), "a").log
    assert not axis_of(Design("grid", ("a",), ((0.0,), (0.1,), (1.0,))), "a").log
    even = tuple((float(n),) for n in range(1, 101))  # spans a hundredfold, and is evenly spread
    assert not axis_of(Design("grid", ("a",), even), "a").log


def test_one_at_a_time_keeps_the_common_point_apart_and_other_keys_points_away():
    points = ((LEAVE, LEAVE), (1.0, LEAVE), (2.0, LEAVE), (LEAVE, "x"), (LEAVE, "y"))
    axis = axis_of(Design("one-at-a-time", ("a", "b"), points), "a")

    assert axis.rest is not None and axis.rest.tolist() == [0]
    assert [stop.points.tolist() for stop in axis.stops] == [[1], [2]]


def test_points_of_a_list_are_an_axis_of_their_own():
    assert axis_of(Design("list", ("a", "b"), ((1, 5), (2, 5))), POINT).labels == ("0", "1")


def test_keys_that_stand_still_do_not_move():
    assert moving_keys(Design("grid", ("a", "b"), ((1, 5), (2, 5)))) == ("a",)


def test_points_that_share_a_place_of_a_list_lie_beside_each_other():
    design = Design("sobol", ("c",), (("x",), ("y",), ("x",)))
    places = places_of(design, "c")

    assert np.round(places).tolist() == [0, 1, 0] and places[0] != places[2]
