"""Ensemble smoother with multiple data assimilation: the posterior of a near-Gaussian problem in a few sweeps.

Emerick and Reynolds 2013, Computers & Geosciences 55: each step moves every member by
C_md (C_dd + alpha C)^-1 (y + sqrt(alpha) C^(1/2) z - f(m)), sum of 1 / alpha = 1, with fresh perturbations z. The
inverse is taken after scaling by the Cholesky factor of C, by a singular value decomposition truncated where the
kept singular values reach a share `energy` of their sum. Exact for linear f and many members; elsewhere a Gaussian
approximation, whose intervals should not be used alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from wbsim.inference.history import finite_rows

Floats = NDArray[np.float64]

#: Outputs (N, K) of members (N, D) at a step from 0: fresh seeds at each; NaN in a row says that the member failed.
Forward = Callable[[Floats, int], Floats]

#: Most members of a step, as a share, that may fail before the result is refused.
TOLERATED = 0.2


@dataclass(frozen=True, slots=True)
class Wave:
    """Members (n, D) and their outputs (n, K) at one step, without those that failed: what an emulator learns from."""

    members: Floats
    outputs: Floats


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its `alpha`, the members that `failed` (places in the first ensemble; they leave it), the `kept`
    directions of the data, and the mean squared distance to the observations per figure, `misfit`, before the move
    (about 1 plus noise when the fit is as good as the errors allow)."""

    alpha: float
    failed: tuple[int, ...]
    kept: int
    misfit: float


@dataclass(frozen=True, slots=True)
class Assimilation:
    """The posterior `members` (n, D), the waves they came from, and a record of every step."""

    members: Floats
    waves: tuple[Wave, ...]
    steps: tuple[Step, ...]


def assimilate(
    forward: Forward,
    members: Floats,
    observed: Floats,
    covariance: Floats,
    generator: np.random.Generator,
    alphas: Sequence[float] = (8.0,) * 8,
    energy: float = 0.999,
) -> Assimilation:
    """Move `members` (N, D), draws of the prior, to the posterior given `observed` (K,) with `covariance` (K, K).

    ValueError if the alphas do not sum to one in inverse, or too many members fail.
    """
    if not np.isclose(sum(1.0 / alpha for alpha in alphas), 1.0):
        raise ValueError(
            f"the inverses of alpha must sum to 1; they sum to {sum(1.0 / a for a in alphas):.6g}"
        )
    if not 0.0 < energy <= 1.0:
        raise ValueError(f"energy is a share above 0 and up to 1; it is {energy}")
    root = np.linalg.cholesky(covariance)
    places = np.arange(members.shape[0])
    waves: list[Wave] = []
    steps: list[Step] = []
    for number, alpha in enumerate(alphas):
        outputs = forward(members, number)
        good = _check(outputs, members.shape[0], observed.size, number)
        failed = tuple(places[~good].tolist())
        members, outputs, places = members[good], outputs[good], places[good]
        waves.append(Wave(members, outputs))
        white = np.asarray(solve_triangular(root, (outputs - observed).T, lower=True).T)
        members, kept = _update(members, white, alpha, energy, generator)
        steps.append(Step(float(alpha), failed, kept, float(np.mean(white**2))))
    return Assimilation(members, tuple(waves), tuple(steps))


def _check(outputs: Floats, members: int, figures: int, step: int) -> NDArray[np.bool_]:
    """Members that did not fail; ValueError if there are too few, or not one row each."""
    if outputs.shape != (members, figures):
        raise ValueError(
            f"step {step}: {members} members need outputs {(members, figures)}; got {outputs.shape}"
        )
    good = finite_rows(outputs)
    if np.mean(~good) > TOLERATED or good.sum() < 3:
        raise ValueError(
            f"step {step}: {np.sum(~good)} of {members} members failed; at most {TOLERATED:.0%} may"
        )
    return good


def _update(
    members: Floats, white: Floats, alpha: float, energy: float, generator: np.random.Generator
) -> tuple[Floats, int]:
    """The members after one assimilation, and how many directions of the data were kept.

    `white` (N, K): outputs minus observations, scaled by the Cholesky factor of their covariance.
    """
    count, figures = white.shape
    centred = white - white.mean(axis=0)
    inverse, kept = truncated_inverse(centred.T @ centred / (count - 1) + alpha * np.eye(figures), energy)
    cross = (members - members.mean(axis=0)).T @ centred / (count - 1)
    innovation = np.sqrt(alpha) * generator.standard_normal(white.shape) - white
    return np.asarray(members + innovation @ inverse @ cross.T), kept


def truncated_inverse(matrix: Floats, energy: float) -> tuple[Floats, int]:
    """Pseudo-inverse of a symmetric positive matrix, and the singular values kept: the fewest that hold `energy`."""
    left, values, right = np.linalg.svd(matrix)
    shares = np.cumsum(values) / np.sum(values)
    kept = min(int(np.searchsorted(shares, energy * (1 - 1e-12))) + 1, values.size)
    return np.asarray((right[:kept].T / values[:kept]) @ left[:, :kept].T), kept
