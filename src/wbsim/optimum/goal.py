"""Goals of a search: outcomes, which way, and what counts of the worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import names, nearest
from wbsim.statistics.paired import Better
from wbsim.tables.record import Outcome

#: mean: over all worlds. p10: the gain that nine of ten worlds exceed. cvar: the mean of the worst tenth of worlds
#: (Rockafellar & Uryasev 2000). Both of the latter look at parameters, structure and chance together.
Robust = Literal["mean", "p10", "cvar"]
ROBUST: tuple[Robust, ...] = get_args(Robust)
#: The tail that p10 and cvar look at.
TAIL = 0.1

DEFAULT = ("cooperation", "public_trust", "crises_severe", "money")
FEWEST, MOST = 2, 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Goal:
    """An outcome that should be high or low; `record` is the outcome's."""

    record: Outcome
    better: Better

    @property
    def name(self) -> str:
        """The outcome's name."""
        return self.record.name

    def gains(self, policy: Floats, baseline: Floats) -> Floats:
        """Paired gains (..., worlds) in the outcome's unit, turned so that more is better."""
        return policy - baseline if self.better == "higher" else baseline - policy


def read_goals(texts: Sequence[str], outcomes: Mapping[str, Outcome]) -> tuple[Goal, ...]:
    """Goals written as OUTCOME or OUTCOME:max or OUTCOME:min. InputError with everything that is wrong."""
    goals, problems = list[Goal](), list[Problem]()
    for text in texts:
        name, colon, way = text.partition(":")
        if name not in outcomes:
            problems.append(
                Problem(
                    f'there is no outcome "{name}"',
                    key="--goal",
                    suggestion=nearest(name, outcomes) or "`wbsim outcomes` lists them",
                )
            )
        elif colon and way not in ("max", "min"):
            problems.append(Problem(f'must end in :max or :min; it is "{text}"', key="--goal"))
        elif name in [goal.name for goal in goals]:
            problems.append(Problem(f'"{name}" is given twice', key="--goal", suggestion="name it once"))
        else:
            better: Better = outcomes[name].better if not colon else "higher" if way == "max" else "lower"
            goals.append(Goal(outcomes[name], better))
    if not problems and not FEWEST <= len(goals) <= MOST:
        problems.append(
            Problem(
                f"must be {FEWEST} to {MOST} outcomes; there are {len(goals)}",
                key="--goal",
                suggestion="one goal alone is a response curve: `wbsim sweep` draws it",
            )
        )
    if problems:
        raise InputError(problems)
    return tuple(goals)


def check_robust(word: str) -> Robust:
    """The word if it is one of ROBUST, else InputError."""
    for known in ROBUST:
        if word == known:
            return known
    problem = f'must be one of {names(ROBUST)}; it is "{word}"'
    raise InputError(Problem(problem, key="--robust", suggestion=nearest(word, ROBUST)))


def worth(gains: Floats, robust: Robust) -> Floats:
    """What gains (..., worlds) count for: one number (...,) of all worlds; NaN without any."""
    if gains.shape[-1] == 0:
        return np.full(gains.shape[:-1], np.nan)
    if robust == "mean":
        return np.asarray(gains.mean(axis=-1))
    if robust == "p10":
        return np.asarray(np.quantile(gains, TAIL, axis=-1))
    worst = max(1, int(np.ceil(TAIL * gains.shape[-1])))
    return np.asarray(np.sort(gains, axis=-1)[..., :worst].mean(axis=-1))
