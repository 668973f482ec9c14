"""The likelihood of counts of crises, and what it says of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from wbsim.calibration.counts import Linear
from wbsim.calibration.events import (
    Count,
    Events,
    event_keys,
    exposure,
    fit_counts,
    fit_events,
    log_likelihood,
    points,
    reported_share,
)
from wbsim.instruments.rate import GROUPS, Rate

KEYS = event_keys()
RATE = Rate("sk-1", "serbia-kosovo", 1, "2017-2022", 11, 6.0, "a test", "")
SEVERE = replace(RATE, id="sk-2", minimum_severity=2, count=7)
CALM = Rate("calm-1", "calm", 1, "2017-2022", 0, 48.0, "a test", "")


def flat(value: float) -> Linear:
    return Linear(value, np.zeros(len(KEYS)))


def at(reported: float = 0.0, rows: int = 1) -> np.ndarray:
    z = np.zeros((rows, len(KEYS)))
    z[:, KEYS.index("record_held")] = reported
    return z


def test_the_list_holds_a_share_of_all_crises() -> None:
    share = reported_share(np.array([-4.0, 0.0, 4.0]))
    assert 0.2 < share[0] < 0.5 < share[1] < share[2] <= 1.0
    assert share[1] == pytest.approx(stats.beta(9.6, 2.4).median(), abs=1e-3)


def test_without_overdispersion_a_count_is_poisson_around_the_mean_times_the_share() -> None:
    count = Count(RATE, flat(np.log(15.0)), 0.0, None, None)
    mean = 15.0 * reported_share(np.zeros(1))[0]
    assert log_likelihood([count], at())[0] == pytest.approx(stats.poisson.logpmf(11, mean), abs=1e-3)


def test_overdispersion_makes_it_negative_binomial() -> None:
    count = Count(RATE, flat(np.log(15.0)), 0.5, None, None)
    mean = 15.0 * reported_share(np.zeros(1))[0]
    variance = mean + 0.5 * mean**2
    expected = stats.nbinom.logpmf(11, mean**2 / (variance - mean), mean / variance)
    assert log_likelihood([count], at())[0] == pytest.approx(expected)


def test_a_rare_count_says_only_that_there_were_no_more() -> None:
    """None in 48 years of eight dyads: two would still be under 0.05 a year."""
    count = Count(CALM, flat(0.0), 0.0, None, None)
    assert CALM.is_upper_bound
    mean = reported_share(np.zeros(1))[0]
    assert log_likelihood([count], at())[0] == pytest.approx(stats.poisson.logcdf(2, mean), abs=1e-3)
    one = Count(Rate("ALB-1", "ALB", 1, "2017-2022", 0, 6.0, "a test", ""), flat(0.0), 0.0, None, None)
    assert log_likelihood([one], at())[0] == pytest.approx(stats.poisson.logcdf(0, mean), abs=1e-3)


def test_higher_severities_are_shares_of_the_lower_and_do_not_depend_on_reporting() -> None:
    count = Count(SEVERE, None, 0.0, flat(0.4), RATE)
    chance = 1.0 / (1.0 + np.exp(-0.4))
    expected = stats.binom.logpmf(7, 11, chance)
    assert (
        log_likelihood([count], at(-1.0))[0] == log_likelihood([count], at(1.0))[0] == pytest.approx(expected)
    )
    # Of no crises there is no share.
    assert log_likelihood([replace(count, of=replace(RATE, count=0))], at())[0] == 0.0


def test_the_whole_is_the_sum_of_its_parts() -> None:
    parts = [Count(RATE, flat(2.0), 0.1, None, None), Count(SEVERE, None, 0.0, flat(0.0), RATE)]
    z = np.random.default_rng(1).standard_normal((5, len(KEYS)))
    assert log_likelihood(parts, z) == pytest.approx(sum(log_likelihood([each], z) for each in parts))


def test_a_count_of_part_of_the_window_is_compared_with_that_part() -> None:
    assert exposure(RATE) == exposure(CALM) == 1.0
    assert len(GROUPS["calm"]) == 8
    half = replace(RATE, years=3.0)
    count = Count(half, flat(np.log(15.0)), 0.0, None, None)
    mean = 7.5 * reported_share(np.zeros(1))[0]
    assert log_likelihood([count], at())[0] == pytest.approx(stats.poisson.logpmf(11, mean), abs=1e-3)


def made(rates: Sequence[Rate], count: int = 1500) -> tuple[np.ndarray, np.ndarray]:
    """Points, and counts that follow the rate of the group and the chance of escalation alone."""
    generator = np.random.default_rng(1)
    z = generator.standard_normal((count, len(KEYS)))
    rate = z[:, KEYS.index("crisis_rate.serbia-kosovo")]
    climb = 1.0 / (1.0 + np.exp(-0.5 - z[:, KEYS.index("escalation_two")]))
    all_ = generator.poisson(np.exp(2.0 + 0.7 * rate))
    severe = generator.binomial(all_, climb)
    columns = {1: all_, 2: severe}
    return z, np.stack([columns[each.minimum_severity] for each in rates], axis=1).astype(float)


def found(*rates: Rate) -> Events:
    z, simulated = made(rates)
    return fit_events(rates, z, simulated, 800, 400, np.random.default_rng(2))


def test_models_of_counts_know_what_is_a_share_of_what() -> None:
    rates = (SEVERE, RATE)
    z, simulated = made(rates)
    severe, all_ = fit_counts(rates, z, simulated)
    assert (severe.of, severe.mean) == (RATE, None) and all_.share is None
    assert all_.mean is not None and severe.share is not None
    assert all_.mean.slopes[KEYS.index("crisis_rate.serbia-kosovo")] == pytest.approx(0.7, abs=0.05)
    assert severe.share.slopes[KEYS.index("escalation_two")] == pytest.approx(1.0, abs=0.1)


def test_more_crises_mean_a_higher_rate_and_worse_ones_more_escalation() -> None:
    few, many = (
        found(replace(RATE, count=2), replace(SEVERE, count=1)),
        found(RATE, replace(SEVERE, count=10)),
    )
    for key in ("crisis_rate.serbia-kosovo", "escalation_two"):
        low, high = (each.draws[:, KEYS.index(key)].mean() for each in (few, many))
        assert low < high - 0.5, key
    other = KEYS.index("internal_rate.ALB")
    assert abs(many.draws[:, other].mean()) < 0.2 and many.draws[:, other].std() == pytest.approx(
        1.0, abs=0.15
    )


def test_draws_are_of_the_parameters_and_the_share_beside_them() -> None:
    events = found(RATE)
    assert events.draws.shape == (400, len(KEYS)) and events.reported.shape == (400,)
    assert ((events.reported > 0) & (events.reported < 1)).all()
    assert points(events.draws).keys == KEYS == events.keys
    # More crises than expected, so more of them are on the list than one would think.
    assert (
        events.reported.mean() > reported_share(np.random.default_rng(1).standard_normal(4000)).mean() - 0.02
    )
