"""Plots of what extra runs found. Each takes axes and returns them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wbsim.experiments.division import Division
from wbsim.experiments.robust import Effect, Robustness
from wbsim.report import numbers
from wbsim.report.draw import strip_spines
from wbsim.report.palette import BASELINE
from wbsim.statistics.paired import Level
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Monte Carlo errors on either side that an error bar shows, and beyond which a cell takes colour.
ERRORS = 2.0
#: Margins of practical relevance at which a cell has its full colour.
_FULL = 3.0
_BETTER, _WORSE = (0.0, 0.447, 0.698), (0.835, 0.369, 0.0)
_STRIP = "#ececec"
#: Letters of a line of a setting's name.
_LETTERS = 27


def draw_shares(division: Division, outcome: str, colour: str, ax: Axes) -> Axes:
    """What the cost and each part add to an outcome: bars, and two Monte Carlo errors either side as lines.

    The grey strip is the margin of practical relevance.
    """
    record, found = OUTCOMES[outcome], division.outcomes[outcome]
    bars: list[tuple[str, Level, str]] = []
    if found.cost is not None:
        bars.append(("cost", found.cost, BASELINE))
    bars += [
        (part.label, share.share, colour) for part, share in zip(division.parts, found.shares, strict=True)
    ]
    ax.axvspan(-record.margin, record.margin, color=_STRIP, linewidth=0)
    ax.axvline(0.0, color=BASELINE, linewidth=1.0)
    for row, (_, figures, shade) in enumerate(bars):
        if figures.mean is None:
            continue
        ax.barh(row, figures.mean, height=0.62, color=shade, linewidth=0)
        if figures.mcse is not None:
            reach = ERRORS * figures.mcse
            ax.plot([figures.mean - reach, figures.mean + reach], [row, row], color="#222222", linewidth=1.1)
    ax.set_yticks(range(len(bars)), [name for name, _, _ in bars])
    ax.set_ylim(len(bars) - 0.45, -0.55)
    ax.locator_params(axis="x", nbins=4)
    strip_spines(ax, ("top", "right", "left"))
    ax.tick_params(axis="y", length=0)
    return ax


def draw_matrix(
    robustness: Robustness, policy: str, ax: Axes, names: Sequence[str] = HEADLINE_OUTCOMES
) -> Axes:
    """Effects of a policy: a row for each setting, a column for each of the outcomes `names`, the rank in brackets.

    Blue is better and orange is worse, the stronger the more margins of practical relevance; effects within two Monte
    Carlo errors of nil are grey.
    """
    outcomes = robustness.policies[policy]
    for column, name in enumerate(names):
        for row, effect in enumerate(outcomes[name].effects):
            _cell(
                ax,
                OUTCOMES[name],
                effect,
                column,
                row,
                worst=robustness.settings[row].name == outcomes[name].worst,
            )
    count = len(robustness.settings)
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_ylim(count - 0.5, -0.5)
    labels = [_folded(OUTCOMES[name].label) for name in names]
    ax.set_xticks(range(len(labels)), labels, fontsize=7.5)
    ax.xaxis.tick_top()
    rows = [_two_lines(setting.name.removeprefix("posterior=")) for setting in robustness.settings]
    ax.set_yticks(range(count), rows, fontsize=7.5 if max(map(len, rows)) <= _LETTERS else 6.2)
    for side in ax.spines.values():
        side.set_visible(False)
    ax.tick_params(length=0)
    return ax


def _cell(ax: Axes, record: Outcome, effect: Effect, column: int, row: int, *, worst: bool) -> None:
    from matplotlib.patches import Rectangle

    face = _colour(record, effect)
    edge = "#222222" if worst else "white"
    box = Rectangle(
        (column - 0.47, row - 0.44),
        0.94,
        0.88,
        facecolor=face,
        edgecolor=edge,
        linewidth=1.0 if worst else 0.0,
    )
    ax.add_patch(box)
    rank = "" if effect.rank is None else f" ({effect.rank})"
    text = numbers.typographic(numbers.change(record, effect.mean)) + rank
    ax.text(column, row, text, ha="center", va="center", fontsize=8.0, color="#222222" if face else "#666666")


def _colour(record: Outcome, effect: Effect) -> tuple[float, float, float]:
    """White for nothing, light grey within the error, else a tint of blue or orange."""
    if effect.mean is None:
        return (1.0, 1.0, 1.0)
    if effect.mcse is None or abs(effect.mean) <= ERRORS * effect.mcse:
        return (0.945, 0.945, 0.945)
    gain = effect.mean if record.better == "higher" else -effect.mean
    depth = 0.12 + 0.5 * min(1.0, abs(gain) / (_FULL * record.margin))
    tint = _BETTER if gain > 0 else _WORSE
    red, green, blue = (1.0 - depth * (1.0 - part) for part in tint)
    return (red, green, blue)


def _two_lines(name: str) -> str:
    """The name of a setting in at most two lines; its end is left out where that is too little."""
    import textwrap

    lines = textwrap.wrap(name, _LETTERS)
    return "\n".join(
        lines if len(lines) < 3 else [lines[0], f"{lines[1][: _LETTERS - 1]}\N{HORIZONTAL ELLIPSIS}"]
    )


def _folded(text: str, width: int = 12) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width))
