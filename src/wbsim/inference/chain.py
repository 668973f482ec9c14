"""Calibrate, emulate, sample: the whole chain on any simulator (Cleary et al. 2021, JCP 424: 109716).

ES-MDA finds where the posterior is and leaves waves of runs behind; a quadratic emulator learns from the late ones,
over many seeds; tempered SMC samples the emulator; the simulator is run at the draws with fresh seeds, its runs are
added, and emulator and draws are made again until the posterior settles. Draws are never reweighted by single runs
of the simulator: that would bring the noise of their seeds into the posterior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wbsim.inference import smc
from wbsim.inference.emulator import Quadratic, fit_quadratic
from wbsim.inference.esmda import Assimilation, Forward, Wave, assimilate
from wbsim.inference.held_out import HeldOut, compare
from wbsim.inference.history import finite_rows
from wbsim.inference.likelihood import gaussian_likelihood

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """How much to run.

    `members` a wave and `steps` of ES-MDA, of which the last `late` waves teach the emulator; `curved` coordinates
    of it, all by default; SMC with `sampling`; `refits` waves at the draws at most, fewer once posterior means move
    less than `settled` posterior sd, at most one coordinate more than three times that.
    """

    members: int = 2000
    steps: int = 8
    late: int = 5
    curved: Sequence[int] | None = None
    sampling: smc.Settings = field(default_factory=smc.Settings)
    refits: int = 3
    settled: float = 0.1


@dataclass(frozen=True, slots=True)
class Round:
    """One fit of emulator and posterior.

    `rows` it learnt from; `failed` runs of its newest wave; `held_out` errors of the newest wave as the emulator
    before it predicts them, noise of the simulator included; `share_of_error` (K,) the emulator's residual variance
    over that of the observation (more than a quarter asks for more runs, or a better simulator); `shift` (D,) of the
    posterior means since the round before, posterior sd (None in the first).
    """

    rows: int
    failed: int
    held_out: HeldOut
    share_of_error: Floats
    posterior: smc.Posterior
    emulator: Quadratic
    shift: Floats | None


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What the chain came to: `rounds`, the last of which counts, and whether the posterior `settled` by its rule."""

    assimilation: Assimilation
    rounds: tuple[Round, ...]
    settled: bool

    @property
    def draws(self) -> Floats:
        """Equally weighted draws (M, D) of the posterior."""
        return self.rounds[-1].posterior.draws

    @property
    def emulator(self) -> Quadratic:
        """The last emulator."""
        return self.rounds[-1].emulator


def calibrate(
    forward: Forward,
    dimension: int,
    observed: Floats,
    covariance: Floats,
    generator: np.random.Generator,
    settings: Settings | None = None,
) -> Calibrated:
    """Posterior of `dimension` coordinates with N(0, I) priors, given `observed` (K,) with errors `covariance` (K, K).

    `forward` is called with steps from 0 to `steps` + `refits`, at every one with points it has not seen.
    """
    settings = settings or Settings()
    members = generator.standard_normal((settings.members, dimension))
    alphas = (float(settings.steps),) * settings.steps
    assimilation = assimilate(forward, members, observed, covariance, generator, alphas)
    waves = list(assimilation.waves[-settings.late :])
    rounds: list[Round] = []
    draws, previous, settled = assimilation.members, _fit(waves, settings), False
    for refit in range(settings.refits + 1):
        wave, failed = _run(forward, draws, settings.steps + refit)
        held_out = compare(previous.predict(wave.members), wave.outputs)
        waves.append(wave)
        previous = _fit(waves, settings)
        posterior = _sample(previous, dimension, observed, covariance, generator, settings)
        shift = _shift(rounds[-1].posterior.draws, posterior.draws) if rounds else None
        share = previous.residual_variance / np.diag(covariance)
        rows = sum(each.members.shape[0] for each in waves)
        rounds.append(Round(rows, failed, held_out, share, posterior, previous, shift))
        settled = shift is not None and _is_settled(shift, settings.settled)
        if settled:
            break
        draws = posterior.draws[generator.permutation(posterior.draws.shape[0])[: settings.members]]
    return Calibrated(assimilation, tuple(rounds), settled)


def _fit(waves: Sequence[Wave], settings: Settings) -> Quadratic:
    """An emulator of all waves, its residuals judged by the newest."""
    points = np.concatenate([wave.members for wave in waves])
    judged = np.arange(points.shape[0]) >= points.shape[0] - waves[-1].members.shape[0]
    outputs = np.concatenate([wave.outputs for wave in waves])
    return fit_quadratic(points, outputs, settings.curved, judged=judged)


def _run(forward: Forward, points: Floats, step: int) -> tuple[Wave, int]:
    """A wave at `points` without runs that failed, and how many did; ValueError if all."""
    outputs = forward(points, step)
    good = finite_rows(outputs)
    if not good.any():
        raise ValueError(f"step {step}: all {points.shape[0]} runs at posterior draws failed")
    return Wave(points[good], outputs[good]), int(np.sum(~good))


def _sample(
    emulator: Quadratic,
    dimension: int,
    observed: Floats,
    covariance: Floats,
    generator: np.random.Generator,
    settings: Settings,
) -> smc.Posterior:
    """Draws under the emulator, its residual covariance added to that of the observations."""
    likelihood = gaussian_likelihood(observed, covariance + emulator.residual_covariance)
    return smc.sample(lambda z: likelihood(emulator.predict(z)), dimension, generator, settings.sampling)


def _shift(before: Floats, after: Floats) -> Floats:
    return np.asarray(np.abs(after.mean(axis=0) - before.mean(axis=0)) / np.std(after, axis=0, ddof=1))


def _is_settled(shift: Floats, limit: float) -> bool:
    return bool(np.mean(shift) < limit and np.max(shift) < 3.0 * limit)
