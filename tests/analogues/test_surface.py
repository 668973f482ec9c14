"""Surfaces: what scatters between worlds, and where the model says too little."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from tests.analogues.fake import attendance, bosnia_last, crises, first_item, institution, simulated
from wbsim.analogues.statistics import Shares
from wbsim.analogues.surface import correlation, fit_surface, overdispersion

GENERATOR = np.random.default_rng(1)
Z = GENERATOR.standard_normal((2000, 2))


def test_trials_of_one_world_are_correlated_where_worlds_differ_beyond_their_parameters() -> None:
    share = np.full(50_000, 0.3)
    own = GENERATOR.beta(0.3 * 4.0, 0.7 * 4.0, 50_000)
    trials = np.full(50_000, 6.0)
    assert correlation(GENERATOR.binomial(6, share).astype(float), trials, share) == pytest.approx(
        0.0, abs=0.01
    )
    assert correlation(GENERATOR.binomial(6, own).astype(float), trials, share) == pytest.approx(
        0.2, abs=0.01
    )
    one = np.ones(50_000)
    assert correlation(GENERATOR.binomial(1, own).astype(float), one, share) == 0.0, "one trial cannot tell"
    assert correlation(own, one, share) == pytest.approx(0.2, abs=0.01), "fractions scatter by it"


def test_counts_are_overdispersed_where_worlds_differ() -> None:
    mean = np.full(50_000, 2.0)
    assert overdispersion(GENERATOR.poisson(mean).astype(float), mean) == pytest.approx(0.0, abs=0.02)
    scattered = GENERATOR.poisson(mean * GENERATOR.gamma(2.0, 0.5, 50_000)).astype(float)
    assert overdispersion(scattered, mean) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("observation", [attendance(3, 8), first_item(5, 6), crises(2), bosnia_last()])
def test_every_form_has_a_surface_that_follows_its_parameter(observation) -> None:
    surface = fit_surface(institution("council"), observation, Z, simulated(observation, Z, GENERATOR))
    assert surface is not None
    low, high = (np.array([[value, value]]) for value in (-1.0, 1.0))
    moved = surface.predict(high) - surface.predict(low)
    expected = {"attendance": 2.0, "months-to-first-item": 2.0, "crises": 1.0, "order-acting": -0.2}
    place = 1 if observation.indicator == "order-acting" else 0
    assert moved[0, place] == pytest.approx(expected[observation.indicator], abs=0.2)
    assert surface.discrepancy == 0.4
    assert surface.offset(2.0) == pytest.approx(np.hypot(surface.error, 0.8))


def test_worlds_without_anything_to_count_say_nothing() -> None:
    successes, trials = GENERATOR.binomial(4, expit(Z[:, 0])).astype(float), np.full(2000, 4.0)
    trials[::2] = successes[::2] = 0.0
    surface = fit_surface(institution("council"), attendance(3, 8), Z, Shares(successes, trials))
    assert surface is not None
    assert surface.worlds == 0.5
    assert float(surface.predict(np.zeros((1, 2)))[0, 0]) == pytest.approx(0.0, abs=0.15)
    trials[30:] = 0.0
    assert fit_surface(institution("council"), attendance(3, 8), Z, Shares(successes * 0, trials)) is None
