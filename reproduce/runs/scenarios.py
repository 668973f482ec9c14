"""The other bundled scenarios beside the status quo and the scenario that each varies, and the files of assumptions."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import wbsim
from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import COMPARISON, SEED, bundled, compared, defined, effects
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.under import under
from wbsim.scenario.bundled import GROUPS, PAPER
from wbsim.scenario.resolve import available_assumptions
from wbsim.statistics.paired import level
from wbsim.tables.outcomes import OUTCOMES

#: The scenario that each one varies, and what it is compared with beside the status quo.
PARENTS = {
    **dict.fromkeys(GROUPS[1].names, "forum"),
    **dict.fromkeys(GROUPS[2].names, "iisg-results"),
    "open-balkan-six": "forum",
    "all-at-once": "both",
}


def _scenarios(settings: Settings) -> Facts:
    """By scenario and what it is compared with the effects on all outcomes."""
    worlds, citizens = settings["worlds"], settings["citizens"]
    names = [name for group in GROUPS for name in group.names]
    against = compared(names, worlds, citizens)
    found = {name: {"status-quo": effects(against)[name]} for name in PARENTS}
    for parent in sorted(set(PARENTS.values())):
        children = [name for name, other in PARENTS.items() if other == parent]
        beside = effects(compared((parent, *children), worlds, citizens, baseline=parent))
        for name in children:
            found[name][parent] = beside[name]
    return {
        "worlds": worlds,
        "citizens": citizens,
        "seed": SEED,
        "version": wbsim.__version__,
        "results_sha256": against.results_sha256,
        "policies": found,
    }


def _assumptions(settings: Settings) -> Facts:
    """What the paper's three change under each file, and what the file changes of the status quo, world by world."""
    worlds, citizens = settings["worlds"], settings["citizens"]
    plain = compared(PAPER, worlds, citizens)
    found: dict[str, Any] = {}
    for name in available_assumptions():
        scenarios = under(bundled(PAPER, citizens), name)
        changed = wbsim.compare(*scenarios, worlds=worlds, seed=SEED)
        found[name] = {"change": _shift(plain, changed), "policies": effects(changed)}
    return {"worlds": worlds, "plain": effects(plain), "files": found}


def _shift(plain: Comparison, changed: Comparison) -> dict[str, dict[str, float | None]]:
    shift = {}
    for name in OUTCOMES:
        found = level(defined(_values(changed, name) - _values(plain, name)))
        base = level(defined(_values(plain, name))).mean
        shift[name] = {
            "mean": found.mean,
            "q05": found.q05,
            "q95": found.q95,
            "mcse": found.mcse,
            "before": base,
        }
    return shift


def _values(comparison: Comparison, outcome: str) -> NDArray[np.float64]:
    table = comparison.table()
    if table.failed_worlds:
        raise ValueError(f"worlds {table.failed_worlds} failed: they cannot be paired")
    return table.values(table.baseline, outcome)


_SETTINGS = {"worlds": 200, "citizens": 200}
SCENARIOS = Run("scenarios", _scenarios, _SETTINGS, 150, COMPARISON)
ASSUMPTIONS = Run("assumptions", _assumptions, _SETTINGS, 60, COMPARISON)
