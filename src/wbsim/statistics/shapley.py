"""Shapley values: what each of n players adds to a whole, fair to all orders in which they may come (Shapley 1953).

A coalition is a whole number whose bit i says whether player i is in. Values may be arrays (one number a world and
outcome, say): every function works on them element by element, and the shares of all players sum to the value of the
grand coalition less that of the empty one, up to rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Order = tuple[int, ...]


def shapley(values: Values) -> Values:
    """Exact Shapley values (n, ...) of the game `values` (2**n, ...), whose row c is the value of coalition c.

    φ_i = Σ_S |S|! (n − |S| − 1)! / n! · [v(S ∪ i) − v(S)] over the coalitions S without i. ValueError if the number
    of rows is no power of two.
    """
    values = np.asarray(values, dtype=float)
    rows = len(values)
    players = rows.bit_length() - 1
    if rows != 1 << players:
        raise ValueError(f"a game of n players has 2**n values; there are {rows}")
    shares = np.zeros((players, *values.shape[1:]))
    for player in range(players):
        for coalition in range(rows):
            if coalition >> player & 1:
                continue
            weight = 1.0 / (players * comb(players - 1, coalition.bit_count()))
            shares[player] += weight * (values[coalition | 1 << player] - values[coalition])
    return shares


def sampled_orders(players: int, count: int, seed: int) -> tuple[Order, ...]:
    """`count` random orders of the players, each followed by its reverse (antithetic: half of the noise cancels).

    ValueError for an odd `count`.
    """
    if count < 2 or count % 2:
        raise ValueError(f"orders come in pairs; {count} is no even number from 2 on")
    generator = np.random.default_rng(seed)
    orders: list[Order] = []
    for _ in range(count // 2):
        order = tuple(map(int, generator.permutation(players)))
        orders += [order, order[::-1]]
    return tuple(orders)


def coalitions_of(orders: Sequence[Order]) -> tuple[int, ...]:
    """The coalitions that `orders` pass through, each once, in ascending order: the runs that they need."""
    found = {0}
    for order in orders:
        coalition = 0
        for player in order:
            coalition |= 1 << player
            found.add(coalition)
    return tuple(sorted(found))


def shapley_sampled(values: Mapping[int, Values], orders: Sequence[Order]) -> tuple[Values, Values]:
    """Estimated Shapley values (n, ...) over `orders` in pairs, and what each pair gives, (pairs, n, ...).

    Unbiased over orders, and the shares sum to the whole in every one of them (Castro, Gómez & Tejada 2009).
    """
    players = len(orders[0])
    first = np.asarray(values[0], dtype=float)
    pairs = np.zeros((len(orders) // 2, players, *first.shape))
    for number, order in enumerate(orders):
        coalition = 0
        for player in order:
            bigger = coalition | 1 << player
            pairs[number // 2, player] += 0.5 * (values[bigger] - values[coalition])
            coalition = bigger
    return pairs.mean(axis=0), pairs
