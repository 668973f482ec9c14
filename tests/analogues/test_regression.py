"""Regressions find what was planted, and say how far they are off."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import norm

from wbsim.analogues.regression import (
    features,
    fit_count,
    fit_number,
    fit_share,
    fit_time,
    normal_between,
)

Z = np.random.default_rng(1).standard_normal((3000, 4))
NEW = np.random.default_rng(2).standard_normal((500, 4))


def planted(z: np.ndarray) -> np.ndarray:
    return 0.5 + 0.8 * z[:, 0] - 0.5 * z[:, 1] + 0.3 * (z[:, 0] ** 2 - 1.0) + 0.3 * z[:, 1] * z[:, 2]


def test_features_are_orthonormal_under_the_prior() -> None:
    many = features(np.random.default_rng(3).standard_normal((200_000, 3)))
    assert many.shape[1] == 1 + 3 + 3 + 3
    assert many.T @ many / len(many) == pytest.approx(np.eye(10), abs=0.03)


def test_the_logit_of_a_share_is_found_again_and_its_error_is_that_of_the_surface() -> None:
    successes = np.random.default_rng(4).binomial(6, expit(planted(Z))).astype(float)
    fitted = fit_share(Z, successes, np.full(len(Z), 6.0))
    gap = np.sqrt(np.mean((fitted(NEW) - planted(NEW)) ** 2))
    assert gap < 0.1
    assert fitted.error == pytest.approx(gap, abs=0.06)


def test_what_no_parameter_moves_stays_flat() -> None:
    successes = np.random.default_rng(5).binomial(1, 0.3, len(Z)).astype(float)
    fitted = fit_share(Z, successes, np.ones(len(Z)))
    assert np.std(fitted(NEW)) < 0.15
    assert expit(np.mean(fitted(NEW))) == pytest.approx(0.3, abs=0.03)


def test_a_share_of_nothing_has_a_finite_logit() -> None:
    fitted = fit_share(Z, np.zeros(len(Z)), np.ones(len(Z)))
    assert np.isfinite(fitted(NEW)).all()
    assert expit(fitted(NEW)).max() < 0.01


def test_the_log_of_a_rate_is_found_again() -> None:
    counts = np.random.default_rng(6).poisson(np.exp(planted(Z))).astype(float)
    assert np.sqrt(np.mean((fit_count(Z, counts)(NEW) - planted(NEW)) ** 2)) < 0.08


def test_a_plain_number_is_found_again() -> None:
    values = planted(Z) + 0.5 * np.random.default_rng(7).standard_normal(len(Z))
    assert np.sqrt(np.mean((fit_number(Z, values)(NEW) - planted(NEW)) ** 2)) < 0.08


def test_times_are_found_again_although_half_of_them_are_cut_off() -> None:
    logs = 2.0 + planted(Z) + 0.6 * np.random.default_rng(8).standard_normal(len(Z))
    limit = np.quantile(logs, 0.5)
    months, seen = np.exp(np.minimum(logs, limit)), logs <= limit
    fitted, spread = fit_time(Z, months, seen)
    assert np.sqrt(np.mean((fitted(NEW) - 2.0 - planted(NEW)) ** 2)) < 0.15
    assert spread == pytest.approx(0.6, abs=0.06)
    naive = fit_number(Z, np.log(months))
    assert np.mean(naive(NEW)) < np.mean(fitted(NEW)) - 0.2, (
        "cut-off times taken as they are would be too short"
    )


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="10 rows or more; there are 6"):
        fit_number(Z[:6], np.zeros(6))


def test_chances_far_out_in_a_tail_are_not_lost() -> None:
    between = normal_between(np.array([9.0, -1.0]), np.array([np.inf, 1.0]))
    assert between[0] == pytest.approx(norm.sf(9.0))
    assert between[1] == pytest.approx(0.6827, abs=1e-4)
