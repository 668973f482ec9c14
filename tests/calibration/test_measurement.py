"""The measurement model of cooperation: worked cases, and known residuals found again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from wbsim.calibration.measurement import (
    ERROR,
    LEVEL,
    Sample,
    left_out,
    levels,
    log_likelihood,
    measure,
    slopes,
    weights,
)
from wbsim.inference.sbc import recover, summarise
from wbsim.instruments.load import load_scores
from wbsim.instruments.score import Score, to_fit
from wbsim.tables.places import STATE_CODES

Floats = np.ndarray
SPREAD = 0.4


def scored(**values: float) -> tuple[Score, ...]:
    return tuple(
        Score(state, state, 2021, value, "calibration", "made up", "") for state, value in values.items()
    )


def sample(
    count: int, generator: np.random.Generator, slope: float | None = None, passing: float = 0.25
) -> Sample:
    """Effort that is its residual and something else that differs between states, as in the model."""
    z = generator.standard_normal((count, 6))
    odds = -1.4 + SPREAD * z + 0.2 * generator.standard_normal((count, 6))
    keys = tuple(f"effort_residual.{code}" for code in STATE_CODES)
    drawn = slopes(count, generator) if slope is None else np.full(count, slope)
    return Sample(keys, z, odds, np.full(count, passing), drawn)


def test_the_likelihood_is_the_normal_density_with_the_level_integrated_out() -> None:
    some, scores = sample(4, np.random.default_rng(1)), scored(ALB=6.5, BIH=5.0, SRB=6.0)
    found = log_likelihood(some, scores)
    for number in range(4):
        odds = some.odds[number]
        mean = LEVEL.a + some.slope[number] * (odds[[0, 1, 5]] - odds.mean())
        own = ERROR**2 + (some.slope[number] * some.passing[number]) ** 2
        covariance = own * np.eye(3) + LEVEL.b**2
        assert found[number] == pytest.approx(multivariate_normal.logpdf([6.5, 5.0, 6.0], mean, covariance))


def test_with_a_known_slope_the_posterior_is_that_of_linear_regression() -> None:
    """Everything is normal then: mean and covariance of the residuals are known in closed form."""
    generator, slope, passing = np.random.default_rng(2), 1.5, 0.0
    some = sample(200_000, generator, slope, passing)
    scores = scored(ALB=6.5, BIH=5.0, MKD=6.0, MNE=5.5, SRB=6.0)
    found = measure(some, scores, 100_000, generator)
    places, centring = [0, 1, 3, 4, 5], np.eye(6) - 1.0 / 6.0
    loadings = slope * SPREAD * centring[places]
    other = slope * 0.2 * centring[places]
    noise = other @ other.T + ERROR**2 * np.eye(5) + LEVEL.b**2
    total = loadings @ loadings.T + noise
    gain = loadings.T @ np.linalg.inv(total)
    mean = gain @ (np.array([6.5, 5.0, 6.0, 5.5, 6.0]) - LEVEL.a)
    covariance = np.eye(6) - gain @ loadings
    assert np.allclose(found.draws.mean(axis=0), mean, atol=0.02)
    assert np.allclose(np.cov(found.draws.T), covariance, atol=0.03)


def test_the_level_is_drawn_from_its_conditional_distribution() -> None:
    generator = np.random.default_rng(3)
    some, scores = sample(1, generator), scored(ALB=6.5, SRB=6.0)
    drawn = levels(some, scores, np.zeros(100_000, np.int64), generator)
    own = some.error[0] ** 2
    precision = 1.0 / LEVEL.b**2 + 2.0 / own
    rest = np.array([6.5, 6.0]) - some.stands[0, [0, 5]]
    mean = (LEVEL.a / LEVEL.b**2 + rest.sum() / own) / precision
    assert drawn.mean() == pytest.approx(mean, abs=0.01)
    assert drawn.std() == pytest.approx(precision**-0.5, rel=0.02)


def test_a_higher_score_raises_the_states_own_residual_and_no_score_leaves_the_prior() -> None:
    generator = np.random.default_rng(4)
    some = sample(40_000, generator)
    found = measure(some, to_fit(load_scores()), 20_000, generator).draws
    by_state = dict(zip(STATE_CODES, found.mean(axis=0), strict=True))
    assert by_state["ALB"] > by_state["MKD"] > by_state["MNE"] > by_state["BIH"]
    assert by_state["BIH"] < -0.2 and by_state["ALB"] > 0.2
    kosovo = found[:, STATE_CODES.index("XKX")]
    assert abs(kosovo.mean()) < 0.1 and kosovo.std() == pytest.approx(1.0, abs=0.05)


def test_known_residuals_are_found_again_and_overconfidence_is_noticed() -> None:
    generator = np.random.default_rng(5)
    some = sample(20_000, generator)

    def replicate(source: np.random.Generator) -> tuple[Floats, Floats]:
        truth = sample(1, source)
        value = (
            LEVEL.a
            + LEVEL.b * source.standard_normal()
            + truth.stands[0]
            + truth.error[0] * source.standard_normal(6)
        )
        seen = scored(**{code: value[n] for n, code in enumerate(STATE_CODES) if code != "XKX"})
        return truth.z[0], measure(some, seen, 1000, source).draws

    def sure(source: np.random.Generator) -> tuple[Floats, Floats]:
        truth, draws = replicate(source)
        centre = draws.mean(axis=0)
        return truth, centre + 0.5 * (draws - centre)

    honest = summarise([recover(replicate, each) for each in generator.spawn(200)], generator)
    assert abs(honest.coverage_90.value - 0.9) < max(4.0 * honest.coverage_90.error, 0.03)
    assert not honest.outside_band.any()
    assert (
        summarise([recover(sure, each) for each in generator.spawn(40)], generator).coverage_90.value < 0.75
    )


def test_what_is_left_out_does_not_enter_its_own_prediction() -> None:
    some = sample(20_000, np.random.default_rng(6))
    low, high = (
        left_out(some, scored(ALB=6.5, BIH=value, SRB=6.0), 1, 2000, np.random.default_rng(7))
        for value in (2.0, 9.0)
    )
    np.testing.assert_array_equal(low, high)
    other = left_out(some, scored(ALB=8.5, BIH=2.0, SRB=8.0), 1, 2000, np.random.default_rng(7))
    assert other.mean() > low.mean() + 0.5


def test_weights_sum_to_one_and_are_even_where_scores_say_nothing() -> None:
    some = sample(100, np.random.default_rng(8), slope=1e-9)
    found = weights(some, scored(ALB=6.5, SRB=6.0))
    assert found.sum() == pytest.approx(1.0)
    assert np.allclose(found, 0.01)
