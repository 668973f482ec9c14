"""The object that `--json` prints and `summary.json` holds: figures of a comparison under fixed names.

`baseline`, `worlds`, `seed`, `horizon`, `seconds`, `failed_worlds`, `results_sha256` and `outcomes`; each
outcome has `unit`, `better`, `baseline` (mean, q05, q95) and `policies`, by name the figures of the paired
difference, with `data_share`: how far the effect hangs on what the data taught (None: too few worlds to
tell). Further keys appear only where there is something to say:

- `sets`, when scenarios differ in assumptions or events: an object of the same shape for each set, with
  `assumptions` saying whose. The top level is then the baseline's own set, but its `results_sha256` covers
  all of them.
- `after_end`, when a policy ends two years or more before the horizon: by policy the `month`, and `outcomes`
  of the same shape, measured over the twelve months to that month.
- `channels` and `robustness`, when extra runs were asked for: see `wbsim.experiments.division` and
  `wbsim.experiments.robust`.
- `rankings`, when there is more than one set: by outcome and set the policies, the largest mean gain first.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Protocol

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.statistics import Difference, Values, difference, level
from wbsim.experiments.windows import month_after_end
from wbsim.tables.outcomes import OUTCOMES

Summary = dict[str, Any]


class Drivers(Protocol):
    """Tells how far an effect, one value a world, hangs on what the data taught."""

    def share(self, effect: Values) -> float | None: ...  # noqa: D102


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


def data_share(table: Table, policy: str, outcome: str, drivers: Drivers, window: int = 0) -> float | None:
    """How far the effect of `policy` on one outcome hangs on what the data taught, 0 to 1."""
    return drivers.share(
        table.values(policy, outcome, window) - table.values(table.baseline, outcome, window)
    )


def ranking(table: Table, outcome: str) -> tuple[str, ...]:
    """All scenarios of a table, the baseline among them, by their mean on one outcome, the best first."""
    sign = 1.0 if OUTCOMES[outcome].better == "lower" else -1.0
    means = {name: level(table.values(name, outcome)).mean for name in (table.baseline, *table.policies)}
    return tuple(sorted(means, key=lambda name: (sign * (means[name] or 0.0), name)))


def summarise_experiment(experiment: Experiment) -> Summary:
    """The whole object, see the module's description. Holds no NaN: what is undefined is None."""
    summary = _summarise_table(experiment, experiment.tables[0])
    summary["results_sha256"] = experiment.results_sha256
    if len(experiment.tables) > 1:
        summary["sets"] = [
            {"assumptions": table.label, **_summarise_table(experiment, table)} for table in experiment.tables
        ]
        summary["rankings"] = {
            name: {table.label: list(ranking(table, name)) for table in experiment.tables}
            for name in OUTCOMES
        }
    return summary


def _summarise_table(experiment: Experiment, table: Table) -> Summary:
    from wbsim.experiments.learnt import what_was_learnt

    drivers = what_was_learnt(table, experiment.seed)
    summary: Summary = {
        "baseline": table.baseline,
        "worlds": experiment.worlds,
        "seed": experiment.seed,
        "horizon": experiment.horizon,
        "seconds": round(experiment.seconds, 3),
        "failed_worlds": len(table.failed_worlds),
        "results_sha256": table.results_sha256,
        "outcomes": _outcomes(table, table.policies, 0, drivers),
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
                "outcomes": _outcomes(table, (name,), experiment.measured.ends.index(month), drivers),
            }
            for name, month in after.items()
        }
    return summary


def _outcomes(table: Table, policies: tuple[str, ...], window: int, drivers: Drivers) -> Summary:
    outcomes: Summary = {}
    for name, record in OUTCOMES.items():
        base = level(table.values(table.baseline, name, window))
        outcomes[name] = {
            "unit": record.unit,
            "better": record.better,
            "baseline": {"mean": base.mean, "q05": base.q05, "q95": base.q95},
            "policies": {
                policy: {
                    **asdict(policy_difference(table, policy, name, window)),
                    "data_share": data_share(table, policy, name, drivers, window),
                }
                for policy in policies
            },
        }
    return outcomes
