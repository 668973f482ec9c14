"""Cells of one key against another: means on a scale that is centred at zero, or which scenario is best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.report import numbers
from wbsim.report.draw import draw_key, strip_spines
from wbsim.report.swept.best import Best
from wbsim.report.swept.curve import ERRORS, Floats
from wbsim.report.swept.draw_curves import few_of, mark_places, short_number, wrapped
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Normalize

#: Diverging, told apart by colour-blind readers: purple for better, orange for worse. Levels have no centre.
DIVERGING, SEQUENTIAL = "PuOr", "cividis"
#: Marks of cells: not told apart from zero, and within the margin.
UNDECIDED, WITHIN = "////", "...."
#: More cells or points than this are an image within the drawing, or pages would take megabytes.
MANY = 2000
#: Cells across and up that have room for a number.
_ROOM = (9, 14)


@dataclass(frozen=True, slots=True)
class Cells:
    """Means (up, along) in cells, with their errors; NaN where there are no figures.

    `titles` and `labels` are those of the axis along, then of the one up. `compared`: differences, with zero as
    centre and marks for what is undecided or within the margin; else levels.
    """

    outcome: Outcome
    titles: tuple[str, str]
    labels: tuple[Sequence[str], Sequence[str]]
    mean: Floats
    error: Floats
    compared: bool
    what: str

    @property
    def undecided(self) -> NDArray[np.bool_]:
        """Cells whose mean is not told apart from zero."""
        return np.isfinite(self.mean) & ~(np.abs(self.mean) > ERRORS * self.error)

    @property
    def within(self) -> NDArray[np.bool_]:
        """Cells whose mean is told apart from zero, and smaller than what matters."""
        return np.isfinite(self.mean) & ~self.undecided & (np.abs(self.mean) < self.outcome.margin)


def scale_of(outcome: Outcome, mean: Floats, *, compared: bool) -> tuple[Normalize, str]:
    """The scale of colours: of differences centred at zero, never narrower than the margin on either side."""
    from matplotlib.colors import Normalize

    known = mean[np.isfinite(mean)]
    if not compared:
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        return Normalize(low, high if high > low else low + 1.0), SEQUENTIAL
    limit = max(outcome.margin, float(np.abs(known).max()) if known.size else 0.0)
    return Normalize(-limit, limit), DIVERGING if outcome.better == "higher" else f"{DIVERGING}_r"


def draw_cells(cells: Cells, ax: Axes) -> Axes:
    """Draw means as a heat map, with numbers where there is room, marks, and a scale that shows the margin."""
    scale, colours = scale_of(cells.outcome, cells.mean, compared=cells.compared)
    mesh = ax.pcolormesh(
        cells.mean, cmap=colours, norm=scale, edgecolors="white", linewidth=_gap(cells.mean.size)
    )
    mesh.set_rasterized(cells.mean.size > MANY)
    if cells.compared:
        hatch(ax, cells.undecided, UNDECIDED)
        hatch(ax, cells.within, WITHIN)
        _explain(ax, cells)
    if has_room((cells.mean.shape[0], cells.mean.shape[1])):
        show = numbers.change if cells.compared else numbers.value
        texts = [[numbers.typographic(show(cells.outcome, _known(x))) for x in row] for row in cells.mean]
        _write(ax, texts, dark=_is_dark(cells.mean, mesh))
    _dress(ax, cells.titles, cells.labels)
    bar = ax.figure.colorbar(mesh, ax=ax, pad=0.02)
    direction = f"\n{cells.outcome.better} is better"
    bar.set_label(wrapped(cells.what, 26) + direction)
    bar.outline.set_visible(False)
    if cells.compared:
        for end in (-cells.outcome.margin, cells.outcome.margin):
            bar.ax.axhline(end, color="#1d1d1f", linewidth=1.0, linestyle=(0, (2, 1)))
    return ax


def draw_best(
    best: Best,
    shape: tuple[int, int],
    titles: tuple[str, str],
    labels: tuple[Sequence[str], Sequence[str]],
    colours: Mapping[str, str],
    ax: Axes,
) -> Axes:
    """Draw which scenario is best in cells (up, along) of `shape`: its colour, and its share of worlds."""
    from matplotlib.colors import ListedColormap

    names = list(colours)
    place = best.scenario.reshape(shape)
    shown = np.ma.masked_less(place, 0)
    palette = ListedColormap(list(colours.values()))
    ax.pcolormesh(
        shown,
        cmap=palette,
        vmin=-0.5,
        vmax=len(names) - 0.5,
        alpha=0.55,
        edgecolors="white",
        linewidth=_gap(place.size),
    )
    open_cells = (~best.decided).reshape(shape) & (place >= 0)
    hatch(ax, open_cells, UNDECIDED)
    if has_room(shape):
        shares = [
            numbers.percent(float(best.shares[n, each])) if each >= 0 else numbers.NOT_DEFINED
            for n, each in enumerate(best.scenario)
        ]
        rows = [shares[start : start + shape[1]] for start in range(0, len(shares), shape[1])]
        _write(ax, rows, dark=np.zeros(shape, bool))
    _dress(ax, titles, labels)
    draw_key(ax, {name: colours[name] for number, name in enumerate(names) if (place == number).any()})
    return ax


def _gap(cells: int) -> float:
    """The width of the white lines between cells."""
    return 0.8 if cells <= 400 else 0.0


def has_room(shape: tuple[int, int]) -> bool:
    """Whether cells (up, along) have room for a number each."""
    return shape[1] <= _ROOM[0] and shape[0] <= _ROOM[1]


def hatch(ax: Axes, cells: NDArray[np.bool_], pattern: str) -> None:
    """Hatch the cells (up, along) that are true, neighbours in a row as one."""
    from matplotlib.patches import Rectangle

    for up, row in enumerate(cells):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False]))))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            ax.add_patch(
                Rectangle(
                    (start, up), end - start, 1, fill=False, hatch=pattern, edgecolor="#8a8a8a", linewidth=0.0
                )
            )


def _explain(ax: Axes, cells: Cells) -> None:
    """What the marks that are there mean, above the axes."""
    from matplotlib.patches import Patch

    known: tuple[tuple[NDArray[np.bool_], str, str], ...] = (
        (cells.undecided, UNDECIDED, "undecided"),
        (cells.within, WITHIN, "within the margin"),
    )
    patches = [
        Patch(facecolor="white", edgecolor="#8a8a8a", hatch=pattern, linewidth=0.5, label=text)
        for there, pattern, text in known
        if there.any()
    ]
    if patches:
        ax.legend(
            handles=patches, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, frameon=False, fontsize=8.0,
            borderaxespad=0.2,
        )  # fmt: skip


def _write(ax: Axes, texts: Sequence[Sequence[str]], dark: NDArray[np.bool_]) -> None:
    """Numbers in the middle of cells, on a ground that keeps hatches away from them."""
    size = 8.0 if len(texts[0]) <= 6 else 6.8
    for up, row in enumerate(texts):
        for along, text in enumerate(row):
            ground = {"boxstyle": "round,pad=0.12", "facecolor": "#ffffff", "alpha": 0.72, "linewidth": 0}
            ax.text(
                along + 0.5, up + 0.5, text, ha="center", va="center", fontsize=size, color="#1d1d1f",
                bbox=ground if not dark[up, along] else ground | {"alpha": 0.82},
            )  # fmt: skip


def _is_dark(mean: Floats, mesh: object) -> NDArray[np.bool_]:
    colours = mesh.to_rgba(mean)  # type: ignore[attr-defined]
    return np.asarray(colours[..., :3].mean(axis=-1) < 0.45)


def _dress(ax: Axes, titles: tuple[str, str], labels: tuple[Sequence[str], Sequence[str]]) -> None:
    mark_places(ax, labels[0])
    ax.set_xticks(ax.get_xticks() + 0.5, [text.get_text() for text in ax.get_xticklabels()])
    ax.set_xlim(0, len(labels[0]))
    rows = few_of(len(labels[1]))
    ax.set_yticks([row + 0.5 for row in rows], [short_number(labels[1][row]) for row in rows])
    ax.set_ylim(0, len(labels[1]))
    ax.set_xlabel(wrapped(titles[0], 50))
    ax.set_ylabel(wrapped(titles[1], 32))
    strip_spines(ax, ("top", "right", "left", "bottom"))
    ax.tick_params(length=0)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
