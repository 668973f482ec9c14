"""The map of cooperation: links between the six, thicker where there is more of it, or more change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.report import numbers
from wbsim.report.outlines import Outline, outlines
from wbsim.report.palette import BASELINE
from wbsim.tables.places import DYADS, STATE_INDEX

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Values = NDArray[np.float64]

#: Widest and narrowest link, in points.
_WIDEST, _NARROWEST = 8.0, 0.4
#: Colours of more and of less: blue and vermilion of Okabe & Ito (2008); less is also dashed, for grey print.
MORE, LESS = "#0072B2", "#D55E00"
_LAND, _BORDER = "#f1f1ee", "#b9b9b4"
#: Links that carry their number: more would hide each other where the states are small.
_NAMED = 1


def draw_cooperation(values: Values, ax: Axes, *, largest: float | None = None) -> Axes:
    """`values` (15,) of the dyads, 0 or more, as grey links; the widest is `largest`, by default their maximum."""
    _land(ax)
    top = _top(values, largest)
    for dyad in np.argsort(values):
        _link(ax, int(dyad), _width(values[dyad], top), BASELINE, "-")
    _states(ax)
    _numbers(ax, values, [f"{value:.2f}" for value in values], "#333333")
    _key(ax, top, [("cooperation", BASELINE, "-")], digits=2)
    return ax


def draw_change(values: Values, ax: Axes, *, largest: float | None = None) -> Axes:
    """`values` (15,) of changes: more in blue, less in vermilion and dashed; the widest is `largest` in size."""
    _land(ax)
    top = _top(np.abs(values), largest)
    for dyad in np.argsort(np.abs(values)):
        more = values[dyad] >= 0
        _link(
            ax,
            int(dyad),
            _width(abs(values[dyad]), top),
            MORE if more else LESS,
            "-" if more else (0, (2.0, 0.8)),
        )
    _states(ax)
    _numbers(ax, values, [numbers.typographic(f"{value:+.3f}") for value in values], "#111111")
    _key(ax, top, [("more", MORE, "-"), ("less", LESS, (0, (2.0, 0.8)))], digits=3)
    return ax


def _top(values: Values, largest: float | None) -> float:
    found = float(values.max()) if largest is None else largest
    return found if found > 0 else 1.0


def _width(value: float, top: float) -> float:
    return _NARROWEST + (_WIDEST - _NARROWEST) * float(value) / top


def _land(ax: Axes) -> None:
    for each in outlines():
        ax.fill(*each.border.T, facecolor=_LAND, edgecolor=_BORDER, linewidth=0.6, zorder=1)
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.margins(0.01)


def _link(ax: Axes, dyad: int, width: float, colour: str, dash: object) -> None:
    places = outlines()
    first, second = (places[STATE_INDEX[code]].centre for code in DYADS[dyad])
    ax.plot(
        *np.array([first, second]).T,
        color=colour,
        linewidth=width,
        linestyle=dash,
        dash_capstyle="butt",
        solid_capstyle="round",
        alpha=0.85,
        zorder=2,
    )


def _states(ax: Axes) -> None:
    for each in outlines():
        ax.plot(*each.centre, "o", color="#222222", markersize=4, zorder=4)
        _label(ax, each)


def _label(ax: Axes, place: Outline) -> None:
    across, up, side = _PLACES[place.code]
    ax.annotate(
        place.code if place.code != "XKX" else "KOS",
        (float(place.centre[0]), float(place.centre[1])),
        xytext=(across, up),
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=8,
        fontweight="bold",
        color="#222222",
        zorder=5,
        bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
    )


#: Where a state's letters stand beside its dot, in points, and the side that touches it: outside the links.
_PLACES = {
    "ALB": (-6, -7, "right"),
    "BIH": (-4, 9, "center"),
    "XKX": (8, 6, "left"),
    "MKD": (7, -6, "left"),
    "MNE": (-8, 0, "right"),
    "SRB": (2, 10, "left"),
}


def _numbers(ax: Axes, values: Values, texts: Sequence[str], colour: str) -> None:
    """The number of the strongest link, in its middle."""
    places = outlines()
    for dyad in np.argsort(-np.abs(values))[:_NAMED]:
        if not abs(values[dyad]) > 0:
            continue
        first, second = (places[STATE_INDEX[code]].centre for code in DYADS[int(dyad)])
        middle = (first + second) / 2.0
        ax.text(
            float(middle[0]),
            float(middle[1]),
            texts[int(dyad)],
            fontsize=7.5,
            color=colour,
            ha="center",
            va="center",
            zorder=6,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
        )


def _key(ax: Axes, top: float, kinds: Sequence[tuple[str, str, object]], *, digits: int) -> None:
    """Lines of known width at the lower left: what a width means."""
    lines = [(f"{top:.{digits}f} {name}", colour, dash, _WIDEST) for name, colour, dash in kinds]
    lines.append((f"{top / 4:.{digits}f}", kinds[0][1], kinds[0][2], _width(top / 4, top)))
    for row, (text, colour, dash, width) in enumerate(lines):
        height = 0.05 + 0.085 * (len(lines) - 1 - row)
        ax.plot(
            [0.0, 0.075],
            [height, height],
            color=colour,
            linestyle=dash,
            linewidth=width,
            solid_capstyle="butt",
            dash_capstyle="butt",
            transform=ax.transAxes,
            clip_on=False,
        )
        ax.text(0.095, height, text, transform=ax.transAxes, va="center", fontsize=8, color="#333333")
