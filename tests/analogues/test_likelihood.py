"""Likelihoods of every kind of observation, against closed forms and against their own draws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit

from tests.analogues.rules import observed
from wbsim.analogues.analogue import Count, Events, Interval, Order, Share, Value
from wbsim.analogues.likelihood import draw, log_likelihood, log_order, pairs_in_order

LAST = Order((("ALB", "XKX", "MKD", "MNE", "SRB"), ("BIH",)))


def chance(value: Value, eta: float, spread: float = 0.0, offset: float = 0.0) -> float:
    predictor = np.full((1, 6), eta)
    return float(np.exp(log_likelihood(observed(value=value), predictor, spread, offset)[0]))


def test_without_spread_or_discrepancy_a_count_is_binomial() -> None:
    assert chance(Count(4, 17), -0.7) == pytest.approx(stats.binom.pmf(4, 17, expit(-0.7)))


def test_correlated_trials_make_it_beta_binomial() -> None:
    share = expit(-0.7)
    expected = stats.betabinom.pmf(4, 17, 3.0 * share, 3.0 * (1.0 - share))
    assert chance(Count(4, 17), -0.7, spread=0.25) == pytest.approx(expected)


def test_a_discrepancy_is_integrated_out() -> None:
    grid = np.linspace(-8, 8, 20_001)
    weights = stats.norm.pdf(grid) * (grid[1] - grid[0])
    expected = np.sum(weights * stats.binom.pmf(36, 36, expit(2.0 + 0.8 * grid)))
    assert chance(Count(36, 36), 2.0, offset=0.8) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("spread", [0.0, 0.2])
@pytest.mark.parametrize("offset", [0.0, 0.8])
def test_chances_of_all_counts_add_up_to_one(spread: float, offset: float) -> None:
    assert sum(chance(Count(k, 7), 0.3, spread, offset) for k in range(8)) == pytest.approx(1.0)
    many = sum(chance(Events(k, 2.0), 0.3, spread, offset) for k in range(120))
    assert many == pytest.approx(1.0, abs=1e-3)


def test_events_are_poisson_and_negative_binomial_where_worlds_scatter() -> None:
    assert chance(Events(2, 7.0), np.log(2.5)) == pytest.approx(stats.poisson.pmf(2, 2.5))
    expected = stats.nbinom.pmf(2, 2.0, 2.0 / 4.5)
    assert chance(Events(2, 7.0), np.log(2.5), spread=0.5) == pytest.approx(expected)


def test_a_time_lies_in_its_interval_or_beyond_where_it_was_cut_off() -> None:
    within = stats.lognorm(0.5, scale=10.0)
    expected = within.cdf(12.5) - within.cdf(7.5)
    assert chance(Interval(8, 12), np.log(10.0), spread=0.3, offset=0.4) == pytest.approx(expected)
    beyond = within.sf(23.5)
    assert chance(Interval(24, None), np.log(10.0), spread=0.3, offset=0.4) == pytest.approx(beyond)
    assert chance(Interval(0, 600), np.log(10.0), spread=0.5) == pytest.approx(1.0)


def test_a_share_with_an_error_is_normal_on_the_logit_scale() -> None:
    spread = np.hypot(0.05 / (0.6 * 0.4), 0.4)
    expected = stats.norm.pdf(np.log(1.5), 0.2, spread)
    assert chance(Share(0.6, 0.05), 0.2, offset=0.4) == pytest.approx(expected)
    assert np.isfinite(np.log(chance(Share(1.0, 0.05), 5.0, offset=0.4)))


def test_who_is_last_by_chance_is_last_in_one_case_of_six() -> None:
    assert float(np.exp(log_order(LAST, np.zeros((1, 6)), 0.2, 0.0)[0])) == pytest.approx(1 / 6)


def test_a_low_score_makes_the_last_place_likely_and_a_discrepancy_less_so() -> None:
    scores = np.array([[0.4, 0.1, 0.4, 0.4, 0.4, 0.4]])
    surer, doubtful = (np.exp(log_order(LAST, scores, 0.1, offset)[0]) for offset in (0.0, 2.0))
    assert 1 / 6 < doubtful < surer < 1.0
    assert surer > 0.6


def test_orders_of_all_kinds_add_up_to_one() -> None:
    scores = np.array([[0.5, 0.2, 0.1, 0.0, 0.0, 0.0]])
    three = ("ALB", "BIH", "XKX")
    total = sum(
        np.exp(log_order(Order(((a,), (b,), (c,))), scores, 0.2, 0.0)[0])
        for a in three for b in three for c in three if len({a, b, c}) == 3
    )  # fmt: skip
    assert total == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("value", "eta", "spread", "offset"),
    [
        (Count(3, 6), 0.5, 0.0, 0.0),
        (Count(3, 6), 0.5, 0.3, 0.8),
        (Events(3, 5.0), 1.0, 0.4, 0.4),
    ],
)
def test_draws_come_as_often_as_the_likelihood_says(
    value: Count | Events, eta: float, spread: float, offset: float
) -> None:
    generator = np.random.default_rng(1)
    drawn = draw(observed(value=value), np.full((200_000, 6), eta), spread, offset, generator)
    wanted = value.successes / value.trials if isinstance(value, Count) else value.count
    assert np.mean(drawn == wanted) == pytest.approx(chance(value, eta, spread, offset), rel=0.03)


def test_drawn_times_lie_in_the_interval_as_often_as_it_says() -> None:
    generator = np.random.default_rng(2)
    value = Interval(8, 12)
    drawn = draw(observed(value=value), np.full((200_000, 6), np.log(10.0)), 0.5, 0.8, generator)
    assert np.mean((drawn > 7.5) & (drawn < 12.5)) == pytest.approx(
        chance(value, np.log(10.0), 0.5, 0.8), rel=0.03
    )


def test_drawn_orders_agree_as_often_as_it_says() -> None:
    generator = np.random.default_rng(3)
    scores = np.tile([[0.4, 0.2, 0.3, 0.4, 0.5, 0.4]], (100_000, 1))
    drawn = draw(observed(value=LAST), scores, 0.2, 0.4, generator)
    # Gumbel noise makes the first of a group the likelier to be drawn; the last is the rest of five draws.
    assert np.mean(drawn == 5) == pytest.approx(
        float(np.exp(log_order(LAST, scores[:1], 0.2, 0.4)[0])), rel=0.03
    )


def test_pairs_in_order_are_counted() -> None:
    scores = np.array([[1, 0, 1, 1, 1, 1], [1, 0.5, 0, 1, 0, 1]], dtype=float)
    assert pairs_in_order(LAST, scores).tolist() == [5, 3]
