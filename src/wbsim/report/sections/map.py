"""The map of cooperation between the six, and what each policy changes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wbsim.experiments.experiment import Table
from wbsim.experiments.series import Series
from wbsim.report import numbers
from wbsim.report.draw_map import draw_change, draw_cooperation
from wbsim.report.dyad_values import LONG_NAMES, Spread, changes, levels
from wbsim.report.figure import Figure
from wbsim.report.sections.part import (
    Part,
    Parts,
    figures_of,
    for_each,
    known,
    label_of,
    listed,
    name_of,
    sentence,
)
from wbsim.report.shown import Shown

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_SIZE = (3.7, 3.7)
_MARGINS = {"left": 0.01, "right": 0.99, "bottom": 0.01, "top": 0.99}
_COLUMNS = ("dyad", "mean", "5 %", "95 %")
_NOTE = "5 % and 95 %: ends of the interval over worlds (parameters, structure and chance)."


def build(results: Results) -> Parts | None:
    """A map of the baseline and of each policy's change; None where no world finished or no December passed."""
    if not all(series.dyads.size and series.years for series in results.series):
        return None
    parts = for_each(results, lambda number: _part(results, number))
    year = results.series[0].years[-1]
    note = (
        f"Cooperation of each dyad in December {year} (index 0-1: 0 no working contact, 1 practice inside the EU), "
        "mean over worlds. A link is as wide as there is cooperation, or change; its ends are the middles of the "
        "states, not places in them. Less is dashed. All maps of change have one scale."
    )
    base = next(iter(levels(results.experiment.tables[0], results.series[0], "cooperation").values()))
    strongest, weakest = LONG_NAMES[int(base.mean.argmax())], LONG_NAMES[int(base.mean.argmin())]
    heading = f"Who cooperates with whom? Most: {strongest}; least: {weakest}"
    return Parts(heading, parts, note)


def figures(results: Results) -> tuple[Figure, ...]:
    """All maps."""
    return figures_of(build(results))


def shown(results: Results) -> tuple[Shown, ...]:
    """The dyads of all maps."""
    return tuple(each.shown for each in figures(results))


def _part(results: Results, number: int) -> Part:
    table, series = results.experiment.tables[number], results.series[number]
    label = label_of(results, number)
    return Part(label, 4 if label else 3, table, (), _maps(table, series, number))


def _maps(table: Table, series: Series, number: int) -> tuple[Figure, ...]:
    base = levels(table, series, "cooperation")[table.baseline]
    year = series.years[-1]
    found = [
        Figure(
            f"Cooperation under {table.baseline}, December {year} (index 0-1)",
            _said(base, f"Map of cooperation under {table.baseline}", signed=False),
            lambda ax: draw_cooperation(base.mean, ax),
            _SIZE,
            _data(
                base,
                name_of("map", number),
                f"Cooperation under {table.baseline}, December {year}, {table.label}",
            ),
            _MARGINS,
        )
    ]
    change = changes(table, series, "cooperation")
    largest = max((float(np.abs(each.mean).max()) for each in change.values()), default=0.0)
    for policy, each in change.items():
        found.append(_change(table, policy, each, largest, year, number))
    return tuple(found)


def _change(table: Table, policy: str, change: Spread, largest: float, year: int, number: int) -> Figure:
    title = f"Change of cooperation from {table.baseline} under {policy}, December {year}, {table.label}"
    return Figure(
        f"Cooperation under {policy}: change from {table.baseline}, December {year} (index 0-1)",
        _said(change, f"Map of the change of cooperation under {policy}", signed=True),
        lambda ax: draw_change(change.mean, ax, largest=largest),
        _SIZE,
        _data(change, name_of(f"map-{policy}", number), title),
        _MARGINS,
    )


def _data(values: Spread, name: str, title: str) -> Shown:
    rows = tuple(
        (dyad, known(values.mean[n]), known(values.low[n]), known(values.high[n]))
        for n, dyad in enumerate(LONG_NAMES)
    )
    return Shown(name, title, _COLUMNS, rows, _NOTE)


def _said(values: Spread, what: str, *, signed: bool) -> str:
    """Mean over the dyads, and the three largest and smallest, with their numbers."""
    style = "+.3f" if signed else ".3f"
    order = [int(n) for n in np.argsort(-values.mean, kind="stable")]
    highest = listed([f"{LONG_NAMES[n]} {values.mean[n]:{style}}" for n in order[:3]])
    lowest = listed([f"{LONG_NAMES[n]} {values.mean[n]:{style}}" for n in order[-3:]])
    mean = f"{what}, means over worlds: mean of the 15 dyads {values.mean.mean():{style}}"
    return numbers.typographic(sentence([mean, f"highest {highest}", f"lowest {lowest}"]))
