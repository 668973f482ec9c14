"""What is needed to get the same numbers again: scenarios, command, seed, hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import wbsim
from wbsim.experiments.experiment import Experiment

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results
    from wbsim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Record:
    """The version, the experiment, the command, and every scenario with its resolved text."""

    version: str
    experiment: Experiment
    command: str
    scenarios: tuple[tuple[Scenario, str], ...]


def build(results: Results) -> Record:
    """The record of `results`."""
    return Record(
        wbsim.__version__,
        results.experiment,
        results.request.command(),
        tuple(
            (scenario, json.dumps(scenario.resolved(), indent=2, ensure_ascii=False))
            for scenario in results.experiment.scenarios
        ),
    )
