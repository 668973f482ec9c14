"""Shapley values of games that are worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.statistics.shapley import coalitions_of, sampled_orders, shapley, shapley_sampled


def game(players: int, value) -> np.ndarray:
    members = lambda c: {i for i in range(players) if c >> i & 1}  # noqa: E731
    return np.array([float(value(members(c))) for c in range(1 << players)])


def test_in_an_additive_game_each_gets_what_it_adds() -> None:
    worth = (3.0, -1.0, 0.5, 0.0)
    np.testing.assert_allclose(shapley(game(4, lambda s: sum(worth[i] for i in s))), worth, atol=1e-15)


def test_the_glove_game() -> None:
    """Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1 (Shapley & Shubik 1969).

    Of the six orders, player 0 completes a pair in all but those in which it comes first (2): 4/6. Player 1
    completes one only where 0 comes before it and 2 after: 1/6.
    """
    gloves = game(3, lambda s: 0 in s and bool(s & {1, 2}))
    np.testing.assert_allclose(shapley(gloves), [4 / 6, 1 / 6, 1 / 6])


def test_an_interaction_is_shared_evenly_and_a_null_player_gets_nothing() -> None:
    both = game(3, lambda s: 6.0 * ({0, 1} <= s) + 1.0 * (0 in s))
    np.testing.assert_allclose(shapley(both), [4.0, 3.0, 0.0])


def test_what_the_empty_coalition_has_is_nobodys() -> None:
    np.testing.assert_allclose(shapley(10.0 + game(2, len)), [1.0, 1.0])


def test_one_player_gets_all_and_none_gets_nothing() -> None:
    np.testing.assert_allclose(shapley(np.array([2.0, 5.0])), [3.0])
    assert shapley(np.array([7.0])).shape == (0,)


def test_three_values_are_no_game() -> None:
    with pytest.raises(ValueError, match=r"2\*\*n values; there are 3"):
        shapley(np.zeros(3))


@given(st.integers(1, 5), st.integers(0, 10_000))
def test_shares_sum_to_the_whole_world_by_world(players: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(1 << players, 4, 2))
    shares = shapley(values)
    assert shares.shape == (players, 4, 2)
    np.testing.assert_allclose(shares.sum(axis=0), values[-1] - values[0], atol=1e-12)


@given(st.integers(0, 1000))
def test_sampled_shares_sum_to_the_whole_too(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(1 << 4, 3))
    orders = sampled_orders(4, 6, seed)
    needed = {c: values[c] for c in coalitions_of(orders)}
    shares, pairs = shapley_sampled(needed, orders)
    np.testing.assert_allclose(shares.sum(axis=0), values[-1] - values[0], atol=1e-12)
    np.testing.assert_allclose(pairs.mean(axis=0), shares)


def test_sampled_shares_approach_the_exact_ones() -> None:
    values = np.random.default_rng(1).normal(size=1 << 5)
    orders = sampled_orders(5, 4000, 1)
    shares, pairs = shapley_sampled({c: values[c] for c in range(1 << 5)}, orders)
    error = pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs))
    assert (np.abs(shares - shapley(values)) < 4 * error).all()
    assert error.max() < 0.05


def test_orders_are_the_same_for_the_same_seed_and_come_with_their_reverse() -> None:
    orders = sampled_orders(7, 8, 3)
    assert orders == sampled_orders(7, 8, 3) != sampled_orders(7, 8, 4)
    assert all(one == other[::-1] for one, other in zip(orders[::2], orders[1::2], strict=True))
    assert coalitions_of(((0, 1, 2),)) == (0, 1, 3, 7)
    with pytest.raises(ValueError, match="even"):
        sampled_orders(3, 5, 1)
