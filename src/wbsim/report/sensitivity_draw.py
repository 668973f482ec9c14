"""Pictures of a study: mu* against sigma, and bars with their intervals; each as PNG and SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from wbsim.experiments.sensitivity.analysis import Analysis, Row
from wbsim.report.figures import both
from wbsim.tables.outcomes import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Bars and labels in a picture, at most; letters of a label.
MOST, LETTERS = 12, 46
_INTERVAL = "90 %, Monte Carlo error; blue: beyond chance"
_BAR, _IDLE, _LINE = "#0072B2", "#b9b9b9", "#333333"
#: The column of each method that bars show, with its words.
_BARS = {
    "morris": ("mu_star", "mu_star_low", "mu_star_high", "mean absolute effect, mu*"),
    "sobol": ("total", "total_low", "total_high", "total-effect share of the variance"),
    "pawn": ("index", "low", "high", "PAWN index (0-1)"),
    "shapley": ("share", "low", "high", "share of the variance of one world"),
}


def pictures(found: Sequence[Analysis], source: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file."""
    for each in found:
        if not each.rows:
            continue
        name = "-".join(part for part in (each.method, each.scenario, each.outcome) if part)
        rows = list(each.rows[:MOST])
        if each.method == "information":
            worth = [row for row in each.rows if _of(row, "value") > 0.0]
            rows = [row for row in worth if row["kind"] == "question"][:MOST] or worth[:MOST]
        if not rows:
            continue
        size = (7.2, 1.2 + 0.27 * len(rows))
        yield from _files(name, partial(bars, each=each, rows=rows), size, source, each)
        if each.method == "morris":
            yield from _files(f"{name}-scatter", partial(scatter, each=each), (7.2, 4.6), source, each)


def _files(
    name: str, draw: Callable[[Axes], object], size: tuple[float, float], source: str, each: Analysis
) -> Iterator[tuple[str, bytes]]:
    made = both(draw, size, source=source, title=title_of(each))
    yield f"{name}.png", made["png"]
    yield f"{name}.svg", made["titled"]


def title_of(each: Analysis) -> str:
    """What a picture is of, in words."""
    label = OUTCOMES[each.outcome].label
    if each.method == "information":
        return f"{label}: what knowing it before the choice is worth ({each.unit})"
    what = f"change by {each.scenario}" if each.of == "difference" else f"level under {each.scenario}"
    return f"{label}, {what}: {_BARS[each.method][3]}" + (
        f" ({each.unit})" if each.method == "morris" else ""
    )


def bars(axes: Axes, each: Analysis, rows: Sequence[Row]) -> Axes:
    """A bar for each of `rows`, the largest on top, with its 90 % interval; grey where chance alone may reach it."""
    for place, row in enumerate(rows):
        value, low, high = _value(each, row)
        axes.barh(place, value, color=_BAR if stands_out(each, row) else _IDLE, height=0.62)
        axes.plot([low, high], [place, place], color=_LINE, linewidth=1.0)
    axes.set_yticks(range(len(rows)), [_short(str(row["factor"])) for row in rows])
    axes.invert_yaxis()
    axes.axvline(0.0, color=_LINE, linewidth=0.6)
    limit = each.facts.get("threshold")
    if limit is not None:
        axes.axvline(limit, color=_LINE, linewidth=0.8, linestyle=":")
    axes.set_xlabel(_axis_words(each))
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes


def scatter(axes: Axes, each: Analysis) -> Axes:
    """mu* against sigma, the leading factors by name; grey where chance alone reaches as far."""
    for row in reversed(each.rows):
        colour = _BAR if stands_out(each, row) else _IDLE
        axes.plot(_of(row, "mu_star"), _of(row, "sigma"), "o", color=colour, markersize=4.5)
    right = max(_of(row, "mu_star") for row in each.rows) * 1.45
    top = max(max(_of(row, "sigma") for row in each.rows) * 1.1, 1e-12)
    taken: list[tuple[float, float]] = []
    for row in each.rows[:8]:
        x, y = _of(row, "mu_star"), _of(row, "sigma")
        at = y
        while any(abs(at - up) < 0.045 * top and abs(x - along) < 0.3 * right for along, up in taken):
            at += 0.01 * top
        taken.append((x, at))
        axes.annotate(_short(str(row["factor"])), (x, y), (x + 0.015 * right, at), fontsize=7.5, va="center")
    axes.plot([0.0, top], [0.0, top], color=_LINE, linewidth=0.6, linestyle=":")
    axes.set_xlim(0.0, right)
    axes.set_ylim(-0.03 * top, max(top, max(up for _, up in taken) * 1.05))
    axes.set_xlabel(
        f"mu*: mean absolute effect of half the prior's probability ({each.unit}); blue: beyond chance"
    )
    axes.set_ylabel(f"sigma: spread of effects ({each.unit})")
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def stands_out(each: Analysis, row: Row) -> bool:
    """Whether a row is beyond what chance alone gives, by its method's own measure."""
    if each.method == "pawn":
        return row["stands_out"] == "yes"
    if each.method == "information":
        return _of(row, "by_chance") <= 0.05
    if each.method == "morris":
        return _of(row, "mu_star_low") > _of(row, "mu_star_by_chance")
    return row["factor"] not in ("chance", "unresolved") and _value(each, row)[1] > 0.0


def _value(each: Analysis, row: Row) -> tuple[float, float, float]:
    if each.method == "information":
        value, error = _of(row, "value"), 1.645 * _of(row, "standard_error")
        return value, max(0.0, value - error), value + error
    name, low, high, _ = _BARS[each.method]
    return _of(row, name), _of(row, low), _of(row, high)


def _axis_words(each: Analysis) -> str:
    if each.method == "information":
        return f"expected gain in the mean ({each.unit})\nline: {_INTERVAL}"
    limit = "; dotted: by chance" if each.method == "pawn" else ""
    unit = f" ({each.unit})" if each.method == "morris" else ""
    return f"{_BARS[each.method][3]}{unit}\nline: {_INTERVAL}{limit}"


def _of(row: Row, name: str) -> float:
    value = row[name]
    return value if isinstance(value, float | int) else 0.0


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 3].rstrip()}..."
