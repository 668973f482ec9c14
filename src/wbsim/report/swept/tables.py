"""Tables of a sweep: what each key changes, and every point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from wbsim.report import numbers
from wbsim.report.grid import Grid, Group, Line
from wbsim.report.shown import Shown
from wbsim.report.swept.material import Material
from wbsim.report.swept.steps import Change, change_along
from wbsim.sweeps.summary import Figures, Summary
from wbsim.sweeps.value import value_text

KEYS_NOTE = (
    "Ordered keys are compared between their first and last value, others between the values with the lowest and the "
    "highest mean. The 90 % interval is over worlds (parameters, structure and chance); the error is that of the mean."
)
Row = tuple[str | float | int | None, ...]


def keys_table(materials: Sequence[Material]) -> Grid:
    """What each scenario's figure differs by along each key, by outcome."""
    groups, rows = list[Group](), list[Row]()
    for material in materials:
        found = [
            change
            for scenario in material.focus
            for key in material.along
            if (change := change_along(material, key, scenario)) is not None
        ]
        rows += [_plain(material, change) for change in found]
        if found:
            label, unit = material.outcome.label, material.outcome.unit
            groups.append(Group(tuple(_line(material, change) for change in found), label, unit))
    what = "change from baseline" if materials and materials[0].compared else "level"
    columns = ("outcome", "scenario", "key", "from", f"{what} there", "to", f"{what} at it", "difference", "q05", "q95",
               "error", "told apart")  # fmt: skip
    title = f"What each key changes: the {what} between two of its values, at the horizon"
    shown = Shown("keys", title, columns, tuple(rows), KEYS_NOTE)
    headings = (
        "Scenario and key",
        "From",
        "To",
        "Difference",
        "90 % of worlds",
        "Error of mean",
        "Told apart",
    )
    return Grid(headings, tuple(groups), shown)


def points_table(summary: Summary, outcomes: Iterable[str]) -> Grid:
    """Figures of every point, by outcome: differences where there are any, else levels."""
    plan = summary.plan
    differences = bool(summary.differences)
    names = [scenario.name for scenario in plan.scenarios]
    focus = [n for n, name in enumerate(names) if not (differences and name == plan.baseline)]
    groups, rows = list[Group](), list[Row]()
    for name in outcomes:
        outcome = plan.model.outcomes[name]
        table = (summary.differences if differences else summary.levels)[name]
        lines = []
        for number, point in enumerate(plan.design.points):
            values = tuple(map(value_text, point))
            for s in focus:
                found = _figures(table, number, s)
                rows.append((outcome.label, number, *values, names[s], *found, int(summary.sound[number])))
                mean, low, high, error, better = found
                show, ends = (
                    (numbers.change, numbers.change_interval)
                    if differences
                    else (numbers.value, numbers.interval)
                )
                cells = (show(outcome, mean), ends(outcome, low, high), numbers.error(outcome, error))
                shares = (numbers.percent(better),) if differences else ()
                texts = (", ".join(values), names[s], *cells, *shares)
                lines.append(tuple(map(numbers.typographic, texts)))
        groups.append(Group(tuple(lines), outcome.label, outcome.unit))
    what = f"change from {plan.baseline}" if differences else "level"
    columns = (
        "outcome",
        "point",
        *plan.design.keys,
        "scenario",
        "mean",
        "q05",
        "q95",
        "mcse",
        "better",
        "worlds",
    )
    shown = Shown("points", f"The {what} at every point, at the horizon", columns, tuple(rows), _POINTS_NOTE)
    shares = ("Better",) if differences else ()
    headings = (", ".join(plan.design.keys), "Scenario", "Mean", "90 % of worlds", "MC error", *shares)
    return Grid(headings, tuple(groups), shown)


_POINTS_NOTE = (
    "q05 and q95: ends of the 90 % interval over worlds (parameters, structure and chance). mcse: Monte Carlo error of "
    "the mean. better: share of worlds in which it is better than the baseline, ties counted half."
)


def level_text(material: Material, value: float) -> str:
    """A change with its sign, or a level."""
    known = float(value) if np.isfinite(value) else None
    show = numbers.change if material.compared else numbers.value
    return show(material.outcome, known)


def _line(material: Material, change: Change) -> Line:
    labels, outcome, step = material.axis(change.key).labels, material.outcome, change.step
    ends = (
        f"{labels[stop]}: {level_text(material, change.curve.mean[stop])}"
        for stop in (change.start, change.end)
    )
    texts = (
        f"{change.scenario}, {change.key}",
        *ends,
        numbers.change(outcome, _known(step.mean)),
        numbers.change_interval(outcome, _known(step.low), _known(step.high)),
        numbers.error(outcome, _known(step.error)),
        "no difference" if change.same else "yes" if change.told else "no",
    )
    return tuple(map(numbers.typographic, texts))


def _plain(material: Material, change: Change) -> Row:
    labels, step, mean = material.axis(change.key).labels, change.step, change.curve.mean
    return (
        material.outcome.label, change.scenario, change.key, labels[change.start], _known(mean[change.start]),
        labels[change.end], _known(mean[change.end]), _known(step.mean), _known(step.low), _known(step.high),
        _known(step.error), "yes" if change.told else "no",
    )  # fmt: skip


def _figures(figures: Figures, point: int, scenario: int) -> tuple[float | None, ...]:
    names = ("mean", "q05", "q95", "mcse", "p_better")
    return tuple(_known(getattr(figures, name)[point, scenario]) for name in names)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
