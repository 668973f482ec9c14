"""A fast stand-in for a simulator: a quadratic of the coordinates for every output, fitted by ridge regression.

f(z) = c + b'u + u'Qu with u = W (z - m) whitened over the training rows: features 1, u, (u^2 - 1) / sqrt 2 and
u_i u_j, which for normal u are orthonormal. Coordinates that are not `curved` enter linearly only, so that many
levels cost one feature each. What the quadratic leaves over, in rows left out, is simulator noise and misfit: its
covariance belongs in the likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.ridge import fit_ridge

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Emulator(Protocol):
    """What every family of emulators offers."""

    def predict(self, points: Floats) -> Floats:
        """Outputs (n, K) expected at `points` (n, D)."""

    @property
    def residual_covariance(self) -> Floats:
        """Covariance (K, K) of output minus prediction at a new point: simulator noise and error of the emulator."""


@dataclass(frozen=True, slots=True)
class Whitening:
    """u = (z - centre) @ matrix.T; coordinates of `curved` first, decorrelated; the others scaled one by one.

    `order` (D,) gives the coordinate behind each column before the matrix; the first `curved` of them are curved.
    """

    centre: Floats
    matrix: Floats
    order: Integers
    curved: int

    def __call__(self, points: Floats) -> Floats:
        """Whitened coordinates (n, D) of points (n, D)."""
        return np.asarray((points - self.centre)[:, self.order] @ self.matrix.T)


@dataclass(frozen=True, slots=True)
class Quadratic:
    """A fitted quadratic: `coefficients` (F, K), and per output `strength` and `freedom` of the ridge."""

    whitening: Whitening
    coefficients: Floats
    strength: Floats
    freedom: Floats
    residual_covariance: Floats

    @property
    def residual_variance(self) -> Floats:
        """Variance (K,) of output minus prediction at a new point."""
        return np.asarray(np.diag(self.residual_covariance))

    def take(self, outputs: NDArray[np.bool_] | Integers) -> Quadratic:
        """The chosen outputs alone."""
        return Quadratic(
            self.whitening,
            self.coefficients[:, outputs],
            self.strength[outputs],
            self.freedom[outputs],
            self.residual_covariance[outputs][:, outputs],
        )

    def predict(self, points: Floats) -> Floats:
        """Outputs (n, K) expected at `points` (n, D)."""
        return np.asarray(features(self.whitening(points), self.whitening.curved) @ self.coefficients)

    def sensitivity(self, points: Floats, coordinates: Sequence[int] | Integers | None = None) -> Floats:
        """Derivatives (n, K, len(coordinates)) of the outputs by the coordinates, at `points` (n, D)."""
        u = self.whitening(points)
        dimension, curved = u.shape[1], self.whitening.curved
        outputs = self.coefficients.shape[1]
        slopes = np.broadcast_to(
            self.coefficients[1 : dimension + 1], (u.shape[0], dimension, outputs)
        ).copy()
        slopes[:, :curved] += np.einsum("ni,ijk->njk", u[:, :curved], self._hessian())
        by_column = np.einsum("ndk,de->nke", slopes, self.whitening.matrix)
        by_coordinate = np.empty_like(by_column)
        by_coordinate[:, :, self.whitening.order] = by_column
        return (
            by_coordinate if coordinates is None else np.asarray(by_coordinate[:, :, np.asarray(coordinates)])
        )

    def _hessian(self) -> Floats:
        """Second derivatives (C, C, K) by whitened curved coordinates."""
        dimension, curved = self.whitening.matrix.shape[0], self.whitening.curved
        squares = self.coefficients[dimension + 1 : dimension + 1 + curved]
        hessian = np.zeros((curved, curved, self.coefficients.shape[1]))
        first, second = np.triu_indices(curved, 1)
        hessian[first, second] = hessian[second, first] = self.coefficients[dimension + 1 + curved :]
        hessian[np.arange(curved), np.arange(curved)] = np.sqrt(2.0) * squares
        return hessian


def whiten(points: Floats, curved: Sequence[int] | Integers | None = None) -> Whitening:
    """The whitening of `points` (N, D); all coordinates are curved by default. ValueError if one never varies."""
    dimension = points.shape[1]
    chosen = np.arange(dimension) if curved is None else np.asarray(curved, dtype=np.int64)
    order = np.concatenate([chosen, np.setdiff1d(np.arange(dimension), chosen)]).astype(np.int64)
    centre, sd = points.mean(axis=0), points.std(axis=0)
    if np.any(sd < 1e-12) or points.shape[0] <= dimension:
        still = np.flatnonzero(sd < 1e-12).tolist()
        raise ValueError(
            f"{points.shape[0]} points of {dimension} coordinates; those that never vary: {still}"
        )
    matrix = np.diag(1.0 / sd[order])
    count = chosen.size
    if count:
        covariance = np.atleast_2d(np.cov(points[:, chosen].T))
        matrix[:count, :count] = np.linalg.inv(np.linalg.cholesky(covariance))
    return Whitening(centre, matrix, order, count)


def features(u: Floats, curved: int) -> Floats:
    """Features (n, 1 + D + C + C (C - 1) / 2) of whitened coordinates `u` (n, D), the first C = `curved` curved."""
    count, dimension = u.shape
    out = np.empty((count, 1 + dimension + curved + curved * (curved - 1) // 2))
    out[:, 0] = 1.0
    out[:, 1 : dimension + 1] = u
    column = dimension + 1 + curved
    out[:, dimension + 1 : column] = (u[:, :curved] ** 2 - 1.0) / np.sqrt(2.0)
    for first in range(curved - 1):
        width = curved - 1 - first
        np.multiply(u[:, first : first + 1], u[:, first + 1 : curved], out=out[:, column : column + width])
        column += width
    return out


def fit_quadratic(
    points: Floats,
    outputs: Floats,
    curved: Sequence[int] | Integers | None = None,
    weights: Floats | None = None,
    judged: NDArray[np.bool_] | None = None,
) -> Quadratic:
    """Fit `outputs` (N, K) at `points` (N, D); `weights` (N,) for rows that matter more, equal by default.

    The residual covariance is that of the rows `judged` (N,), each left out in turn; all rows by default. Judge by
    the newest wave: far from the posterior a quadratic is worse, and that is no error of what it is used for.
    """
    whitening = whiten(points, curved)
    columns = features(whitening(points), whitening.curved)
    ridge = fit_ridge(columns, outputs, weights, fine=np.arange(columns.shape[1]) > points.shape[1])
    covariance = second_moment(ridge.left_out, weights, judged)
    return Quadratic(whitening, ridge.coefficients, ridge.strength, ridge.freedom, covariance)


def second_moment(
    residuals: Floats, weights: Floats | None = None, judged: NDArray[np.bool_] | None = None
) -> Floats:
    """Weighted mean (K, K) of products of residuals (N, K) of the rows `judged`, about zero: bias counts as error."""
    weights = np.ones(residuals.shape[0]) if weights is None else weights
    if judged is not None:
        weights = weights * judged
    return np.asarray((residuals * (weights / weights.sum())[:, None]).T @ residuals)
