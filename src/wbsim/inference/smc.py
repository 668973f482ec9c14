"""Tempered sequential Monte Carlo: draws of the posterior and the evidence, moved until they have forgotten.

Del Moral, Doucet and Jasra 2006; the next temperature is where the effective sample size falls to half (Jasra et al.
2011), resampling is systematic, and the moves of a stage go on until particles no longer remember where they began:
mean over coordinates of |corr(start, current)| under 0.1, copies parted. A fixed number of moves is not enough
evidence: in simulation-based calibration twenty moves were measurably too few.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.moves import LogLikelihood, Normal, Scales, Swarm, evaluate, fit_normal, turn, walk

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long to look.

    `particles` M; `efficiency` the share to which the effective sample size falls between temperatures;
    `correlation` and `distinct` (share of particles that are no copy of another) end the moves of a stage, `most`
    moves do so without success, which is recorded. `rounds` of M particles are kept at the end, each moved until it
    has forgotten the one before.
    """

    particles: int = 4000
    efficiency: float = 0.5
    correlation: float = 0.1
    distinct: float = 0.98
    most: int = 400
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Stage:
    """One temperature.

    `efficiency` is the effective sample size as a share, before resampling; `log_evidence` the stage's part of it;
    `parents` the share of particles that were resampled from, `roots` the number of first particles with living
    descendants. After `moves`: `correlation` and `largest_correlation` of coordinates with where they began, the
    `distinct` share, and mean shares accepted. `reached` says whether the moves ended by the criterion.
    """

    temperature: float
    efficiency: float
    log_evidence: float
    parents: float
    roots: int
    moves: int
    correlation: float
    largest_correlation: float
    distinct: float
    accepted_walk: float
    accepted_turn: float
    reached: bool


@dataclass(frozen=True, slots=True)
class Posterior:
    """Equally weighted draws (M x rounds, D), their log-likelihood, the log evidence, and every stage."""

    draws: Floats
    log_likelihood: Floats
    log_evidence: float
    stages: tuple[Stage, ...]

    @property
    def capped(self) -> tuple[int, ...]:
        """Stages, from 0, whose moves ended at the cap and not by the criterion."""
        return tuple(place for place, stage in enumerate(self.stages) if not stage.reached)


@dataclass(frozen=True, slots=True)
class _Moved:
    """What the moves of one stage came to."""

    moves: int
    correlation: float
    largest: float
    distinct: float
    walks: float
    turns: float
    reached: bool


def sample(
    log_likelihood: LogLikelihood,
    dimension: int,
    generator: np.random.Generator,
    settings: Settings | None = None,
) -> Posterior:
    """Sample the posterior under N(0, I) priors of `dimension` coordinates.

    ValueError if no particle of the prior has a finite log-likelihood.
    """
    settings = settings or Settings()
    count = settings.particles
    points = generator.standard_normal((count, dimension))
    swarm = Swarm(points, evaluate(log_likelihood, points))
    scales = Scales(2.38 / np.sqrt(dimension))
    roots = np.arange(count)
    temperature, stages = 0.0, list[Stage]()
    while temperature < 1.0:
        step = next_step(swarm.log_likelihood, temperature, settings.efficiency)
        weights, log_evidence = _weigh(swarm.log_likelihood, step)
        temperature = min(1.0, temperature + step)
        normal = fit_normal(swarm.points, weights)
        parents = systematic(weights, generator)
        swarm = Swarm(swarm.points[parents], swarm.log_likelihood[parents])
        roots = roots[parents]
        moved = _forget(swarm, log_likelihood, temperature, normal, scales, generator, settings)
        efficiency = 1.0 / (count * float(np.sum(weights**2)))
        stages.append(_stage(temperature, efficiency, log_evidence, parents, roots, moved))
    kept = [swarm]
    for _ in range(settings.rounds - 1):
        swarm = Swarm(swarm.points.copy(), swarm.log_likelihood.copy())
        normal = fit_normal(swarm.points, np.full(count, 1.0 / count))
        moved = _forget(swarm, log_likelihood, 1.0, normal, scales, generator, settings)
        stages.append(_stage(1.0, 1.0, 0.0, np.arange(count), roots, moved))
        kept.append(swarm)
    return Posterior(
        np.concatenate([each.points for each in kept]),
        np.concatenate([each.log_likelihood for each in kept]),
        float(sum(stage.log_evidence for stage in stages)),
        tuple(stages),
    )


def next_step(log_likelihood: Floats, temperature: float, efficiency: float) -> float:
    """How far to raise the temperature: until the effective sample size is a share `efficiency` of what is possible.

    By bisection; at most to 1. Particles with zero likelihood do not count as possible.
    """
    possible = int(np.sum(log_likelihood > -np.inf))
    if not possible:
        raise ValueError("the log-likelihood is finite at no particle of the prior")
    low, high = 0.0, 1.0 - temperature
    if _effective(log_likelihood, high) >= efficiency * possible:
        return high
    while high - low > 1e-9 * high:
        middle = 0.5 * (low + high)
        if _effective(log_likelihood, middle) >= efficiency * possible:
            low = middle
        else:
            high = middle
    return high


def systematic(weights: Floats, generator: np.random.Generator) -> Integers:
    """Places (M,) of resampled particles: floor or ceil of M w_i times (Carpenter, Clifford and Fearnhead 1999)."""
    count = weights.size
    comb = (generator.uniform() + np.arange(count)) / count
    return np.asarray(np.minimum(np.searchsorted(np.cumsum(weights), comb), count - 1))


def _weigh(log_likelihood: Floats, step: float) -> tuple[Floats, float]:
    """Weights (M,) that sum to one, and the log of their mean before that."""
    logs = step * log_likelihood
    top = float(np.max(logs))
    weights = np.exp(logs - top)
    return weights / weights.sum(), top + float(np.log(np.mean(weights)))


def _effective(log_likelihood: Floats, step: float) -> float:
    weights, _ = _weigh(log_likelihood, step)
    return 1.0 / float(np.sum(weights**2))


def _forget(
    swarm: Swarm,
    log_likelihood: LogLikelihood,
    temperature: float,
    normal: Normal,
    scales: Scales,
    generator: np.random.Generator,
    settings: Settings,
) -> _Moved:
    """Move the particles until they have forgotten where they are now, three turns to a walk."""
    start = np.concatenate([swarm.points, normal.whiten(swarm.points)], axis=1)
    shares: dict[bool, list[float]] = {True: [], False: []}
    moves, correlations, distinct, reached = 0, np.ones(1), 0.0, False
    while moves < settings.most and not reached:
        for _ in range(4):
            walks = moves % 4 == 3
            move = walk if walks else turn
            shares[walks].append(move(swarm, log_likelihood, temperature, normal, scales, generator))
            moves += 1
        correlations = _correlations(start, swarm.points, normal)
        distinct = np.unique(swarm.points[:, 0]).size / swarm.points.shape[0]
        halves = correlations.reshape(2, -1).mean(axis=1)
        reached = bool(np.all(halves < settings.correlation)) and distinct >= settings.distinct
    return _Moved(
        moves,
        float(np.mean(correlations[: correlations.size // 2])),
        float(np.max(correlations)),
        distinct,
        float(np.mean(shares[True])),
        float(np.mean(shares[False])),
        reached,
    )


def _correlations(start: Floats, points: Floats, normal: Normal) -> Floats:
    """|corr(start, current)| (2 D,) of the coordinates, and of the principal axes of the particles."""
    now = np.concatenate([points, normal.whiten(points)], axis=1)
    first, second = start - start.mean(axis=0), now - now.mean(axis=0)
    scale = np.sqrt(np.sum(first**2, axis=0) * np.sum(second**2, axis=0))
    return np.asarray(np.abs(np.sum(first * second, axis=0)) / np.maximum(scale, 1e-300))


def _stage(
    temperature: float,
    efficiency: float,
    log_evidence: float,
    parents: Integers,
    roots: Integers,
    moved: _Moved,
) -> Stage:
    return Stage(
        temperature=temperature,
        efficiency=efficiency,
        log_evidence=log_evidence,
        parents=np.unique(parents).size / parents.size,
        roots=int(np.unique(roots).size),
        moves=moved.moves,
        correlation=moved.correlation,
        largest_correlation=moved.largest,
        distinct=moved.distinct,
        accepted_walk=moved.walks,
        accepted_turn=moved.turns,
        reached=moved.reached,
    )
