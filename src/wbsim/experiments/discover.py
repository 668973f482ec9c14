"""From scenarios, or a results folder, to a finished discovery."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

from wbsim.experiments.compare import Prepared
from wbsim.experiments.comparison import Results
from wbsim.experiments.discovery import (
    DiscoveryPlan,
    Question,
    carry_out_discovery,
    plan_discovery,
)
from wbsim.experiments.discovery_results import DiscoveryResults
from wbsim.experiments.estimate import simulation_seconds
from wbsim.experiments.execute import Progress
from wbsim.experiments.work import Simulate
from wbsim.results.record import environment
from wbsim.statistics.discovery.discover import METHODS

#: Seconds that searching and drawing take, as measured once on a plain machine with 400 worlds.
SEARCH = 20.0


def check_question(question: Question, prepared: Prepared) -> None:
    """InputError for a question that can't be asked of the planned comparison, before anything is simulated."""
    question.check()
    question.target([[each.name for each in group.scenarios] for group in prepared.plan.sets])


def more_seconds(question: Question, prepared: Prepared) -> float:
    """Seconds that fresh worlds and replicates will take after the planned comparison, and the search."""
    number, target = question.target(
        [[each.name for each in group.scenarios] for group in prepared.plan.sets]
    )
    baseline = prepared.plan.sets[number].scenarios[0].name
    worlds = prepared.plan.settings.worlds
    fresh = worlds if question.fresh is None else question.fresh
    again = len({*target.scenarios, baseline}) * fresh
    again += len(target.scenarios) * question.replicates * (fresh or worlds)
    return SEARCH + simulation_seconds(prepared.plan) * again / prepared.plan.scenario_worlds


def discover_in(
    results: Results,
    question: Question,
    *,
    planned: DiscoveryPlan | None = None,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> DiscoveryResults:
    """Ask a finished comparison. Raises InputError where cases are too few, and what `execute` raises."""
    planned = planned or plan_discovery(results.experiment, question)
    found = carry_out_discovery(results.experiment, planned, progress=progress, simulate=simulate)
    return DiscoveryResults(found, record(results, question))


def record(results: Results, question: Question) -> dict[str, Any]:
    """How to get the discovery again; holds no time."""
    return {
        "command": command(results, question),
        "comparison": results.request.command(),
        "results_sha256": results.results_sha256,
        **environment(),
    }


def command(results: Results, question: Question) -> str:
    """The command line that simulates the comparison and asks the same."""
    words = shlex.split(replace(results.request, variance_worlds=None).command())
    parts = ["wbsim", "discover", *words[2:], "--target", question.sort, "--outcome", question.outcome]
    options: dict[str, object] = {
        "--policy": question.policy,
        "--against": question.against,
        "--threshold": question.threshold,
        "--fresh-worlds": question.fresh,
        "--replicates": question.replicates or None,
        "--method": None if question.methods == METHODS else question.methods[0],
    }
    for name, value in options.items():
        parts += [] if value is None else [name, str(value)]
    return shlex.join([*parts, *["--circumstances"] * question.circumstances])
