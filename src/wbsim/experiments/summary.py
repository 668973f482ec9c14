"""The object that `--json` prints and `summary.json` holds: figures of a comparison under fixed names.

`baseline`, `worlds`, `seed`, `horizon`, `seconds`, `failed_worlds`, `results_sha256` and `outcomes`; each
outcome has `unit`, `better`, `baseline` (mean, q05, q95) and `policies`, by name the figures of the paired
difference. Further keys appear only where there is something to say:

- `sets`, when scenarios differ in assumptions or events: an object of the same shape for each set, with
  `assumptions` saying whose. The top level is then the baseline's own set, but its `results_sha256` covers
  all of them.
- `after_end`, when a policy ends two years or more before the horizon: by policy the `month`, and `outcomes`
  of the same shape, measured over the twelve months to that month.
- `ratios`, when some scenario has a share that others have not: by name of `wbsim.tables.outcomes.RATIOS` and by
  scenario the `value` and its `mcse`. A scenario in which there is nothing to divide by is absent.
- `panel`, beside each `outcomes` at the horizon, when there are policies: all statistics of the comparison under
  the names of `wbsim.experiments.panel.Panel`. `worlds` (sound ones), `seed` and `resamples` of its bootstrap,
  `confidence` of its Monte Carlo intervals, `hurwicz_alpha`, `goals` and `fronts` (by scenario: share of worlds on
  the Pareto front over the goals, and whether it is on the front of the means), and `outcomes`; each of these has
  `scenarios` (by name: `best`, `may_be_best`, `regret`, `satisficing`, `cautious`), `policies` (by name: `effect`,
  `dominance`, `per_money`, `pairing`) and `interactions`. docs/statistics.md defines each.
- `stopping`, when worlds were simulated until an error was small enough: `worlds`, `limit`, and for each of `goals`
  the `outcome`, the `error` asked for, the largest `mcse`, whose it is, and whether it was `reached`.
- `drivers`, when there are policies and 30 worlds or more: which assumptions each effect hangs on. `worlds`,
  `numbers` (how many were tried), `detectable` and `needed` (the rank correlation that so many worlds show, and the
  worlds that one of 0.1 needs), and `policies`: by policy and headline outcome the fields of
  `wbsim.experiments.drivers.EffectDrivers`, and `found`, how many parameters stand out.
- `failures`, when there are policies and 30 worlds or more in each half: where each policy fails. `searched` and
  `stated` worlds, and `policies`: by policy and headline outcome the fields of
  `wbsim.experiments.failures.EffectFailure`; only outcomes on which it nearly always brings a gain are left out.
- `structures`, when there are policies, 30 worlds or more, and structural alternatives that worlds draw: what each
  effect is under each choice, and how much of its variance lies between structures; see
  `wbsim.experiments.by_structure`.
- `variance_from`, unless it was switched off: from which groups of inputs the variance of each effect comes, see
  `wbsim.experiments.variance_from`.
- `channels` and `robustness`, when extra runs were asked for: see `wbsim.experiments.division` and
  `wbsim.experiments.robust`.
- `rankings`, when there is more than one set: by outcome and set the policies, the largest mean gain first.
- `rankings_compared`, when these sets have the same policies: by outcome `same`, `unsure` (they differ only between
  scenarios whose gap is within two Monte Carlo errors in one set at least) or `other`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

import numpy as np

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.windows import month_after_end
from wbsim.statistics.paired import Difference, difference, level, turns_round
from wbsim.statistics.ratio import PooledShare, pooled_share
from wbsim.tables.outcomes import OUTCOMES, RATIOS

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


def no_difference(table: Table, policy: str, outcome: str, window: int = 0) -> bool:
    """Whether an outcome is exactly the baseline's in every sound world, of which there is one at least."""
    values = table.values(policy, outcome, window)
    return bool(values.size) and np.array_equal(values, table.values(table.baseline, outcome, window))


def pooled_shares(table: Table) -> dict[str, dict[str, PooledShare]]:
    """By ratio and scenario the share of sums, as far as it exists anywhere."""
    found: dict[str, dict[str, PooledShare]] = {}
    for ratio in RATIOS:
        for name in (table.baseline, *table.policies):
            share = pooled_share(table.values(name, ratio.part), table.values(name, ratio.whole))
            if share is not None:
                found.setdefault(ratio.name, {})[name] = share
    return found


def ranking(table: Table, outcome: str) -> tuple[str, ...]:
    """All scenarios of a table, the baseline among them, by their mean on one outcome, the best first."""
    sign = 1.0 if OUTCOMES[outcome].better == "lower" else -1.0
    means = {name: level(table.values(name, outcome)).mean for name in (table.baseline, *table.policies)}
    return tuple(sorted(means, key=lambda name: (sign * (means[name] or 0.0), name)))


def comparable(tables: Sequence[Table]) -> list[Table]:
    """The tables whose rankings can be compared: two or more with the same policies and some sound world, or none."""
    ranked = [table for table in tables if table.policies and table.sound.any()]
    return ranked if len(ranked) > 1 and len({table.policies for table in ranked}) == 1 else []


def rankings_compared(tables: Sequence[Table], outcome: str) -> Literal["same", "unsure", "other"]:
    """Whether the order of the scenarios on one outcome is the same in all of several comparable tables.

    It is another where the gap of two scenarios, taken in the same worlds, changes its sign beyond two Monte Carlo
    errors.
    """
    if len({ranking(table, outcome) for table in tables}) == 1:
        return "same"
    for one, two in itertools.combinations(ranking(tables[0], outcome), 2):
        gaps = [table.values(one, outcome) - table.values(two, outcome) for table in tables]
        if any(turns_round(*pair) for pair in itertools.combinations(gaps, 2)):
            return "other"
    return "unsure"


def summarise_experiment(experiment: Experiment) -> Summary:
    """The whole object, see the module's description. Holds no NaN: what is undefined is None."""
    parts = [_summarise_table(experiment, table) for table in experiment.tables]
    summary = parts[0] | {"results_sha256": experiment.results_sha256}
    if experiment.stopping is not None:
        summary["stopping"] = _plain(asdict(experiment.stopping))
    if len(experiment.tables) > 1:
        summary["sets"] = [
            {"assumptions": table.label, **part} for table, part in zip(experiment.tables, parts, strict=True)
        ]
        summary["rankings"] = {
            name: {table.label: list(ranking(table, name)) for table in experiment.tables}
            for name in OUTCOMES
        }
        if tables := comparable(experiment.tables):
            summary["rankings_compared"] = {name: rankings_compared(tables, name) for name in OUTCOMES}
    return summary


def _summarise_table(experiment: Experiment, table: Table) -> Summary:
    from wbsim.experiments.panel import panel

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
    if ratios := pooled_shares(table):
        summary["ratios"] = {
            name: {scenario: asdict(share) for scenario, share in found.items()}
            for name, found in ratios.items()
        }
    if table.policies:
        summary["panel"] = _plain(asdict(panel(table)))
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
    return summary | _searched(experiment, table)


def _searched(experiment: Experiment, table: Table) -> Summary:
    """What effects hang on, what they are by structure, and where policies fail, as far as it could be searched."""
    from wbsim.experiments.by_structure import find_by_structure
    from wbsim.experiments.drivers import find_drivers
    from wbsim.experiments.failures import find_failures

    drivers, failures = find_drivers(table, experiment.seed), find_failures(experiment, table)
    structures = find_by_structure(table, experiment.seed)
    found: Summary = {}
    if not structures.note:
        found["structures"] = structures.plain()
    if not drivers.note:
        found["drivers"] = drivers.resolved()
    if not failures.note:
        found["failures"] = failures.resolved()
    return found


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


def _plain(value: Any) -> Any:
    """`value` as JSON gives it back: lists in place of tuples, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
