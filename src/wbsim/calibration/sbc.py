"""Simulation-based calibration: are known parameters found again from simulated surveys (Talts et al. 2018)?

Truths come from the prior, figures from the truths: through the emulator and its noise, or through the simulator
itself. Inference is the very code of the fit. Everything has the structure of the figures that are really fitted:
their questions, surveys, samples and pick-one groups.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim.calibration.attitudes import Forward, fit_attitudes, sample
from wbsim.calibration.events import event_keys, fit_counts, log_likelihood, reported_share
from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Surface, space
from wbsim.calibration.targets import Expected, Targets
from wbsim.inference import smc
from wbsim.inference.observation import ObservationError, answer_shares, tilt_scale
from wbsim.inference.sbc import Replicate
from wbsim.instruments.rate import Rate

Floats = NDArray[np.float64]

#: Logits (1, K) of the figures at one point (1, D), by a world of its own number.
World = Callable[[Floats, int], Floats]


def through_emulator(surface: Surface, aim: Targets, settings: Settings) -> Replicate:
    """Replicates whose figures come from the emulator and its residuals; truths: dynamics, levels, intercepts."""
    root = _root(surface.residual)

    def replicate(generator: np.random.Generator) -> tuple[Floats, Floats]:
        z = generator.standard_normal((1, len(surface.space.keys)))
        said = surface.quadratic.predict(z) + generator.standard_normal((1, len(root))) @ root.T
        seen, intercepts = publish(said, aim, settings, generator)
        draws, _ = sample(surface, seen, settings, generator)
        return np.concatenate([z[0], intercepts]), np.concatenate([draws.z, draws.intercepts], axis=1)

    return replicate


def through_simulator(world: World, forward: Forward, aim: Targets, settings: Settings) -> Replicate:
    """Replicates of the whole chain: figures from the simulator, everything fitted from scratch to each."""
    where = space()

    def replicate(generator: np.random.Generator) -> tuple[Floats, Floats]:
        z = generator.standard_normal((1, len(where.keys)))
        seen, intercepts = publish(world(z, int(generator.integers(2**31))), aim, settings, generator)
        first = int(generator.integers(2**31))
        found = fit_attitudes(seen, lambda points, step: forward(points, first + step), settings, generator)
        draws = found.draws
        return np.concatenate([z[0], intercepts]), np.concatenate([draws.z, draws.intercepts], axis=1)

    return replicate


def of_events(rates: list[Rate], z: Floats, simulated: Floats, settings: Settings) -> Replicate:
    """Replicates of the parameters of events: counts from free runs (M, rates) made at points (M, P) of the prior."""
    fitted = fit_counts(rates, z, simulated)

    def replicate(generator: np.random.Generator) -> tuple[Floats, Floats]:
        row = int(generator.integers(len(z)))
        share = float(reported_share(z[row, [event_keys().index("record_held")]])[0])
        listed = _listed(simulated[row], rates, share, generator)
        seen = [replace(rate, count=int(count)) for rate, count in zip(rates, listed, strict=True)]
        by_id = {rate.id: rate for rate in seen}
        counts = [
            replace(each, rate=by_id[each.rate.id], of=None if each.of is None else by_id[each.of.id])
            for each in fitted
        ]
        posterior = smc.sample(
            lambda points: log_likelihood(counts, points),
            len(event_keys()),
            generator,
            smc.Settings(particles=settings.particles),
        )
        return z[row], posterior.draws[: settings.draws]

    return replicate


def publish(
    said: Floats, aim: Targets, settings: Settings, generator: np.random.Generator
) -> tuple[Targets, Floats]:
    """Figures as surveys would publish them, of what citizens say (1, K), to tenths of a percent; and the intercepts.

    Errors are those of the shares which citizens give, not of the published ones. Answers to a pick-one question are
    tilted and sampled together, exactly: inference knows only the linear part of that.
    """
    open_share = aim.open(np.asarray(expit(said[0])))
    error = aim.error(settings.errors, Expected(open_share, open_share))
    intercepts = np.asarray(generator.standard_normal(error.intercepts.shape[1]))
    houses = np.asarray(generator.standard_normal(error.houses.shape[1]))
    drifts = np.asarray(generator.standard_normal(error.drifts.shape[1]))
    own = generator.standard_normal(said.shape[1]) @ _root(error.own()).T
    shift = error.shift(intercepts[None], houses[None], drifts[None])[0]
    share = np.asarray(expit(said[0] + shift + own))
    tilts = _Tilts(aim, settings, error, intercepts, houses, drifts)
    for rows in aim.table.groups():
        share[rows] = tilts.choose(rows, open_share[rows], generator)
    share = aim.open(np.round(share, 3))
    return replace(aim, table=replace(aim.table, share=share)), intercepts


@dataclass(frozen=True)
class _Tilts:
    """What tilts the answers to pick-one questions, in the coordinates of `error`."""

    aim: Targets
    settings: Settings
    error: ObservationError
    intercepts: Floats
    houses: Floats
    drifts: Floats

    def choose(self, rows: NDArray[np.int64], share: Floats, generator: np.random.Generator) -> Floats:
        """Published shares (m,) of one pick-one question: everything tilts all answers, a sample is drawn."""
        table, row = self.aim.table, int(rows[0])
        whole = answer_shares(table, rows, share)
        own = self.settings.errors.discrepancy * np.sqrt(table.spread[row])
        tilt = self._shared(row) + own * generator.standard_normal(whole.size)
        tilted = whole * np.exp(tilt_scale(table, row) * tilt)
        people = int(np.mean(table.size[rows]) / self.settings.errors.design_effect)
        counts = generator.multinomial(people, tilted / tilted.sum())
        return np.array([counts[table.inside[n]].sum() for n in rows]) / people

    def _shared(self, row: int) -> Floats:
        """Tilts (A,) by the intercepts, the wave and the drifts of the question of a row, before they are scaled."""
        errors, table = self.settings.errors, self.aim.table
        tilt = np.zeros(table.rest.size)
        if not self.aim.levelled[row]:
            tilt += errors.wording * self.intercepts
        first = len(self.houses) - len(self.error.waves)
        for place, (survey, answer) in enumerate(self.error.waves):
            if survey == table.survey[row]:
                tilt[answer] += float(np.hypot(errors.wave, errors.house)) * self.houses[first + place]
        pace = errors.drift_listed if table.listed[row] else 1.0
        steps = 0
        for walk in self.error.walks:
            used = self.drifts[steps : steps + len(walk.nodes) - 1]
            steps += len(used)
            value = float(walk.values(used[None])[0, walk.nodes <= table.month[row]][-1:].sum())
            weight = 1.0 if walk.public is None else table.publics[row, walk.public]
            size = errors.drift if walk.public is None else errors.drift_own
            tilt[walk.answer] += pace * size * weight * value
        return tilt


def _listed(
    counts: Floats, rates: list[Rate], share: float, generator: np.random.Generator
) -> NDArray[np.int64]:
    """What a list holds of simulated counts: each crisis with the same chance, whatever its severity."""
    listed = np.zeros(len(rates), np.int64)
    for subject in dict.fromkeys(rate.subject for rate in rates):
        rows = sorted(
            (n for n, rate in enumerate(rates) if rate.subject == subject),
            key=lambda n: rates[n].minimum_severity,
        )
        edges = [*(int(counts[n]) for n in rows), 0]
        kept = [int(generator.binomial(high - low, share)) for high, low in itertools.pairwise(edges)]
        for place, n in enumerate(rows):
            listed[n] = sum(kept[place:])
    return listed


def _root(covariance: Floats) -> Floats:
    """A root R with R R' = covariance, which may lack full rank."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
