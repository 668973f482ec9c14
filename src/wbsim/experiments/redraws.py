"""Where the variance of an effect comes from: the same worlds with groups of inputs drawn again, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wbsim.errors import InputError, Problem
from wbsim.experiments.drivers import ROUNDING, SAME_EVERYWHERE
from wbsim.experiments.execute import Plan, Progress
from wbsim.experiments.gather import Gathered, Values, gather, plan_extra
from wbsim.experiments.input_groups import CHANCE, GROUPS
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.variance_from import Share, Split, VarianceFrom
from wbsim.experiments.work import Simulate
from wbsim.scenario.schema import Redraw
from wbsim.statistics.origins import Order, contributions, parts, rotations
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario

#: Worlds of these runs, unless the user says otherwise or the comparison has fewer: one block, so that they cost least.
WORLDS = 64
#: Citizens a state of these runs: no more than these, whatever the comparison has.
CITIZENS = 125
#: Fewer worlds than this say nothing (assumed: errors of shares are then as large as most shares).
FEWEST = 16
#: How far the seed of what is drawn again is from the first: another step than those of other follow-up runs.
_OTHER_SEED = 5_000_011
#: Place of chance in every order, counted from 0.
_PLACE = 1
TOO_FEW = "too few worlds"


@dataclass(frozen=True, slots=True)
class RedrawPlan:
    """Runs in which more and more groups are drawn again, none in the first and all in the last.

    World k follows order k modulo their number: `orders` hold the numbers of groups. Every run holds all `scenarios`,
    the baseline first.
    """

    orders: tuple[Order, ...]
    scenarios: tuple[str, ...]
    other_seed: int
    citizens: int
    assumptions: str
    plan: Plan

    @property
    def runs(self) -> int:
        """Scenarios times steps that are simulated."""
        return len(self.scenarios) * (len(GROUPS) + 1)


def worlds_of_split(worlds: int) -> int:
    """Worlds in which variance is split, unless the user says otherwise; 0 where a comparison has too few `worlds`."""
    return 0 if worlds < FEWEST else min(WORLDS, worlds)


def plan_redraws(group: AssumptionSet, main: Plan, worlds: int) -> RedrawPlan:
    """Plan to draw groups of inputs again under the scenarios of `group`, in the first `worlds` of comparison `main`.

    InputError if no policy is compared.
    """
    if len(group.scenarios) < 2:
        raise InputError(
            Problem(
                "no policy is compared, so there is no effect whose variance could be split",
                key="--variance-worlds",
                suggestion="name a scenario beside the baseline, or leave it away",
            )
        )
    seed = main.settings.seed
    other = seed + _OTHER_SEED if seed + _OTHER_SEED < 2**64 else seed - _OTHER_SEED
    citizens = min(CITIZENS, group.scenarios[0].run.citizens)
    steps = [
        tuple(_redrawn(each, step, other, citizens) for each in group.scenarios)
        for step in range(len(GROUPS) + 1)
    ]
    return RedrawPlan(
        _orders(),
        tuple(scenario.name for scenario in group.scenarios),
        other,
        citizens,
        group.label,
        plan_extra(steps, main, worlds),
    )


def _orders() -> tuple[Order, ...]:
    """Orders of all groups: those of numbers take every place in turn; chance, which a run has as one, the second."""
    names = [group.name for group in GROUPS]
    chance = names.index(CHANCE)
    numbers = [number for number in range(len(names)) if number != chance]
    return tuple(
        (numbers[order[0]], chance, *(numbers[place] for place in order[1:]))
        for order in rotations(len(numbers))
    )


def _redrawn(scenario: Scenario, step: int, seed: int, citizens: int) -> Scenario:
    """`scenario` with the first `step` groups of every order from another seed."""
    with_chance = step > _PLACE
    orders = tuple(tuple(GROUPS[n].name for n in order if GROUPS[n].name != CHANCE) for order in _orders())
    again = Redraw(orders=orders, count=step - with_chance, seed=seed) if step else None
    run = {"citizens": citizens} | ({"chance_seed": seed} if with_chance else {})
    return scenario.model_copy(
        update={
            "assumptions": scenario.assumptions.model_copy(update={"redrawn": again}),
            "run": scenario.run.model_copy(update=run),
        }
    )


def find_redraws(
    planned: RedrawPlan, progress: Progress | None = None, simulate: Simulate | None = None
) -> VarianceFrom:
    """Simulate what was planned, and split the variance of every effect. Raises what `gather` raises."""
    found = gather(planned.plan, progress, simulate)
    settings = planned.plan.settings
    return VarianceFrom(
        worlds=settings.worlds,
        first_world=settings.first,
        seed=settings.seed,
        other_seed=planned.other_seed,
        citizens=planned.citizens,
        failed_worlds=int((~found.sound).sum()),
        runs=planned.runs,
        baseline=planned.scenarios[0],
        assumptions=planned.assumptions,
        groups=GROUPS,
        orders=tuple(tuple(GROUPS[number].name for number in order) for order in planned.orders),
        policies={
            policy: {name: _split(planned, found, place, name) for name in OUTCOMES}
            for place, policy in enumerate(planned.scenarios[1:], start=1)
        },
    )


def _split(planned: RedrawPlan, found: Gathered, place: int, outcome: str) -> Split:
    """One policy, number `place`, on one outcome."""
    worlds = np.flatnonzero(found.sound)
    if worlds.size < FEWEST:
        return Split(None, {}, TOO_FEW)
    steps = _effects(planned, found, place, outcome)
    mine = (found.first + worlds) % len(planned.orders)
    contributed = np.concatenate(
        [contributions(steps[:, worlds[mine == n]], order) for n, order in enumerate(planned.orders)], axis=1
    )
    split = parts(contributed)
    if split is None or float(np.ptp(steps[:, worlds])) <= ROUNDING * OUTCOMES[outcome].margin:
        return Split(0.0, {}, SAME_EVERYWHERE)
    shares = {
        group.name: Share(float(share), float(error) if np.isfinite(error) else None)
        for group, share, error in zip(GROUPS, split.shares, split.mcse, strict=True)
    }
    return Split(split.variance, shares)


def _effects(planned: RedrawPlan, found: Gathered, place: int, outcome: str) -> Values:
    """Differences from the baseline (steps, worlds) in the runs, from nothing drawn again to everything."""
    count, column = len(planned.scenarios), OUTCOME_INDEX[outcome]
    values = np.array([figures[:, column] for figures in found.figures])
    effects: Values = values[place::count] - values[::count]
    return effects
