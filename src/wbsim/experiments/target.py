"""Cases of interest: in which worlds a policy does what is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.experiments.experiment import Table
from wbsim.statistics.paired import gains
from wbsim.statistics.regret import regrets
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import Outcome

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]
Sort = Literal["regret", "harm", "no-gain", "flip", "level"]

#: Sorts of cases, with what each is in words.
SORTS: dict[Sort, str] = {
    "regret": "worse than the best of the compared scenarios in the same world by more than the threshold",
    "harm": "worse than the other scenario in the same world by more than the threshold",
    "no-gain": "not better than the other scenario in the same world by more than the threshold",
    "flip": "the scenario that is worse on average is better in this world by more than the threshold",
    "level": "the outcome is worse than the threshold, whatever other scenarios reach",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Cases of one sort: `policy` against `against`, on `outcome`, by `threshold` in the outcome's unit.

    For a flip `policy` is the one that is better on average in the searched worlds. `scenarios` are those that are
    compared: for regret all, for a level the policy alone.
    """

    sort: Sort
    policy: str
    outcome: str
    threshold: float
    against: str
    scenarios: tuple[str, ...]

    @property
    def record(self) -> Outcome:
        """The outcome's record."""
        return OUTCOMES[self.outcome]

    def badness(self, values: Values) -> Values:
        """How far each world is on the bad side, (worlds,), from `values` (scenarios, worlds) of `scenarios`."""
        mine = values[self.scenarios.index(self.policy)]
        if self.sort == "regret":
            return np.asarray(regrets(values, self.record.better)[self.scenarios.index(self.policy)])
        if self.sort == "level":
            return np.asarray(mine if self.record.better == "lower" else -mine)
        return -gains(mine, values[self.scenarios.index(self.against)], self.record.better)

    def cases(self, values: Values) -> Worlds:
        """Which worlds, (worlds,), are cases; `values` (scenarios, worlds) are finite and in `scenarios`' order."""
        bad = self.badness(values)
        if self.sort == "no-gain":
            return np.asarray(bad >= -self.threshold)
        if self.sort == "level" and self.record.better == "higher":
            return np.asarray(bad > -self.threshold)
        return np.asarray(bad > self.threshold)

    def threshold_for(self, values: Values, share: float) -> float:
        """The threshold at which about `share` of the worlds would be cases."""
        bound = float(np.quantile(self.badness(values), 1.0 - share))
        turned = self.sort == "no-gain" or (self.sort == "level" and self.record.better == "higher")
        return -bound if turned else bound


def values_of(table: Table, target: Target) -> Values:
    """Figures of the target's scenarios at the horizon, (scenarios, sound worlds)."""
    return np.array([table.values(name, target.outcome) for name in target.scenarios])


def choose_target(
    groups: Sequence[Sequence[str]],
    *,
    sort: str,
    outcome: str,
    policy: str | None,
    against: str | None,
    threshold: float | None,
) -> tuple[int, Target]:
    """The target that is asked for, and the number of the group that holds its scenarios.

    `groups` are names of scenarios that are compared under the same assumptions, the baseline first. `policy` may be
    left away where there is one; `against` is the baseline by default; `threshold` is the outcome's margin, and must be
    given for a level. InputError with everything that is wrong.
    """
    problems = [*_wrong_words(sort, outcome, threshold)]
    policies = [name for group in groups for name in group[1:]]
    if policy is None and len(policies) == 1:
        policy = policies[0]
    number = next((place for place, group in enumerate(groups) if policy in group), None)
    if policy is None:
        problems.append(_which(policies))
    elif number is None:
        problems.append(_unknown(policy, "--policy", [name for group in groups for name in group]))
    else:
        names = groups[number]
        against = against or (names[0] if names[0] != policy else "")
        if sort in ("harm", "no-gain", "flip"):
            problems += _wrong_pair(policy, against, names)
        elif sort == "regret" and len(names) < 2:
            problems.append(_which([]))
    if problems:
        raise InputError(problems)
    assert policy is not None and number is not None
    bound = OUTCOMES[outcome].margin if threshold is None else threshold
    named: Sort = next(each for each in SORTS if each == sort)
    scenarios = {"regret": tuple(groups[number]), "level": (policy,)}.get(named, (policy, against or ""))
    return number, Target(named, policy, outcome, bound, against or "", scenarios)


def _which(policies: Sequence[str]) -> Problem:
    if policies:
        several = f"several policies are compared: {', '.join(policies)}"
        return Problem(several, key="--policy", suggestion="name one with --policy")
    return Problem("no policy is compared", key="--policy", suggestion="name a scenario beside the baseline")


def _wrong_words(sort: str, outcome: str, threshold: float | None) -> list[Problem]:
    problems = []
    if sort not in SORTS:
        problems.append(Problem(f'"{sort}" is none of {", ".join(SORTS)}', key="--target"))
    if outcome not in OUTCOMES:
        problems.append(_unknown(outcome, "--outcome", list(OUTCOMES)))
    if threshold is None and sort == "level":
        problems.append(
            Problem("a level needs a number, in the outcome's unit", key="--threshold", suggestion="say it")
        )
    if threshold is not None and (not np.isfinite(threshold) or (threshold < 0 and sort != "level")):
        problems.append(
            Problem(
                f"must be a number from 0 up, in the outcome's unit; it is {threshold:g}", key="--threshold"
            )
        )
    return problems


def _unknown(name: str, key: str, known: Sequence[str]) -> Problem:
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1)
    hint = f'did you mean "{close[0]}"?' if close else None
    return Problem(f'"{name}" is none of {", ".join(dict.fromkeys(known))}', key=key, suggestion=hint)


def _wrong_pair(policy: str, against: str, names: Sequence[str]) -> list[Problem]:
    if not against or against == policy:
        return [
            Problem(
                f'"{policy}" can\'t be compared with itself',
                key="--against",
                suggestion=f"name another of {', '.join(name for name in names if name != policy)}",
            )
        ]
    return [] if against in names else [_unknown(against, "--against", names)]


def turned(target: Target, table: Table) -> Target:
    """The target; for a flip, with the scenario first that is better on average in the sound worlds of `table`."""
    if target.sort != "flip" or not table.sound.any():
        return target
    mine, other = values_of(table, target)
    if gains(mine, other, target.record.better).mean() >= 0:
        return target
    return replace(target, policy=target.against, against=target.policy, scenarios=target.scenarios[::-1])
