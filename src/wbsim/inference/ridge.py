"""Ridge regression of many outputs at once, each with the strength that generalised cross-validation chooses.

Golub, Heath and Wahba 1979: GCV = (RSS / N) / (1 - df / N)^2. Left-out residuals follow in closed form,
r_i / (1 - h_ii) (Allen 1974), so that no model is fitted twice. The first feature is constant and not shrunk; features
named as fine may be shrunk harder than the others, again by cross-validation: most squares and products matter little,
and each that is not shrunk adds the simulator's noise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Penalties tried on fine features, as multiples of that on the others.
MULTIPLES = (1.0, 10.0, 100.0, 1000.0, 10_000.0)
#: Strengths tried, relative to the number of rows.
STRENGTHS = tuple(float(10.0**exponent) for exponent in np.arange(-6.0, 1.01, 0.5))


@dataclass(frozen=True, slots=True)
class Ridge:
    """Coefficients (F, K), the `strength` (K,), its `multiple` (K,) on fine features and degrees of freedom `freedom`
    (K,) of each output, and the residuals (N, K) of each row when that row is left out."""

    coefficients: Floats
    strength: Floats
    multiple: Floats
    freedom: Floats
    left_out: Floats


def fit_ridge(
    features: Floats, outputs: Floats, weights: Floats | None = None, fine: NDArray[np.bool_] | None = None
) -> Ridge:
    """Fit `outputs` (N, K) on `features` (N, F), the first of which is 1; `weights` (N,) positive, equal by default.

    `fine` (F,) marks features that may be shrunk harder; none by default. ValueError with fewer than three rows. More
    features than rows are possible: the ridge decides.
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
    solved = _Solved(
        np.empty((design.shape[1], outputs.shape[1])), *(np.empty(outputs.shape[1]) for _ in range(3))
    )
    hat = np.empty(outputs.shape)
    for multiple, chosen, basis in _best(design, target, fine):
        solved.put(multiple, chosen, basis)
        hat[:, chosen] = (design @ basis.vectors) ** 2 @ (
            1.0 / (basis.values[:, None] + basis.strength[chosen])
        )
    coefficients = np.vstack([middle - centre @ solved.slopes, solved.slopes])
    leverage = hat + weights[:, None] / count
    left_out = (outputs - features @ coefficients) / np.maximum(1.0 - leverage, 1e-9)
    return Ridge(coefficients, solved.strength, solved.multiple, solved.freedom, left_out)


@dataclass(frozen=True, slots=True)
class _Basis:
    """Eigenvectors of the features' moments, scaled back; eigenvalues; projections (F - 1, K) of the outputs; and for
    every output the best strength under one multiple, with its score."""

    vectors: Floats
    values: Floats
    projected: Floats
    strength: Floats
    score: Floats


@dataclass(frozen=True, slots=True)
class _Solved:
    """Slopes (F - 1, K), strength, multiple and degrees of freedom (K,), filled output by output."""

    slopes: Floats
    strength: Floats
    multiple: Floats
    freedom: Floats

    def put(self, multiple: float, chosen: Integers, basis: _Basis) -> None:
        """Fill in the `chosen` outputs."""
        spread = basis.values[:, None] + basis.strength[chosen]
        self.slopes[:, chosen] = basis.vectors @ (basis.projected[:, chosen] / spread)
        self.strength[chosen], self.multiple[chosen] = basis.strength[chosen], multiple
        self.freedom[chosen] = 1.0 + np.sum(basis.values[:, None] / spread, axis=0)


def _best(
    design: Floats, target: Floats, fine: NDArray[np.bool_] | None
) -> Iterator[tuple[float, Integers, _Basis]]:
    """For each multiple that is best for some outputs: it, those outputs, and what solves them."""
    moments, cross = design.T @ design, design.T @ target
    total = np.sum(target**2, axis=0)
    hard = np.zeros(design.shape[1], dtype=bool) if fine is None else fine[1:]
    multiples = MULTIPLES if hard.any() else MULTIPLES[:1]
    bases = []
    for multiple in multiples:
        scale = np.where(hard, 1.0 / np.sqrt(multiple), 1.0)
        values, vectors = np.linalg.eigh(moments * np.outer(scale, scale))
        values, projected = np.maximum(values, 0.0), vectors.T @ (cross * scale[:, None])
        strength, score = _choose(values, projected, total, design.shape[0])
        bases.append(_Basis(vectors * scale[:, None], values, projected, strength, score))
    winner = np.argmin([basis.score for basis in bases], axis=0)
    for place in np.unique(winner):
        yield multiples[place], np.flatnonzero(winner == place), bases[place]


def _choose(values: Floats, projected: Floats, total: Floats, count: int) -> tuple[Floats, Floats]:
    """The strength (K,) with the least generalised cross-validation score for each output, and that score."""
    strengths = count * np.array(STRENGTHS)
    scores = np.empty((strengths.size, projected.shape[1]))
    squared = projected**2
    for place, strength in enumerate(strengths):
        shrink = 1.0 / (values + strength)
        residual = total - (2.0 * shrink - values * shrink**2) @ squared
        freedom = 1.0 + np.sum(values * shrink)
        scores[place] = residual / max(count - freedom, 1e-9) ** 2
    return np.asarray(strengths[np.argmin(scores, axis=0)]), np.asarray(np.min(scores, axis=0))
