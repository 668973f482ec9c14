from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.discovery.figures import figures_of


def test_the_correlation_is_that_of_two_columns_of_zeros_and_ones():
    generator = np.random.default_rng(1)
    inside, cases = generator.random(200) < 0.3, generator.random(200) < 0.6

    assert figures_of(inside, cases).correlation == pytest.approx(np.corrcoef(inside, cases)[0, 1])


def test_what_is_undefined_is_none_and_never_nan():
    some = np.array([True, False])
    empty = figures_of(np.zeros(2, bool), np.zeros(2, bool))

    assert (empty.density, empty.coverage, empty.correlation) == (None, None, 0.0)
    assert figures_of(np.ones(2, bool), some).correlation == 0.0
    assert figures_of(np.zeros(0, bool), np.zeros(0, bool)).mass is None
