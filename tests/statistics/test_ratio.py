"""A share of sums over worlds."""

import numpy as np
import pytest

from wbsim.statistics.ratio import pooled_share


def test_sums_are_divided_and_not_shares_averaged():
    found = pooled_share(np.array([1.0, 0.0, 9.0]), np.array([1.0, 0.0, 19.0]))
    assert found is not None and found.value == pytest.approx(0.5)


def test_without_anything_to_divide_by_there_is_no_share():
    assert pooled_share(np.zeros(4), np.zeros(4)) is None
    assert pooled_share(np.zeros(0), np.zeros(0)) is None


def test_one_world_has_no_error():
    found = pooled_share(np.array([1.0]), np.array([4.0]))
    assert found is not None and (found.value, found.mcse) == (0.25, None)


def test_the_error_is_the_scatter_of_repeated_samples():
    generator = np.random.default_rng(5)
    values, errors = [], []
    for _ in range(400):
        whole = generator.poisson(8.0, 200).astype(float)
        found = pooled_share(generator.binomial(whole.astype(int), 0.35).astype(float), whole)
        assert found is not None and found.mcse is not None
        values.append(found.value)
        errors.append(found.mcse)
    assert np.mean(values) == pytest.approx(0.35, abs=0.003)
    assert np.mean(errors) == pytest.approx(np.std(values), rel=0.1)
