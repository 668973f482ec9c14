"""Models of counts recover what counts were made with."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.calibration.counts import fit_binomial, fit_poisson, overdispersion

COUNT = 6000
SLOPES = np.array([0.6, -0.4, 0.0])


def made(seed: int = 1) -> tuple[np.random.Generator, np.ndarray]:
    generator = np.random.default_rng(seed)
    return generator, generator.standard_normal((COUNT, 3))


@pytest.mark.parametrize("level", [-2.0, 0.0, 1.5])
def test_a_poisson_fit_finds_the_coefficients(level: float) -> None:
    generator, z = made()
    counts = generator.poisson(np.exp(level + z @ SLOPES)).astype(float)
    found = fit_poisson(z, counts)
    # Four standard errors.
    assert found.intercept == pytest.approx(level, abs=4.0 / np.sqrt(counts.sum()))
    assert found.slopes == pytest.approx(SLOPES, abs=4.0 / np.sqrt(counts.sum()))
    assert found(z[:5]) == pytest.approx(found.intercept + z[:5] @ found.slopes)


@pytest.mark.parametrize("level", [-2.0, 0.5])
def test_a_binomial_fit_finds_the_coefficients_also_where_there_were_no_trials(level: float) -> None:
    generator, z = made()
    trials = generator.integers(0, 6, COUNT).astype(float)
    chance = 1.0 / (1.0 + np.exp(-level - z @ SLOPES))
    found = fit_binomial(z, generator.binomial(trials.astype(int), chance).astype(float), trials)
    assert found.intercept == pytest.approx(level, abs=0.1)
    assert found.slopes == pytest.approx(SLOPES, abs=0.08)


def test_counts_of_nothing_are_rare_and_not_impossible() -> None:
    _, z = made()
    none = np.zeros(COUNT)
    poisson = fit_poisson(z, none)
    assert np.isfinite(poisson.slopes).all() and -60 < poisson.intercept < np.log(1e-3)
    never, always = fit_binomial(z, none, none + 2.0), fit_binomial(z, none + 2.0, none + 2.0)
    assert never.intercept < -6 and always.intercept > 6
    assert np.isfinite([*never.slopes, *always.slopes]).all()
    untried = fit_binomial(z, none, none)
    assert np.isfinite([untried.intercept, *untried.slopes]).all()


def test_one_rare_event_does_not_send_slopes_to_infinity() -> None:
    _, z = made()
    counts = np.zeros(COUNT)
    counts[int(np.argmax(z[:, 0]))] = 1.0
    assert np.abs(fit_poisson(z, counts).slopes).max() < 5.0


@pytest.mark.parametrize("a", [0.0, 0.4, 1.5])
def test_overdispersion_is_that_of_the_negative_binomial(a: float) -> None:
    generator, z = made()
    mean = np.exp(0.8 + z @ SLOPES)
    rate = mean * (generator.gamma(1 / a, a, COUNT) if a else 1.0)
    assert overdispersion(generator.poisson(rate).astype(float), mean) == pytest.approx(a, abs=0.12)


def test_less_scatter_than_chance_counts_as_none() -> None:
    assert overdispersion(np.full(10, 2.0), np.full(10, 2.0)) == 0.0
