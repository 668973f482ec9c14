"""A second family of emulators, for comparison: random Fourier features on what a quadratic leaves over.

Rahimi and Recht 2007: features sqrt(2 / M) cos(w'u + b) with w normal approach a Gaussian-process regression with a
squared-exponential kernel of length scale `length` (in standard deviations of the training points).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.emulator import Quadratic, fit_quadratic, second_moment
from wbsim.inference.ridge import Ridge, fit_ridge

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Length scales tried, in units of sqrt(D) whitened standard deviations: the typical distance grows so.
LENGTHS = (0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class FourierQuadratic:
    """A quadratic plus a smooth random-feature correction: `frequencies` (D, M), `phases` (M,), `coefficients`."""

    quadratic: Quadratic
    frequencies: Floats
    phases: Floats
    coefficients: Floats
    length: float
    residual_covariance: Floats

    @property
    def residual_variance(self) -> Floats:
        """Variance (K,) of output minus prediction at a new point."""
        return np.asarray(np.diag(self.residual_covariance))

    def predict(self, points: Floats) -> Floats:
        """Outputs (n, K) expected at `points` (n, D)."""
        u = self.quadratic.whitening(points)
        return np.asarray(
            self.quadratic.predict(points) + waves(u, self.frequencies, self.phases) @ self.coefficients
        )


def waves(u: Floats, frequencies: Floats, phases: Floats) -> Floats:
    """A constant and sqrt(2 / M) cos(u w + b), shape (n, 1 + M)."""
    out = np.empty((u.shape[0], 1 + phases.size))
    out[:, 0] = 1.0
    np.cos(u @ frequencies + phases, out=out[:, 1:])
    out[:, 1:] *= np.sqrt(2.0 / phases.size)
    return out


def fit_fourier(
    points: Floats,
    outputs: Floats,
    generator: np.random.Generator,
    curved: Sequence[int] | Integers | None = None,
    weights: Floats | None = None,
    judged: NDArray[np.bool_] | None = None,
    count: int = 300,
    lengths: Sequence[float] = LENGTHS,
) -> FourierQuadratic:
    """Fit a quadratic, then `count` random features on its residuals; the length with least left-out error is used.

    Shapes as in `fit_quadratic`.
    """
    quadratic = fit_quadratic(points, outputs, curved, weights, judged)
    u = quadratic.whitening(points)
    residuals = outputs - quadratic.predict(points)
    normal = generator.standard_normal((u.shape[1], count))
    phases = generator.uniform(0.0, 2 * np.pi, count)
    best: tuple[float, float, Ridge] | None = None
    for length in lengths:
        ridge = fit_ridge(waves(u, normal / (length * np.sqrt(u.shape[1])), phases), residuals, weights)
        error = float(np.mean(np.mean(ridge.left_out**2, axis=0) / np.var(outputs, axis=0)))
        if best is None or error < best[0]:
            best = (error, length, ridge)
    if best is None:
        raise ValueError("at least one length scale is needed")
    _, length, ridge = best
    # The quadratic has already used the rows: its degrees of freedom are charged on top of those of the features.
    used = 1.0 - (quadratic.freedom - 1.0) / points.shape[0]
    covariance = second_moment(ridge.left_out / np.maximum(used, 1e-3), weights, judged)
    frequencies = normal / (length * np.sqrt(u.shape[1]))
    return FourierQuadratic(quadratic, frequencies, phases, ridge.coefficients, length, covariance)
