"""Calibrate, emulate, sample: the whole chain on any simulator (Cleary et al. 2021, JCP 424: 109716).

ES-MDA finds where the posterior is and leaves waves of runs behind; a quadratic emulator learns from the late ones,
over many seeds; tempered SMC samples the emulator; the simulator is run at the draws with fresh seeds, its runs are
added, and emulator and draws are made again until the posterior settles. Draws are never reweighted by single runs
of the simulator: that would bring the noise of their seeds into the posterior.

Coordinates named as levels enter the emulator linearly; SMC integrates them out, f(z, u) = f(z, 0) + A u with N(0, I)
priors, and they are drawn given the residuals afterwards. That is exact for the emulator; what levels and other
coordinates do together is among the emulator's residuals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wbsim.inference import smc
from wbsim.inference.emulator import Quadratic, fit_quadratic
from wbsim.inference.esmda import Assimilation, Forward, Wave, assimilate
from wbsim.inference.held_out import HeldOut, compare
from wbsim.inference.history import finite_rows
from wbsim.inference.levels import condition
from wbsim.inference.likelihood import gaussian_likelihood

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Covariance (K, K) of the observations' errors, where the model says (K,).
Errors = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Settings:
    """How much to run.

    `members` a wave and `steps` of ES-MDA, of which the last `late` waves teach the emulator; `levels` are the
    coordinates that enter it linearly and are integrated out, none by default; SMC with `sampling`; `refits` waves at
    the draws at most, fewer once posterior means move less than `settled` posterior sd on average, and none three
    times that.
    """

    members: int = 2000
    steps: int = 8
    late: int = 5
    levels: Sequence[int] = ()
    sampling: smc.Settings = field(default_factory=smc.Settings)
    refits: int = 3
    settled: float = 0.1


@dataclass(frozen=True, slots=True)
class Round:
    """One fit of emulator and posterior.

    `rows` it learnt from; `failed` runs of its newest wave; `held_out` errors of the newest wave as the emulator
    before it predicts them, noise of the simulator included; `share_of_error` (K,) the emulator's residual variance
    over that of the observation (more than a quarter asks for more runs, or a better simulator); the `posterior` of
    coordinates that are not levels, and `draws` (M, D) of all; `shift` (D,) of the posterior means since the round
    before, posterior sd (None in the first).
    """

    rows: int
    failed: int
    held_out: HeldOut
    share_of_error: Floats
    posterior: smc.Posterior
    draws: Floats
    emulator: Quadratic
    shift: Floats | None


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What the chain came to: `rounds`, the last of which counts, and whether the posterior `settled` by its rule.

    `waves`: the runs that the last emulator learnt from, the newest last.
    """

    assimilation: Assimilation
    rounds: tuple[Round, ...]
    settled: bool
    waves: tuple[Wave, ...]

    @property
    def draws(self) -> Floats:
        """Equally weighted draws (M, D) of the posterior."""
        return self.rounds[-1].draws

    @property
    def emulator(self) -> Quadratic:
        """The last emulator."""
        return self.rounds[-1].emulator


def calibrate(
    forward: Forward,
    dimension: int,
    observed: Floats,
    covariance: Floats | Errors,
    generator: np.random.Generator,
    settings: Settings | None = None,
) -> Calibrated:
    """Posterior of `dimension` coordinates with N(0, I) priors, given `observed` (K,) with errors `covariance` (K, K).

    `forward` is called with steps from 0 to `steps` + `refits`, at every one with points it has not seen. Errors that
    depend on what the model says are evaluated at what is observed first, then at the mean of each new wave.
    """
    settings = settings or Settings()
    errors = covariance if callable(covariance) else _always(covariance)
    members = generator.standard_normal((settings.members, dimension))
    alphas = (float(settings.steps),) * settings.steps
    assimilation = assimilate(forward, members, observed, errors(observed), generator, alphas)
    waves = list(assimilation.waves[-settings.late :])
    rounds: list[Round] = []
    draws, previous, settled = assimilation.members, _fit(waves, settings), False
    for refit in range(settings.refits + 1):
        wave, failed = _run(forward, draws, settings.steps + refit)
        held_out = compare(previous.predict(wave.members), wave.outputs)
        waves.append(wave)
        previous = _fit(waves, settings)
        gamma = errors(np.asarray(wave.outputs.mean(axis=0)))
        posterior, draws = _sample(previous, dimension, observed, gamma, generator, settings)
        shift = _shift(rounds[-1].draws, draws) if rounds else None
        rows = sum(each.members.shape[0] for each in waves)
        share = previous.residual_variance / np.diag(gamma)
        rounds.append(Round(rows, failed, held_out, share, posterior, draws, previous, shift))
        settled = shift is not None and _is_settled(shift, settings.settled)
        if settled:
            break
        draws = draws[generator.permutation(draws.shape[0])[: settings.members]]
    return Calibrated(assimilation, tuple(rounds), settled, tuple(waves))


def _always(covariance: Floats) -> Errors:
    return lambda _: covariance


def _fit(waves: Sequence[Wave], settings: Settings) -> Quadratic:
    """An emulator of all waves, its residuals judged by the newest."""
    points = np.concatenate([wave.members for wave in waves])
    judged = np.arange(points.shape[0]) >= points.shape[0] - waves[-1].members.shape[0]
    outputs = np.concatenate([wave.outputs for wave in waves])
    curved = np.setdiff1d(np.arange(points.shape[1]), np.asarray(settings.levels, dtype=np.int64))
    return fit_quadratic(points, outputs, curved, judged=judged)


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
    gamma: Floats,
    generator: np.random.Generator,
    settings: Settings,
) -> tuple[smc.Posterior, Floats]:
    """The posterior of coordinates that are not levels, and draws (M, D) of all, under the emulator.

    Its residual covariance is added to that of the observations, `gamma`.
    """
    levels = np.asarray(settings.levels, dtype=np.int64)
    others = np.setdiff1d(np.arange(dimension), levels)
    noise = gamma + emulator.residual_covariance
    loadings = emulator.sensitivity(np.zeros((1, dimension)), levels)[0]

    def complete(points: Floats) -> Floats:
        whole = np.zeros((points.shape[0], dimension))
        whole[:, others] = points
        return whole

    likelihood = gaussian_likelihood(observed, noise + loadings @ loadings.T)
    posterior = smc.sample(
        lambda points: likelihood(emulator.predict(complete(points))),
        others.size,
        generator,
        settings.sampling,
    )
    draws = complete(posterior.draws)
    if levels.size:
        residuals = observed - emulator.predict(draws)
        draws[:, levels] = condition(residuals, loadings, noise).sample(generator)
    return posterior, draws


def _shift(before: Floats, after: Floats) -> Floats:
    return np.asarray(np.abs(after.mean(axis=0) - before.mean(axis=0)) / np.std(after, axis=0, ddof=1))


def _is_settled(shift: Floats, limit: float) -> bool:
    return bool(np.mean(shift) < limit and np.max(shift) < 3.0 * limit)
