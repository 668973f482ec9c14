"""Shares of an effect's variance: toy effects whose shares are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from wbsim.statistics.origins import Order, Parts, contributions, parts, rotations

Values = NDArray[np.float64]
WORLDS = 40_000


def split(effect: Callable[[Values], Values], groups: int, orders: tuple[Order, ...], seed: int = 1) -> Parts:
    """The shares of `effect` of standard normal inputs (groups, worlds), world k following order k in turn."""
    own, other = np.random.default_rng(seed).standard_normal((2, groups, WORLDS))
    found = []
    for number, order in enumerate(orders):
        mine = np.arange(WORLDS) % len(orders) == number
        steps = []
        for count in range(groups + 1):
            x = own[:, mine].copy()
            x[list(order[:count])] = other[list(order[:count])][:, mine]
            steps.append(effect(x))
        found.append(contributions(np.array(steps), order))
    shares = parts(np.concatenate(found, axis=1))
    assert shares is not None
    return shares


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_of_a_sum_each_group_has_the_share_of_its_variance(order: Order) -> None:
    found = split(lambda x: 3 * x[0] + 2 * x[1] + x[2], 3, (order,))
    assert found.shares == pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=0.02)
    assert found.variance == pytest.approx(14, rel=0.03)
    assert (np.abs(found.shares - np.array([9, 4, 1]) / 14) < 4 * found.mcse).all()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_an_interaction_of_two_is_halved_whatever_the_order(order: Order) -> None:
    """x0 + x1 x2 has variance 2: one of x0 alone, one that x1 and x2 make together."""
    found = split(lambda x: x[0] + x[1] * x[2], 3, (order,))
    assert found.shares == pytest.approx([0.5, 0.25, 0.25], abs=0.03)


def test_an_interaction_of_three_is_shared_by_the_ends_of_one_order_and_by_all_over_the_rotations() -> None:
    """x0 x1 x2: one order and its reverse give the middle nothing; Shapley's share is a third."""
    together = lambda x: x[0] * x[1] * x[2]  # noqa: E731
    assert split(together, 3, ((0, 1, 2),)).shares == pytest.approx([0.5, 0.0, 0.5], abs=0.06)
    assert split(together, 3, rotations(3)).shares == pytest.approx([1 / 3] * 3, abs=0.06)


def test_a_group_that_does_nothing_has_exactly_nothing() -> None:
    found = split(lambda x: x[0] ** 3, 2, ((1, 0),))
    assert found.shares.tolist() == [1.0, 0.0]
    assert found.mcse.tolist() == pytest.approx([0.0, 0.0], abs=1e-12)


@given(st.integers(2, 6), st.integers(2, 40), st.integers(0, 2**32))
def test_shares_sum_to_one_and_contributions_to_half_the_squared_difference(
    groups: int, worlds: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    steps = generator.standard_normal((groups + 1, worlds))
    order = tuple(int(n) for n in generator.permutation(groups))
    found = contributions(steps, order)
    assert found.sum(axis=0) == pytest.approx(0.5 * (steps[-1] - steps[0]) ** 2)
    shares = parts(found)
    assert shares is not None and shares.shares.sum() == pytest.approx(1.0)


def test_one_order_seen_from_its_end_is_the_reverse_order() -> None:
    """The same runs serve both: their average does not change when all worlds change places with the redrawn ones."""
    steps = np.random.default_rng(2).standard_normal((5, 9))
    order = (2, 0, 3, 1)
    assert contributions(steps, order) == pytest.approx(contributions(steps[::-1], order[::-1]))


def test_the_jackknife_tells_how_far_shares_differ_between_samples_of_worlds() -> None:
    def sample(seed: int) -> Parts:
        own, other = np.random.default_rng(seed).standard_normal((2, 2, 64))
        steps = np.array([2 * own[0] + own[1], 2 * other[0] + own[1], 2 * other[0] + other[1]])
        found = parts(contributions(steps, (0, 1)))
        assert found is not None
        return found

    many = [sample(seed) for seed in range(300)]
    spread = np.std([each.shares[0] for each in many])
    assert np.mean([each.mcse[0] for each in many]) == pytest.approx(spread, rel=0.15)


def test_nothing_is_said_where_nothing_differs_or_of_one_world() -> None:
    assert parts(np.zeros((3, 20))) is None
    assert parts(np.ones((3, 1))) is None


def test_where_one_world_alone_differs_the_error_is_not_known() -> None:
    contributed = np.zeros((2, 20))
    contributed[:, 7] = [1.0, 3.0]
    found = parts(contributed)
    assert found is not None
    assert found.shares.tolist() == [0.25, 0.75] and np.isinf(found.mcse).all()


@pytest.mark.parametrize("order", [(0, 1), (0, 1, 1), (0, 1, 3)])
def test_an_order_holds_every_group_once(order: Order) -> None:
    with pytest.raises(ValueError, match="every group once"):
        contributions(np.zeros((4, 5)), order)


def test_rotations_give_every_group_every_place_once() -> None:
    found = rotations(4)
    assert all(sorted(order[place] for order in found) == [0, 1, 2, 3] for place in range(4))
