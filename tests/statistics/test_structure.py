"""Effects by group of worlds, and the variance that lies between groups: worked by hand, planted, without bias."""

import numpy as np
import pytest

from wbsim.statistics.structure import (
    LEAST_WORLDS,
    Contrast,
    between_groups,
    contrasts,
    effects_by_group,
    verdict,
)


def test_each_group_has_the_effect_of_its_own_worlds():
    policy = np.array([0.5, 0.3, 0.1, 0.9])
    baseline = np.array([0.3, 0.3, 0.2, 0.2])
    one, other, none = effects_by_group(policy, baseline, np.array([0, 0, 1, 1]), 3, "higher", 0.15)
    assert (one.worlds, one.better, one.worse) == (2, 1, 0)
    assert one.difference.mean == pytest.approx(0.1)
    assert one.difference.p_practical_better == 0.5
    assert (other.worlds, other.better, other.worse) == (2, 1, 1)
    assert other.difference.mean == pytest.approx(0.3)
    assert (none.worlds, none.difference.mean) == (0, None)


def test_fewer_crises_are_better():
    (found,) = effects_by_group(np.array([1.0, 2.0]), np.array([3.0, 1.0]), np.array([0, 0]), 1, "lower", 0.5)
    assert (found.better, found.worse) == (1, 1)


def test_the_contrast_of_two_groups_has_the_error_of_two_independent_means():
    rng = np.random.default_rng(1)
    effect = np.concatenate([rng.normal(0.0, 1.0, 400), rng.normal(1.0, 2.0, 100)])
    groups = np.repeat([1, 0], [400, 100])
    (found,) = contrasts(effect, groups, 2)
    assert (found.low, found.high) == (1, 0)
    assert found.apart == pytest.approx(effect[400:].mean() - effect[:400].mean())
    errors = [np.std(each, ddof=1) / np.sqrt(each.size) for each in (effect[:400], effect[400:])]
    assert found.mcse == pytest.approx(np.sqrt(errors[0] ** 2 + errors[1] ** 2))


def test_a_group_of_few_worlds_is_compared_with_none():
    groups = np.repeat([0, 1, 2], [20, LEAST_WORLDS - 1, 20])
    found = contrasts(np.arange(groups.size, dtype=float), groups, 3)
    assert [(each.low, each.high) for each in found] == [(0, 2)]


@pytest.mark.parametrize(
    ("apart", "mcse", "expected"),
    [
        (0.05, 0.01, "matters"),
        (0.05, 0.02, "unsure"),  # beyond the margin, but not beyond three errors
        (0.011, 0.001, "matters"),
        (0.009, 0.0001, "does not matter"),  # clearly there, and smaller than what counts
        (0.001, 0.002, "does not matter"),
        (0.001, 0.004, "unsure"),
    ],
)
def test_a_choice_matters_beyond_error_and_margin(apart, mcse, expected):
    assert verdict((Contrast(0, 1, apart, mcse),), 2, 0.01) == expected


def test_what_could_not_be_compared_is_unsure():
    same = Contrast(0, 1, 0.0, 0.0)
    assert verdict((same,), 2, 0.01) == "does not matter"
    assert verdict((same,), 3, 0.01) == "unsure"
    assert verdict((), 2, 0.01) == "unsure"


def test_variance_between_groups_worked_by_hand():
    """Means 1 and 3 of two worlds each, variance 2 in both: spread 1, of which chance adds (1/2 · 2 + 1/2 · 2) / 4."""
    found = between_groups(np.array([0.0, 2.0, 2.0, 4.0]), np.array([5, 5, 7, 7]))
    assert found is not None
    assert found.variance == pytest.approx(0.5)
    assert found.within == pytest.approx(2.0)
    assert found.share == pytest.approx(0.2)


def estimates(sizes, means, spreads, repeats=1500):
    """Estimates of the variance between groups over many samples."""
    rng = np.random.default_rng(3)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    found = []
    for _ in range(repeats):
        each = between_groups(rng.normal(np.repeat(means, sizes), np.repeat(spreads, sizes)), groups)
        assert each is not None
        found.append(each.variance)
    return np.array(found)


@pytest.mark.parametrize("means", [(0.0, 0.0, 0.0), (0.0, 0.5, 1.0)])
def test_the_estimate_is_without_bias_also_where_groups_vary_differently(means):
    sizes, spreads = (4, 8, 20), (2.0, 1.0, 0.5)
    weights = np.array(sizes) / sum(sizes)
    truth = weights @ (np.array(means) - weights @ np.array(means)) ** 2
    found = estimates(sizes, means, spreads)
    assert found.mean() == pytest.approx(truth, abs=4 * found.std() / np.sqrt(found.size))
    # What is not taken off would be seen: chance alone adds this much.
    by_chance = ((1 - weights) @ np.array(spreads) ** 2) / sum(sizes)
    assert by_chance > 8 * found.std() / np.sqrt(found.size)


def test_the_error_of_the_share_is_that_of_repeated_samples():
    rng = np.random.default_rng(5)
    groups = np.tile([0, 1, 2, 3], 60)
    shares, errors = [], []
    for _ in range(200):
        found = between_groups(rng.normal(0.5 * (groups % 2), 1.0), groups)
        assert found is not None
        shares.append(found.share)
        errors.append(found.mcse)
    assert np.mean(errors) == pytest.approx(np.std(shares), rel=0.2)


def test_the_share_is_not_below_nil_and_grows_with_what_is_planted():
    rng = np.random.default_rng(7)
    groups = rng.integers(0, 12, 2000)
    noise = rng.normal(0.0, 1.0, 2000)
    shares = []
    for size in (0.0, 0.5, 1.0):
        found = between_groups(noise + size * (groups % 2), groups)
        assert found is not None and 0.0 <= found.share <= 1.0
        shares.append(found.share)
    assert shares[0] < 0.02
    assert shares[1] == pytest.approx(0.0625 / 1.0625, abs=0.03)
    assert shares[2] == pytest.approx(0.25 / 1.25, abs=0.05)


def test_where_nothing_can_be_told_there_is_no_share():
    assert between_groups(np.full(40, 0.3), np.arange(40) % 2) is None
    assert between_groups(np.arange(40.0), np.zeros(40, np.int64)) is None
    assert between_groups(np.arange(3.0), np.arange(3)) is None


def test_groups_that_hold_everything_take_the_whole_variance():
    found = between_groups(np.tile([0.0, 1.0], 50), np.tile([0, 1], 50))
    assert found is not None
    assert (found.share, found.within) == (1.0, 0.0)
