"""The posterior of the attitudes' block: levels and dynamics, given published percentages.

The chain of `wbsim.inference.chain` on hindcasts: the dynamics are searched, the levels integrated out and drawn
given them, together with the intercepts of wordings, the effects of surveys and waves, and drifts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import qmc

from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Space, Surface, space
from wbsim.calibration.targets import Expected, Targets
from wbsim.inference import chain, smc
from wbsim.inference.chain import Calibrated
from wbsim.inference.esmda import Wave
from wbsim.inference.history import finite_rows
from wbsim.inference.levels import conditional_nuisance, marginal_covariance, split_nuisance
from wbsim.inference.likelihood import GaussianLikelihood, gaussian_likelihood
from wbsim.inference.observation import ObservationError

Floats = NDArray[np.float64]

#: Logits (n, K) at points (n, D); the number of the step makes its seeds fresh.
Forward = Callable[[Floats, int], Floats]


@dataclass(frozen=True)
class Draws:
    """M joint draws: `z` (M, D) of the space; standard normal `intercepts` (M, A), `houses` (M, S + V) of surveys and
    waves, and steps of `drifts` (M, N)."""

    z: Floats
    intercepts: Floats
    houses: Floats
    drifts: Floats

    def at(self, rows: NDArray[np.int64]) -> Draws:
        """The draws of `rows`."""
        return Draws(self.z[rows], self.intercepts[rows], self.houses[rows], self.drifts[rows])

    def shift(self, error: ObservationError) -> Floats:
        """What lies between citizens and print beside the error of each figure, (M, K) logits."""
        return error.shift(self.intercepts, self.houses, self.drifts)


@dataclass(frozen=True)
class Attitudes:
    """The prior's wave, what the chain came to, `draws`, and a fresh wave `check`, simulated at the draws `checked`.

    The errors of the figures are evaluated at what the posterior has `expected`.
    """

    space: Space
    prior: Wave
    calibrated: Calibrated
    draws: Draws
    expected: Expected
    check: Wave
    checked: Draws
    failed: int

    @property
    def surface(self) -> Surface:
        """The last emulator."""
        return Surface(self.space, self.calibrated.emulator)

    @property
    def dynamics(self) -> Floats:
        """Draws (M, F) of the dynamics alone."""
        return self.draws.z[:, self.space.dynamic]


def fit_attitudes(
    aim: Targets, forward: Forward, settings: Settings, generator: np.random.Generator
) -> Attitudes:
    """The posterior given the figures of `aim`.

    `forward` is called for steps from 0: those of ES-MDA, those of the refits, then the prior and the check.
    """
    where = space()
    last = settings.steps + settings.refits
    prior, of_prior = _wave(forward, _prior_points(where, settings, generator), last + 1)
    error = aim.error(settings.errors)
    calibrated = chain.calibrate(
        forward,
        len(where.keys),
        aim.observed,
        error.total(),
        generator,
        chain.Settings(
            members=settings.members,
            steps=settings.steps,
            late=settings.late,
            levels=where.level.tolist(),
            sampling=smc.Settings(particles=settings.particles),
            refits=settings.refits,
        ),
    )
    surface = Surface(where, calibrated.emulator)
    draws, expected = sample(surface, aim, settings, generator)
    check, of_check = _wave(forward, draws.z[: settings.wave], last + 2)
    failed = int(np.sum(~of_prior) + np.sum(~of_check)) + sum(each.failed for each in calibrated.rounds)
    failed += sum(len(step.failed) for step in calibrated.assimilation.steps)
    checked = draws.at(np.flatnonzero(of_check))
    return Attitudes(where, prior, calibrated, draws, expected, check, checked, failed)


def _prior_points(where: Space, settings: Settings, generator: np.random.Generator) -> Floats:
    """Points of the prior that fill the space evenly (Sobol, scrambled)."""
    u = qmc.Sobol(len(where.keys), seed=generator).random(settings.prior)
    return np.asarray(ndtri(np.clip(u, 1e-9, 1.0 - 1e-9)))


def _wave(forward: Forward, z: Floats, step: int) -> tuple[Wave, NDArray[np.bool_]]:
    """Points that did not fail with their logits, and which did not."""
    outputs = forward(z, step)
    good = finite_rows(outputs)
    return Wave(z[good], outputs[good]), good


def likelihood(surface: Surface, aim: Targets, error: ObservationError) -> GaussianLikelihood:
    """The likelihood of logits (n, K) at the dynamics, levels and what figures have in common integrated out."""
    total = marginal_covariance(error, surface.sensitivity) + surface.residual
    return gaussian_likelihood(aim.observed, total)


def sample_dynamics(
    surface: Surface, aim: Targets, error: ObservationError, particles: int, generator: np.random.Generator
) -> smc.Posterior:
    """SMC on the dynamics under an emulator."""
    density = likelihood(surface, aim, error)
    return smc.sample(
        lambda dynamics: density(surface.centre(dynamics)),
        len(surface.space.dynamic),
        generator,
        smc.Settings(particles=particles),
    )


def sample(
    surface: Surface, aim: Targets, settings: Settings, generator: np.random.Generator
) -> tuple[Draws, Expected]:
    """Draws of everything under an emulator, pairs of neighbours sharing their dynamics, and the shares behind errors.

    The error of a figure depends on the share that it is an error of. What was published has its own error in it, and
    so would its variance: figures that happen to lie far out would count for less. The errors are therefore evaluated
    at what the posterior expects, which is found with those at the published shares.
    """
    published = aim.error(settings.errors)
    expected = _expected(_sample(surface, aim, published, settings, generator), surface, aim, published)
    return _sample(surface, aim, aim.error(settings.errors, expected), settings, generator), expected


def _sample(
    surface: Surface,
    aim: Targets,
    error: ObservationError,
    settings: Settings,
    generator: np.random.Generator,
) -> Draws:
    found = sample_dynamics(surface, aim, error, settings.particles, generator).draws
    chosen = generator.permutation(len(found))[: settings.draws // 2]
    return complete(np.repeat(found[chosen], 2, axis=0), surface, aim, error, generator)


def _expected(draws: Draws, surface: Surface, aim: Targets, error: ObservationError) -> Expected:
    """Means over the draws, without discrepancy and sampling error."""
    said = surface.quadratic.predict(draws.z)
    return aim.expected(said, said + draws.shift(error))


def complete(
    dynamics: Floats,
    surface: Surface,
    aim: Targets,
    error: ObservationError,
    generator: np.random.Generator,
) -> Draws:
    """Draw levels, intercepts, houses and drifts given dynamics (n, F) and the figures, neighbours antithetically."""
    noisy = replace(error, discrepancy=error.discrepancy + surface.residual)
    residuals = aim.observed - surface.centre(dynamics)
    given = conditional_nuisance(residuals, noisy, surface.sensitivity)
    # Neighbours take opposite noise, so that two of the same dynamics have their exact conditional mean.
    noise = generator.standard_normal(given.mean.shape)
    noise[1::2] = -noise[: len(noise) - 1 : 2]
    drawn = split_nuisance(given.at(noise), noisy, surface.sensitivity)
    return Draws(surface.space.joined(dynamics, drawn.levels), drawn.intercepts, drawn.houses, drawn.drifts)
