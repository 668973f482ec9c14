"""Rank correlations over worlds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from wbsim.cooperation.ranks import spearman


def test_they_are_spearmans_with_ties_in_either() -> None:
    worlds = np.round(np.random.default_rng(1).normal(size=(20, 6)), 0)
    observed = np.array([6.5, 5.0, 6.0, 5.5, 6.0, 4.0])
    expected = [spearmanr(row, observed).statistic for row in worlds]
    assert spearman(worlds, observed) == pytest.approx(expected)


def test_a_world_whose_values_are_all_the_same_has_none() -> None:
    assert spearman(np.ones((1, 4)), np.arange(4.0)).tolist() == [0.0]


@pytest.mark.parametrize("observed", [[1.0, 2.0], [3.0, 3.0, 3.0]])
def test_too_few_or_equal_observed_values_are_refused(observed: list[float]) -> None:
    with pytest.raises(ValueError, match="three or more observed values"):
        spearman(np.ones((1, len(observed))), np.array(observed))
