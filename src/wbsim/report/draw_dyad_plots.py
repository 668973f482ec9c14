"""Plots of dyads for notebooks: each takes axes, or makes its own, and returns them with title and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wbsim.errors import InputError, Problem
from wbsim.experiments.experiment import Table
from wbsim.experiments.series import Series
from wbsim.report.draw_dyads import draw_rows
from wbsim.report.draw_map import draw_change, draw_cooperation
from wbsim.report.dyad_values import SHORT_NAMES, changes, levels
from wbsim.report.palette import BASELINE, styles
from wbsim.tables.outcomes import DYAD_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: What can be drawn by dyad: a crisis is open in a December or not, which is no level of it.
_DRAWN = tuple(name for name in DYAD_OUTCOMES if name != "crisis_months")


def draw_map(table: Table, series: Series, policy: str | None, ax: Axes | None) -> Axes:
    """The map of the baseline's cooperation, or of what `policy` changes of it, in the last December."""
    _check_worlds(series)
    if policy is not None and policy not in table.policies:
        known = ", ".join(table.policies) or "none"
        raise InputError(Problem(f'no policy here is called "{policy}"; there are {known}', key="policy"))
    ax = _axes((5.0, 5.0)) if ax is None else ax
    if policy is None:
        draw_cooperation(levels(table, series, "cooperation")[table.baseline].mean, ax)
        ax.set_title(f"Cooperation, {table.baseline}, December {series.years[-1]}", loc="left")
    else:
        draw_change(changes(table, series, "cooperation")[policy].mean, ax)
        ax.set_title(f"Cooperation, change under {policy}, December {series.years[-1]}", loc="left")
    return ax


def draw_dyads(table: Table, series: Series, outcome: str, ax: Axes | None, *, difference: bool) -> Axes:
    """The baseline's level of `outcome` by dyad in the last December, or each policy's change of it."""
    _check_worlds(series)
    if outcome not in _DRAWN:
        raise InputError(
            Problem(
                f'dyads have no outcome "{outcome}" to draw; there are {", ".join(_DRAWN)}', key="outcome"
            )
        )
    ax = _axes((7.0, 5.0)) if ax is None else ax
    record = OUTCOMES[outcome]
    if difference:
        spreads = changes(table, series, outcome)
    else:
        spreads = {table.baseline: levels(table, series, outcome)[table.baseline]}
    colours = {table.baseline: BASELINE} | {
        name: colour for name, (colour, _) in styles(table.policies).items()
    }
    draw_rows({name: s.parts for name, s in spreads.items()}, colours, SHORT_NAMES, ax, zero=difference)
    what = f"change from {table.baseline}" if difference else table.baseline
    ax.set_title(f"{record.label}: {what}, December {series.years[-1]}", loc="left")
    ax.set_xlabel(record.unit)
    return ax


def _check_worlds(series: Series) -> None:
    if not series.dyads.size or not series.years:
        raise InputError(Problem("no world finished under all scenarios, so that there is nothing to draw"))


def _axes(size: tuple[float, float]) -> Axes:
    from matplotlib import pyplot

    axes: Axes = pyplot.subplots(figsize=size, layout="constrained")[1]
    return axes
