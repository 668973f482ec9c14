"""What a search found, in sentences and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from wbsim.optimum.study import Optimum
from wbsim.report.numbers import change, error, percent
from wbsim.report.optimum_plain import OWN, beyond_own, names_of, plain
from wbsim.scenario.issue import names

if TYPE_CHECKING:
    from rich.table import Table

COUNTS = {
    "mean": "the mean over worlds",
    "p10": "what nine of ten worlds exceed",
    "cvar": "the mean of the worst tenth of worlds",
}
NOTE = (
    "Gains are paired differences from the baseline in the same worlds, turned so that more is better; intervals hold "
    "90 % of fresh worlds and are of parameters, structure and chance; Monte Carlo errors stand behind +-. All of it "
    "is conditional on the model: no forecast. Policy effects are largely driven by priors, and so is what a search "
    "over them finds."
)


def sentences(found: Optimum) -> Iterator[str]:
    """What to know of the search and of the set, before and after its table."""
    study = found.study
    goals = names(
        f"{goal.record.label.lower()} ({'high' if goal.better == 'higher' else 'low'})"
        for goal in study.goals
    )
    yield (
        f"{found.judged:,} candidates for {', '.join(study.space.keys)} were judged in {study.settings.worlds:,} "
        f"worlds by {COUNTS[study.robust]}, for {goals}. Combinations that broke a rule, and were not "
        f"simulated: {found.refused:,}; that had too many failed worlds: {found.unsound:,}."
    )
    on_front = [name for name, m in zip(names_of(found), found.members, strict=True) if m.on_front]
    yield (
        f"The table shows what came out of the search and the levers of {study.scenarios[0].name} itself, all in "
        f"{found.sound:,} fresh worlds. On the front there, beaten by no other on all goals: {', '.join(on_front)}."
    )
    yield _ahead(found)
    yield from _luck(found)
    for held in found.held:
        kept = sum(held.on_front[1:])
        yield f"Under {held.name}, {kept} of {len(held.on_front) - 1} members are on the front."
    yield NOTE


def _ahead(found: Optimum) -> str:
    ahead = beyond_own(found)
    told = [f"{names(members)} on {goal}" for goal, members in ahead.items() if members]
    if not told:
        return (
            "No member is better than the scenario's own levers on any goal by more than its practical margin (and two "
            "Monte Carlo errors)."
        )
    return (
        "Better than the scenario's own levers by more than the practical margin and two Monte Carlo errors: "
        f"{'; '.join(told)}."
    )


def _luck(found: Optimum) -> Iterator[str]:
    """How much of what the search promised did not come back, on average over the members."""
    members = found.members[1:]
    if not members:
        yield "The search found nothing that its own levers do not reach."
        return
    parts = [
        f"{change(goal.record, float(np.mean([m.optimism[g] for m in members])))} {goal.record.unit} on {goal.name}"
        for g, goal in enumerate(found.study.goals)
    ]
    yield f"What the search promised beyond fresh worlds, on average over its members: {'; '.join(parts)}."
    alike = [m.alike for m in members]
    if np.mean(alike) < 0.5:
        yield "Nearly all members differ from each other on some goal by more than two Monte Carlo errors."
        return
    yield (
        f"Within two Monte Carlo errors on every goal, a member is like {np.mean(alike):.1f} others of the set on "
        "average: more fresh worlds tell them apart."
    )


def table(found: Optimum) -> Table:
    """Members with their levers, gains on each goal, and how surely they are on the front."""
    from wbsim.cli.output import plain_table

    study = found.study
    shown = plain_table(
        "",
        *(key.partition(".")[2] for key in study.space.keys),
        *(_heading(found, g) for g in range(len(study.goals))),
        "on the front",
    )
    for member, row in zip(found.members, plain(found)["members"], strict=True):
        levers = [_lever(row["levers"][key]) for key in study.space.keys]
        gains = [
            f"{change(goal.record, float(member.fresh[g]))} +- {error(goal.record, _finite(member.mcse[g]))}\n"
            f"[{change(goal.record, float(member.q05[g]))}, {change(goal.record, float(member.q95[g]))}]"
            for g, goal in enumerate(study.goals)
        ]
        sure = "yes" if member.on_front else "no"
        sure += "" if member.share is None else f", {percent(member.share)} of resamples"
        shown.add_row(row["name"], *levers, *gains, sure)
    return shown


def _heading(found: Optimum, goal: int) -> str:
    record = found.study.goals[goal].record
    return f"{record.name}, {record.unit}" if record.unit else record.name


def _lever(value: object) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


__all__ = ["NOTE", "OWN", "sentences", "table"]
