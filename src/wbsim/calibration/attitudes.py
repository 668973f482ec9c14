"""The posterior of the attitudes' block: levels and dynamics, given published percentages.

The chain of `calibration.md`'s kind (calibrate, emulate, sample: Cleary et al. 2021): points of the prior; ES-MDA to
find where the posterior is; an emulator of the late waves, quadratic in the dynamics and linear in the levels;
tempered SMC on the dynamics with levels, intercepts and house effects integrated out, and these drawn given the
dynamics; the simulator run at the draws with fresh seeds, its runs added and all done again until the means settle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import qmc

from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Space, Surface, fit_surface, space
from wbsim.calibration.targets import Targets
from wbsim.inference import smc
from wbsim.inference.esmda import Assimilation, Forward, assimilate
from wbsim.inference.held_out import HeldOut, compare
from wbsim.inference.history import finite_rows
from wbsim.inference.levels import marginal_covariance, sample_nuisance
from wbsim.inference.likelihood import GaussianLikelihood, gaussian_likelihood
from wbsim.inference.observation import ObservationError

Floats = NDArray[np.float64]
Wave = tuple[Floats, Floats]


@dataclass(frozen=True)
class Draws:
    """M joint draws: `z` (M, D) of the space, standard normal `intercepts` (M, W) and `houses` (M, S)."""

    z: Floats
    intercepts: Floats
    houses: Floats


@dataclass(frozen=True)
class Round:
    """One fit: the emulator, SMC on the dynamics, draws, and what the newest wave said of the emulator before.

    `held_out`: errors of that emulator at the wave, the simulator's own noise included; `shift` (D,) of the posterior
    means since the round before, in posterior sd, None in the first.
    """

    surface: Surface
    posterior: smc.Posterior
    draws: Draws
    held_out: HeldOut
    shift: Floats | None


@dataclass(frozen=True)
class Attitudes:
    """What the chain came to; the last of `rounds` counts. `check` is the wave simulated at its draws, fresh."""

    space: Space
    prior: Wave
    assimilation: Assimilation
    rounds: tuple[Round, ...]
    settled: bool
    check: Wave
    failed: int

    @property
    def last(self) -> Round:
        """The round that counts."""
        return self.rounds[-1]


class Chain:
    """The steps of the fit on any simulator: `forward` gives logits (n, K) at points (n, D) for a numbered step.

    Steps from 0 are those of ES-MDA; then the prior (`steps`), and the waves at draws.
    """

    def __init__(
        self, aim: Targets, forward: Forward, settings: Settings, generator: np.random.Generator
    ) -> None:
        self.aim, self.forward, self.settings, self.generator = aim, forward, settings, generator
        self.space = space()
        self.error = aim.error(settings.errors)

    def run(self) -> Attitudes:
        """All of it."""
        settings = self.settings
        prior, failed = self._wave(self._prior_points(), settings.steps)
        assimilation = self._assimilate()
        waves = [(wave.members, wave.outputs) for wave in assimilation.waves[-settings.late :]]
        surface = fit_surface(self.space, waves)
        z = assimilation.members
        rounds: list[Round] = []
        settled = False
        for number in range(settings.refits + 1):
            wave, lost = self._wave(z, settings.steps + 1 + number)
            failed += lost
            held_out = compare(surface.quadratic.predict(wave[0]), wave[1])
            waves.append(wave)
            surface = fit_surface(self.space, waves)
            rounds.append(self._round(surface, held_out, rounds[-1].draws.z if rounds else None))
            settled = rounds[-1].shift is not None and is_settled(rounds[-1].shift)
            if settled:
                break
            z = rounds[-1].draws.z[self.generator.permutation(settings.draws)[: settings.wave]]
        check, lost = self._wave(rounds[-1].draws.z[: settings.wave], settings.steps + 2 + settings.refits)
        return Attitudes(self.space, prior, assimilation, tuple(rounds), settled, check, failed + lost)

    def _prior_points(self) -> Floats:
        """Points of the prior that fill the space evenly (Sobol, scrambled)."""
        u = qmc.Sobol(len(self.space.keys), seed=self.generator).random(self.settings.prior)
        return np.asarray(ndtri(np.clip(u, 1e-9, 1.0 - 1e-9)))

    def _assimilate(self) -> Assimilation:
        members = self.generator.standard_normal((self.settings.members, len(self.space.keys)))
        alphas = (float(self.settings.steps),) * self.settings.steps
        observed, covariance = self.aim.observed, self.error.total()
        return assimilate(self.forward, members, observed, covariance, self.generator, alphas)

    def _wave(self, z: Floats, step: int) -> tuple[Wave, int]:
        """Points that did not fail and their logits, and how many failed."""
        outputs = self.forward(z, step)
        good = finite_rows(outputs)
        return (z[good], outputs[good]), int(np.sum(~good))

    def _round(self, surface: Surface, held_out: HeldOut, before: Floats | None) -> Round:
        posterior, draws = sample(surface, self.aim, self.error, self.settings, self.generator)
        shift = None
        if before is not None:
            shift = np.abs(draws.z.mean(axis=0) - before.mean(axis=0)) / draws.z.std(axis=0, ddof=1)
        return Round(surface, posterior, draws, held_out, shift)


def is_settled(shift: Floats) -> bool:
    """Whether posterior means stood still: by less than 0.1 posterior sd on average, and none by 0.3."""
    return bool(shift.mean() < 0.1 and shift.max() < 0.3)


def likelihood(surface: Surface, aim: Targets, error: ObservationError) -> GaussianLikelihood:
    """The likelihood of logits (n, K) at the dynamics, levels, intercepts and house effects integrated out."""
    total = marginal_covariance(error, surface.sensitivity) + surface.residual
    return gaussian_likelihood(aim.observed, total)


def sample(
    surface: Surface, aim: Targets, error: ObservationError, settings: Settings, generator: np.random.Generator
) -> tuple[smc.Posterior, Draws]:
    """SMC on the dynamics, and joint draws of everything."""
    density = likelihood(surface, aim, error)
    posterior = smc.sample(
        lambda dynamics: density(surface.centre(dynamics)),
        len(surface.space.dynamic),
        generator,
        smc.Settings(particles=settings.particles),
    )
    chosen = generator.permutation(len(posterior.draws))[: settings.draws]
    return posterior, complete(posterior.draws[chosen], surface, aim, error, generator)


def complete(
    dynamics: Floats,
    surface: Surface,
    aim: Targets,
    error: ObservationError,
    generator: np.random.Generator,
) -> Draws:
    """Draw levels, intercepts and house effects given dynamics (n, F) and the figures."""
    noisy = replace(error, discrepancy=error.discrepancy + surface.residual)
    residuals = aim.observed - surface.centre(dynamics)
    drawn = sample_nuisance(residuals, noisy, surface.sensitivity, generator)
    return Draws(surface.space.joined(dynamics, drawn.levels), drawn.intercepts, drawn.houses)
