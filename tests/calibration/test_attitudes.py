"""Levels, intercepts and house effects given the dynamics, on an emulator that is known exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from tests.calibration.prior_draws import figure
from tests.calibration.tiny import TINY
from wbsim.calibration.attitudes import complete, fit_attitudes, likelihood, sample
from wbsim.calibration.leave_out import Leaver
from wbsim.calibration.settings import ERRORS, SMALL
from wbsim.calibration.space import Surface, space
from wbsim.calibration.targets import Expected, targets
from wbsim.inference.emulator import fit_quadratic
from wbsim.inference.multinomial import logit
from wbsim.instruments.load import load_catalogue

SPACE = space()
LEVEL = SPACE.keys.index("support_base")
#: One question in two surveys, which share an intercept, and one of a level that the model itself holds.
AIM = targets(
    [
        figure(id="a", value=80.0),
        figure(id="b", value=70.0, survey="Second 2022", months=("2022-09",)),
        figure(id="c", question="asb-closer", population="ALB", value=60.0, n=1000, survey="Third 2022"),
    ],
    load_catalogue(),
)


@pytest.fixture(scope="module")
def surface() -> Surface:
    """Logits that follow the level of support alone, but for noise of 0.05."""
    generator = np.random.default_rng(1)
    z = generator.standard_normal((1500, len(SPACE.keys)))
    slopes = np.array([0.5, 0.5, 0.2])
    logits = 1.0 + z[:, [LEVEL]] * slopes + generator.normal(0.0, 0.05, (1500, 3))
    return Surface(SPACE, fit_quadratic(z, logits, curved=[]))


def test_the_space_is_split_into_what_is_searched_and_what_is_integrated_out() -> None:
    assert sorted([*SPACE.dynamic, *SPACE.level]) == list(range(len(SPACE.keys)))
    dynamics, levels = (
        np.random.default_rng(n).standard_normal((4, len(each)))
        for n, each in enumerate((SPACE.dynamic, SPACE.level))
    )
    z = SPACE.joined(dynamics, levels)
    np.testing.assert_array_equal(z[:, SPACE.dynamic], dynamics)
    np.testing.assert_array_equal(z[:, SPACE.level], levels)
    assert LEVEL in SPACE.level and SPACE.keys.index("news_reaction") in SPACE.dynamic
    assert SPACE.points(z).keys == SPACE.keys


def test_what_is_drawn_has_the_exact_normal_distribution_given_the_figures(surface: Surface) -> None:
    error = AIM.error(ERRORS)
    dynamics = np.zeros((20_000, len(SPACE.dynamic)))
    drawn = complete(dynamics, surface, AIM, error, np.random.default_rng(2))
    loadings = np.concatenate([surface.sensitivity, error.shared()], axis=1)
    total = error.own() + surface.residual + loadings @ loadings.T
    gain = loadings.T @ np.linalg.inv(total)
    mean = gain @ (AIM.observed - surface.centre(dynamics[:1])[0])
    covariance = np.eye(loadings.shape[1]) - gain @ loadings
    whole = np.concatenate([drawn.z[:, SPACE.level], drawn.intercepts, drawn.houses, drawn.drifts], axis=1)
    # Neighbours are opposite, so that means are exact.
    np.testing.assert_allclose(whole.mean(axis=0), mean, atol=1e-8)
    assert np.abs(np.cov(whole.T) - covariance).max() < 0.05
    np.testing.assert_array_equal(drawn.z[:, SPACE.dynamic], 0.0)
    assert drawn.z[:, LEVEL].std() < 0.95 < np.delete(drawn.z[:, SPACE.level], 0, axis=1).std()


def test_draws_reproduce_the_figures_within_their_errors(surface: Surface) -> None:
    error = AIM.error(ERRORS)
    drawn = complete(np.zeros((2000, len(SPACE.dynamic))), surface, AIM, error, np.random.default_rng(2))
    said = surface.quadratic.predict(drawn.z) + drawn.shift(error)
    assert said.mean(axis=0)[[0, 1]].mean() == pytest.approx(AIM.observed[[0, 1]].mean(), abs=0.1)
    # A level without an intercept cannot be met by one: the level itself has to move.
    assert said.mean(axis=0)[2] < surface.centre(np.zeros((1, len(SPACE.dynamic))))[0, 2]


def test_the_likelihood_is_highest_where_the_model_says_what_was_published(surface: Surface) -> None:
    density = likelihood(surface, AIM, AIM.error(ERRORS))
    at, off, far = density(AIM.observed + np.array([[0.0], [0.5], [1.5]]))
    assert at > off > far


def test_the_errors_are_those_of_what_the_posterior_expects_to_be_published(surface: Surface) -> None:
    drawn, expected = sample(surface, AIM, replace(SMALL, draws=2000), np.random.default_rng(2))
    assert drawn.z.shape == (2000, len(SPACE.keys))
    says, published = expit(surface.centre(np.zeros((1, len(SPACE.dynamic)))))[0], AIM.table.share
    # A figure's intercept carries what is expected most of the way to what was published, which is not met in full.
    assert says[0] < expected.published[0] < published[0]
    assert abs(expected.published[0] - published[0]) < abs(expected.published[0] - expected.said[0])
    # Without an intercept only the effects of survey and wave, of 0.14 together, lie between the two.
    assert expected.said[2] == pytest.approx(expected.published[2], abs=0.05)
    assert abs(logit(expected.said[[2]]) - logit(expected.published[[2]])) < 0.2
    np.testing.assert_array_equal(drawn.z[::2][:, SPACE.dynamic], drawn.z[1::2][:, SPACE.dynamic])


def test_a_figure_left_out_is_predicted_as_the_normal_distribution_says(surface: Surface) -> None:
    settings = replace(SMALL, draws=20_000)
    draws = np.zeros((20_000, len(SPACE.dynamic)))
    leaver = Leaver(
        surface, AIM, Expected(AIM.table.share, AIM.table.share), settings, draws, np.random.default_rng(3)
    )
    found = logit(leaver.leave_out("b", np.array([1])).percent[:, 0] / 100)
    rest, centre = [0, 2], surface.centre(draws[:1])[0]
    share = AIM.table.share.copy()
    share[1] = expit(centre[1])
    for _ in range(2):
        error = AIM.error(ERRORS, Expected(share, share))
        loadings = np.concatenate([surface.sensitivity, error.shared()], axis=1)
        shared = loadings @ loadings.T
        total = shared + error.own() + surface.residual
        known = np.linalg.solve(total[np.ix_(rest, rest)], (AIM.observed - centre)[rest])
        share = expit(centre + shared[:, rest] @ known)
    assert found.mean() == pytest.approx(centre[1] + total[1, rest] @ known, abs=0.02)
    left = total[1, 1] - total[1, rest] @ np.linalg.solve(total[np.ix_(rest, rest)], total[rest, 1])
    assert found.var() == pytest.approx(left, rel=0.05)
    # What the other wave of the question said is most of what is known.
    assert abs(found.mean() - AIM.observed[0]) < abs(found.mean() - AIM.observed[2])


def test_a_world_of_the_check_that_fails_takes_its_draw_with_it_and_no_other() -> None:
    last, lost = TINY.steps + TINY.refits + 2, 3

    def forward(z: np.ndarray, step: int) -> np.ndarray:
        outputs = 1.0 + z[:, [LEVEL]] * np.array([0.5, 0.5, 0.2])
        outputs += np.random.default_rng(step).normal(0.0, 0.05, outputs.shape)
        if step == last:
            outputs[lost] = np.nan
        return outputs

    found = fit_attitudes(AIM, forward, TINY, np.random.default_rng(4))

    kept = np.delete(np.arange(TINY.wave), lost)
    assert found.failed == 1
    np.testing.assert_array_equal(found.checked.z, found.check.members)
    for name in ("z", "intercepts", "houses"):
        np.testing.assert_array_equal(getattr(found.checked, name), getattr(found.draws, name)[kept])
