"""Rank correlation as a product of standard ranks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from wbsim.statistics.ranks import restricted, standard_ranks


def test_ranks_are_centred_and_of_length_one():
    # Ranks 2, 1, 3 less their mean: 0, -1, 1, of length root 2.
    assert standard_ranks(np.array([[5.0, -1.0, 80.0]]))[0] == pytest.approx([0, -(0.5**0.5), 0.5**0.5])


def test_ties_share_their_mean_rank_as_in_spearmans_rho():
    x, y = np.array([[1.0, 2, 2, 3, 9, 9]]), np.array([[4.0, 1, 1, 0, 7, 2]])
    assert float(standard_ranks(x)[0] @ standard_ranks(y)[0]) == pytest.approx(
        spearmanr(x[0], y[0]).statistic
    )


def test_what_does_not_vary_has_no_correlation_and_no_nan():
    assert standard_ranks(np.full((1, 4), 2.0)).tolist() == [[0.0] * 4]
    assert standard_ranks(np.empty((3, 0))).shape == (3, 0)
    some = restricted(standard_ranks(np.array([[1.0, 1.0, 5.0, 6.0]])), np.array([True, True, False, False]))
    assert some.tolist() == [[0.0, 0.0]]


def test_some_worlds_are_standardised_again():
    ranks = standard_ranks(np.arange(6.0)[None, :])
    assert restricted(ranks, np.arange(6) < 3)[0] == pytest.approx([-(0.5**0.5), 0, 0.5**0.5])
