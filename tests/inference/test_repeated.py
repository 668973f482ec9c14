"""Sizes of wave effects and drifts from repeated questions: recovered from made series, against brute force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from tests.inference.plain import plain
from wbsim.inference.observation import Spread
from wbsim.inference.repeated import Series, covariance, estimate, left_out, log_marginal, random_walk

TRUE = Spread(house=0.0, wave=0.0, drift=0.0, drift_own=0.3, discrepancy=0.1)


def made(count: int, spread: Spread = TRUE, seed: int = 1, waves: int = 6) -> Series:
    """So many questions to one public each, in yearly waves, drawn under the sizes of `spread`."""
    total = count * waves
    level = np.repeat(np.arange(count), waves)
    month = np.tile(12.0 * np.arange(waves), count)
    # So many respondents that it does not matter at which share their error is evaluated.
    figures = plain(np.full(total, 0.5), survey=np.arange(total), answer=level, month=month, size=1e6)
    series = Series(figures, level, np.zeros(total), np.zeros(total, np.int64))
    root = np.linalg.cholesky(covariance(series, spread))
    logits = root @ np.random.default_rng(seed).standard_normal(total)
    return replace(series, figures=replace(figures, share=1.0 / (1.0 + np.exp(-logits))))


def test_sizes_are_recovered() -> None:
    """On average over four samples, within three standard errors; and the range is that of the likelihood."""
    for name, truth, error in (("drift_own", 0.3, 0.02), ("discrepancy", 0.1, 0.02)):
        found = [estimate(made(15, seed=seed), TRUE, (name,)) for seed in range(4)]
        sizes = np.array([getattr(each.spread, name) for each in found])
        assert sizes.mean() == pytest.approx(truth, abs=3.0 * error)
        for each, size in zip(found, sizes, strict=True):
            low, high = each.ranges[name]
            assert low <= size <= high and high - low < 0.35
    one = made(15)
    assert estimate(one, TRUE, ("drift_own",)).log_marginal >= log_marginal(one, TRUE)


def test_what_publics_share_is_told_from_what_they_have_of_their_own() -> None:
    """Many publics asked alike: if all drift together, it is a shared drift."""
    waves, publics = 5, 6
    level = np.repeat(np.arange(publics), waves)
    month = np.tile(12.0 * np.arange(waves), publics)
    figures = plain(
        np.full(waves * publics, 0.5),
        survey=np.tile(np.arange(waves), publics),
        answer=np.zeros(waves * publics, np.int64),
        publics=level.tolist(),
        month=month,
    )
    walked = np.cumsum(np.random.default_rng(3).normal(0.0, 0.5, waves))
    logits = np.tile(walked, publics) + np.random.default_rng(4).normal(0.0, 0.05, waves * publics)
    together = replace(figures, share=1.0 / (1.0 + np.exp(-logits)))
    series = Series(together, level, np.zeros(level.size), np.zeros(level.size, np.int64))
    found = estimate(series, Spread(house=0.0, discrepancy=0.05), ("drift", "drift_own")).spread
    assert found.drift > 0.2 > found.drift_own


def test_a_wave_left_out_is_predicted_as_the_normal_distribution_says() -> None:
    series = made(2)
    found, told = left_out(series, TRUE)
    assert told.all()
    row, rest = 3, np.delete(np.arange(12), 3)
    share = series.figures.share.copy()
    share[row] = share[[0, 1, 2, 4, 5]].mean()
    total = covariance(series, TRUE, share)
    gain = total[row, rest] @ np.linalg.inv(total[np.ix_(rest, rest)])
    assert found.mean[row] == pytest.approx(gain @ series.observed[rest])
    assert found.sd[row] ** 2 == pytest.approx(total[row, row] - gain @ total[rest, row])


def test_earlier_waves_alone_tell_nothing_of_the_first_and_do_not_see_later_ones() -> None:
    series = made(3)
    found, told = left_out(series, TRUE, earlier=True)
    assert told.reshape(3, 6).tolist() == [[False, *[True] * 5]] * 3
    logits = series.observed.reshape(3, 6).copy()
    logits[:, 4:] += 2.0
    other = replace(series, figures=replace(series.figures, share=1.0 / (1.0 + np.exp(-logits.ravel()))))
    again, _ = left_out(other, TRUE, earlier=True)
    np.testing.assert_allclose(found.mean.reshape(3, 5)[:, :4], again.mean.reshape(3, 5)[:, :4])
    assert np.abs(found.mean - again.mean).max() > 0.5


def test_the_random_walk_of_the_baseline_has_the_steps_of_the_other_waves() -> None:
    series = made(30, Spread(house=0.0, drift_own=0.3, discrepancy=0.0))
    found = random_walk(series, 1.5, earlier=True)
    # Four standard errors of a standard deviation from 150 steps.
    assert np.median(found.sd) == pytest.approx(0.3, abs=0.07)


def test_a_bound_enters_by_the_chance_to_lie_beyond_it() -> None:
    """Two waves of one question, the second of which is only known to be at least, or at most, so large."""
    figures = plain([0.5, 0.7], survey=[0, 1], answer=[0, 0], month=[0, 12])
    nothing = np.zeros(2)
    for sign in (1, -1):
        series = Series(figures, np.array([0, 0]), nothing, np.array([0, sign]))
        total = covariance(series, TRUE)
        gain = total[0, 1] / total[0, 0]
        mean, sd = gain * series.observed[0], np.sqrt(total[1, 1] - gain * total[0, 1])
        beyond = norm.sf(series.observed[1], mean, sd) if sign > 0 else norm.cdf(series.observed[1], mean, sd)
        first = norm.logpdf(series.observed[0], 0.0, np.sqrt(total[0, 0]))
        assert log_marginal(series, TRUE) == pytest.approx(first + np.log(beyond), abs=1e-6)
    several = Series(
        plain([0.4, 0.6, 0.7], survey=[0, 1, 2], answer=[0, 0, 0], month=[0, 12, 24]),
        np.zeros(3, np.int64),
        np.zeros(3),
        np.array([1, -1, 1]),
    )
    total = covariance(several, TRUE)
    drawn = multivariate_normal(cov=total).rvs(400_000, random_state=1)
    limits = several.observed
    hits = (drawn[:, 0] >= limits[0]) & (drawn[:, 1] <= limits[1]) & (drawn[:, 2] >= limits[2])
    assert np.exp(log_marginal(several, TRUE)) == pytest.approx(hits.mean(), rel=0.03)


def test_an_approximate_value_counts_for_less() -> None:
    series = made(1)
    loose = replace(series, error=np.full(6, 0.05))
    assert np.all(np.diag(covariance(loose, TRUE)) > np.diag(covariance(series, TRUE)))
