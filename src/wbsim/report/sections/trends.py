"""How the headline outcomes develop: levels with the status quo's fan in grey, and paired changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.experiments.experiment import Table
from wbsim.experiments.fans import Fan
from wbsim.experiments.series import Series
from wbsim.report import numbers
from wbsim.report.draw import draw_differences, draw_key, draw_levels
from wbsim.report.figure import Figure
from wbsim.report.palette import BASELINE, styles
from wbsim.report.sections import part
from wbsim.report.sections.part import for_each, known, label_of, name_of, sentence
from wbsim.report.sentences import finding
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from wbsim.experiments.comparison import Results

_COLUMNS = ("month", "scenario", "mean", "5 %", "95 %")
_NOTE = "5 % and 95 %: ends of the interval over worlds (parameters, structure and chance)."


@dataclass(frozen=True, slots=True)
class Card:
    """One outcome: what was found, and its figures."""

    finding: str
    record: Outcome
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The cards of one set of assumptions, with the colours of its scenarios."""

    label: str
    heading: int
    colours: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """The whole section."""

    parts: tuple[Trend, ...]
    note: str


def build(results: Results) -> Trends:
    """Fans of each headline outcome under each set of assumptions."""
    note = (
        "Lines are means over worlds; bands are 90 % intervals over worlds (parameters, structure and chance). The "
        "dotted line is the start of a policy."
    )
    return Trends(for_each(results, lambda number: _trend(results, number)), note)


def figures(results: Results) -> tuple[Figure, ...]:
    """All fans."""
    return tuple(each for trend in build(results).parts for card in trend.cards for each in card.figures)


def shown(results: Results) -> tuple[Shown, ...]:
    """The months of all fans."""
    return tuple(each.shown for each in figures(results))


def _trend(results: Results, number: int) -> Trend:
    table, series = results.experiment.tables[number], results.series[number]
    label = label_of(results, number)
    colours = [(name, colour) for name, (colour, _) in styles(table.policies).items()]
    return Trend(
        label,
        4 if label else 3,
        ((table.baseline, BASELINE), *colours),
        tuple(_card(results, table, series, outcome, number) for outcome in part.DRAWN),
    )


def _card(results: Results, table: Table, series: Series, outcome: str, number: int) -> Card:
    record, experiment = OUTCOMES[outcome], results.experiment
    levels = {scenario.name: series.levels[outcome, scenario.name] for scenario in table.scenarios}
    changes = {policy: series.changes[outcome, policy] for policy in table.policies}
    since = (
        f", summed up since {numbers.month_words(experiment.measured.since)}"
        if record.summary == "sum"
        else ""
    )
    stem = f"trends-{outcome.replace('_', '-')}"
    level = Figure(
        f"{record.label}: level ({record.unit}{since}); {table.baseline} in grey with its 90 % interval",
        _said(record, levels, f"level{since}", experiment.horizon, signed=False),
        lambda ax: _keyed(draw_levels(experiment, table, outcome, ax, labels=False, fans=levels), table),
        part.SMALL,
        _data(name_of(stem, number), f"{record.label} ({record.unit}){since}, {table.label}", levels),
        part.MARGINS,
    )
    if not table.policies:
        return Card(record.label, record, (level,))
    change = Figure(
        f"{record.label}: change from {table.baseline} in the same worlds ({record.unit})",
        _said(record, changes, f"change from {table.baseline}", experiment.horizon, signed=True),
        lambda ax: _keyed(
            draw_differences(experiment, table, outcome, ax, labels=False, fans=changes), table
        ),
        part.SMALL,
        _data(
            name_of(f"{stem}-change", number),
            f"Change of {record.label.lower()} ({record.unit}) from {table.baseline}, {table.label}",
            changes,
        ),
        part.MARGINS,
    )
    return Card(finding(table, outcome), record, (level, change))


def _keyed(ax: Axes, table: Table) -> Axes:
    """The axes with the names of the scenarios above them, for use outside the page."""
    draw_key(
        ax,
        {table.baseline: BASELINE} | {name: colour for name, (colour, _) in styles(table.policies).items()},
    )
    return ax


def _data(name: str, title: str, fans: dict[str, Fan]) -> Shown:
    rows = tuple(
        (month, scenario, known(fan.mean[n]), known(fan.low[n]), known(fan.high[n]))
        for scenario, fan in fans.items()
        for n, month in enumerate(fan.months)
    )
    return Shown(name, title, _COLUMNS, rows, _NOTE)


def _said(record: Outcome, fans: dict[str, Fan], what: str, horizon: str, *, signed: bool) -> str:
    """The figure in words: mean and interval of each line in the last month."""
    value, span = (numbers.change, numbers.change_interval) if signed else (numbers.value, numbers.interval)
    ends = [
        f"{name} {value(record, known(fan.mean[-1]))} "
        f"({span(record, known(fan.low[-1]), known(fan.high[-1]))})"
        for name, fan in fans.items()
    ]
    when = numbers.month_words(horizon)
    first = f"{record.label}, {what} over time, mean and 90 % interval over worlds in {when}: {ends[0]}"
    return sentence([first, *ends[1:]])
