"""The pictures of one outcome of a sweep as figures: how each is drawn, what it shows in words, its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import product

import numpy as np

from wbsim.report.figure import Figure
from wbsim.report.numbers import month_words, typographic
from wbsim.report.palette import BASELINE, styles
from wbsim.report.shown import Shown
from wbsim.report.swept.axis import places_of
from wbsim.report.swept.best import Best, best_of
from wbsim.report.swept.curve import ERRORS, Curve, Numbers, curve_of
from wbsim.report.swept.draw_cells import Cells, draw_best, draw_cells, has_room
from wbsim.report.swept.draw_curves import Lines, draw_lines
from wbsim.report.swept.draw_points import draw_best_points, draw_points
from wbsim.report.swept.material import Material
from wbsim.report.swept.pictures import Picture
from wbsim.report.swept.tables import level_text
from wbsim.sweeps.value import value_text

#: Sizes in inches: curves, and cells or points with a scale beside them.
CURVE, FLAT = (5.0, 3.3), (5.6, 3.9)
Row = tuple[str | float | int | None, ...]

BANDS = (
    "Wide bands: 90 % of worlds (parameters, structure and chance). Narrow bands: two errors of the mean on either "
    "side."
)
BARS = (
    "Thin bars: 90 % of worlds (parameters, structure and chance). "
    "Thick bars: two errors of the mean on either side."
)
_HATCHED = (
    f"Hatched: the mean is within {ERRORS:.0f} Monte Carlo errors of zero. Dotted: it is within the margin."
)


def figure_of(material: Material, picture: Picture) -> Figure:
    """The figure of one picture."""
    match picture.kind:
        case "changes" | "levels":
            return _curves(material, picture)
        case "map":
            return _map(material, picture)
        case "points":
            return _points(material, picture)
        case _:
            return _best(material, picture)


def name_of(material: Material, picture: Picture) -> str:
    """What files and `wbsim show` call a picture."""
    parts = [material.name, picture.kind, *picture.keys, *([picture.scenario] if picture.scenario else [])]
    return "-".join(re.sub(r"[^A-Za-z0-9._]+", "-", part) for part in parts)


def _curves(material: Material, picture: Picture) -> Figure:
    key, levels = picture.keys[0], picture.kind == "levels"
    axis = material.axis(key)
    names = material.scenarios if levels else material.focus
    curves = {name: material.curve(key, name, levels=levels) for name in names}
    rest = None
    if axis.rest is not None:
        rest = {
            name: float(curve_of(material.values(name, levels=levels), [axis.rest]).mean[0]) for name in names
        }
    lines = Lines(
        axis,
        material.titles[key],
        _axis_title(material, levels=levels),
        curves,
        styles_of(material),
        baseline=str(material.plan.baseline) if levels else "",
        margin=None if levels else material.outcome.margin,
        rest=rest,
    )
    caption = f"{what_of(material, levels=levels)}, along {key}{_over(material, key)}. {_bands(material, key, levels)}"
    columns = ("scenario", key, "position", "points", "mean", "q05", "q95", "error")
    rows = tuple(row for name, curve in curves.items() for row in _curve_rows(name, material, key, curve))
    shown = Shown(
        name_of(material, picture), f"{what_of(material, levels=levels)}, along {key}", columns, rows, BANDS
    )
    return Figure(caption, _describe(material, key, curves, levels), partial(draw_lines, lines), CURVE, shown)


def _bands(material: Material, key: str, levels: bool) -> str:
    """What is drawn around the lines."""
    rest = (
        " Dotted lines: the common point, with every key as in the scenario."
        if material.plan.design.kind == "one-at-a-time"
        else ""
    )
    if not levels:
        margin = f" Grey strip: the margin, {material.outcome.margin:g}."
        return f"{BANDS if material.axis(key).ordered else BARS}{margin}{rest}"
    if not material.axis(key).ordered:
        return f"{BARS}{rest}"
    grey = f"Grey band: 90 % of worlds under {material.plan.baseline}; " if material.plan.baseline else ""
    return f"{grey}Narrow bands: two errors of the mean on either side.{rest}".replace("; Narrow", "; narrow")


def _over(material: Material, key: str) -> str:
    """What a curve is a mean over, besides worlds."""
    if len(material.keys) < 2 or material.plan.design.kind in ("one-at-a-time", "list"):
        return ", mean over the points of each bin" if material.axis(key).binned else ""
    return ", mean over the values of the other keys"


def _curve_rows(name: str, material: Material, key: str, curve: Curve) -> list[Row]:
    axis = material.axis(key)
    return [
        (name, stop.label, stop.at, len(stop.points), *_figures(curve, n))
        for n, stop in enumerate(axis.stops)
    ]  # fmt: skip


def _map(material: Material, picture: Picture) -> Figure:
    along, up = (material.axis(key) for key in picture.keys)
    places = cells_of(material, picture.keys)
    curve = curve_of(material.values(picture.scenario), places)
    shape = len(up.stops), len(along.stops)
    what = f"{what_of(material)}, {picture.scenario}"
    cells = Cells(
        material.outcome,
        (material.titles[picture.keys[0]], material.titles[picture.keys[1]]),
        (along.labels, up.labels),
        curve.mean.reshape(shape),
        curve.error.reshape(shape),
        material.compared,
        _axis_title(material),
    )
    note = _HATCHED if material.compared else ""
    others = ", mean over the values of the other keys" if len(material.keys) > 2 else ""
    caption = (
        f"{what}, by {picture.keys[0]} and {picture.keys[1]}{others}. {note} "
        + (f"Dashed on the scale: the margin of {material.outcome.margin:g}." if material.compared else "")
    ).strip()
    columns = (*picture.keys, "mean", "q05", "q95", "mcse", "undecided", "within margin")
    labels = [(a, u) for u, a in product(up.labels, along.labels)]
    marks = zip(cells.undecided.ravel().tolist(), cells.within.ravel().tolist(), strict=True)
    rows = tuple(
        (*label, *_figures(curve, n), *(_yes(each) for each in mark))
        for n, (label, mark) in enumerate(zip(labels, marks, strict=True))
    )  # fmt: skip
    note = (
        "q05, q95: 90 % interval over worlds (parameters, structure and chance). "
        "mcse: Monte Carlo error of the mean."
    )
    title = f"{what}, by {picture.keys[0]} and {picture.keys[1]}"
    shown = Shown(name_of(material, picture), title, columns, rows, note)
    size = (FLAT[0], max(3.4, min(7.0, 1.7 + 0.33 * shape[0])))
    return Figure(caption, _extremes(material, what, labels, curve), partial(draw_cells, cells), size, shown)


def _points(material: Material, picture: Picture) -> Figure:
    design = material.plan.design
    points: list[Numbers] = [np.array([n]) for n in range(len(design.points))]
    curve = curve_of(material.values(picture.scenario), points)
    at = places_of(design, picture.keys[0]), places_of(design, picture.keys[1])
    axes = material.axis(picture.keys[0]), material.axis(picture.keys[1])
    titles = material.titles[picture.keys[0]], material.titles[picture.keys[1]]
    what = f"{what_of(material)}, {picture.scenario}"
    draw = partial(
        draw_points, material.outcome, at, axes, titles, curve, _axis_title(material), material.compared
    )
    crosses = (
        f" Crosses: the mean is within {ERRORS:.0f} Monte Carlo errors of zero." if material.compared else ""
    )
    caption = f"{what}, at each of {len(points):,} drawn points, by {picture.keys[0]} and {picture.keys[1]}.{crosses}"
    labels = [tuple(map(value_text, point)) for point in design.points]
    rows = tuple((n, *label, *_figures(curve, n)) for n, label in enumerate(labels))
    columns = ("point", *design.keys, "mean", "q05", "q95", "mcse")
    shown = Shown(name_of(material, picture), f"{what}, at each drawn point", columns, rows)
    return Figure(caption, _extremes(material, what, labels, curve), draw, FLAT, shown)


def _best(material: Material, picture: Picture) -> Figure:
    scattered = picture.kind == "best-points"
    design, outcome = material.plan.design, material.outcome
    places = (
        [np.array([n]) for n in range(len(design.points))] if scattered else cells_of(material, picture.keys)
    )
    best = best_of(material.levels, outcome.better, places)
    colours = {name: style[0] for name, style in styles_of(material).items()}
    titles = tuple(material.titles[key] for key in picture.keys)
    axes = tuple(material.axis(key) for key in picture.keys)
    size, shape = FLAT, (0, 0)
    if scattered:
        at = places_of(design, picture.keys[0]), places_of(design, picture.keys[1])
        draw = partial(draw_best_points, best, at, (axes[0], axes[1]), (titles[0], titles[1]), colours)
        labels = [tuple(map(value_text, point)) for point in design.points]
        keys: Sequence[str] = design.keys
    else:
        up_labels: tuple[str, ...] = axes[1].labels if len(axes) > 1 else ("",)
        shape = len(up_labels), len(axes[0].labels)
        up_title = titles[1] if len(titles) > 1 else ""
        draw = partial(draw_best, best, shape, (titles[0], up_title), (axes[0].labels, up_labels), colours)
        labels = [label[::-1] for label in product(*(axis.labels for axis in reversed(axes)))]
        keys, size = (
            picture.keys,
            (FLAT[0], max(1.9 if len(axes) == 1 else 3.2, min(7.0, 1.3 + 0.36 * shape[0]))),
        )
    mark = "Hollow" if scattered else "Hatched"
    what = f"{outcome.label}: which scenario is best on the mean, by {' and '.join(picture.keys)}"
    number = (
        ""
        if scattered or not has_room(shape)
        else " The number is the share of worlds in which it is the best of all, ties shared."
    )
    caption = (
        f"{what} ({outcome.better} is better).{number} {mark}: its lead on another is within {ERRORS:.0f} Monte Carlo "
        "errors."
    )
    columns = (*keys, "best", "decided", *(f"share {name}" for name in material.scenarios))
    rows = tuple(
        (
            *label,
            material.scenarios[s] if s >= 0 else None,
            _yes(bool(best.decided[n])),
            *map(known, best.shares[n]),
        )
        for n, (label, s) in enumerate(zip(labels, best.scenario, strict=True))
    )
    shown = Shown(name_of(material, picture), what, columns, rows,
                  "share: worlds in which the scenario is the best of all, ties shared.")  # fmt: skip
    return Figure(caption, _best_words(material, best), draw, size, shown)


def cells_of(material: Material, keys: Sequence[str]) -> list[Numbers]:
    """The points in each cell, row by row up, of two keys (along, up), or along one."""
    stops = [material.stops(key) for key in keys]
    if len(stops) == 1:
        return stops[0]
    return [np.intersect1d(along, up) for up, along in product(stops[1], stops[0])]


def styles_of(material: Material) -> dict[str, tuple[str, str]]:
    """Colour and dash of every scenario: the baseline is grey."""
    base = {str(material.plan.baseline): (BASELINE, "-")} if material.compared else {}
    chosen = {**base, **styles(material.focus)}
    return {name: chosen[name] for name in material.scenarios}


def what_of(material: Material, *, levels: bool = False) -> str:
    """What numbers are of: the outcome, its change, its unit."""
    outcome = material.outcome
    change = f", change from {material.plan.baseline}" if material.compared and not levels else ""
    return f"{outcome.label}{change} ({outcome.unit}), {month_words(material.plan.months[-1])}"


def _axis_title(material: Material, *, levels: bool = False) -> str:
    outcome = material.outcome
    change = ", change" if material.compared and not levels else ""
    return f"{outcome.label}{change} ({outcome.unit})"


def known(value: float) -> float | None:
    """A number, None where there is none."""
    return float(value) if np.isfinite(value) else None


def _describe(material: Material, key: str, curves: dict[str, Curve], levels: bool) -> str:
    axis = material.axis(key)
    parts = []
    for name, curve in curves.items():
        ends = [
            f"{level_text(material, curve.mean[n]) if not levels else f'{curve.mean[n]:.4g}'} at {axis.labels[n]}"
            for n in (0, len(axis.stops) - 1)
            if np.isfinite(curve.mean[n])
        ]
        parts.append(f"{name}: {' and '.join(ends) or 'no figures'}")
    return typographic(f"{what_of(material, levels=levels)}, along {key}. {'; '.join(parts)}")


def _extremes(material: Material, what: str, labels: Sequence[tuple[str, ...]], curve: Curve) -> str:
    there = np.flatnonzero(np.isfinite(curve.mean))
    if not there.size:
        return f"{what}: no figures"
    low, high = there[curve.mean[there].argmin()], there[curve.mean[there].argmax()]
    ends = " and ".join(
        f"{level_text(material, curve.mean[n])} at {', '.join(labels[n])}" for n in (low, high)
    )
    return typographic(f"{what}: between {ends}")


def _best_words(material: Material, best: Best) -> str:
    total = int((best.scenario >= 0).sum())
    parts = [
        f"{name} in {int((best.scenario == n).sum())} of {total}, "
        f"{int(((best.scenario == n) & best.decided).sum())} decided"
        for n, name in enumerate(material.scenarios)
        if (best.scenario == n).any()
    ]
    return f"{material.outcome.label}, best on the mean: {'; '.join(parts) or 'no figures'}"


def _figures(curve: Curve, stop: int) -> tuple[float | None, ...]:
    return tuple(map(known, (curve.mean[stop], curve.low[stop], curve.high[stop], curve.error[stop])))


def _yes(value: bool) -> str:
    return "yes" if value else "no"
