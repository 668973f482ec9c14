"""Ridge regression of many outputs at once, each with the strength that generalised cross-validation chooses.

Golub, Heath and Wahba 1979: GCV = (RSS / N) / (1 - df / N)^2. Left-out residuals follow in closed form,
r_i / (1 - h_ii) (Allen 1974), so that no model is fitted twice. The first feature is constant and not shrunk.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Strengths tried, relative to the number of rows.
STRENGTHS = tuple(float(10.0**exponent) for exponent in np.arange(-6.0, 1.01, 0.5))


@dataclass(frozen=True, slots=True)
class Ridge:
    """Coefficients (F, K), the `strength` (K,) and degrees of freedom `freedom` (K,) of each output, and the
    residuals (N, K) of each row when that row is left out."""

    coefficients: Floats
    strength: Floats
    freedom: Floats
    left_out: Floats


def fit_ridge(features: Floats, outputs: Floats, weights: Floats | None = None) -> Ridge:
    """Fit `outputs` (N, K) on `features` (N, F), the first of which is 1; `weights` (N,) positive, equal by default.

    ValueError with fewer than three rows. More features than rows are possible: the ridge decides.
    """
    count = features.shape[0]
    if count < 3 or outputs.shape[0] != count:
        raise ValueError(
            f"a ridge needs three rows or more, one of outputs each: {features.shape}, {outputs.shape}"
        )
    weights = np.ones(count) if weights is None else weights / weights.mean()
    root = np.sqrt(weights)[:, None]
    centre = np.average(features[:, 1:], axis=0, weights=weights)
    middle = np.average(outputs, axis=0, weights=weights)
    design, target = (features[:, 1:] - centre) * root, (outputs - middle) * root
    values, basis = np.linalg.eigh(design.T @ design)
    values = np.maximum(values, 0.0)
    projected = basis.T @ (design.T @ target)
    strength = _choose(values, projected, np.sum(target**2, axis=0), count)
    shrunk = projected / (values[:, None] + strength)
    slopes = basis @ shrunk
    coefficients = np.vstack([middle - centre @ slopes, slopes])
    leverage = (design @ basis) ** 2 @ (1.0 / (values[:, None] + strength)) + weights[:, None] / count
    left_out = (outputs - features @ coefficients) / np.maximum(1.0 - leverage, 1e-9)
    freedom = 1.0 + np.sum(values[:, None] / (values[:, None] + strength), axis=0)
    return Ridge(coefficients, strength, freedom, left_out)


def _choose(values: Floats, projected: Floats, total: Floats, count: int) -> Floats:
    """The strength (K,) with the least generalised cross-validation score for each output."""
    strengths = count * np.array(STRENGTHS)
    scores = np.empty((strengths.size, projected.shape[1]))
    squared = projected**2
    for place, strength in enumerate(strengths):
        shrink = 1.0 / (values + strength)
        residual = total - (2.0 * shrink - values * shrink**2) @ squared
        freedom = 1.0 + np.sum(values * shrink)
        scores[place] = residual / max(count - freedom, 1e-9) ** 2
    return np.asarray(strengths[np.argmin(scores, axis=0)])
