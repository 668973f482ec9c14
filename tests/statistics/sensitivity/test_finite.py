"""Missing values are dropped by name or refused, never taken for numbers."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.sensitivity.finite import MissingError, complete_blocks


def test_blocks_with_a_missing_value_are_left_out():
    values = np.ones((40, 3, 2))
    values[7, 1, 0], values[9, 2, 1] = np.nan, np.inf

    assert np.flatnonzero(~complete_blocks(values, "trajectories")).tolist() == [7, 9]


def test_more_than_a_twentieth_missing_is_refused_with_the_count():
    values = np.ones((40, 3))
    values[:3, 0] = np.nan

    with pytest.raises(MissingError, match="3 of 40 base points"):
        complete_blocks(values, "base points")
