import numpy as np
import pytest
from scipy.stats import bootstrap

from wbsim.statistics.effect import effect
from wbsim.statistics.intervals import wilson

BASELINE = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
POLICY = np.array([2.0, 2.0, 2.0, 4.5, 8.0])  # differences: 1, 0, -1, 0.5, 3


def test_an_effect_by_hand():
    figures = effect(POLICY, BASELINE, "higher", margin=0.5)

    assert figures is not None
    assert (figures.worlds, figures.mean, figures.median) == (5, pytest.approx(0.7), 0.5)
    assert (figures.q25, figures.q75) == (0.0, 1.0)  # sorted: -1, 0, 0.5, 1, 3
    assert (figures.q05, figures.q95) == (pytest.approx(-0.8), pytest.approx(2.6))
    assert (figures.better.share, figures.gain.share, figures.harm.share) == (0.7, 0.4, 0.2)
    assert figures.harm.monte_carlo == wilson(1, 5)
    assert figures.median_mc is None  # five worlds are too few
    assert not figures.no_difference


def test_lower_is_better_turns_shares_and_nothing_else():
    up, down = effect(POLICY, BASELINE, "higher", 0.5), effect(POLICY, BASELINE, "lower", 0.5)

    assert up is not None and down is not None
    assert (down.mean, down.median, down.mcse) == (up.mean, up.median, up.mcse)
    assert (down.gain, down.harm) == (up.harm, up.gain)


def test_the_monte_carlo_error_is_that_of_a_paired_bootstrap():
    rng = np.random.default_rng(4)
    baseline = rng.gamma(2.0, size=400)
    policy = baseline + rng.normal(0.1, 0.3, 400)
    figures = effect(policy, baseline, "higher", 0.1)
    known = bootstrap(
        (policy, baseline),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=4000,
        random_state=np.random.default_rng(5),
    )

    assert figures is not None and figures.mcse is not None
    assert figures.mcse == pytest.approx(known.standard_error, rel=0.05)


def test_the_interval_of_the_median_covers_it_as_often_as_it_says():
    rng = np.random.default_rng(6)
    hits = 0
    for _ in range(400):
        figures = effect(rng.exponential(size=40), np.zeros(40), "higher", 0.1)
        assert figures is not None and figures.median_mc is not None
        hits += figures.median_mc.low <= np.log(2) <= figures.median_mc.high

    assert hits / 400 > 0.93  # 96.2 % in theory at 40 worlds, give or take 1 %


def test_a_copy_of_the_baseline_makes_exactly_no_difference():
    figures = effect(BASELINE, BASELINE, "lower", 0.1)

    assert figures is not None and figures.no_difference
    assert (figures.mean, figures.median, figures.q05, figures.q95, figures.mcse) == (0.0,) * 5
    assert (figures.better.share, figures.gain.share, figures.harm.share) == (0.5, 0.0, 0.0)


def test_without_worlds_there_is_no_effect():
    assert effect(np.array([]), np.array([]), "higher", 0.1) is None
