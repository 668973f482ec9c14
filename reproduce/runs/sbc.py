"""Simulation-based calibration with the real figures and the real simulator.

*emulator*: figures from the emulator, the inference alone; *whole*: figures from the simulator, everything fitted anew
to each; *events*: counts of crises. Finished replicates are kept: a run that was stopped goes on there, one with more
replicates adds to it. A replicate of the whole chain takes 10 to 15 seconds on two cores.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from reproduce.kept import WORK
from reproduce.run import Facts, Run
from reproduce.run import Settings as RunSettings
from wbsim.calibration.crew import Crew
from wbsim.calibration.events import event_keys, points
from wbsim.calibration.fit import Inputs, bare, model_sha256
from wbsim.calibration.free_run import free_run
from wbsim.calibration.hindcast import Survey, hindcast
from wbsim.calibration.read import read_inputs
from wbsim.calibration.sbc import of_events, through_emulator, through_simulator
from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Surface, space
from wbsim.calibration.stages import Stages
from wbsim.inference.contraction import IDENTIFIED, WEAK
from wbsim.inference.emulator import fit_quadratic
from wbsim.inference.sbc import Recovered, Replicate, recover, summarise
from wbsim.scenario.override import with_run

Floats = NDArray[np.float64]
Columns = NDArray[np.int64]

KEPT = WORK / "sbc"
CITIZENS, PRIOR, OUT_OF, SEED = 200, 4096, 99, 7
#: Of the emulator's chain, and of the whole chain: the steps of the fit, with fewer worlds.
EMULATOR = Settings(particles=4000, draws=1000)
WHOLE = Settings(
    prior=64, members=1000, steps=4, late=3, refits=2, wave=1000, citizens=CITIZENS, few=CITIZENS, particles=2000,
    draws=1000,
)  # fmt: skip


@dataclass(frozen=True)
class Done:
    """A replicate: what was recovered, the posterior sd (D,) of every truth, and the seconds it took."""

    recovered: Recovered
    spread: Floats
    seconds: float


def _recovered(settings: RunSettings) -> Facts:
    """By way: how many replicates, the seconds they took, and coverage by block of numbers."""
    return {way: _way(way, count) for way, count in settings["replicates"].items()}


def _way(way: str, count: int) -> dict[str, object]:
    inputs, generator = read_inputs(), np.random.default_rng(SEED)
    stages = Stages(KEPT, _identity(way, inputs))
    with Crew() as crew:
        replicate = _replicate(way, inputs, generator, crew, stages)
        done = [_kept(replicate, each, number, stages) for number, each in enumerate(generator.spawn(count))]
    blocks = {name: _summary(done, columns) for name, columns in _blocks(way, inputs, done).items()}
    return {
        "replicates": count,
        "seconds": round(sum(one.seconds for one in done)),
        "blocks": blocks,
    }


def _identity(way: str, inputs: Inputs) -> dict[str, object]:
    """What kept replicates depend on."""
    return {
        "way": way,
        "model": model_sha256(),
        "inputs": [str(each) for each in (*inputs.aim.figures, *inputs.rates)],
        "settings": [asdict(EMULATOR), asdict(WHOLE), CITIZENS, PRIOR, OUT_OF, SEED],
    }


def _replicate(
    way: str, inputs: Inputs, generator: np.random.Generator, crew: Crew, stages: Stages
) -> Replicate:
    where, aim = space(), inputs.aim
    survey = Survey(with_run(bare(), citizens=CITIZENS), aim.figures, aim.questions)

    def forward(z: Floats, step: int) -> Floats:
        return hindcast(survey, where.points(z), step, crew)

    if way == "whole":
        return through_simulator(forward, forward, aim, WHOLE)
    if way == "events":
        z = generator.standard_normal((PRIOR, len(event_keys())))
        counts = stages.keep("counts", z, lambda: free_run(bare(), inputs.rates, points(z), 1, crew))
        return of_events(list(inputs.rates), z, counts, EMULATOR)
    z = generator.standard_normal((PRIOR, len(where.keys)))
    outputs = stages.keep("wave", z, lambda: forward(z, 1))
    return through_emulator(Surface(where, fit_quadratic(z, outputs, where.dynamic)), aim, EMULATOR)


def _kept(replicate: Replicate, generator: np.random.Generator, number: int, stages: Stages) -> Done:
    """The replicate of a number, made or found; each is an array (6, D)."""

    def make() -> Floats:
        started, spreads = time.monotonic(), []

        def measured(source: np.random.Generator) -> tuple[Floats, Floats]:
            truth, draws = replicate(source)
            spreads.append(draws.std(axis=0, ddof=1))
            return truth, draws

        found = recover(measured, generator, OUT_OF)
        seconds = np.full(found.rank.size, time.monotonic() - started)
        return np.array([found.rank, found.z, found.inside_50, found.inside_90, spreads[0], seconds], float)

    rank, z, half, most, spread, seconds = stages.keep("replicate", np.array([float(number)]), make)
    recovered = Recovered(rank.astype(int), OUT_OF, z, half.astype(bool), most.astype(bool))
    return Done(recovered, spread, float(seconds[0]))


def _summary(done: list[Done], columns: Columns) -> dict[str, float]:
    part = [
        Recovered(
            each.rank[columns], OUT_OF, each.z[columns], each.inside_50[columns], each.inside_90[columns]
        )
        for each in (one.recovered for one in done)
    ]
    found = summarise(part, np.random.default_rng(SEED))
    return {
        "numbers": len(columns),
        "coverage_90": round(found.coverage_90.value, 4),
        "error_90": round(found.coverage_90.error, 4),
        "coverage_50": round(found.coverage_50.value, 4),
        "error_50": round(found.coverage_50.error, 4),
        "sd_of_z": round(found.sd_of_z, 3),
        "outside_band": int(found.outside_band.sum()),
    }


def _blocks(way: str, inputs: Inputs, done: list[Done]) -> dict[str, Columns]:
    """Columns of each block of truths: by kind, and by how much is learnt about them (mean over the replicates).

    Wordings whose level is a parameter have no intercept: there is nothing to recover.
    """
    aim, learnt = inputs.aim, 1.0 - np.mean([one.spread for one in done], axis=0)
    everything = np.arange(learnt.size)
    if way == "events":
        kinds = {"rates and escalation": everything[:-1]}
    else:
        where, loads = space(), aim.error(EMULATOR.errors).intercepts != 0.0
        first = len(where.keys)
        choices = loads[aim.table.question >= 0].any(axis=0)
        none = ~loads.any(axis=0)
        everything = np.concatenate([everything[:first], first + np.flatnonzero(~none)])
        kinds = {
            "dynamics": where.dynamic,
            "levels": where.level,
            "intercepts": first + np.flatnonzero(~none),
            "intercepts of single figures": first + np.flatnonzero(~choices & ~none),
            "intercepts of pick-one answers": first + np.flatnonzero(choices),
        }
    by_learnt = {
        "not identified": everything[learnt[everything] < WEAK],
        "weak": everything[(learnt[everything] >= WEAK) & (learnt[everything] < IDENTIFIED)],
        "identified": everything[learnt[everything] >= IDENTIFIED],
    }
    blocks = {"all": everything} | kinds | by_learnt
    return {name: columns for name, columns in blocks.items() if len(columns)}


RECOVERED = Run(
    "sbc",
    _recovered,
    {"replicates": {"emulator": 400, "whole": 24, "events": 150}},
    1200,
    ("calibration", "inference", "instruments"),
    ("calibration/figures.csv", "calibration/questions.toml", "calibration/rates.csv"),
    slow=True,
)
