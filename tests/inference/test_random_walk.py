"""Walks between and beyond the months in which they are known."""

import numpy as np
import pytest

from wbsim.inference.random_walk import Walk, value_at

NORMAL = np.random.default_rng(3).standard_normal(60_000)
NODES = np.array([100.0, 112.0, 136.0])
VALUES = np.broadcast_to([0.0, 1.0, -1.0], (60_000, 3))


def test_a_walk_is_what_it_is_where_it_is_known():
    for node, value in zip(NODES, VALUES[0], strict=True):
        assert (value_at(node, NODES, VALUES, NORMAL) == value).all()


def test_it_goes_on_from_its_ends_in_both_directions_of_time():
    later = value_at(160.0, NODES, VALUES, NORMAL)
    assert (later.mean(), later.var()) == (pytest.approx(-1.0, abs=0.03), pytest.approx(2.0, rel=0.03))
    earlier = value_at(94.0, NODES, VALUES, NORMAL)
    assert (earlier.mean(), earlier.var()) == (pytest.approx(0.0, abs=0.03), pytest.approx(0.5, rel=0.03))


def test_between_two_months_it_is_a_bridge():
    """Against walks that were walked: those that end near where this one does."""
    found = value_at(118.0, NODES, VALUES, NORMAL)
    generator = np.random.default_rng(5)
    first = 1.0 + generator.standard_normal(400_000) * np.sqrt(6 / 12)
    last = first + generator.standard_normal(400_000) * np.sqrt(18 / 12)
    near = first[np.abs(last + 1.0) < 0.03]
    assert found.mean() == pytest.approx(near.mean(), abs=0.04)
    assert found.var() == pytest.approx(near.var(), rel=0.05)


def test_values_are_the_sums_of_the_steps_that_figures_load_on():
    month = np.array([100.0, 136.0, 112.0, 112.0, 100.0])
    walk = Walk.of(0, None, month, np.array([1.0, 2.0, -1.0, 1.0, 0.0]))
    steps = np.random.default_rng(1).standard_normal((4, 2))
    values = walk.values(steps)
    assert walk.nodes.tolist() == NODES.tolist()
    expected = np.stack([values[:, 0], 2 * values[:, 2], -values[:, 1], values[:, 1], 0 * values[:, 0]])
    np.testing.assert_allclose(walk.loadings() @ steps.T, expected)
