"""Morris: the exact measures of Ishigami on the grid, chance told apart, intervals that hold the truth."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.statistics.sensitivity.known import ishigami
from wbsim.statistics.sensitivity.elementary import LEVELS, effects, morris, trajectories
from wbsim.statistics.sensitivity.finite import MissingError


def exact() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """mu, mu* and sigma of Ishigami over the whole grid, every point and factor enumerated."""
    strips = (np.arange(LEVELS) + 0.5) / LEVELS
    grid = np.array(list(itertools.product(strips, repeat=3)))
    found = []
    for factor in range(3):
        low = grid[grid[:, factor] < 0.5]
        high = low.copy()
        high[:, factor] += 0.5
        found.append(ishigami(high) - ishigami(low))
    each = np.array(found)
    return each.mean(axis=1), np.abs(each).mean(axis=1), each.std(axis=1)


def test_every_step_moves_one_factor_by_half_of_its_probability():
    unit = trajectories(5, 30, 1)

    moves = np.diff(unit, axis=1)
    assert unit.shape == (30, 6, 5)
    assert set(np.unique(unit)) <= {0.125, 0.375, 0.625, 0.875}
    assert (np.sort(np.abs(moves), axis=2) == [0, 0, 0, 0, 0.5]).all()
    assert (np.abs(moves).sum(axis=1) == 0.5).all()


def test_effects_are_of_moves_upwards_whichever_way_a_step_went():
    unit = trajectories(3, 50, 2)
    values = (unit @ np.array([2.0, -4.0, 0.0]))[..., None]

    assert np.allclose(effects(unit, values)[..., 0], [1.0, -2.0, 0.0])


def test_ishigami_measures_on_the_grid():
    unit = trajectories(3, 4000, 3)
    found = morris(unit, ishigami(unit)[..., None], 1, 50)
    mu, mu_star, sigma = exact()

    assert np.allclose(found.mu, mu, atol=0.15)
    assert np.allclose(found.mu_star, mu_star, rtol=0.02, atol=0.02)
    assert np.allclose(found.sigma, sigma, rtol=0.03, atol=0.02)
    assert found.floor is None


def test_chance_that_differs_by_point_is_taken_off_sigma_and_told_as_the_floor():
    unit = trajectories(2, 400, 4)
    noise = np.random.default_rng(1).normal(0.0, 1.0, (400, 3, 8))
    values = (unit @ np.array([2.0, 0.0]))[..., None] + noise

    found = morris(unit, values, 1, 99)

    # An effect is a difference of two points, each the mean of 8 worlds: variance 2 / 8.
    expected = np.sqrt(2.0 / np.pi) * np.sqrt(2.0 / 8.0)
    assert found.floor is not None
    assert np.allclose(found.floor, expected, rtol=0.08)
    assert found.mu_star[1] == pytest.approx(expected, rel=0.15)  # a factor that does nothing
    assert (found.sigma < 0.25).all()  # uncorrected it would be 0.5
    assert (found.mu_interval[0, 0] < 1.0) and (found.mu_interval[0, 1] > 1.0)


def test_luck_that_a_world_has_everywhere_cancels():
    unit = trajectories(2, 60, 5)
    luck = 100.0 * np.random.default_rng(2).normal(size=4)
    values = (unit @ np.array([2.0, 1.0]))[..., None] + luck

    found = morris(unit, values, 1, 20)

    assert np.allclose(found.mu, [1.0, 0.5])
    assert np.allclose(found.floor, 0.0, atol=1e-10)


def test_intervals_of_mu_hold_the_truth_about_nine_times_in_ten():
    mu, _, _ = exact()
    held = []
    for seed in range(60):
        unit = trajectories(3, 40, seed)
        found = morris(unit, ishigami(unit)[..., None], seed, 199)
        held.append((found.mu_interval[:, 0] <= mu + 1e-12) & (mu - 1e-12 <= found.mu_interval[:, 1]))

    assert 0.8 < np.mean(held) < 0.97


def test_trajectories_with_missing_values_are_dropped_and_counted():
    unit = trajectories(3, 40, 6)
    values = ishigami(unit)[..., None].copy()
    values[5, 2, 0] = np.nan

    found = morris(unit, values, 1, 20)
    assert (found.trajectories, found.dropped) == (39, 1)
    assert np.isfinite(found.mu_star).all()

    values[:3] = np.nan
    with pytest.raises(MissingError):
        morris(unit, values, 1, 20)


def test_one_trajectory_has_no_spread():
    unit = trajectories(3, 1, 7)
    with pytest.raises(ValueError, match="two trajectories"):
        morris(unit, ishigami(unit)[..., None], 1)


def test_mu_star_is_that_of_salib():
    analyze = pytest.importorskip("SALib.analyze.morris")
    unit = trajectories(3, 25, 8)
    values = ishigami(unit)

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    theirs = analyze.analyze(problem, unit.reshape(-1, 3), values.ravel(), num_levels=4)
    ours = morris(unit, values[..., None], 1, 5)

    # SALib divides by the step of 2 / 3 that it assumes; ours is the change itself, for a step of 1 / 2.
    assert np.allclose(ours.mu_star, np.asarray(theirs["mu_star"]) * 2.0 / 3.0)
    assert np.allclose(ours.mu, np.asarray(theirs["mu"]) * 2.0 / 3.0)
