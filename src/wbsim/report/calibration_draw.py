"""Plots of a calibration. Each takes plain rows of its diagnostics and axes, and returns the axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from wbsim.report.calibration_words import BLOCKS, IDENTIFIED, NOTHING, WEAK, named
from wbsim.report.draw import strip_spines
from wbsim.report.palette import BAND, BASELINE, FIXED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]

#: What was not fitted is grey, what was fitted blue.
BEFORE, AFTER = BASELINE, FIXED["forum"]
_STRENGTH = {IDENTIFIED: AFTER, WEAK: "#7fb7d9", NOTHING: "#a8a8a8"}
#: Half the width of a normal distribution's 90 % interval, in sd.
_NINE_TENTHS = 1.645
#: Figures that are named, those that the model alone misses most.
_NAMED = 8


def draw_fit(rows: Sequence[Row], ax: Axes) -> Axes:
    """Published percentages across, what the model alone says up: medians before in grey, after the fit in blue with
    90 % intervals. On the line both are the same."""
    ax.plot([0, 100], [0, 100], color=BASELINE, linewidth=1.0)
    observed = [row["observed"] for row in rows]
    for row in rows:
        low, _, high = row["simulated"]
        ax.plot([row["observed"]] * 2, [low, high], color=AFTER, linewidth=1.0, alpha=0.35)
    ax.plot(observed, [row["prior"][1] for row in rows], "o", color="none", markeredgecolor=BEFORE, markersize=4)
    ax.plot(observed, [row["simulated"][1] for row in rows], "o", color=AFTER, markersize=4)
    far = sorted(rows, key=lambda row: -abs(row["observed"] - row["simulated"][1]))[:_NAMED]
    for row in far:
        below = row["simulated"][1] < row["observed"]
        ax.annotate(
            row["id"],
            (row["observed"], row["simulated"][1]),
            xytext=(5, -3 if below else 3),
            textcoords="offset points",
            color="#333333",
            fontsize=8,
            va="top" if below else "bottom",
        )
    ax.text(3, 97, "before the fit", color=BEFORE, va="top")
    ax.text(3, 91, "after it, without intercepts", color=AFTER, va="top")
    ax.set_xlim(0, 100)
    ax.set_ylim(0, 100)
    ax.set_aspect("equal")
    ax.set_xlabel("published, %")
    ax.set_ylabel("simulated, %")
    strip_spines(ax, ("top", "right"))
    return ax


def draw_contractions(rows: Sequence[Row], ax: Axes) -> Axes:
    """A dot for each fitted number: how much narrower than its prior it became, in a row for each block."""
    blocks = [block for block in BLOCKS if any(row["block"] == block for row in rows)]
    for edge, text in ((0.1, NOTHING), (0.4, WEAK), (1.0, IDENTIFIED)):
        if edge < 1.0:
            ax.axvline(edge, color=BAND, linewidth=1.2)
        ax.text(
            {0.1: 0.09, 0.4: 0.11, 1.0: 0.41}[edge],
            len(blocks) - 0.35,
            text.replace("not identified by data", "not identified"),
            ha="right" if edge == 0.1 else "left",
            color=_STRENGTH[text] if text != WEAK else "#4a90bb",
            fontsize=8.5,
        )
    for place, block in enumerate(reversed(blocks)):
        chosen = sorted((row for row in rows if row["block"] == block), key=lambda row: row["contraction"])
        x, height = _stacked([row["contraction"] for row in chosen])
        colours = [_STRENGTH[row["label"]] for row in chosen]
        ax.scatter(x, place - 0.3 + height, c=colours, s=13, linewidths=0)
        ax.text(1.0, place + 0.1, f"{BLOCKS[block]}\n{len(chosen)} numbers", ha="right", va="center", color="#333333")
    ax.set_xlim(min(-0.08, *(row["contraction"] for row in rows)) - 0.02, 1.0)
    ax.set_ylim(-0.5, len(blocks) - 0.1)
    ax.set_yticks([])
    ax.set_xlabel("narrower than the prior by (0 nothing learnt, 1 everything)")
    strip_spines(ax, ("top", "right", "left"))
    return ax


def _stacked(values: Sequence[float], width: float = 0.016) -> tuple[Any, Any]:
    """Dots at ascending `values` in columns of `width`: their x, and their height in a row of height one."""
    columns = np.round(np.asarray(values) / width)
    seen: dict[float, int] = {}
    heights = []
    for column in columns:
        heights.append(seen.get(column, 0))
        seen[column] = heights[-1] + 1
    tallest = max([*seen.values(), 12])
    return columns * width, 0.78 * np.asarray(heights, dtype=float) / tallest


def draw_learnt(rows: Sequence[Row], ax: Axes) -> Axes:
    """A row for each number, on the scale of its prior, N(0, 1): the prior's 90 % as a grey band, mean and 90 % of the
    posterior, its normal approximation."""
    ax.axvspan(-_NINE_TENTHS, _NINE_TENTHS, color="#ececec", linewidth=0)
    ax.axvline(0.0, color=BASELINE, linewidth=1.0)
    for place, row in enumerate(rows):
        half, colour = _NINE_TENTHS * row["sd"], _STRENGTH[row["label"]]
        ends = [row["mean"] - half, row["mean"] + half]
        ax.plot(ends, [place, place], color=colour, linewidth=2.4, solid_capstyle="butt")
        ax.plot([row["mean"]], [place], "o", color=colour, markersize=5.5, markeredgecolor="white")
    ax.set_yticks(range(len(rows)), [named(row["key"]) for row in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlabel("prior standard deviations from the prior's centre")
    strip_spines(ax, ("top", "right", "left"))
    ax.tick_params(axis="y", length=0)
    return ax


def draw_misfit(misfit: Sequence[float], ax: Axes) -> Axes:
    """Misfit of the ensemble to the figures, step by step; direct labels at both ends."""
    steps = range(1, len(misfit) + 1)
    ax.plot(steps, misfit, "o-", color=AFTER, linewidth=1.6, markersize=4)
    for step in {1, len(misfit)}:
        ax.annotate(
            f"{misfit[step - 1]:.1f}", (step, misfit[step - 1]), xytext=(0, 6), textcoords="offset points", ha="center"
        )
    ax.axhline(1.0, color=BASELINE, linewidth=1.0)
    ax.set_ylim(0, 1.15 * max(*misfit, 1.2))
    ax.set_xlim(0.6, len(misfit) + 0.4)
    ax.set_xlabel("step of the ensemble")
    ax.locator_params(axis="x", integer=True)
    strip_spines(ax, ("top", "right"))
    return ax
