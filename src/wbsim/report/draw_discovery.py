"""Pictures of a discovery: the peeling trajectory, worlds in two inputs with the box, and the boxes' ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.discovery import Discovered
from wbsim.report.draw import strip_spines
from wbsim.report.driver_words import cut
from wbsim.report.palette import BAND, BASELINE
from wbsim.statistics.discovery.box import Restriction
from wbsim.statistics.discovery.discover import Found
from wbsim.statistics.discovery.inputs import Input

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Values = NDArray[np.float64]

#: Colours of cases and boxes (Okabe & Ito 2008), and of boxes that did not hold.
CASE, BOX, LOST = "#D55E00", "#0072B2", "#9a9aa0"
#: Worlds drawn at most, so that dots can be told apart, and characters of an axis's and of a row's line.
_MOST_DOTS, _LINE, _ROW = 600, 46, 90


def draw_trajectory(found: Discovered, ax: Axes) -> Axes:
    """Coverage against density of each box of PRIM's first peel, and the chosen box in searched and fresh worlds."""
    steps = found.discovery.trajectory
    ax.axhline(100 * (found.discovery.base.share or 0.0), color=BASELINE, linewidth=1.0, linestyle="--")
    ax.annotate("all worlds", (1.0, 100 * (found.discovery.base.share or 0.0)), xytext=(0, -4),
                xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", va="top", fontsize=7.5,
                color=BASELINE)  # fmt: skip
    shades = ("#c9c9ce", "#a3c9e3", "#5fa6d3", BOX)
    counts = np.array([min(3, len(step.box.places)) if len(step.box.places) <= 3 else 4 for step in steps])
    points = np.array([(100 * (s.figures.coverage or 0.0), 100 * (s.figures.density or 0.0)) for s in steps])
    for count in range(5):
        chosen = points[counts == count] if len(points) else np.empty((0, 2))
        if len(chosen):
            label = ("no input restricted", "1 input", "2 inputs", "3 inputs", "more than 3 (not chosen)")[
                count
            ]
            colour = shades[count] if count < 4 else "white"
            ax.plot(
                *chosen.T, "o", markersize=4.5, color=colour, markeredgecolor="#777777", mew=0.5, label=label
            )
    first = next((each for each in found.discovery.found if each.method == "prim"), None)
    if first is not None:
        _chosen(first, ax)
    ax.set_xlabel("Coverage: part of all cases that is in the box, %")
    ax.set_ylabel("Density: cases among the box's worlds, %")
    ax.set_xlim(0, 104)
    ax.set_ylim(0, 105)
    ax.legend(loc="lower left", fontsize=7, frameon=False)
    strip_spines(ax, ("top", "right"))
    return ax


def _chosen(first: Found, ax: Axes) -> None:
    again = first.retest
    ax.plot(100 * (first.searched.coverage or 0.0), 100 * (first.searched.density or 0.0), "*", color=CASE,
            markersize=11, markeredgecolor="white", mew=0.6)  # fmt: skip
    ax.annotate("chosen box, in the search", (100 * (first.searched.coverage or 0.0),
                100 * (first.searched.density or 0.0)), xytext=(7, 9), textcoords="offset points", fontsize=7.5,
                color=CASE)  # fmt: skip
    if again.inside.share is None or again.coverage.share is None:
        return
    assert again.inside.low is not None and again.inside.high is not None
    assert again.coverage.low is not None and again.coverage.high is not None
    x, y = 100 * again.coverage.share, 100 * again.inside.share
    ax.plot(x, y, "D", color=CASE, markersize=6)
    ax.vlines(x, 100 * again.inside.low, 100 * again.inside.high, color=CASE, linewidth=1.2)
    ax.hlines(y, 100 * again.coverage.low, 100 * again.coverage.high, color=CASE, linewidth=1.2)
    ax.annotate("the same box,\nin fresh worlds", (x, y), xytext=(-7, -24), ha="right",
                textcoords="offset points", fontsize=7.5, color=CASE)  # fmt: skip


def leading(found: Discovered) -> tuple[Found, int, int] | None:
    """The box that is told first, and two inputs to draw it in; None without a box, or with one input only."""
    boxes = found.discovery.holding or found.discovery.found
    if not boxes:
        return None
    one = boxes[0]
    order = sorted(range(len(one.box.places)), key=lambda number: one.quasi_p[number])
    places = [one.box.places[number] for number in order]
    places += [place for place in found.discovery.screened.kept if place not in places]
    return (one, places[0], places[1]) if len(places) > 1 else None


def draw_worlds(found: Discovered, ax: Axes) -> Axes:
    """Fresh worlds in the two leading inputs of the first box: cases full, others hollow, the box as a rectangle."""
    lead = leading(found)
    if lead is None:
        return _nothing(ax)
    one, across, up = lead
    inputs, values, cases = found.fresh.inputs.inputs, found.fresh.inputs.values, found.fresh.cases
    shown = np.arange(cases.size)[:_MOST_DOTS]
    rows = [_spread(values[place, shown], inputs[place]) for place in (across, up)]
    some = cases[shown]
    ax.plot(rows[0][~some], rows[1][~some], "o", markersize=3, color="white", markeredgecolor="#a9a9af", mew=0.7,
            label="other worlds")  # fmt: skip
    ax.plot(rows[0][some], rows[1][some], "o", markersize=3.4, color=CASE, label="cases")
    for set_label, set_ticks, place in (
        (ax.set_xlabel, ax.set_xticks, across),
        (ax.set_ylabel, ax.set_yticks, up),
    ):
        set_label(_axis(inputs[place]))
        if inputs[place].categories:
            set_ticks(
                range(len(inputs[place].categories)), labels=[_plain(c) for c in inputs[place].categories]
            )
    _rectangle(one.box.of(across), one.box.of(up), ax, BOX if one.retest.holds else LOST)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), fontsize=7.5, frameon=False, ncols=2)
    strip_spines(ax, ("top", "right"))
    return ax


def _spread(row: Values, record: Input) -> Values:
    """Values of a category are spread around its place, so that worlds don't hide each other."""
    if not record.categories:
        return row
    return row + np.random.default_rng(0).uniform(-0.3, 0.3, row.size)


def _rectangle(across: Restriction, up: Restriction, ax: Axes, colour: str) -> None:
    from matplotlib.patches import Rectangle

    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    ends = [_ends(across, left, right), _ends(up, bottom, top)]
    for low, high in ends[0]:
        for below, above in ends[1]:
            ax.add_patch(
                Rectangle(
                    (low, below), high - low, above - below, fill=True, facecolor=colour, alpha=0.12, zorder=0
                )
            )
            ax.add_patch(
                Rectangle(
                    (low, below), high - low, above - below, fill=False, edgecolor=colour, linewidth=1.6
                )
            )
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)


def _ends(one: Restriction, low: float, high: float) -> list[tuple[float, float]]:
    if one.kept is not None:
        return [(code - 0.4, code + 0.4) for code in one.kept]
    return [(low if one.low is None else one.low, high if one.high is None else one.high)]


def _axis(record: Input) -> str:
    import textwrap

    unit = f" ({record.unit})" if record.unit else ""
    return _plain("\n".join(textwrap.wrap(f"{record.label}{unit}", _LINE)))


def ranges(found: Discovered) -> list[tuple[Found, Restriction]]:
    """What `draw_ranges` has rows for: restrictions of boxes that hold, or of all where none does."""
    boxes = found.discovery.holding or found.discovery.found
    return [(one, bound) for one in boxes for bound in one.box.restrictions]


def draw_ranges(found: Discovered, ax: Axes) -> Axes:
    """A bar for each restriction: which part of the worlds it keeps, from the lowest to the highest value."""
    rows = ranges(found)
    if not rows:
        return _nothing(ax)
    place, last = 0.0, None
    for one, bound in rows:
        if one is not last:
            place += 0.45 if last is not None else 0.0
            density = f"{100 * one.retest.inside.share:.0f} %" if one.retest.inside.share is not None else "-"
            other = (
                f"{100 * one.retest.elsewhere.share:.0f} %" if one.retest.elsewhere.share is not None else "-"
            )
            lost = "" if one.retest.holds else ", did not hold"
            _write(ax, f"{'PRIM' if one.method == 'prim' else 'Tree'} box {one.number}: {density} cases inside, "
                   f"{other} elsewhere{lost}", place, "#222222", bold=True)  # fmt: skip
            place, last = place + 0.75, one
        record = found.searched.inputs.inputs[bound.place]
        _write(ax, _short(record.label, _bounds(bound, record)), place - 0.33, "#5c5c61")
        ax.barh(place, 100, height=0.22, color=BAND)
        colour = BOX if one.retest.holds else LOST
        for low, high in _kept(bound, found.searched.inputs.values[bound.place]):
            ax.barh(place, 100 * (high - low), left=100 * low, height=0.22, color=colour)
        place += 0.85
    ax.set_ylim(place - 0.4, -0.4)
    ax.set_xlim(0, 100)
    ax.set_yticks([])
    ax.set_xlabel("Worlds ordered by the input's value, lowest to highest, %")
    strip_spines(ax, ("top", "right", "left"))
    return ax


def height(found: Discovered) -> float:
    """Inches that `draw_ranges` takes."""
    rows = ranges(found)
    return 0.75 + 0.42 * len(rows) + 0.55 * len({id(one) for one, _ in rows})


def _kept(bound: Restriction, row: Values) -> list[tuple[float, float]]:
    """Which shares of the ordered worlds stay."""
    if bound.kept is not None:
        return [(float(np.mean(row < code)), float(np.mean(row <= code))) for code in bound.kept]
    low = 0.0 if bound.low is None else float(np.mean(row < bound.low))
    return [(low, 1.0 if bound.high is None else float(np.mean(row <= bound.high)))]


def _bounds(bound: Restriction, record: Input) -> str:
    if bound.kept is not None:
        return " or ".join(record.categories[code] for code in bound.kept)
    if bound.low is not None and bound.high is not None:
        return f"{cut(bound.low)} to {cut(bound.high, record.unit)}"
    if bound.low is not None:
        return f"at least {cut(bound.low, record.unit)}"
    return f"at most {cut(bound.high or 0.0, record.unit)}"


def _short(label: str, bounds: str) -> str:
    """Label and bounds on one line: of too long a label the end goes, of bounds nothing."""
    room = max(20, _ROW - len(bounds))
    return f"{label if len(label) <= room else label[: room - 1] + chr(0x2026)}: {bounds}"


def _write(ax: Axes, text: str, place: float, colour: str, *, bold: bool = False) -> None:
    ax.annotate(_plain(text), (0.0, place), xycoords=("axes fraction", "data"), fontsize=7.4, color=colour,
                va="center", fontweight="bold" if bold else "normal", annotation_clip=False)  # fmt: skip


def _plain(text: str) -> str:
    """A dollar sign in a name is no mathematics."""
    return text.replace("$", r"\$")


def _nothing(ax: Axes) -> Axes:
    ax.text(0.5, 0.5, "No box was found", ha="center", va="center", transform=ax.transAxes, color=BASELINE)
    ax.set_axis_off()
    return ax
