"""What something is in the lowest and in the highest third of a number: two dots a row, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.report.draw import strip_spines
from wbsim.report.palette import BASELINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Inches that a row takes, and that the axis below takes.
ROW, AXIS = 0.6, 0.62
#: Characters of a line that fit above a row.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Ends:
    """A figure and the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """`effect` and, below it, `cause` stand above the dots; `colour` is the policy's."""

    effect: str
    cause: str
    colour: str
    lowest: Ends
    highest: Ends


def draw_thirds(rows: Sequence[Row], ax: Axes, title: str, *, zero: bool) -> Axes:
    """A row for each of `rows`, from above: a hollow dot for the lowest third, a full one for the highest.

    Thin lines are intervals. `title` names the axis; with `zero` a grey line where nothing changes.
    """
    if zero:
        ax.axvline(0.0, color=BASELINE, linewidth=1.2, zorder=0)
    for place, row in enumerate(rows):
        ax.plot(
            [row.lowest.value, row.highest.value], [place, place], color=row.colour, linewidth=3.2, alpha=0.25
        )
        for ends in (row.lowest, row.highest):
            ax.hlines(place, ends.low, ends.high, color=row.colour, linewidth=1.1)
        ax.plot(
            row.lowest.value, place, "o", color="white", markeredgecolor=row.colour, markersize=5.5, mew=1.4
        )
        ax.plot(row.highest.value, place, "o", color=row.colour, markersize=5.5)
        _write(ax, row.effect, place - 0.56, "#222222")
        _write(ax, row.cause, place - 0.30, "#5c5c61")
    ax.set_ylim(len(rows) - 0.68, -0.78)
    ax.set_yticks([])
    ax.set_xlabel(title)
    ax.locator_params(axis="x", nbins=6)
    strip_spines(ax, ("top", "right", "left"))
    return ax


def _write(ax: Axes, text: str, place: float, colour: str) -> None:
    """One line above a row; a dollar sign in a name is no mathematics."""
    ax.annotate(
        _short(text).replace("$", r"\$"), (0.0, place), xycoords=("axes fraction", "data"), fontsize=7.4, color=colour,
        va="center", annotation_clip=False,
    )  # fmt: skip


def height(rows: int) -> float:
    """Inches that a figure of so many rows takes."""
    return ROW * rows + AXIS


def margins(rows: int) -> dict[str, float]:
    """Places of the axes' sides, as shares of the figure."""
    return {
        "left": 0.03,
        "right": 0.97,
        "bottom": (AXIS - 0.14) / height(rows),
        "top": 1 - 0.02 / height(rows),
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
