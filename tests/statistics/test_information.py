"""Value of information: a linear Gaussian choice in closed form, and nothing found in noise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from wbsim.statistics.information import best, gain, partial, perfect, same_everywhere, sample

MEAN, SPREAD, NOISE = 0.3, 1.0, 0.8


def expected(mean: float, sd: float) -> float:
    """E max(0, B) - max(0, E B) for B normal: the unit normal loss (Raiffa & Schlaifer 1961)."""
    z = abs(mean) / sd
    return float(sd * (norm.pdf(z) - z * norm.cdf(-z)))


def choice(worlds: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The number that matters, idle numbers beside it, and the net benefit with chance on top."""
    rng = np.random.default_rng(seed)
    theta = rng.normal(MEAN, SPREAD, worlds)
    numbers = np.vstack([theta, rng.normal(size=(5, worlds))])
    return theta, numbers, (theta + NOISE * rng.normal(size=worlds))[:, None]


def test_knowing_everything_holds_chance_too():
    _, _, benefits = choice(40_000, 1)
    assert perfect(benefits) == pytest.approx(expected(MEAN, math.hypot(SPREAD, NOISE)), rel=0.03)


def test_knowing_one_number():
    _, numbers, benefits = choice(4000, 2)
    found = partial(numbers, benefits, 1)

    assert found.value[0] == pytest.approx(expected(MEAN, SPREAD), abs=3 * found.error[0])
    assert found.error[0] < 0.02
    assert (found.value[1:] < 0.01).all()
    assert found.chance[0] == pytest.approx(0.01) and (found.chance[1:] > 0.05).all()


@pytest.mark.parametrize("respondents", [4, 50])
def test_knowing_a_sample(respondents: int):
    """The answers say theta with error 3 / sqrt(n): the posterior mean is normal, so the value is known."""
    theta, _, benefits = choice(4000, 3)
    error = 3.0 / math.sqrt(respondents)
    answers = theta[:, None] + error * np.random.default_rng(4).normal(size=(4000, 1))

    found = sample([answers, np.random.default_rng(5).normal(size=(4000, 6))], benefits, 1)

    truth = expected(MEAN, SPREAD**2 / math.hypot(SPREAD, error))
    assert found.value[0] == pytest.approx(truth, abs=0.02)
    assert found.value[1] < 0.01


def test_a_sample_agrees_with_a_nested_simulation():
    """Two policies and two numbers: the inner expectation computed for each simulated survey, not regressed."""
    rng = np.random.default_rng(6)
    theta = rng.normal([0.1, 0.0], [1.0, 1.5], (4000, 2))
    error = np.array([0.7, 1.0])
    answers = theta + error * rng.normal(size=theta.shape)
    benefits = np.stack([theta[:, 0], theta[:, 0] * 0.3 + theta[:, 1] - 0.2], axis=1)

    nested = []
    for answer in answers[:800]:
        precision = 1.0 / np.array([1.0, 1.5]) ** 2 + 1.0 / error**2
        mean = (np.array([0.1, 0.0]) / np.array([1.0, 1.5]) ** 2 + answer / error**2) / precision
        inner = mean + rng.normal(size=(400, 2)) / np.sqrt(precision)
        values = np.stack([inner[:, 0], inner[:, 0] * 0.3 + inner[:, 1] - 0.2], axis=1).mean(axis=0)
        nested.append(max(0.0, values.max()))
    truth = float(np.mean(nested)) - 0.1

    assert sample([answers], benefits, 1).value[0] == pytest.approx(truth, abs=0.06)


def test_better_answers_are_worth_more_and_never_more_than_the_number():
    theta, numbers, benefits = choice(3000, 7)
    noise = np.random.default_rng(8).normal(size=(3000, 1))
    found = sample([theta[:, None] + size * noise for size in (0.1, 1.0, 10.0)], benefits, 1).value
    known = partial(numbers, benefits, 1).value[0]

    assert found[0] > found[1] > found[2]
    assert found[0] == pytest.approx(known, abs=0.02)


def test_nothing_is_found_in_noise():
    rng = np.random.default_rng(9)
    stood_out = []
    for seed in range(40):
        found = partial(rng.normal(size=(20, 200)), rng.normal(size=(200, 2)), seed)
        stood_out.append((found.chance <= 0.05).any())

    assert np.mean(stood_out) < 0.2


def test_a_choice_that_never_changes_has_no_value():
    benefits = -np.abs(np.random.default_rng(10).normal(size=(300, 2)))

    assert best(benefits) == -1
    assert same_everywhere(benefits) and gain(benefits) == 0.0
    assert not same_everywhere(benefits + 0.5)
    assert best(benefits + np.array([5.0, 9.0])) == 1


def test_where_no_prediction_changes_the_choice_the_value_is_exactly_nil():
    """Not 1e-15, which would be printed and might even stand out."""
    rng = np.random.default_rng(11)
    benefits = 0.1 * rng.normal(size=(300, 2)) + np.array([1.0, 0.3])
    benefits[:5] = -0.4  # so that the choice does change in some worlds

    found = partial(rng.normal(size=(30, 300)), benefits, 1)
    assert not same_everywhere(benefits)
    assert found.value.tolist() == [0.0] * 30
    assert (found.chance == 1.0).all()


def test_values_that_are_missing_are_refused():
    with pytest.raises(ValueError, match="finite"):
        partial(np.ones((1, 4)), np.array([[1.0], [np.nan], [0.0], [2.0]]), 1)
