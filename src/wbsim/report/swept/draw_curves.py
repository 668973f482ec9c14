"""Curves along one key: levels of every scenario, and what policies change, with both kinds of interval."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wbsim.report.draw import draw_key, label_ends, strip_spines
from wbsim.report.palette import BAND, BASELINE
from wbsim.report.swept.axis import KeyAxis
from wbsim.report.swept.curve import ERRORS, Curve, Floats
from wbsim.tables.calendar import month_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Names of stops below an axis before they are written aslant, counted in letters of all of them.
_LETTERS = 46


@dataclass(frozen=True, slots=True)
class Lines:
    """What is drawn along `axis`: a curve for each scenario in its colour and dash; `unit` names the upright axis.

    `baseline` is the scenario whose interval is drawn as a grey band, "" for none. `zero` draws the line of no change
    and the `margin` around it. `rest` are means where the key is left as the scenario has it.
    """

    axis: KeyAxis
    title: str
    unit: str
    curves: Mapping[str, Curve]
    styles: Mapping[str, tuple[str, str]]
    baseline: str = ""
    margin: float | None = None
    rest: Mapping[str, float] | None = None


def draw_lines(lines: Lines, ax: Axes) -> Axes:
    """Draw curves: as lines with bands along numbers and months, as points with bars at places of a list."""
    if lines.margin is not None:
        ax.axhspan(-lines.margin, lines.margin, color="#ececec", linewidth=0, zorder=0)
        ax.axhline(0.0, color=BASELINE, linewidth=1.2, zorder=1)
    for name, mean in (lines.rest or {}).items():
        if np.isfinite(mean):
            ax.axhline(mean, color=lines.styles[name][0], linewidth=0.9, linestyle=(0, (1, 2)))
    if lines.axis.ordered and len(lines.axis.stops) > 1:
        _draw_bands(lines, ax)
        _mark_numbers(lines.axis, ax)
    else:
        _draw_bars(lines, ax)
        mark_places(ax, lines.axis.labels)
    ax.set_xlabel(wrapped(lines.title))
    ax.set_ylabel(wrapped(lines.unit, 34))
    ax.locator_params(axis="y", nbins=6)
    strip_spines(ax, ("top", "right"))
    return ax


def wrapped(text: str, width: int = 60) -> str:
    """A title of an axis in lines."""
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


def few_of(count: int) -> range:
    """Which of that many places are named: all up to twenty, else about ten."""
    return range(0, count, 1 if count <= 20 else -(-count // 10))


def short_number(text: str) -> str:
    """A number with three digits; other texts as they are."""
    try:
        return f"{float(text):.3g}"
    except ValueError:
        return text


def mark_places(ax: Axes, labels: Sequence[str]) -> None:
    """Names of places 0, 1, ... below the axes; aslant where they would touch, some of more than twenty."""
    shown, labels = few_of(len(labels)), [short_number(label) for label in labels]
    aslant = sum(len(labels[n]) + 2 for n in shown) > _LETTERS
    ax.set_xticks(
        list(shown),
        [labels[n] for n in shown],
        rotation=30 if aslant else 0,
        ha="right" if aslant else "center",
    )
    ax.set_xlim(-0.6, len(labels) - 0.4)


def _draw_bands(lines: Lines, ax: Axes) -> None:
    ends = []
    at = lines.axis.at
    for name, curve in lines.curves.items():
        colour, dash = lines.styles[name]
        if name == lines.baseline:
            ax.fill_between(at, curve.low, curve.high, color=BAND, linewidth=0, zorder=1)
        elif lines.margin is not None:
            ax.fill_between(at, curve.low, curve.high, color=colour, alpha=0.14, linewidth=0, zorder=2)
        low, high = _error_band(curve)
        ax.fill_between(at, low, high, color=colour, alpha=0.38, linewidth=0, zorder=3)
        ax.plot(
            at, curve.mean, color=colour, linestyle=dash, linewidth=1.6, marker="o", markersize=3.2, zorder=4
        )
        known = curve.mean[np.isfinite(curve.mean)]
        if known.size:
            ends.append((name, float(known[-1]), colour))
    label_ends(ax, ends)


def _draw_bars(lines: Lines, ax: Axes) -> None:
    """Side by side at each place: a thin bar for the interval, a thick one for the error of the mean, a point."""
    count = len(lines.curves)
    for number, (name, curve) in enumerate(lines.curves.items()):
        colour = lines.styles[name][0]
        at = np.arange(len(lines.axis.stops)) + (number - (count - 1) / 2) * 0.7 / max(count, 1)
        low, high = _error_band(curve)
        ax.vlines(at, curve.low, curve.high, color=colour, linewidth=1.3, alpha=0.55)
        ax.vlines(at, low, high, color=colour, linewidth=5.0, alpha=0.45)
        ax.plot(at, curve.mean, "o", color=colour, markersize=5.0, markeredgecolor="white")
    draw_key(ax, {name: lines.styles[name][0] for name in lines.curves})


def _error_band(curve: Curve) -> tuple[Floats, Floats]:
    return curve.mean - ERRORS * curve.error, curve.mean + ERRORS * curve.error


def _mark_numbers(axis: KeyAxis, ax: Axes) -> None:
    """Ticks: at the values themselves where they are few, else where the scale has round numbers."""
    at = axis.at
    if axis.log:
        ax.set_xscale("log")
    few = len(at) <= 8 and not axis.binned
    if few:
        ax.set_xticks(list(at), list(axis.labels))
        ax.set_xticks([], minor=True)
        if sum(len(label) + 2 for label in axis.labels) > _LETTERS:
            ax.tick_params(axis="x", labelrotation=30)
    elif axis.months:
        shown = [int(month) for month in np.unique(np.linspace(at[0], at[-1], 5).round())]
        ax.set_xticks(shown, [month_text(month) for month in shown])
    elif not axis.log:
        ax.locator_params(axis="x", nbins=7)
