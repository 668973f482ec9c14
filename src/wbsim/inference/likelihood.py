"""Gaussian log-likelihood of residuals, under one covariance or one for each draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

Floats = NDArray[np.float64]


def log_density(residuals: Floats, covariance: Floats) -> Floats:
    """Log density (n,) of N(0, covariance) at `residuals` (n, K); `covariance` (K, K), or (n, K, K) one a row.

    LinAlgError if a covariance is not positive definite.
    """
    factor = np.linalg.cholesky(covariance)
    if factor.ndim == 2:
        white = solve_triangular(factor, residuals.T, lower=True).T
    else:
        white = np.linalg.solve(factor, residuals[..., None])[..., 0]
    log_root = np.sum(np.log(np.diagonal(factor, axis1=-2, axis2=-1)), axis=-1)
    constant = 0.5 * residuals.shape[1] * np.log(2 * np.pi)
    return np.asarray(-0.5 * np.sum(white**2, axis=1) - log_root - constant)


@dataclass(frozen=True, slots=True)
class GaussianLikelihood:
    """Log-likelihood of `observed` (K,) under N(prediction, covariance), the covariance factored once.

    `whiten` (K, K) turns residuals into independent standard normal numbers.
    """

    observed: Floats
    whiten: Floats
    constant: float

    def __call__(self, predicted: Floats) -> Floats:
        """Log-likelihood (n,) of predictions (n, K)."""
        white = (predicted - self.observed) @ self.whiten.T
        return np.asarray(self.constant - 0.5 * np.einsum("nk,nk->n", white, white))


def gaussian_likelihood(observed: Floats, covariance: Floats) -> GaussianLikelihood:
    """The likelihood of `observed` (K,) under `covariance` (K, K); LinAlgError unless positive definite."""
    factor = np.linalg.cholesky(covariance)
    whiten = solve_triangular(factor, np.eye(observed.size), lower=True)
    constant = -float(np.sum(np.log(np.diag(factor)))) - 0.5 * observed.size * float(np.log(2 * np.pi))
    return GaussianLikelihood(observed, whiten, constant)
