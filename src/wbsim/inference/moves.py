"""Markov moves of many particles at once that leave prior times likelihood to a power in place.

`walk` is a random-walk Metropolis step in whitened space (Roberts and Rosenthal 2001). `turn` is a preconditioned
Crank-Nicolson step about the normal distribution fitted to the particles, u' = sqrt(1 - b^2) u + b e (Cotter et al.
2013, with the fitted normal in place of the prior): where the fit is good, and so in every direction that the data
leave to the prior, it may go all the way in one step, b = 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Log-likelihood (n,) of points (n, D); NaN counts as impossible.
LogLikelihood = Callable[[Floats], Floats]

#: Shares of proposals accepted that the scales are steered to.
WALK_TARGET, TURN_TARGET = 0.25, 0.35


@dataclass
class Swarm:
    """Particles on the move: `points` (M, D) and their `log_likelihood` (M,), changed in place."""

    points: Floats
    log_likelihood: Floats

    def accept(self, chosen: NDArray[np.bool_], points: Floats, log_likelihood: Floats) -> None:
        """Put the chosen proposals in place."""
        self.points[chosen] = points[chosen]
        self.log_likelihood[chosen] = log_likelihood[chosen]


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution fitted to particles: z = mean + root u, root the scaled eigenvectors (D, D)."""

    mean: Floats
    root: Floats
    inverse: Floats

    def whiten(self, points: Floats) -> Floats:
        """Coordinates u (n, D) of points (n, D)."""
        return np.asarray((points - self.mean) @ self.inverse.T)


@dataclass
class Scales:
    """Step sizes, steered by acceptance while moves go on; they are kept from stage to stage."""

    walk: float
    turn: float = 0.7


def fit_normal(points: Floats, weights: Floats) -> Normal:
    """The weighted mean and covariance of points (M, D), with weights (M,) that sum to one."""
    mean = weights @ points
    centred = points - mean
    covariance = (centred * weights[:, None]).T @ centred
    values, vectors = np.linalg.eigh(covariance)
    deviations = np.sqrt(np.maximum(values, 1e-12 * max(float(values[-1]), 1e-12)))
    return Normal(mean, vectors * deviations, (vectors / deviations).T)


def evaluate(log_likelihood: LogLikelihood, points: Floats) -> Floats:
    """Log-likelihood (n,) of points, NaN made minus infinity."""
    values = np.asarray(log_likelihood(points), dtype=np.float64)
    if values.shape != (points.shape[0],):
        raise ValueError(f"the log-likelihood of {points.shape[0]} points has shape {values.shape}")
    return np.where(np.isnan(values), -np.inf, values)


def walk(
    swarm: Swarm,
    log_likelihood: LogLikelihood,
    temperature: float,
    normal: Normal,
    scales: Scales,
    generator: np.random.Generator,
) -> float:
    """One random-walk Metropolis step of every particle; the share accepted, by which the scale is steered."""
    steps = generator.standard_normal(swarm.points.shape)
    proposed = swarm.points + scales.walk * steps @ normal.root.T
    value = evaluate(log_likelihood, proposed)
    prior = 0.5 * (np.sum(swarm.points**2, axis=1) - np.sum(proposed**2, axis=1))
    accepted = _decide(prior + temperature * (value - swarm.log_likelihood), generator)
    swarm.accept(accepted, proposed, value)
    share = float(np.mean(accepted))
    scales.walk *= float(np.exp(share - WALK_TARGET))
    return share


def turn(
    swarm: Swarm,
    log_likelihood: LogLikelihood,
    temperature: float,
    normal: Normal,
    scales: Scales,
    generator: np.random.Generator,
) -> float:
    """One preconditioned Crank-Nicolson step of every particle about `normal`; the share accepted."""
    u = normal.whiten(swarm.points)
    proposed_u = np.sqrt(1.0 - scales.turn**2) * u + scales.turn * generator.standard_normal(u.shape)
    proposed = normal.mean + proposed_u @ normal.root.T
    value = evaluate(log_likelihood, proposed)
    # Ratio of prior to fitted normal, there over here: the proposal itself is reversible for the fitted normal.
    there = np.sum(proposed_u**2, axis=1) - np.sum(proposed**2, axis=1)
    here = np.sum(u**2, axis=1) - np.sum(swarm.points**2, axis=1)
    accepted = _decide(0.5 * (there - here) + temperature * (value - swarm.log_likelihood), generator)
    swarm.accept(accepted, proposed, value)
    share = float(np.mean(accepted))
    scales.turn = float(np.clip(scales.turn * np.exp(share - TURN_TARGET), 0.02, 1.0))
    return share


def _decide(log_ratio: Floats, generator: np.random.Generator) -> NDArray[np.bool_]:
    return np.asarray(np.log(generator.uniform(size=log_ratio.size)) < log_ratio)
