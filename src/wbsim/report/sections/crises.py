"""How likely serious crises are: by year in the region, and which dyads are in a crisis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Table
from wbsim.experiments.series import Series
from wbsim.report import numbers
from wbsim.report.draw_dyads import draw_rows, draw_years
from wbsim.report.dyad_values import LONG_NAMES, SHORT_NAMES
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group
from wbsim.report.palette import BASELINE, styles
from wbsim.report.sections.part import Part, Parts, figures_of, for_each, known, label_of, name_of, sentence
from wbsim.report.shown import Shown
from wbsim.statistics.intervals import wilson

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

Values = NDArray[np.float64]

_YEAR_COLUMNS = ("year", "scenario", "share of worlds", "low", "high", "worlds")
_DYAD_COLUMNS = ("dyad", "scenario", "share of Decembers and worlds", "Monte Carlo error")
_YEAR_NOTE = (
    "Share of worlds with at least one new crisis of severity 3 or more in the year; low and high: ends of Wilson's "
    "95 % interval, the Monte Carlo error of a share from so many worlds."
)
_DYAD_NOTE = (
    "A crisis of any severity that is open in December: mean over the Decembers since the policies' start and "
    "over worlds."
)


def build(results: Results) -> Parts | None:
    """Chances by year and by dyad; None where no world finished or no December passed."""
    if not all(series.dyads.size and series.years for series in results.series):
        return None
    table, series = results.experiment.tables[0], results.series[0]
    shares, _, _ = _by_year(series, 0)
    since = _since(results, series)
    heading = "How likely are serious crises?"
    if since:
        heading += f" About {100 * float(shares[since].mean()):.0f} % a year under {table.baseline}"
    until = numbers.month_words(table.scenarios[0].assumptions.history_until)
    note = (
        f"{_YEAR_NOTE} The chance holds uncertainty of parameters, structure and chance together. By dyad the results "
        "hold no severity: what is shown by dyad is any open crisis in December. "
        f"Until {until} the dated events of the data are forced, so that those years are no chance."
    )
    return Parts(heading, for_each(results, lambda number: _part(results, number)), note)


def figures(results: Results) -> tuple[Figure, ...]:
    """All figures of crises."""
    return figures_of(build(results))


def shown(results: Results) -> tuple[Shown, ...]:
    """The data behind tables and figures; a table and its figure share them."""
    found = build(results)
    return tuple(grid.shown for one in found.parts for grid in one.grids) if found else ()


def _since(results: Results, series: Series) -> list[int]:
    """Places of the years from the policies' start on."""
    return [n for n, year in enumerate(series.years) if f"{year}-12" >= results.experiment.measured.since]


def _by_year(series: Series, scenario: int) -> tuple[Values, Values, Values]:
    """Share of worlds with a serious crisis, and the ends of its Wilson interval, by year."""
    hit, worlds = (series.severe[scenario] > 0).sum(axis=0), series.severe.shape[1]
    ends = [found for each in hit if (found := wilson(float(each), worlds)) is not None]
    return hit / worlds, np.array([each.low for each in ends]), np.array([each.high for each in ends])


def _part(results: Results, number: int) -> Part:
    table, series = results.experiment.tables[number], results.series[number]
    label = label_of(results, number)
    years, years_data = _years(table, series, number)
    grids = [_years_grid(table, series, years_data)]
    drawn = [years]
    if _since(results, series):
        by_dyad, dyad_data = _dyads(table, series, number)
        drawn.append(by_dyad)
        grids.append(_dyads_grid(table, dyad_data))
    return Part(label, 4 if label else 3, table, tuple(grids), tuple(drawn))


def _years(table: Table, series: Series, number: int) -> tuple[Figure, Shown]:
    names = [scenario.name for scenario in table.scenarios]
    found = {name: _by_year(series, n) for n, name in enumerate(names)}
    worlds = series.severe.shape[1]
    rows = tuple(
        (year, name, float(share[n]), float(low[n]), float(high[n]), worlds)
        for n, year in enumerate(series.years)
        for name, (share, low, high) in found.items()
    )
    data = Shown(
        name_of("crises-by-year", number), f"Chance of a serious crisis by year, {table.label}", _YEAR_COLUMNS, rows,
        _YEAR_NOTE,
    )  # fmt: skip
    looks: dict[str, tuple[str, object]] = {table.baseline: (BASELINE, "-"), **styles(table.policies)}
    lines = {name: 100 * share for name, (share, _, _) in found.items()}
    base = found[table.baseline]
    said = [f"{name} {numbers.percent(float(share[-1]))}" for name, (share, _, _) in found.items()]
    first = f"Share of worlds with a crisis of severity 3 or more, by year; in {series.years[-1]}: {said[0]}"
    figure = Figure(
        f"Worlds with a crisis of severity 3 or more, % by year; grey: {table.baseline}, its Monte Carlo error (95 %)",
        sentence([first, *said[1:]]),
        lambda ax: draw_years(lines, (100 * base[1], 100 * base[2]), series.years, looks, ax),
        (3.7, 3.0),
        data,
        {"left": 0.1, "right": 0.985, "bottom": 0.09, "top": 0.92},
    )
    return figure, data


def _years_grid(table: Table, series: Series, data: Shown) -> Grid:
    names = [scenario.name for scenario in table.scenarios]
    by_cell = {(row[0], row[1]): row for row in data.rows}
    lines = tuple((str(year), *(_share(by_cell[year, name]) for name in names)) for year in series.years)
    return Grid(("Serious crisis in", *names), (Group(lines),), data)


def _share(row: tuple[str | float | int | None, ...]) -> str:
    share, low, high = row[2:5]
    return f"{numbers.percent(share)} ({numbers.percent(low)} to {numbers.percent(high)})"  # type: ignore[arg-type]


def _dyads(table: Table, series: Series, number: int) -> tuple[Figure, Shown]:
    names = [scenario.name for scenario in table.scenarios]
    values = series.open_crisis.astype(np.float64)
    mean = values.mean(axis=1)
    worlds = values.shape[1]
    error = values.std(axis=1, ddof=1) / np.sqrt(worlds) if worlds > 1 else np.full(mean.shape, np.nan)
    rows = tuple(
        (dyad, name, known(mean[n, d]), known(error[n, d]))
        for d, dyad in enumerate(LONG_NAMES)
        for n, name in enumerate(names)
    )
    data = Shown(
        name_of("crises-by-dyad", number),
        f"Open crises by dyad, {table.label}",
        _DYAD_COLUMNS,
        rows,
        _DYAD_NOTE,
    )
    colours = {table.baseline: BASELINE} | {
        name: colour for name, (colour, _) in styles(table.policies).items()
    }
    dots = {name: (100 * mean[n],) * 3 for n, name in enumerate(names)}
    worst = int(mean[0].argmax())
    said = [f"{name} {numbers.percent(float(mean[n, worst]))}" for n, name in enumerate(names)]
    first = (
        f"Share of Decembers and worlds with an open crisis, by dyad; highest {LONG_NAMES[worst]}: {said[0]}"
    )
    figure = Figure(
        "Dyads in an open crisis of any severity, % of Decembers and worlds since the policies' start",
        sentence([first, *said[1:]]),
        lambda ax: draw_rows(dots, colours, SHORT_NAMES, ax, intervals=False),
        (3.7, 4.4),
        data,
        {"left": 0.45, "right": 0.98, "bottom": 0.065, "top": 0.95},
    )
    return figure, data


def _dyads_grid(table: Table, data: Shown) -> Grid:
    names = [scenario.name for scenario in table.scenarios]
    by_cell = {(row[0], row[1]): row for row in data.rows}
    lines = tuple(
        (dyad, *(numbers.percent(by_cell[dyad, name][2]) for name in names))  # type: ignore[arg-type]
        for dyad in LONG_NAMES
    )
    return Grid(("In an open crisis", *names), (Group(lines),), data)
