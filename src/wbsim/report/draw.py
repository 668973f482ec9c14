"""Plots of one outcome. Each takes axes, or makes its own, and returns them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.fans import Fan, fans_of
from wbsim.experiments.summary import policy_difference
from wbsim.report.palette import BAND, BASELINE, styles
from wbsim.tables.calendar import month_number
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Fans = Mapping[str, Fan]

_GUIDE = "#9a9a9a"
#: Characters of a policy's name beside a row of a small figure.
_LONGEST_NAME = 24


def draw_levels(
    experiment: Experiment,
    table: Table,
    outcome: str,
    ax: Axes | None = None,
    *,
    labels: bool = True,
    fans: Fans | None = None,
) -> Axes:
    """The baseline's mean and 90 % interval in grey, each policy's mean in its colour; counts summed up.

    `fans` by scenario are read from the store where they aren't given.
    """
    ax = _axes() if ax is None else ax
    record = OUTCOMES[outcome]
    ends: list[tuple[str, float, str]] = []
    fans = fans_of(experiment, table, outcome)[0] if fans is None else fans
    base = fans[table.baseline]
    of_worlds = record.unit == "share of worlds"
    if not of_worlds:  # the interval of a yes or no is everything
        ax.fill_between(years(base), base.low, base.high, color=BAND, linewidth=0)
    ax.plot(years(base), base.mean, color=BASELINE, linewidth=1.8)
    ends.append((table.baseline, base.mean[-1], BASELINE))
    for policy, (colour, dash) in styles(table.policies).items():
        fan = fans[policy]
        ax.plot(years(fan), fan.mean, color=colour, linestyle=dash, linewidth=1.6)
        ends.append((policy, fan.mean[-1], colour))
    _dress(ax, experiment, table, _axis_title(experiment, record) if labels else "")
    if of_worlds:
        ax.set_ylim(0.0, max(0.1, ax.get_ylim()[1]))
    if labels:
        ax.set_title(record.label, loc="left")
        label_ends(ax, ends)
    return ax


def draw_differences(
    experiment: Experiment,
    table: Table,
    outcome: str,
    ax: Axes | None = None,
    *,
    labels: bool = True,
    fans: Fans | None = None,
) -> Axes:
    """Each policy minus the baseline in the same worlds: mean and 90 % interval; the zero line is the
    baseline. `fans` of the differences by policy are read from the store where they aren't given."""
    ax = _axes() if ax is None else ax
    fans = fans_of(experiment, table, outcome)[1] if fans is None else fans
    record = OUTCOMES[outcome]
    ends: list[tuple[str, float, str]] = []
    ax.axhline(0.0, color=BASELINE, linewidth=1.2)
    for policy, (colour, dash) in styles(table.policies).items():
        fan = fans[policy]
        ax.fill_between(years(fan), fan.low, fan.high, color=colour, alpha=0.16, linewidth=0)
        ax.plot(years(fan), fan.mean, color=colour, linestyle=dash, linewidth=1.6)
        ends.append((policy, fan.mean[-1], colour))
    _dress(ax, experiment, table, f"{_axis_title(experiment, record)}, change" if labels else "")
    if labels:
        ax.set_title(f"{record.label}: change from {table.baseline}", loc="left")
        label_ends(ax, ends)
    return ax


def draw_forest(table: Table, outcome: str, ax: Axes | None = None, *, window: int = 0) -> Axes:
    """Paired differences at the horizon, a row for each policy: mean, 90 % interval, and the margin as a grey
    strip."""
    ax = _axes() if ax is None else ax
    record = OUTCOMES[outcome]
    ax.axvspan(-record.margin, record.margin, color="#ececec", linewidth=0)
    ax.axvline(0.0, color=BASELINE, linewidth=1.2)
    for row, (policy, (colour, _)) in enumerate(styles(table.policies).items()):
        figures = policy_difference(table, policy, outcome, window)
        if figures.mean is not None and figures.q05 is not None and figures.q95 is not None:
            ax.plot(
                [figures.q05, figures.q95], [row, row], color=colour, linewidth=2.4, solid_capstyle="butt"
            )
            ax.plot([figures.mean], [row], "o", color=colour, markersize=6.5, markeredgecolor="white")
    ax.set_yticks(range(len(table.policies)), [_short(policy) for policy in table.policies])
    ax.set_ylim(len(table.policies) - 0.4, -0.6)
    ax.locator_params(axis="x", nbins=5)
    strip_spines(ax, ("top", "right", "left"))
    ax.tick_params(axis="y", length=0)
    return ax


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}\N{HORIZONTAL ELLIPSIS}"


def years(fan: Fan) -> NDArray[np.float64]:
    """Months of a fan as years and fractions, each in the middle of its month."""
    return np.array([(month_number(month) + 0.5) / 12 for month in fan.months])


def _axes() -> Axes:
    from matplotlib import pyplot

    axes: Axes = pyplot.subplots(figsize=(7.0, 4.0), layout="constrained")[1]
    return axes


def _axis_title(experiment: Experiment, record: Outcome) -> str:
    return f"{record.unit}, since {experiment.measured.since}" if record.summary == "sum" else record.unit


def _dress(ax: Axes, experiment: Experiment, table: Table, title: str) -> None:
    """Axes without clutter; a dotted line where policies start."""
    starts = {policy.start for scenario in table.scenarios for policy in scenario.policies}
    for start in sorted(starts):
        ax.axvline(month_number(start) / 12, color=_GUIDE, linewidth=0.9, linestyle=(0, (1, 2)))
    ax.set_xlim(month_number(experiment.months[0]) / 12, (month_number(experiment.horizon) + 1) / 12)
    ax.locator_params(axis="x", nbins=6, integer=True)
    ax.locator_params(axis="y", nbins=5)
    if title:
        ax.set_ylabel(title)
    strip_spines(ax, ("top", "right"))


def draw_key(ax: Axes, colours: Mapping[str, str]) -> None:
    """Names in their colours in a line above the axes: a key without a box."""
    across = 0.0
    for name, colour in colours.items():
        short = _short(name)
        ax.annotate(
            short,
            (0.0, 1.0),
            xycoords="axes fraction",
            xytext=(across, 3.0),
            textcoords="offset points",
            color=colour,
            fontsize=8.0,
            fontweight="bold",
            annotation_clip=False,
        )
        across += 5.0 * len(short) + 9.0


def strip_spines(ax: Axes, sides: tuple[str, ...]) -> None:
    """Take away the named edges of a plot."""
    for side in sides:
        ax.spines[side].set_visible(False)
    for spine in ax.spines.values():
        spine.set_color(_GUIDE)
    ax.tick_params(color=_GUIDE)


def spread(places: Sequence[float], step: float) -> list[float]:
    """Ascending `places` moved apart to at least `step`, each as little as it goes, in the same order."""
    # Neighbours that touch become one group, centred on the mean of its members' own places.
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _bottom(groups[-1], step) - _top(groups[-2], step) < step:
            last = groups.pop()
            groups[-1] += last
    return [_bottom(group, step) + number * step for group in groups for number in range(len(group))]


def _bottom(group: Sequence[float], step: float) -> float:
    return float(np.mean(group)) - step * (len(group) - 1) / 2


def _top(group: Sequence[float], step: float) -> float:
    return float(np.mean(group)) + step * (len(group) - 1) / 2


def label_ends(ax: Axes, ends: list[tuple[str, float, str]]) -> None:
    """Names at the right ends of the lines, moved apart where they would overlap."""
    low, high = ax.get_ylim()
    known = sorted((end for end in ends if np.isfinite(end[1])), key=lambda end: end[1])
    places = spread([end[1] for end in known], 0.065 * (high - low))
    for (name, _, colour), place in zip(known, places, strict=True):
        ax.annotate(
            name,
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            color=colour,
            va="center",
            annotation_clip=False,
        )
