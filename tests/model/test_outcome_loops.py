"""The compiled loops of outcomes give the means and counts that are written here with NumPy."""

import numpy as np
import pytest

from wbsim.model.geography import geography
from wbsim.model.measure import dyad_trust, pairs_mean
from wbsim.model.rules import basics, outcome_loops

WORLDS = 6


@pytest.fixture
def chance():
    return np.random.default_rng(8)


def mean(x, axis=-1):
    return basics.total(x, axis) / x.shape[axis]


def test_citizens_outcomes_are_means_over_states_and_pairs_and_the_worst_pair(chance):
    shares = chance.uniform(size=(WORLDS, 6, 15)).astype(np.float32)
    found = outcome_loops.of_citizens(shares, geography().first, geography().second)
    exact = shares.astype(float)
    trust = dyad_trust(exact)
    expected = [mean(trust), trust.min(axis=1), mean(mean(exact[:, :, :5])), *mean(exact, 1)[:, 11:].T]
    assert np.array_equal(found, expected)
    shares[2, 0, 6] = np.nan
    spoiled = outcome_loops.of_citizens(shares, geography().first, geography().second)
    assert np.isnan(spoiled[:2, 2]).all()
    assert np.array_equal(np.delete(spoiled, 2, axis=1), np.delete(found, 2, axis=1))


def test_pairs_outcomes_leave_out_what_a_state_has_with_itself(chance):
    three = chance.uniform(size=(3, WORLDS, 6, 6))
    found = outcome_loops.of_pairs(*three)
    assert np.array_equal(found, [pairs_mean(each) for each in three])


def test_states_outcomes_are_means_and_counts(chance):
    ratio, delivery = chance.uniform(size=(WORLDS, 6, 5)), chance.uniform(size=(WORLDS, 5))
    posture, usual, staff = chance.uniform(0.5, 2.0, size=(3, WORLDS, 6))
    inclusive = chance.uniform(0.2, 1.0, size=(WORLDS, 6, 6))
    inclusive[:3] = np.maximum(inclusive[:3], 0.25)
    inclusive[0, 2, 2] = 0.0  # nobody has a channel to oneself
    severity = np.round(chance.uniform(size=(WORLDS, 15)))
    delivery[0, 0] = 0.5
    found, threats = outcome_loops.of_states(
        ratio, posture, usual, staff, inclusive, 0.25, delivery, 0.5, 3, severity
    )
    expected = [
        mean(mean(ratio)),
        mean(posture / usual),
        basics.total(staff, 1),
        basics.total(basics.total(np.minimum(inclusive / 0.25, 1.0) * basics.OTHERS, 2), 1) / 30.0,
        mean(delivery),
        np.sort(np.minimum(delivery / 0.5, 1.0), axis=1)[:, 2:].sum(axis=1) / 3.0,
        (severity > 0.0).sum(axis=1),
    ]
    for place, each in enumerate(expected):
        np.testing.assert_allclose(found[place], each, rtol=1e-14)
    assert np.array_equal(threats, mean(ratio, 1).T)
    assert (found[3, :3] == 1.0).all() and (found[3] < 1.0).any()
