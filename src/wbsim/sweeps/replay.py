"""One world of a sweep simulated again by itself: what it gives, or how it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wbsim.errors import InputError, Problem
from wbsim.experiments.blocks import Span
from wbsim.scenario.issue import names, nearest
from wbsim.scenario.model import OWN
from wbsim.store.chunk_file import parse
from wbsim.sweeps.cases import cases_of
from wbsim.sweeps.folder import read_plan
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.value import point_text
from wbsim.sweeps.work import SweepTask, work_of


@dataclass(frozen=True, slots=True)
class Replayed:
    """A world: the point in words, its figures by outcome, its draw of parameters, and its error, "" without."""

    point: str
    scenario: str
    world: int
    figures: Mapping[str, float]
    draw: Mapping[str, Any]
    error: str

    def plain(self) -> dict[str, Any]:
        """As plain data that JSON can hold."""
        figures = {name: value if np.isfinite(value) else None for name, value in self.figures.items()}
        return {
            "point": self.point,
            "scenario": self.scenario,
            "world": self.world,
            "figures": figures,
            "draw": dict(self.draw),
            "error": self.error,
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"World {self.world} of {self.scenario} at {self.point}"
        if self.error:
            yield "fails:"
            yield self.error.rstrip()
        else:
            yield from (f"  {name} {value:.6g}" for name, value in self.figures.items())
        for name, value in self.draw.items():
            yield f"  drawn: {name} = {value}"


def replay_world(
    folder: str | Path, point: int, scenario: str, world: int, plugins: Sequence[str | Path] = ()
) -> Replayed:
    """Simulate a world of the sweep in `folder` again. InputError if there is no such world, or the model changed."""
    plan = read_plan(folder, plugins=plugins)
    _check(plan, point, scenario, world)
    cases = cases_of(plan)
    case = int(cases.place[point, [each.name for each in plan.scenarios].index(scenario)])
    task = SweepTask((cases.scenarios[case],), (cases.keys[case],), (1,), Span(world, 1))
    content = parse(b"".join(work_of(plan).ready()(task).parts))
    figures = content.arrays["figures"][0, 0]
    return Replayed(
        point_text(plan.design.keys, plan.design.points[point]),
        scenario,
        world,
        {name: float(value) for name, value in zip(plan.model.outcomes, figures, strict=True)},
        drawn(plan, task),
        content.failed[0].error if content.failed else "",
    )


def drawn(plan: SweepPlan, task: SweepTask) -> Mapping[str, Any]:
    """The parameters of the first world of `task`, as its assumptions draw them; none for models of plugins."""
    if plan.model.name != OWN:
        return {}
    from wbsim.chance.counter import Chance
    from wbsim.chance.draws import draw_parameters

    return draw_parameters(task.scenarios[0].assumptions, Chance(plan.seed, task.span.first, 1)).world(0)


def _check(plan: SweepPlan, point: int, scenario: str, world: int) -> None:
    known = [each.name for each in plan.scenarios]
    problems = []
    if not 0 <= point < len(plan.design.points):
        text = f"must be from 0 to {len(plan.design.points) - 1}; it is {point}"
        problems.append(Problem(text, key="--point"))
    if scenario not in known:
        text = f'must be one of {names(known)}; it is "{scenario}"'
        problems.append(Problem(text, key="--scenario", suggestion=nearest(scenario, known)))
    if not plan.first <= world < plan.first + plan.worlds:
        text = f"must be from {plan.first} to {plan.first + plan.worlds - 1}; it is {world}"
        problems.append(Problem(text, key="--world"))
    if problems:
        raise InputError(problems)
