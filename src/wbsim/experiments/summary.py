"""The object that `--json` prints and `summary.json` holds: figures of a comparison under fixed names.

`baseline`, `worlds`, `seed`, `horizon`, `seconds`, `failed_worlds`, `results_sha256` and `outcomes`; each
outcome has `unit`, `better`, `baseline` (mean, q05, q95) and `policies`, by name the figures of the paired
difference. Further keys appear only where there is something to say:

- `sets`, when scenarios differ in assumptions or events: an object of the same shape for each set, with
  `assumptions` saying whose. The top level is then the baseline's own set, but its `results_sha256` covers
  all of them.
- `after_end`, when a policy ends two years or more before the horizon: by policy the `month`, and `outcomes`
  of the same shape, measured over the twelve months to that month.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.statistics import Difference, difference, level
from wbsim.experiments.windows import month_after_end
from wbsim.tables.outcomes import OUTCOMES

Summary = dict[str, Any]


def policy_difference(table: Table, policy: str, outcome: str, window: int = 0) -> Difference:
    """Figures of `policy` minus the baseline for one outcome, over the worlds that finished under all
    scenarios."""
    record = OUTCOMES[outcome]
    return difference(
        table.values(policy, outcome, window),
        table.values(table.baseline, outcome, window),
        record.better,
        record.margin,
    )


def summarise_experiment(experiment: Experiment) -> Summary:
    """The whole object, see the module's description. Holds no NaN: what is undefined is None."""
    summary = _summarise_table(experiment, experiment.tables[0])
    summary["results_sha256"] = experiment.results_sha256
    if len(experiment.tables) > 1:
        summary["sets"] = [
            {"assumptions": table.label, **_summarise_table(experiment, table)} for table in experiment.tables
        ]
    return summary


def _summarise_table(experiment: Experiment, table: Table) -> Summary:
    summary: Summary = {
        "baseline": table.baseline,
        "worlds": experiment.worlds,
        "seed": experiment.seed,
        "horizon": experiment.horizon,
        "seconds": round(experiment.seconds, 3),
        "failed_worlds": len(table.failed_worlds),
        "results_sha256": table.results_sha256,
        "outcomes": _outcomes(table, table.policies, 0),
    }
    after = {
        scenario.name: month
        for scenario in table.scenarios[1:]
        if (month := month_after_end(scenario)) is not None
    }
    if after:
        summary["after_end"] = {
            name: {
                "month": month,
                "outcomes": _outcomes(table, (name,), experiment.measured.ends.index(month)),
            }
            for name, month in after.items()
        }
    return summary


def _outcomes(table: Table, policies: tuple[str, ...], window: int) -> Summary:
    outcomes: Summary = {}
    for name, record in OUTCOMES.items():
        base = level(table.values(table.baseline, name, window))
        outcomes[name] = {
            "unit": record.unit,
            "better": record.better,
            "baseline": {"mean": base.mean, "q05": base.q05, "q95": base.q95},
            "policies": {
                policy: asdict(policy_difference(table, policy, name, window)) for policy in policies
            },
        }
    return outcomes
