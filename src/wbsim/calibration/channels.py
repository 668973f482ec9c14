"""The posterior of the parameters of channels, given what comparable institutions did.

Free runs of every institution at points of the prior, with everything else that is calibrated from its posterior;
surfaces of their statistics; then the fit on these. Institutions say nothing of the other blocks here, and surveys
and event rates nothing of this one: the blocks stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Analogue
from wbsim.analogues.fit import Channels, Evidence, fit, log_evidence, may_be_fitted
from wbsim.analogues.simulate import Samples, simulate
from wbsim.analogues.statistics import Counts, Sample, Scores, Shares, Times
from wbsim.analogues.surface import Surface, fit_surfaces, usable
from wbsim.calibration.crew import Crew
from wbsim.calibration.stages import Stages
from wbsim.chance.posterior import Points, coordinates
from wbsim.scenario.schema import Scenario

Floats = NDArray[np.float64]

#: Worlds with anything to count that a fitted observation should have, and how often worlds are added for it.
ENOUGH, ROUNDS = 150, 4
#: Particles that compare sizes of the discrepancy, at most.
PARTICLES = 2000

#: Columns in which a sample of each form is kept.
_KINDS: dict[str, type[Shares | Times | Counts | Scores]] = {
    "share": Shares,
    "time": Times,
    "rate": Counts,
    "order": Scores,
}


def channel_keys() -> tuple[str, ...]:
    """Keys of the parameters that institutions inform."""
    return coordinates("channel")


def gather(
    base: Scenario,
    analogues: Sequence[Analogue],
    keys: Sequence[str],
    others: Points,
    worlds: int,
    seed: int,
    crew: Crew,
    stages: Stages,
    progress: Callable[[int], None] | None = None,
) -> Evidence:
    """Surfaces of what the model gives for institutions in as many worlds each, over the coordinates `keys`.

    World k has a point of the prior of `keys`, and for the rest row k of `others`, which is begun again where it ends.
    An institution of which the model seldom gets to where there is anything to count has more worlds.
    """
    gathered: list[_Gathered] = []
    for number, analogue in enumerate(analogues):
        kept, points = np.zeros((0, 0)), np.zeros((0, len(keys)))
        for turn in range(ROUNDS):
            own = [seed, number, turn]
            z = np.random.default_rng(own).standard_normal((worlds, len(keys)))
            rest = others.z[np.arange(worlds) % len(others.z)]
            there = Points((*keys, *others.keys), np.concatenate([z, rest], axis=1))
            chance = int(np.random.SeedSequence([*own, 1]).generate_state(1, np.uint64)[0])

            def run(analogue: Analogue = analogue, there: Points = there, chance: int = chance) -> Floats:
                return _packed(analogue, simulate(base, [analogue], there, chance, crew, progress))

            new = stages.keep(f"institution-{analogue.name}-{turn}", there.z, run)
            kept = new if turn == 0 else np.concatenate([kept, new])
            points = np.concatenate([points, z])
            samples = _unpacked(analogue, kept)
            if all(usable(samples[each.id]).sum() >= ENOUGH for each in analogue.fitted):
                break
        gathered.append(_Gathered(analogue, points, samples))
    surfaces: list[Surface] = []
    silent: list[tuple[str, str]] = []
    for each, (found, none) in zip(gathered, crew.map(_fitted, gathered, lambda _: 0), strict=True):
        surfaces += found
        silent += [(each.analogue.name, key) for key in none]
    return Evidence(tuple(keys), tuple(surfaces), may_be_fitted(analogues, surfaces), tuple(silent))


@dataclass(frozen=True)
class _Gathered:
    """Samples by observation of an institution at points (R, P)."""

    analogue: Analogue
    points: Floats
    samples: dict[str, Sample]


def _fitted(each: _Gathered) -> tuple[tuple[Surface, ...], tuple[str, ...]]:
    return fit_surfaces(each.analogue, each.points, each.samples)


def fit_channels(evidence: Evidence, particles: int, draws: int, generator: np.random.Generator) -> Channels:
    """The posterior given all institutions that may be fitted, and how likely other sizes of discrepancy make them."""
    found = fit(evidence, particles, draws, generator)
    return replace(found, sizes=log_evidence(evidence, min(particles, PARTICLES), generator))


def _packed(analogue: Analogue, samples: Samples) -> Floats:
    """All statistics of an institution side by side, (R, columns)."""
    columns = [
        np.asarray(values, dtype=float).reshape(len(values), -1)
        for observation in analogue.observations
        for values in vars(samples[analogue.name][observation.id]).values()
    ]
    return np.concatenate(columns, axis=1)


def _unpacked(analogue: Analogue, packed: Floats) -> dict[str, Sample]:
    samples: dict[str, Sample] = {}
    place = 0
    for observation in analogue.observations:
        kind = _KINDS[observation.record.form]
        width = {Shares: 2, Times: 2, Counts: 1, Scores: 6}[kind]
        own = packed[:, place : place + width]
        place += width
        if kind is Scores:
            samples[observation.id] = Scores(own)
        elif kind is Times:
            samples[observation.id] = Times(own[:, 0], own[:, 1] > 0.0)
        elif kind is Counts:
            samples[observation.id] = Counts(own[:, 0])
        else:
            samples[observation.id] = Shares(own[:, 0], own[:, 1])
    return samples
