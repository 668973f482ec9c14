"""The headline with each change of the model taken back on its own."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from typing import Any

from reproduce.run import Facts, Run, Settings


def _ladder(settings: Settings) -> Facts:
    from reproduce.ladder.withdrawals import WITHDRAWALS

    numbers = [-1, *range(len(WITHDRAWALS))]
    # A process for each: earlier rules that are put in the place of today's go with it.
    with ProcessPoolExecutor(
        settings.get("processes") or cpu_count(), get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        today, *without = pool.map(_headline, numbers, [dict(settings)] * len(numbers))
    return {
        "worlds": settings["worlds"],
        "today": today,
        "steps": [
            {"change": each.change, "before": each.before, "evidence": each.evidence, "effects": effects}
            for each, effects in zip(WITHDRAWALS, without, strict=True)
        ],
    }


def _headline(number: int, settings: dict[str, Any]) -> Facts:
    """Effects of the paper's policies with the change of this number taken back, none with -1."""
    import wbsim
    from reproduce.ladder.withdrawals import WITHDRAWALS
    from reproduce.runs.common import SEED, bundled, effects
    from wbsim.scenario.bundled import PAPER
    from wbsim.tables.outcomes import HEADLINE_OUTCOMES

    scenarios = bundled(PAPER, settings.get("citizens"))
    if number >= 0:
        change = WITHDRAWALS[number]
        scenarios = [change.applied(each) for each in scenarios]
        if change.patch is not None:
            change.patch()
    found = effects(
        wbsim.compare(*scenarios, worlds=settings["worlds"], seed=SEED, workers=1, variance_worlds=0)
    )
    return {
        policy: {
            name: {key: each[name][key] for key in ("mean", "mcse", "p_better")} for name in HEADLINE_OUTCOMES
        }
        for policy, each in found.items()
    }


LADDER = Run(
    "ladder",
    _ladder,
    {"worlds": 200, "citizens": 125},
    600,
    slow=True,
    data=("reproduce/ladder/withdrawals.py",),
)
