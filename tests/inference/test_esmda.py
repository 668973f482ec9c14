"""ES-MDA on problems with a known answer, and what happens to members that fail."""

import numpy as np
import pytest

from wbsim.inference.esmda import assimilate, truncated_inverse

GENERATOR = np.random.default_rng(21)
MATRIX = GENERATOR.standard_normal((6, 3))
OBSERVED = GENERATOR.standard_normal(6)
ROOT = np.tril(GENERATOR.standard_normal((6, 6))) * 0.2 + np.eye(6)
COVARIANCE = ROOT @ ROOT.T
POSTERIOR = np.linalg.inv(np.eye(3) + MATRIX.T @ np.linalg.inv(COVARIANCE) @ MATRIX)
MEAN = POSTERIOR @ MATRIX.T @ np.linalg.inv(COVARIANCE) @ OBSERVED


def linear(members, step):
    return members @ MATRIX.T


@pytest.mark.parametrize("alphas", [(1.0,), (4.0,) * 4, (12.0, 6.0, 4.0, 2.0)])
def test_a_linear_gaussian_problem_gets_its_exact_posterior(alphas):
    count = 20_000
    members = np.random.default_rng(1).standard_normal((count, 3))
    found = assimilate(linear, members, OBSERVED, COVARIANCE, np.random.default_rng(2), alphas, energy=1.0)

    sd = np.sqrt(np.diag(POSTERIOR))
    # The gain is estimated too: five standard errors of independent draws.
    assert np.all(np.abs(found.members.mean(axis=0) - MEAN) < 5 * sd / np.sqrt(count))
    assert np.all(np.abs(np.cov(found.members.T) - POSTERIOR) < 5 * np.sqrt(2 / count) * np.outer(sd, sd))


def test_the_default_truncation_changes_little():
    members = np.random.default_rng(1).standard_normal((2000, 3))
    cut = assimilate(linear, members, OBSERVED, COVARIANCE, np.random.default_rng(2))
    full = assimilate(linear, members, OBSERVED, COVARIANCE, np.random.default_rng(2), energy=1.0)

    sd = np.sqrt(np.diag(POSTERIOR))
    assert len(cut.steps) == 8
    assert np.all(np.abs(cut.members.mean(axis=0) - full.members.mean(axis=0)) < 0.05 * sd)


def test_the_same_generator_gives_the_same_members():
    members = np.random.default_rng(1).standard_normal((50, 3))
    first, second = (
        assimilate(linear, members, OBSERVED, COVARIANCE, np.random.default_rng(9)) for _ in range(2)
    )

    assert np.array_equal(first.members, second.members)


def test_failed_members_leave_are_named_and_do_not_touch_the_others():
    members = np.random.default_rng(1).standard_normal((100, 3))
    members[[4, 17]] = 1e6  # would wreck every statistic

    def fails_twice(values, step):
        outputs = linear(values, step)
        outputs[np.abs(values[:, 0]) > 1e5] = np.nan
        if step == 1:
            outputs[0, 2] = np.inf
        return outputs

    found = assimilate(fails_twice, members, OBSERVED, COVARIANCE, np.random.default_rng(3), (2.0, 2.0))

    assert [step.failed for step in found.steps] == [(4, 17), (0,)]
    assert [wave.members.shape[0] for wave in found.waves] == [98, 97]
    assert found.members.shape == (97, 3)
    assert np.abs(found.members).max() < 20


def test_too_many_failures_are_refused():
    def fails(values, step):
        return np.where(np.arange(len(values))[:, None] % 3 == 0, np.nan, linear(values, step))

    with pytest.raises(ValueError, match="34 of 100 members failed"):
        assimilate(fails, np.zeros((100, 3)), OBSERVED, COVARIANCE, np.random.default_rng(3))


def test_alphas_and_shapes_are_checked():
    with pytest.raises(ValueError, match="must sum to 1"):
        assimilate(linear, np.zeros((9, 3)), OBSERVED, COVARIANCE, np.random.default_rng(3), (2.0,))
    with pytest.raises(ValueError, match="need outputs"):
        assimilate(lambda m, s: m, np.zeros((9, 3)), OBSERVED, COVARIANCE, np.random.default_rng(3))


def test_the_truncated_inverse_keeps_the_directions_that_hold_the_energy():
    matrix = np.diag([6.0, 3.0, 1.0])

    assert truncated_inverse(matrix, 1.0)[0] == pytest.approx(np.diag([1 / 6, 1 / 3, 1.0]))
    inverse, kept = truncated_inverse(matrix, 0.9)
    assert kept == 2
    assert inverse == pytest.approx(np.diag([1 / 6, 1 / 3, 0.0]))


def test_misfit_falls_to_the_level_of_the_errors():
    members = np.random.default_rng(1).standard_normal((500, 3))
    found = assimilate(linear, members, OBSERVED, COVARIANCE, np.random.default_rng(2))

    assert found.steps[-1].misfit < found.steps[0].misfit
