"""Free runs of institutions: what the model gives for their observations at given points of the parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Analogue
from wbsim.analogues.read_analogue import run_settings
from wbsim.analogues.statistics import Counts, Sample, Scores, Shares, Times, measure
from wbsim.analogues.trace import Recorder, Trace
from wbsim.calibration.crew import Crew, spans
from wbsim.calibration.free_run import CITIZENS, WARM_UP
from wbsim.calibration.hindcast import with_posterior
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.chance.posterior import Points
from wbsim.model.geography import geography
from wbsim.model.region import Region, Switches
from wbsim.model.traits import traits
from wbsim.scenario.schema import Assumptions, Scenario

Floats = NDArray[np.float64]

#: Statistics by institution and observation.
Samples = dict[str, dict[str, Sample]]

#: Points simulated as one array.
BLOCK = 256


@dataclass(frozen=True)
class _Block:
    scenario: Scenario
    analogue: Analogue
    points: Points
    seed: int
    first: int
    count: int


def simulate(
    scenario: Scenario,
    analogues: Sequence[Analogue],
    points: Points,
    seed: int,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
) -> Samples:
    """Statistics by institution and observation in as many worlds as there are points; world k has point k.

    Each runs from the reference state without the dated events of the data, under its own assumptions where it names
    some and else under those of `scenario`. What has no coordinate among `points` is drawn from its prior.
    """
    blocks = [
        _Block(under(scenario, analogue), analogue, points, seed, first, count)
        for analogue in analogues
        for first, count in spans(len(points.z), BLOCK)
    ]
    parts: dict[str, list[dict[str, Sample]]] = {analogue.name: [] for analogue in analogues}
    done = crew.map(_simulate, blocks, lambda block: block.count, progress)
    for block, samples in zip(blocks, done, strict=True):
        parts[block.analogue.name].append(samples)
    return {
        name: {key: joined([part[key] for part in each]) for key in each[0]} for name, each in parts.items()
    }


def under(scenario: Scenario, analogue: Analogue) -> Scenario:
    """The scenario in which an institution is simulated, long enough for it."""
    run = run_settings(analogue.months)
    settings = scenario.run.model_copy(update={"years": run.years, "citizens": CITIZENS})
    return scenario.model_copy(
        update={
            "name": analogue.name,
            "run": settings,
            "policies": analogue.policies,
            "events": analogue.events,
            "assumptions": _joined(scenario.assumptions, analogue.assumptions),
        }
    )


def _joined(base: Assumptions, own: Assumptions) -> Assumptions:
    """The assumptions of a scenario, with those of an institution in their place where it names some."""
    default = Assumptions().variants
    changed = {name: choice for name, choice in own.variants.items() if choice != default[name]}
    return base.model_copy(
        update={
            "parameters": {**base.parameters, **own.parameters},
            "variants": {**base.variants, **changed},
            "paths": own.paths or base.paths,
        }
    )


def _simulate(block: _Block) -> dict[str, Sample]:
    chance = Chance(block.seed, block.first, block.count)
    scenario = with_posterior(block.scenario)
    draws = draw_parameters(scenario.assumptions, chance, block.points)
    people = traits(CITIZENS, chance, geography())
    region = Region(scenario, chance, draws, people, switches=Switches(history=False))
    trace = record(region, block.analogue.months)
    region.forget()
    samples = {}
    for observation in block.analogue.observations:
        own = np.random.default_rng([block.seed, block.first, crc32(observation.id.encode())])
        window = block.analogue.window(observation)
        samples[observation.id] = measure(trace, observation, window, own.uniform(size=block.count))
    return samples


def record(region: Region, months: int) -> Trace:
    """Warm up, then write down `months` of the institution that starts then."""
    for _ in range(WARM_UP):
        region.step()
    own = [mechanism for mechanism in region.mechanisms if mechanism.start > 0]
    by_name = {mechanism.record.name: mechanism for mechanism in own}
    recorder = Recorder(
        by_name.get("forum"),
        by_name.get("iisg-results"),
        region.environment.severity,
        region.governments.effort,
        region.draws["iisg_lag"],
    )
    for _ in range(months):
        region.step()
        recorder.month(region.environment.severity, region.governments.effort)
    return recorder.trace()


def joined(samples: Sequence[Sample]) -> Sample:
    """Samples of several blocks of worlds as one."""
    first = samples[0]
    match first:
        case Shares():
            return Shares(*(_all(samples, name) for name in ("successes", "trials")))
        case Times():
            return Times(_all(samples, "months"), _all(samples, "seen").astype(bool))
        case Counts():
            return Counts(_all(samples, "events"))
        case Scores():
            return Scores(_all(samples, "values"))


def _all(samples: Sequence[Sample], name: str) -> Floats:
    return np.concatenate([np.asarray(getattr(sample, name), dtype=float) for sample in samples])
