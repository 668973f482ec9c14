"""One picture of a sweep on axes, for notebooks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wbsim.errors import InputError, Problem
from wbsim.report.swept.figures import figure_of
from wbsim.report.swept.material import Material, material_of
from wbsim.report.swept.pictures import Picture
from wbsim.scenario.issue import names, nearest

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from wbsim.sweeps.opened import Sweep


def plot(sweep: Sweep, outcome: str, key: str | None, scenario: str | None, ax: Axes | None) -> Axes:
    """Draw the picture that `Sweep.plot` describes. InputError for names that the sweep does not have."""
    known = tuple(sweep.plan.model.outcomes)
    if outcome not in known:
        raise _unknown("outcome", outcome, known)
    material = material_of(sweep, outcome)
    if not material.keys:
        raise InputError(Problem("nothing varies, so there is nothing to draw", file=str(sweep.folder)))
    picture = _picture(material, key, scenario)
    figure = figure_of(material, picture)
    if ax is None:
        from matplotlib import pyplot

        ax = pyplot.subplots(figsize=figure.size, layout="constrained")[1]
    figure.draw(ax)
    return ax


def _picture(material: Material, key: str | None, scenario: str | None) -> Picture:
    if scenario is not None and scenario not in material.focus:
        raise _unknown("scenario", scenario, material.focus)
    if key is not None:
        if key not in material.axes:
            raise _unknown("key", key, tuple(material.axes))
        return Picture("changes" if material.compared else "levels", (key,))
    first = material.pictures[0]
    return replace(first, scenario=scenario) if first.scenario and scenario is not None else first


def _unknown(what: str, given: str, known: tuple[str, ...]) -> InputError:
    return InputError(
        Problem(f'must be one of {names(known)}; it is "{given}"', key=what, suggestion=nearest(given, known))
    )
