"""A second algorithm for the record: differential-evolution Markov chains that learn from their past.

ter Braak and Vrugt 2008, Statistics and Computing 18 (DE-MCzs): every chain moves along differences of two states
of an archive, or along the line through one (snooker update, a tenth of the moves); the archive grows by the current
states now and then, so that the adaptation dies out. All chains move at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.diagnostics import Convergence, convergence
from wbsim.inference.moves import LogLikelihood, evaluate

Floats = NDArray[np.float64]

#: Shares of snooker moves, and of parallel moves with a step of one that may jump between peaks.
SNOOKER, JUMP = 0.1, 0.1
#: Standard deviation of the noise on every parallel move, in prior standard deviations.
NOISE = 1e-4


@dataclass(frozen=True, slots=True)
class Settings:
    """Chains and generations; `burn` of them are dropped; the archive takes the states every `archive` generations."""

    chains: int = 40
    generations: int = 4000
    burn: int = 1000
    archive: int = 10


@dataclass(frozen=True, slots=True)
class Chains:
    """Draws (chains, generations - burn, D) of the posterior, the share accepted, and whether they have converged."""

    draws: Floats
    accepted: float
    convergence: Convergence

    @property
    def flat(self) -> Floats:
        """All draws, shape (chains x generations, D)."""
        return np.asarray(self.draws.reshape(-1, self.draws.shape[2]))


def sample_chains(
    log_likelihood: LogLikelihood,
    start: Floats,
    generator: np.random.Generator,
    settings: Settings | None = None,
) -> Chains:
    """Sample the posterior under N(0, I) priors from `start` (N, D), N >= max(3 D, chains) dispersed points.

    The first states of the chains are the first points; all of them are the first archive. ValueError if there are
    too few or a chain starts where it cannot be.
    """
    settings = settings or Settings()
    count, dimension = settings.chains, start.shape[1]
    if start.shape[0] < max(3 * dimension, count, 3):
        raise ValueError(
            f"{max(3 * dimension, count, 3)} starting points or more are needed; got {start.shape[0]}"
        )
    archive = start.copy()
    points = start[:count].copy()
    target = _log_posterior(log_likelihood, points)
    if not np.all(np.isfinite(target)):
        raise ValueError(f"chains {np.flatnonzero(~np.isfinite(target)).tolist()} start at zero likelihood")
    kept = np.empty((count, settings.generations - settings.burn, dimension))
    accepted = 0.0
    for generation in range(settings.generations):
        proposed, correction = _propose(points, archive, generator)
        value = _log_posterior(log_likelihood, proposed)
        chosen = np.log(generator.uniform(size=count)) < value - target + correction
        points[chosen], target[chosen] = proposed[chosen], value[chosen]
        if generation >= settings.burn:
            kept[:, generation - settings.burn] = points
            accepted += float(np.mean(chosen)) / kept.shape[1]
        if generation % settings.archive == settings.archive - 1:
            archive = np.concatenate([archive, points])
    return Chains(kept, accepted, convergence(kept))


def _log_posterior(log_likelihood: LogLikelihood, points: Floats) -> Floats:
    return np.asarray(evaluate(log_likelihood, points) - 0.5 * np.sum(points**2, axis=1))


def _propose(points: Floats, archive: Floats, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Proposals (chains, D), all parallel or all snooker, and the log of their correction (chains,)."""
    count = points.shape[0]
    three = archive[_three_places(archive.shape[0], count, generator)]
    if generator.uniform() < SNOOKER:
        return _snooker(points, three, generator)
    jump = generator.uniform() < JUMP
    scale = 1.0 if jump else 2.38 / np.sqrt(2 * points.shape[1])
    noise = NOISE * generator.standard_normal(points.shape)
    return points + scale * (three[0] - three[1]) + noise, np.zeros(count)


def _three_places(size: int, count: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Three different places of an archive for each chain, shape (3, chains)."""
    first = generator.integers(size, size=count)
    second = (first + 1 + generator.integers(size - 1, size=count)) % size
    third = generator.integers(size - 2, size=count)
    for taken in np.sort(np.stack([first, second]), axis=0):
        third += third >= taken
    return np.stack([first, second, third])


def _snooker(points: Floats, three: Floats, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Move along the line through an archived state z by projected differences; |x' - z|^(D-1) / |x - z|^(D-1)."""
    line = points - three[0]
    length = np.linalg.norm(line, axis=1)
    unit = line / np.maximum(length, 1e-300)[:, None]
    projected = np.sum((three[1] - three[2]) * unit, axis=1)
    moved = points + (generator.uniform(1.2, 2.2) * projected)[:, None] * unit
    after = np.linalg.norm(moved - three[0], axis=1)
    ratio = np.log(np.maximum(after, 1e-300)) - np.log(np.maximum(length, 1e-300))
    # A chain that sits on the archived state has no line to move along: it stays.
    correction = np.where(length > 0, (points.shape[1] - 1) * ratio, -np.inf)
    return moved, correction
