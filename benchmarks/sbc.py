"""Simulation-based calibration with the real figures and the real simulator, for docs/inference.md.

`python benchmarks/sbc.py emulator 200`, `events 200` or `whole 20`; results of each way are put into sbc.json beside
this file. A replicate of the whole chain takes about fifteen seconds on two cores.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from wbsim.calibration.crew import Crew
from wbsim.calibration.events import event_keys, points
from wbsim.calibration.fit import bare
from wbsim.calibration.free_run import free_run
from wbsim.calibration.hindcast import Survey, hindcast
from wbsim.calibration.read import read_inputs
from wbsim.calibration.sbc import of_events, through_emulator, through_simulator
from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Surface, space
from wbsim.inference.emulator import fit_quadratic
from wbsim.inference.sbc import recover, summarise
from wbsim.scenario.override import with_run

RESULTS = Path(__file__).with_name("sbc.json")
CITIZENS = 200
#: Of the emulator's chain, and of the whole chain: the steps of the fit, with fewer worlds.
EMULATOR = Settings(particles=4000, draws=1000)
WHOLE = Settings(
    prior=64, members=1000, steps=4, late=3, refits=2, wave=1000, citizens=CITIZENS, few=CITIZENS, particles=2000,
    draws=1000,
)  # fmt: skip


def main(way: str, count: int) -> None:
    inputs, where = read_inputs(), space()
    aim = inputs.aim
    survey = Survey(with_run(bare(), citizens=CITIZENS), aim.figures, aim.questions)
    started = time.monotonic()
    with Crew() as crew:

        def forward(z: np.ndarray, step: int) -> np.ndarray:
            return hindcast(survey, where.points(z), step, crew)

        generator = np.random.default_rng(7)
        if way == "emulator":
            z = generator.standard_normal((4096, len(where.keys)))
            surface = Surface(where, fit_quadratic(z, forward(z, 1), where.dynamic))
            replicate = through_emulator(surface, aim, EMULATOR)
        elif way == "events":
            z = generator.standard_normal((4096, len(event_keys())))
            counts = free_run(bare(), inputs.rates, points(z), 1, crew)
            replicate = of_events(list(inputs.rates), z, counts, EMULATOR)
        else:
            replicate = through_simulator(forward, forward, aim, WHOLE)
        found = []
        for number, each in enumerate(generator.spawn(count)):
            found.append(recover(replicate, each))
            print(f"{number + 1} of {count}, {time.monotonic() - started:.0f} s", flush=True)
    blocks = _blocks(way, len(where.keys), found[0].rank.size)
    shown = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    shown[way] = {"replicates": count, "seconds": round(time.monotonic() - started), "blocks": {}}
    for name, columns in blocks.items():
        part = [
            type(each)(
                each.rank[columns],
                each.out_of,
                each.z[columns],
                each.inside_50[columns],
                each.inside_90[columns],
            )
            for each in found
        ]
        whole = summarise(part, generator)
        shown[way]["blocks"][name] = {
            "numbers": len(columns),
            "coverage_90": round(whole.coverage_90.value, 4),
            "error_90": round(whole.coverage_90.error, 4),
            "coverage_50": round(whole.coverage_50.value, 4),
            "sd_of_z": round(whole.sd_of_z, 3),
            "outside_band": int(whole.outside_band.sum()),
        }
        print(name, shown[way]["blocks"][name])
    RESULTS.write_text(json.dumps(shown, indent=1) + "\n")


def _blocks(way: str, width: int, size: int) -> dict[str, list[int]]:
    """Columns of each block of truths."""
    everything = {"all": list(range(size))}
    if way == "events":
        return everything | {"rates and escalation": list(range(size - 1))}
    where = space()
    return everything | {
        "dynamics": where.dynamic.tolist(),
        "levels": where.level.tolist(),
        "intercepts": list(range(width, size)),
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
