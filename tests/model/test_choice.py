"""Choices among items with noise, against the definition."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.model.choice import first_choice, second_choice


@given(st.lists(st.floats(-30.0, 30.0), min_size=2, max_size=5))
def test_choices_agree_with_brute_force_over_all_rankings(values: list[float]) -> None:
    """Plackett-Luce: the chance of a ranking is the product of each choice among those that are left."""
    weights = np.exp(np.array(values) - max(values))
    first, second = np.zeros(len(values)), np.zeros(len(values))
    for order in permutations(range(len(values))):
        chance = 1.0
        for place in range(len(order) - 1):
            chance *= weights[order[place]] / weights[list(order[place:])].sum()
        first[order[0]] += chance
        second[order[1]] += chance
    utilities = np.array(values)[None, :, None]
    assert first_choice(utilities)[0, :, 0] == pytest.approx(first, abs=1e-12)
    assert second_choice(utilities)[0, :, 0] == pytest.approx(second, abs=1e-12)


def test_a_sure_winner_leaves_the_second_place_to_the_rest() -> None:
    utilities = np.array([900.0, 1.0, 0.0])[None, :, None]
    assert first_choice(utilities)[0, :, 0] == pytest.approx([1.0, 0.0, 0.0])
    # Weights below the smallest that are told apart are equal; nothing is lost or undefined.
    assert second_choice(utilities)[0, :, 0] == pytest.approx([0.0, 0.5, 0.5])
