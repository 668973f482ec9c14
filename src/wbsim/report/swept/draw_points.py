"""Drawn points over two keys, coloured by what a policy changes there, or by which scenario is best there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from wbsim.report.draw import draw_key, strip_spines
from wbsim.report.swept.axis import KeyAxis
from wbsim.report.swept.best import Best
from wbsim.report.swept.curve import ERRORS, Curve, Floats
from wbsim.report.swept.draw_cells import MANY, scale_of
from wbsim.report.swept.draw_curves import mark_places, wrapped
from wbsim.tables.calendar import month_text
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_points(
    outcome: Outcome,
    at: tuple[Floats, Floats],
    axes: tuple[KeyAxis, KeyAxis],
    titles: tuple[str, str],
    curve: Curve,
    what: str,
    compared: bool,
    ax: Axes,
) -> Axes:
    """Points `at` (along, up) coloured by the mean of `curve`, one stop a point; crosses are undecided."""
    scale, colours = scale_of(outcome, curve.mean, compared=compared)
    known = np.isfinite(curve.mean)
    told = known & (np.abs(curve.mean) > ERRORS * curve.error) if compared else known
    dots = ax.scatter(
        at[0][told], at[1][told], c=curve.mean[told], cmap=colours, norm=scale, s=34, edgecolors="#6b6b6b",
        linewidths=0.5,
    )  # fmt: skip
    rest = known & ~told
    crosses = ax.scatter(at[0][rest], at[1][rest], marker="x", color="#6b6b6b", s=22, linewidths=0.9)
    for each in (dots, crosses):
        each.set_rasterized(len(known) > MANY)
    _dress(ax, axes, titles)
    bar = ax.figure.colorbar(dots, ax=ax, pad=0.02)
    bar.set_label(f"{wrapped(what, 34)}\n{outcome.better} is better")
    if compared:
        for end in (-outcome.margin, outcome.margin):
            bar.ax.axhline(end, color="#1d1d1f", linewidth=1.0, linestyle=(0, (2, 1)))
    return ax


def draw_best_points(
    best: Best,
    at: tuple[Floats, Floats],
    axes: tuple[KeyAxis, KeyAxis],
    titles: tuple[str, str],
    colours: Mapping[str, str],
    ax: Axes,
) -> Axes:
    """Points `at` (along, up) in the colour of what is best there; hollow where that is undecided."""
    found = {}
    for number, (name, colour) in enumerate(colours.items()):
        for decided in (True, False):
            chosen = (best.scenario == number) & (best.decided == decided)
            dots = ax.scatter(
                at[0][chosen], at[1][chosen], s=30, facecolors=colour if decided else "none",
                edgecolors=colour, linewidths=1.0,
            )  # fmt: skip
            dots.set_rasterized(len(at[0]) > MANY)
        if (best.scenario == number).any():
            found[name] = colour
    _dress(ax, axes, titles)
    draw_key(ax, found)
    return ax


def _dress(ax: Axes, axes: tuple[KeyAxis, KeyAxis], titles: tuple[str, str]) -> None:
    along, up = axes
    ax.set_xlabel(wrapped(titles[0], 50))
    ax.set_ylabel(wrapped(titles[1], 36))
    if along.log:
        ax.set_xscale("log")
    if up.log:
        ax.set_yscale("log")
    if not along.ordered:
        mark_places(ax, along.labels)
    if not up.ordered:
        ax.set_yticks(range(len(up.labels)), list(up.labels))
        ax.set_ylim(-0.6, len(up.labels) - 0.4)
    for axis, name in ((along, "x"), (up, "y")):
        if axis.months:
            low, high = axis.at[0], axis.at[-1]
            shown = [int(month) for month in np.unique(np.linspace(low, high, 5).round())]
            set_ticks = ax.set_xticks if name == "x" else ax.set_yticks
            set_ticks(shown, [month_text(month) for month in shown])
    strip_spines(ax, ("top", "right"))
