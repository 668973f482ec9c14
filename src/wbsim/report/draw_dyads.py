"""A row for each of the 15 dyads: dots with intervals over worlds, one for each scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.report.draw import draw_key, strip_spines
from wbsim.report.palette import BASELINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Values = NDArray[np.float64]
#: Mean, and ends of the interval, each (rows,).
Spread = tuple[Values, Values, Values]


def draw_rows(
    spreads: Mapping[str, Spread],
    colours: Mapping[str, str],
    names: Sequence[str],
    ax: Axes,
    *,
    zero: bool = False,
    intervals: bool = True,
) -> Axes:
    """Dots of each scenario in `spreads`, one row for each of `names`, moved apart a little within a row.

    With `zero`, a line where nothing changes; without `intervals` dots alone.
    """
    if zero:
        ax.axvline(0.0, color=BASELINE, linewidth=1.2)
    step = 0.62 / max(1, len(spreads))
    for number, (scenario, (mean, low, high)) in enumerate(spreads.items()):
        rows = np.arange(len(names)) + step * (number - (len(spreads) - 1) / 2)
        if intervals:
            ax.hlines(rows, low, high, color=colours[scenario], linewidth=1.4)
        ax.plot(mean, rows, "o", color=colours[scenario], markersize=3.4)
    for row in range(1, len(names)):
        ax.axhline(row - 0.5, color="#ececec", linewidth=0.6, zorder=0)
    ax.set_yticks(range(len(names)), list(names))
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, labelsize=8)
    ax.locator_params(axis="x", nbins=5)
    strip_spines(ax, ("top", "right", "left"))
    if len(spreads) > 1 or zero:
        draw_key(ax, {name: colours[name] for name in spreads})
    return ax


def draw_years(
    lines: Mapping[str, Values],
    band: tuple[Values, Values],
    years: Sequence[int],
    styles: Mapping[str, tuple[str, object]],
    ax: Axes,
) -> Axes:
    """Shares of worlds by year (Y,), in per cent: a line with dots for each scenario.

    `band` holds the ends of the first scenario's interval; `styles` gives a colour and a dash for each scenario.
    """
    first = next(iter(lines))
    ax.fill_between(years, *band, color="#d4d4d4", linewidth=0)
    for scenario, values in lines.items():
        colour, dash = styles[scenario]
        width = 1.8 if scenario == first else 1.5
        ax.plot(years, values, "o", color=colour, markersize=3.2)
        ax.plot(years, values, color=colour, linestyle=dash, linewidth=width)
    ax.set_ylim(0.0, min(100.0, max(10.0, ax.get_ylim()[1])))
    ax.locator_params(axis="x", nbins=6, integer=True)
    ax.locator_params(axis="y", nbins=5)
    strip_spines(ax, ("top", "right"))
    draw_key(ax, {name: styles[name][0] for name in lines})
    return ax
