"""Pictures of a search: goals against each other, and the levers along the set."""

from __future__ import annotations

from itertools import combinations
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from wbsim.optimum.study import Optimum
from wbsim.report.optimum_plain import OWN, names_of, plain
from wbsim.report.palette import BASELINE, FIXED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FRONT, BEATEN = FIXED["forum"], "#9ecae1"


def goals_figure(found: Optimum) -> Figure:
    """Pairs of goals: fresh gains with their Monte Carlo errors; own levers grey; beaten members pale.

    Goals on which no members are apart by the practical margin are left out, where two others are left.
    """
    from matplotlib.figure import Figure

    pairs = list(combinations(told_apart(found), 2))
    columns = min(3, len(pairs))
    rows = -(-len(pairs) // columns)
    figure = Figure(figsize=(4.3 * columns, 3.7 * rows), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for ax, (one, other) in zip(axes, pairs, strict=False):
        draw_goals(found, one, other, ax)
    figure.suptitle(
        fill(
            "dark: beaten by no other on all goals; pale: beaten; bars: one Monte Carlo error", 60 * columns
        ),
        fontsize=8,
        x=0.01,
        ha="left",
    )
    for ax in axes[len(pairs) :]:
        ax.set_axis_off()
    return figure


def told_apart(found: Optimum) -> list[int]:
    """Goals on which some members are apart by more than the practical margin; all, if fewer than two are."""
    fresh = np.array([member.fresh for member in found.members])
    goals = found.study.goals
    apart = [g for g, goal in enumerate(goals) if np.ptp(fresh[:, g]) > goal.record.margin]
    return apart if len(apart) > 1 else list(range(len(goals)))


def draw_goals(found: Optimum, one: int, other: int, ax: Axes) -> Axes:
    """Two goals against each other."""
    for name, member in zip(names_of(found), found.members, strict=True):
        own = name == OWN
        colour = BASELINE if own else FRONT if member.on_front else BEATEN
        ax.errorbar(
            member.fresh[one],
            member.fresh[other],
            xerr=_error(member.mcse[one]),
            yerr=_error(member.mcse[other]),
            fmt="s" if own else "o",
            color=colour,
            ms=6,
            lw=1,
            zorder=3 if own else 2,
        )
        ax.annotate(
            "own levers" if own else name,
            (member.fresh[one], member.fresh[other]),
            xytext=(-7, 7) if own else (5, 4),
            ha="right" if own else "left",
            textcoords="offset points",
            fontsize=8,
            color=colour,
        )
    # The baseline's own gains, where they lie in the picture at all.
    left, right, low, high = *ax.get_xlim(), *ax.get_ylim()
    if left < 0 < right:
        ax.axvline(0, color="#d0d0d0", lw=0.8, zorder=1)
    if low < 0 < high:
        ax.axhline(0, color="#d0d0d0", lw=0.8, zorder=1)
    ax.locator_params(nbins=4)
    ax.tick_params(labelsize=8)
    ax.set_xlabel(_label(found, one), fontsize=8)
    ax.set_ylabel(_label(found, other), fontsize=8)
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def levers_figure(found: Optimum) -> Figure:
    """The levers of every member, each on its own scale, in the order of the first goal."""
    from matplotlib.figure import Figure

    keys = found.study.space.keys
    figure = Figure(figsize=(6.4, 1.2 + 1.15 * len(keys)), layout="constrained")
    axes = figure.subplots(len(keys), 1, squeeze=False, sharex=True).ravel()
    order = np.argsort([member.fresh[0] for member in found.members], kind="stable")
    rows = [plain(found)["members"][place] for place in order]
    for ax, key in zip(axes, keys, strict=True):
        _draw_lever(key, rows, ax)
    axes[-1].set_xticks(range(len(rows)), ["own" if row["name"] == OWN else row["name"] for row in rows])
    first = found.study.goals[0]
    axes[-1].set_xlabel(f"members, by their gain in {first.name}: most on the right")
    return figure


def _draw_lever(key: str, rows: list[dict[str, Any]], ax: Axes) -> None:
    values = [row["levers"][key] for row in rows]
    numeric = all(isinstance(value, int | float) for value in values)
    texts = ["+".join(map(str, value)) if isinstance(value, list) else str(value) for value in values]
    names = sorted(set(texts))
    heights = [float(v) for v in values] if numeric else [float(names.index(text)) for text in texts]
    colours = [BASELINE if row["name"] == OWN else FRONT if row["on_front"] else BEATEN for row in rows]
    ax.scatter(range(len(rows)), heights, c=colours, s=30, zorder=2)
    if not numeric:
        ax.set_yticks(range(len(names)), names)
        ax.set_ylim(-0.5, len(names) - 0.5)
    ax.set_title(key, loc="left", fontsize=9)
    ax.grid(axis="x", color="#eeeeee", zorder=0)
    ax.spines[["top", "right"]].set_visible(False)


def _label(found: Optimum, goal: int) -> str:
    wanted = found.study.goals[goal]
    unit = f", {wanted.record.unit}" if wanted.record.unit else ""
    return fill(f"gain in {wanted.record.label.lower()} ({wanted.better} is better){unit}", 38)


def _error(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
