"""The search itself: pymoo proposes candidates, paired worlds judge them, nothing is judged twice."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.optimum.space import Point, Space
from wbsim.statistics.pareto import undominated

Floats = NDArray[np.float64]
#: Judges candidates: (n, goals), higher is better; a row of NaN where a candidate cannot be judged.
Judge = Callable[[Sequence[Point]], Floats]

EXTRA = 'pip install "wbsim[optimise]"'
#: Goals up to which NSGA-II is used; with more, most candidates are on its front, and NSGA-III keeps them apart by
#: directions (Deb & Jain 2014).
MOST_NSGA2 = 3
#: Beyond any gain in any outcome's unit.
_FAR = 1e12


@dataclass(slots=True)
class Archive:
    """Everything that was judged: goals (goals,) by point, NaN where too many worlds failed; and what broke a rule."""

    judged: dict[Point, Floats] = field(default_factory=dict)
    refused: set[Point] = field(default_factory=set)

    @property
    def front(self) -> list[Point]:
        """Points that no other beats on all goals, in the order in which they were judged."""
        points = [point for point, goals in self.judged.items() if np.isfinite(goals).all()]
        if not points:
            return []
        kept = undominated(np.array([self.judged[point] for point in points]))
        return [point for point, stays in zip(points, kept, strict=True) if stays]


def check_library() -> None:
    """InputError if pymoo is not installed."""
    from importlib.util import find_spec

    if find_spec("pymoo") is None:
        raise InputError(
            Problem("pymoo, which searches, is not installed", suggestion=f"install it: {EXTRA}")
        )


def search(
    space: Space, goals: int, judge: Judge, *, population: int, generations: int, seed: int
) -> Archive:
    """Search for `generations` generations of `population` candidates; the same seed gives the same search.

    The scenario's own levers are judged first. NSGA-II (Deb et al. 2002), with more than three goals NSGA-III; what
    breaks a rule of scenarios counts as worse than all that doesn't, and is not judged.
    """
    check_library()
    archive = Archive()
    _judge(archive, [space.own], judge, space)
    algorithm = _algorithm(space, goals, population)
    problem = _problem(len(space.varied), goals)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        algorithm.setup(problem, termination=("n_gen", generations), seed=seed, verbose=False)
        while algorithm.has_next():
            asked = algorithm.ask()
            if asked is None or len(asked) == 0:
                break  # no candidate that was not judged before
            points = space.points(np.asarray(asked.get("X"), dtype=float))
            _judge(archive, points, judge, space)
            _tell(algorithm, problem, asked, points, archive, goals)
    return archive


def _judge(archive: Archive, points: Sequence[Point], judge: Judge, space: Space) -> None:
    new = [
        point
        for point in dict.fromkeys(points)
        if point not in archive.judged and point not in archive.refused
    ]
    archive.refused.update(point for point in new if not space.allowed(point))
    allowed = [point for point in new if point not in archive.refused]
    if allowed:
        archive.judged.update(zip(allowed, judge(allowed), strict=True))


def _tell(
    algorithm: Any, problem: Any, asked: Any, points: Sequence[Point], archive: Archive, goals: int
) -> None:
    from pymoo.core.evaluator import Evaluator
    from pymoo.problems.static import StaticProblem

    values = np.array([archive.judged.get(point, np.full(goals, np.nan)) for point in points])
    bad = ~np.isfinite(values).all(axis=1)
    # Far below everything on every goal, and not as a broken constraint: among those pymoo chooses by unseeded chance.
    values[bad] = -_FAR
    static = StaticProblem(problem, F=-values)  # pymoo looks for what is low
    Evaluator().eval(static, asked)
    algorithm.tell(infills=asked)


def _problem(keys: int, goals: int) -> Any:
    from pymoo.core.problem import Problem as Unknown

    return Unknown(n_var=keys, n_obj=goals, xl=np.zeros(keys), xu=np.ones(keys))


def _algorithm(space: Space, goals: int, population: int) -> Any:
    from pymoo.core.duplicate import ElementwiseDuplicateElimination

    def same(one: Any, other: Any) -> bool:
        first, second = space.points(np.array([one.X, other.X], dtype=float))
        return first == second

    alone = ElementwiseDuplicateElimination(same)
    if goals <= MOST_NSGA2:
        from pymoo.algorithms.moo.nsga2 import NSGA2

        return NSGA2(pop_size=population, eliminate_duplicates=alone)
    from pymoo.algorithms.moo.nsga3 import NSGA3
    from pymoo.util.ref_dirs import get_reference_directions

    directions = get_reference_directions("energy", goals, population, seed=1)
    return NSGA3(ref_dirs=directions, pop_size=population, eliminate_duplicates=alone)
