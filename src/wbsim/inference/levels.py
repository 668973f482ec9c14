"""Level coordinates, and what figures have in common beside the model: integrated out, and sampled afterwards.

Residuals r = logit y - logit p(dynamics, levels at 0) are taken as linear in standard normal coordinates u:
r = M u + e with M = [sensitivity, intercepts, houses, drifts] and e ~ N(0, N). Then r ~ N(0, N + M M'), and u given r
is normal with precision Q = I + M' N^-1 M and mean Q^-1 M' N^-1 r (Rasmussen and Williams 2006, section 2.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.observation import ObservationError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Conditional:
    """Normal distribution of J coordinates given residuals: `mean` (n, J), lower `precision_root` (J, J) of Q = R R'.

    With a sensitivity for each draw, `precision_root` is (n, J, J).
    """

    mean: Floats
    precision_root: Floats

    def covariance(self) -> Floats:
        """Covariance (J, J), or (n, J, J)."""
        root = np.linalg.inv(self.precision_root)
        return np.asarray(np.swapaxes(root, -1, -2) @ root)

    def sample(self, generator: np.random.Generator) -> Floats:
        """One draw for each row of the mean, shape (n, J)."""
        return self.at(generator.standard_normal(self.mean.shape))

    def at(self, noise: Floats) -> Floats:
        """The draws (n, J) that standard normal `noise` (n, J) makes."""
        transposed = np.swapaxes(self.precision_root, -1, -2)
        if transposed.ndim == 2:
            return np.asarray(self.mean + np.linalg.solve(transposed, noise.T).T)
        return np.asarray(self.mean + np.linalg.solve(transposed, noise[..., None])[..., 0])


@dataclass(frozen=True, slots=True)
class Nuisance:
    """Draws that were integrated out, in standard normal units.

    `levels` (n, L), `intercepts` (n, A), `houses` (n, S + V) of surveys and waves, steps of `drifts` (n, N).
    """

    levels: Floats
    intercepts: Floats
    houses: Floats
    drifts: Floats


def marginal_covariance(error: ObservationError, sensitivity: Floats) -> Floats:
    """Covariance (K, K) of logits with levels, intercepts, houses and drifts integrated out.

    `sensitivity` (K, L), or (n, K, L) for one result a draw: logits by level coordinates with N(0, 1) priors.
    """
    return np.asarray(error.total() + sensitivity @ np.swapaxes(sensitivity, -1, -2))


def condition(residuals: Floats, loadings: Floats, noise: Floats) -> Conditional:
    """Coordinates u ~ N(0, I) given `residuals` (n, K) = loadings u + e, e ~ N(0, noise), noise (K, K).

    `loadings` (K, J), or (n, K, J) for one set a draw.
    """
    inverse_root = np.linalg.inv(np.linalg.cholesky(noise))
    white = inverse_root @ loadings
    target = residuals @ inverse_root.T
    precision = np.eye(loadings.shape[-1]) + np.swapaxes(white, -1, -2) @ white
    pull = target @ white if white.ndim == 2 else np.einsum("nkj,nk->nj", white, target)
    mean = (
        np.linalg.solve(precision, pull[..., None])[..., 0]
        if white.ndim == 3
        else np.linalg.solve(precision, pull.T).T
    )
    return Conditional(np.asarray(mean), np.asarray(np.linalg.cholesky(precision)))


def sample_nuisance(
    residuals: Floats, error: ObservationError, sensitivity: Floats, generator: np.random.Generator
) -> Nuisance:
    """Draw levels, intercepts, houses and drifts jointly for each row of `residuals` (n, K).

    `sensitivity` is (K, L) or (n, K, L). What all but the levels add to the logits is `error.shift`.
    """
    drawn = conditional_nuisance(residuals, error, sensitivity).sample(generator)
    return split_nuisance(drawn, error, sensitivity)


def conditional_nuisance(residuals: Floats, error: ObservationError, sensitivity: Floats) -> Conditional:
    """Levels, intercepts, houses and drifts, side by side, given each row of `residuals` (n, K)."""
    return condition(residuals, _joined(error, sensitivity), error.own())


def split_nuisance(drawn: Floats, error: ObservationError, sensitivity: Floats) -> Nuisance:
    """What is side by side in `drawn` (n, J)."""
    first = sensitivity.shape[-1]
    second = first + error.intercepts.shape[1]
    third = second + error.houses.shape[1]
    return Nuisance(drawn[:, :first], drawn[:, first:second], drawn[:, second:third], drawn[:, third:])


def _joined(error: ObservationError, sensitivity: Floats) -> Floats:
    others = error.shared()
    if sensitivity.ndim == 3:
        others = np.broadcast_to(others, (sensitivity.shape[0], *others.shape))
    return np.concatenate([sensitivity, others], axis=-1)
