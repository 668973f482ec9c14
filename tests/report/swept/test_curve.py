"""Curves, steps and what is best, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.report.swept.best import best_of
from wbsim.report.swept.curve import Step, curve_of, step_of

RANDOM = np.random.default_rng(1)


def test_a_stop_of_one_point_has_the_figures_of_its_worlds():
    values = RANDOM.normal(size=(2, 50))
    curve = curve_of(values, [np.array([1])])

    assert curve.mean[0] == pytest.approx(values[1].mean())
    assert (curve.low[0], curve.high[0]) == tuple(np.quantile(values[1], (0.05, 0.95)))
    assert curve.error[0] == pytest.approx(values[1].std(ddof=1) / np.sqrt(50))


def test_all_points_at_once_are_as_one_by_one():
    values = RANDOM.normal(size=(6, 20))
    stops = [np.array([n]) for n in range(6)]
    with_gap = np.vstack([values, np.full((1, 20), np.nan)])
    together, apart = curve_of(values, stops), curve_of(with_gap, stops)

    for name in ("mean", "low", "high", "error"):
        np.testing.assert_allclose(getattr(together, name), getattr(apart, name))


def test_worlds_are_shared_by_points_so_that_more_points_make_no_error_smaller():
    world = RANDOM.normal(size=200)
    same = np.tile(world, (30, 1))
    one, many = curve_of(same, [np.array([0])]), curve_of(same, [np.arange(30)])

    assert many.error[0] == pytest.approx(one.error[0])


def test_points_that_are_drawn_add_an_error_of_their_own():
    points = RANDOM.normal(size=(25, 1)) + np.zeros((25, 40))
    fixed, drawn = (curve_of(points, [np.arange(25)], drawn=each) for each in (False, True))

    assert fixed.error[0] == pytest.approx(0.0, abs=1e-12)
    assert drawn.error[0] == pytest.approx(points[:, 0].std(ddof=1) / 5)


def test_worlds_that_are_missing_are_left_out():
    values = np.array([[1.0, np.nan, 3.0]])
    assert curve_of(values, [np.array([0])]).mean[0] == 2.0
    assert np.isnan(curve_of(np.full((1, 3), np.nan), [np.array([0])]).mean[0])


def test_one_world_has_no_error():
    assert np.isnan(curve_of(np.ones((1, 1)), [np.array([0])]).error[0])


def test_steps_are_taken_within_worlds():
    start = RANDOM.normal(scale=10.0, size=60)
    step = step_of(np.array([start, start + 0.5]), np.array([0]), np.array([1]))

    assert step.mean == pytest.approx(0.5) and step.error == pytest.approx(0.0, abs=1e-12)


def test_telling_apart_takes_more_where_it_was_picked_from_many():
    step = Step(2.5, 0.0, 5.0, 1.0)
    assert step.told_apart() and not step.told_apart(pairs=10)
    assert not Step(1.9, 0.0, 5.0, 1.0).told_apart()
    assert not Step(np.nan, np.nan, np.nan, np.nan).told_apart()
    assert not Step(1.0, 1.0, 1.0, np.nan).told_apart()  # one world


def test_the_best_is_decided_where_it_leads_by_two_errors():
    base = RANDOM.normal(size=100)
    values = np.stack([
        np.stack([base, base + 1.0, base + RANDOM.normal(scale=0.01, size=100)]),
        np.stack([base, base + RANDOM.normal(scale=1.0, size=100) * 1e-3, base - 1.0]),
    ])  # fmt: skip
    values[1, 1] -= values[1, 1].mean() - base.mean() - 1e-6  # a lead far below its error
    found = best_of(values, "higher", [np.array([0]), np.array([1])])

    assert found.scenario.tolist() == [1, 1] and found.decided.tolist() == [True, False]
    np.testing.assert_allclose(found.shares[0], [0, 1, 0])
    assert best_of(values, "lower", [np.array([1])]).scenario.tolist() == [2]


def test_scenarios_that_are_the_same_share_and_nothing_is_decided():
    found = best_of(np.ones((1, 2, 5)), "higher", [np.array([0])])
    assert not found.decided[0] and found.shares[0].tolist() == [0.5, 0.5]
    assert best_of(np.full((1, 2, 5), np.nan), "higher", [np.array([0])]).scenario.tolist() == [-1]
