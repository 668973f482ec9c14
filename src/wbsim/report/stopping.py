"""How many worlds were simulated to reach an error that was asked for, in words."""

from __future__ import annotations

from wbsim.experiments.until import Goal, Stopping, Until
from wbsim.report import numbers
from wbsim.statistics import stopping as rule
from wbsim.tables.outcomes import OUTCOMES


def plan_words(until: Until, limit: int) -> str:
    """What will be done, before it starts."""
    goals = " and ".join(f"{error:g} {OUTCOMES[name].unit} in {name}" for name, error in until.goals)
    looks = until.looks(limit)
    places = ", ".join(f"{worlds:,}" for worlds in (looks if len(looks) <= 8 else (*looks[:7],)))
    more = "" if len(looks) <= 8 else f" and so on to {limit:,}"
    return (
        f"Until the Monte Carlo standard error of the mean paired difference is surely below {goals} for every policy, "
        f"at most {limit:,} worlds. It is looked at after {places}{more} worlds and must be small enough "
        f"{rule.LOOKS} times in a row, so at least {looks[min(rule.LOOKS, len(looks)) - 1]:,} are simulated."
    )


def stopping_words(stopping: Stopping) -> str:
    """What came of it."""
    worlds = "1 world" if stopping.worlds == 1 else f"{stopping.worlds:,} worlds"
    if stopping.worlds < stopping.limit:
        start = f"Stopped after {worlds} of at most {stopping.limit:,}: the errors asked for are reached."
    elif stopping.reached:
        start = f"All {worlds} were simulated; the errors asked for are reached with them."
    else:
        start = f"The limit of {worlds} was reached first: not every error is as small as asked for."
    return " ".join([start, *(_goal_words(goal) for goal in stopping.goals)])


def _goal_words(goal: Goal) -> str:
    record = OUTCOMES[goal.outcome]
    if goal.mcse is None:
        return f"{record.label}: the Monte Carlo error is unknown, with fewer than two sound worlds."
    if goal.mcse == 0.0:
        return f"{record.label}: no difference between worlds, so no Monte Carlo error."
    state = "reached" if goal.reached else "not surely reached"
    return (
        f"{record.label}: Monte Carlo error at most {numbers.error(record, goal.mcse)} {record.unit} "
        f"({goal.policy}), goal {goal.error:g}, {state}."
    )
