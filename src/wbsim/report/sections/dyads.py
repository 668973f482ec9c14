"""Trust in each of the 15 dyads: between publics and between governments, level and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wbsim.experiments.experiment import Table
from wbsim.experiments.series import Series
from wbsim.report import numbers
from wbsim.report.draw_dyads import draw_rows
from wbsim.report.dyad_values import LONG_NAMES, SHORT_NAMES, Spread, changes, levels
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group
from wbsim.report.palette import BASELINE, styles
from wbsim.report.sections.part import (
    Part,
    Parts,
    figures_of,
    for_each,
    known,
    label_of,
    name_of,
    sentence,
    shown_of,
)
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_TRUST = ("public_trust", "government_trust")
_MARGINS = {"left": 0.45, "right": 0.98, "bottom": 0.065, "top": 0.95}
_COLUMNS = ("dyad", "outcome", "unit", "scenario", "kind", "mean", "5 %", "95 %")
_NOTE = "5 % and 95 %: ends of the interval over worlds (parameters, structure and chance)."


def build(results: Results) -> Parts | None:
    """Figures and tables for each kind of trust; None where no world finished or no December passed."""
    if not all(series.dyads.size and series.years for series in results.series):
        return None
    base = levels(results.experiment.tables[0], results.series[0], "public_trust")
    first = base[results.experiment.tables[0].baseline].mean
    low, high = int(first.argmin()), int(first.argmax())
    heading = (
        f"Who trusts whom? From {first[low]:.0f} % of citizens ({LONG_NAMES[low]}) to {first[high]:.0f} % "
        f"({LONG_NAMES[high]})"
    )
    note = (
        f"Each dyad in December {results.series[0].years[-1]}, the mean of both directions. Dots are means, lines "
        " 90 % intervals over worlds (parameters, structure and chance). Trust between governments is measured "
        "nowhere: read its changes, not its levels."
    )
    return Parts(heading, for_each(results, lambda number: _part(results, number)), note)


def figures(results: Results) -> tuple[Figure, ...]:
    """All figures of dyads."""
    return figures_of(build(results))


def shown(results: Results) -> tuple[Shown, ...]:
    """The dyads of all tables and figures."""
    return shown_of(build(results))


def _part(results: Results, number: int) -> Part:
    table, series = results.experiment.tables[number], results.series[number]
    label = label_of(results, number)
    drawn: list[Figure] = []
    grids = []
    for outcome in _TRUST:
        drawn += _figures(table, series, outcome, number)
        grids.append(_grid(table, series, outcome, number))
    return Part(label, 4 if label else 3, table, tuple(grids), tuple(drawn))


def _figures(table: Table, series: Series, outcome: str, number: int) -> list[Figure]:
    record, stem = OUTCOMES[outcome], f"dyads-{outcome.replace('_', '-')}"
    base = {table.baseline: levels(table, series, outcome)[table.baseline]}
    colours = {table.baseline: BASELINE} | {
        name: colour for name, (colour, _) in styles(table.policies).items()
    }
    made = [
        Figure(
            f"{record.label} ({record.unit}): {table.baseline}",
            _said(record, base, "level"),
            lambda ax: draw_rows({name: s.parts for name, s in base.items()}, colours, SHORT_NAMES, ax),
            (3.7, 4.4),
            Shown(
                name_of(f"{stem}-level", number),
                f"{record.label} by dyad, {table.baseline}, {table.label}",
                _COLUMNS,
                tuple(_rows(record, base, "level")),
                _NOTE,
            ),
            _MARGINS,
        )
    ]
    change = changes(table, series, outcome)
    if change:
        made.append(
            Figure(
                f"{record.label}, change from {table.baseline} ({record.unit})",
                _said(record, change, f"change from {table.baseline}"),
                lambda ax: draw_rows(
                    {name: s.parts for name, s in change.items()}, colours, SHORT_NAMES, ax, zero=True
                ),
                (3.7, 4.4),
                Shown(
                    name_of(f"{stem}-change", number),
                    f"Change of {record.label.lower()} by dyad from {table.baseline}, {table.label}",
                    _COLUMNS,
                    tuple(_rows(record, change, "difference")),
                    _NOTE,
                ),
                _MARGINS,
            )
        )
    return made


def _rows(record: Outcome, spreads: dict[str, Spread], kind: str) -> list[tuple[str | float | None, ...]]:
    return [
        (dyad, record.label, record.unit, scenario, kind, *(known(values[n]) for values in each.parts))
        for n, dyad in enumerate(LONG_NAMES)
        for scenario, each in spreads.items()
    ]


def _grid(table: Table, series: Series, outcome: str, number: int) -> Grid:
    """A line for each dyad: the baseline's level with its interval, and each policy's change with its own."""
    record = OUTCOMES[outcome]
    base = {table.baseline: levels(table, series, outcome)[table.baseline]}
    change = changes(table, series, outcome)
    lines = []
    for n, dyad in enumerate(LONG_NAMES):
        cells = [_cell(record, base[table.baseline], n, signed=False)]
        cells += [_cell(record, each, n, signed=True) for each in change.values()]
        lines.append((dyad, *(numbers.typographic(cell) for cell in cells)))
    data = Shown(
        name_of(f"dyads-{outcome.replace('_', '-')}", number),
        f"{record.label} by dyad, {table.label}",
        _COLUMNS,
        (*_rows(record, base, "level"), *_rows(record, change, "difference")),
        _NOTE,
    )
    headings = (
        f"{record.label} ({record.unit})",
        table.baseline,
        *(f"{policy}, change" for policy in change),
    )
    return Grid(headings, (Group(tuple(lines)),), data)


def _cell(record: Outcome, each: Spread, n: int, *, signed: bool) -> str:
    mean, low, high = (known(values[n]) for values in each.parts)
    if signed:
        return f"{numbers.change(record, mean)} ({numbers.change_interval(record, low, high)})"
    return f"{numbers.value(record, mean)} ({numbers.interval(record, low, high)})"


def _said(record: Outcome, spreads: dict[str, Spread], what: str) -> str:
    """Lowest and highest dyad of each scenario, with their numbers."""
    style = numbers.change if what.startswith("change") else numbers.value
    parts = []
    for scenario, each in spreads.items():
        low, high = int(each.mean.argmin()), int(each.mean.argmax())
        parts.append(
            f"{scenario} from {style(record, float(each.mean[low]))} ({LONG_NAMES[low]}) to "
            f"{style(record, float(each.mean[high]))} ({LONG_NAMES[high]})"
        )
    return sentence([f"{record.label} of the 15 dyads, {what}, means over worlds: {parts[0]}", *parts[1:]])
