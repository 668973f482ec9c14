"""The headline with each change of the model taken back on its own, and with all of a kind at once."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reproduce.run import Facts, Run, Settings

#: Effects by policy and outcome, one a world.
Worlds = dict[str, dict[str, NDArray[np.float64]]]


def _ladder(settings: Settings) -> Facts:
    from reproduce.ladder.withdrawals import RUNGS

    numbers = [-1, *range(len(RUNGS))]
    # A process for each: earlier rules that are put in the place of today's go with it.
    with ProcessPoolExecutor(
        settings.get("processes") or cpu_count(), get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        (today, worlds), *without = pool.map(_headline, numbers, [dict(settings)] * len(numbers))
    return {
        "worlds": settings["worlds"],
        "today": today,
        "steps": [
            {
                "change": each.change,
                "before": each.before,
                "evidence": each.evidence,
                "effects": effects,
                "moved": _moved(worlds, own),
            }
            for each, (effects, own) in zip(RUNGS, without, strict=True)
        ],
    }


def _moved(today: Worlds, without: Worlds) -> Facts:
    """What a change did to each effect: the mean over the same worlds, and its Monte Carlo error.

    Worlds in which an effect is not defined with and without the change are left out.
    """
    found: dict[str, dict[str, Any]] = {}
    for policy, outcomes in today.items():
        for outcome, values in outcomes.items():
            gap = values - without[policy][outcome]
            gap = gap[np.isfinite(gap)]
            known = gap.size > 1
            found.setdefault(policy, {})[outcome] = {
                "mean": float(gap.mean()) if known else None,
                "mcse": float(gap.std(ddof=1) / np.sqrt(gap.size)) if known else None,
            }
    return found


def _headline(number: int, settings: dict[str, Any]) -> tuple[Facts, Worlds]:
    """Effects of the paper's policies with the change of this number taken back, none with -1; and world by world."""
    import wbsim
    from reproduce.ladder.withdrawals import RUNGS
    from reproduce.runs.common import SEED, bundled, effects
    from wbsim.scenario.bundled import PAPER
    from wbsim.tables.outcomes import HEADLINE_OUTCOMES

    scenarios = bundled(PAPER, settings.get("citizens"))
    if number >= 0:
        change = RUNGS[number]
        scenarios = [change.applied(each) for each in scenarios]
        if change.patch is not None:
            change.patch()
    comparison = wbsim.compare(*scenarios, worlds=settings["worlds"], seed=SEED, workers=1, variance_worlds=0)
    table = comparison.table()
    shown = {
        policy: {
            name: {key: each[name][key] for key in ("mean", "mcse", "p_better")} for name in HEADLINE_OUTCOMES
        }
        for policy, each in effects(comparison).items()
    }
    worlds = {
        policy: {
            name: table.values(policy, name) - table.values(table.baseline, name)
            for name in HEADLINE_OUTCOMES
        }
        for policy in table.policies
    }
    return shown, worlds


LADDER = Run(
    "ladder",
    _ladder,
    {"worlds": 200, "citizens": 125},
    600,
    slow=True,
    data=("reproduce/ladder/withdrawals.py",),
)
