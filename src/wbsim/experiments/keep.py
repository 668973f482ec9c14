"""A results folder completed: the record, the figures as JSON and CSV, and the folder's final name.

Report and pictures are made from the finished folder and can be made again, so they are no part of the record or of
its hash.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wbsim.experiments.execute import Plan
from wbsim.experiments.experiment import Experiment
from wbsim.experiments.extras import Extras, write_extras
from wbsim.experiments.request import Request
from wbsim.experiments.summary import summarise_experiment
from wbsim.results.folder import Place, publish
from wbsim.results.open import RECORD_NAME
from wbsim.results.record import environment
from wbsim.results.table import summary_csv
from wbsim.scenario.plugin import recorded


def record(experiment: Experiment, request: Request) -> dict[str, Any]:
    """Where the results come from and how to get them again; holds no time, so that it can be compared."""
    return {
        "command": request.command(),
        "request": {**asdict(request), "plugins": recorded(request.plugins)},
        "posteriors": _posteriors(experiment),
        "seed": experiment.seed,
        "first_world": experiment.first,
        "worlds": experiment.worlds,
        "results_sha256": experiment.results_sha256,
        "measured": {"sums_since": experiment.measured.since, "windows_end": list(experiment.measured.ends)},
        "sets": [
            {
                "assumptions": table.label,
                "store": table.store.name,
                "results_sha256": table.results_sha256,
                "baseline": table.baseline,
                "scenarios": [
                    {
                        "origin": scenario.origin,
                        "extends": list(scenario.extends),
                        "plugins": recorded(scenario.plugins),
                        "resolved": scenario.resolved(),
                    }
                    for scenario in table.scenarios
                ],
                "failed": [
                    {
                        "world": failure.world,
                        "scenario": failure.scenario,
                        "error": failure.error,
                        "replay": request.command(failure.world),
                    }
                    for failure in table.failures
                ],
            }
            for table in experiment.tables
        ],
        **environment(),
    }


def _until(experiment: Experiment) -> dict[str, Any]:
    """The goals that the number of worlds was found by, to judge them again; nothing where it was given.

    They stand beside the times: the record is that of a run which was given as many worlds.
    """
    stopping = experiment.stopping
    if stopping is None:
        return {}
    goals = {goal.outcome: goal.error for goal in stopping.goals}
    return {"until": {"limit": stopping.limit, "goals": goals}}


def _posteriors(experiment: Experiment) -> dict[str, str]:
    """Where each posterior that worlds drew from was found, by its hash, to find it again."""
    used = [scenario.assumptions for table in experiment.tables for scenario in table.scenarios]
    return {each.posterior.sha256: each.posterior.origin for each in used if each.posterior and each.fitted}


def keep(
    experiment: Experiment,
    request: Request,
    plan: Plan,
    extras: Extras | None = None,
    *,
    folder: Path,
    place: Place,
    started: datetime,
) -> tuple[Experiment, Path]:
    """Complete the draft `folder` and give it its final name in `place`.

    Returns the experiment, its stores where they now are, and the final folder. Times go to `timing.json`
    alone.
    """
    extras = extras or Extras()
    summary = summarise_experiment(experiment) | extras.plain()
    write_extras(extras, folder)
    timing = {
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": summary["seconds"],
        "workers": plan.workers,
        "worlds_in_a_block": plan.settings.block,
        **_until(experiment),
    }
    for name, content in {
        RECORD_NAME: record(experiment, request),
        "summary.json": summary,
        "timing.json": timing,
    }.items():
        text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
        (folder / name).write_text(text + "\n", encoding="utf-8")
    (folder / "summary.csv").write_text(summary_csv(summary), encoding="utf-8")
    name = request.kind if request.kind == "compare" else experiment.scenarios[0].name
    final = publish(folder, place, name, started, experiment.results_sha256)
    tables = tuple(replace(table, store=final / table.store.name) for table in experiment.tables)
    return replace(experiment, tables=tables), final
