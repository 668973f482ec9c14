"""Simulation-based calibration with the real figures and the real simulator, for docs/inference.md.

    python benchmarks/sbc.py emulator 400     figures from the emulator: the inference alone
    python benchmarks/sbc.py whole 24         figures from the simulator, everything fitted anew to each
    python benchmarks/sbc.py events 150       counts of crises

Results of each way are put into sbc.json beside this file. Finished replicates are kept in build/sbc/: a run that was
stopped goes on there, one with more replicates adds to it. A replicate of the whole chain takes 10 to 15 seconds on
two cores.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

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

HERE = Path(__file__).parent
RESULTS, KEPT = HERE / "sbc.json", HERE.parent / "build" / "sbc"
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
    spread: np.ndarray
    seconds: float


def main(way: str, count: int) -> None:
    inputs, generator = read_inputs(), np.random.default_rng(SEED)
    stages = Stages(KEPT, _identity(way, inputs))
    with Crew() as crew:
        replicate = _replicate(way, inputs, generator, crew, stages)
        done = []
        for number, each in enumerate(generator.spawn(count)):
            done.append(_kept(replicate, each, number, stages))
            print(f"{number + 1} of {count}, {sum(one.seconds for one in done):.0f} s", flush=True)
    shown = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    shown[way] = {"replicates": count, "seconds": round(sum(one.seconds for one in done)), "blocks": {}}
    for name, columns in _blocks(way, inputs, done).items():
        shown[way]["blocks"][name] = _summary(done, columns)
        print(name, shown[way]["blocks"][name])
    RESULTS.write_text(json.dumps(shown, indent=1) + "\n")


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

    def forward(z: np.ndarray, step: int) -> np.ndarray:
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

    def make() -> np.ndarray:
        started, spreads = time.monotonic(), []

        def measured(source: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
            truth, draws = replicate(source)
            spreads.append(draws.std(axis=0, ddof=1))
            return truth, draws

        found = recover(measured, generator, OUT_OF)
        seconds = np.full(found.rank.size, time.monotonic() - started)
        return np.array([found.rank, found.z, found.inside_50, found.inside_90, spreads[0], seconds], float)

    rank, z, half, most, spread, seconds = stages.keep("replicate", np.array([float(number)]), make)
    recovered = Recovered(rank.astype(int), OUT_OF, z, half.astype(bool), most.astype(bool))
    return Done(recovered, spread, float(seconds[0]))


def _summary(done: list[Done], columns: np.ndarray) -> dict[str, float]:
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


def _blocks(way: str, inputs: Inputs, done: list[Done]) -> dict[str, np.ndarray]:
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


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("emulator", "whole", "events"):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]))
