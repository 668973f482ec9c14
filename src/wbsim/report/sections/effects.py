"""What each policy changes: the table of all headline outcomes, and a forest plot for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.experiment import Table
from wbsim.experiments.summary import policy_difference
from wbsim.experiments.variance_from import VarianceFrom
from wbsim.report import numbers
from wbsim.report.draw import draw_forest
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group
from wbsim.report.origin_words import HEADING, notes, origins
from wbsim.report.rows import OutcomeRow, outcome_rows
from wbsim.report.sections import part
from wbsim.report.sections.part import Part, Parts, for_each, label_of, name_of, sentence
from wbsim.report.sentences import overview
from wbsim.report.shown import Shown
from wbsim.report.terminal import ratio_notes
from wbsim.report.texts import INTERVAL_NOTE, LEVEL_NOTE
from wbsim.statistics.paired import level
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

COLUMNS = ("outcome", "unit", "better", "scenario", "kind", "mean", "5 %", "95 %", "better share", "gain share",
           "harm share", "Monte Carlo error", "variance from")  # fmt: skip
HEADINGS = ("Policy", "Change", "90 % interval", "Better", "Gain", "Harm", "MC error", HEADING)
NOTE = (
    "kind: the baseline's level, or a policy's difference from it in the same worlds. 5 % and 95 %: ends of the "
    "interval over worlds (parameters, structure and chance). Shares of worlds: better at all (ties half), by more "
    "than the margin, worse by more than it. Variance from: the groups of inputs with a clear share of the effect's "
    "variance, the largest first."
)


def build(results: Results) -> Parts:
    """The table and the forest plots of each set of assumptions."""
    experiment = results.experiment
    policies = experiment.tables[0].policies
    month = numbers.month_words(experiment.horizon)
    since = numbers.month_words(experiment.measured.since)
    gain = " Gain: share of worlds in which it is better by more than that margin."
    note = f"Mean of the twelve months to {month}; counts and money since {since}. "
    variance = results.variance_from if isinstance(results, Comparison) else None
    note += " ".join((f"{INTERVAL_NOTE}{gain}", *notes(variance, policies))) if policies else LEVEL_NOTE
    heading = f"What does each policy change by {month}?" if policies else f"What is the level in {month}?"
    return Parts(heading, for_each(results, lambda number: _part(results, number)), note)


def figures(results: Results) -> tuple[Figure, ...]:
    """The forest plots of all sets."""
    return tuple(each for found in build(results).parts for each in found.figures)


def shown(results: Results) -> tuple[Shown, ...]:
    """The table's data, and those of each forest plot."""
    parts = build(results).parts
    return tuple(each.shown for found in parts for group in (found.grids, found.figures) for each in group)


def _part(results: Results, number: int) -> Part:
    table = results.experiment.tables[number]
    grid = effects_grid(results, number, HEADLINE_OUTCOMES, name_of("effects", number), "headline outcomes")
    forests = tuple(_forest(table, outcome, number, grid.shown) for outcome in part.DRAWN if table.policies)
    label = label_of(results, number)
    first = (overview(table, HEADLINE_OUTCOMES, "headline outcomes"),) if table.policies else ()
    text = (*first, *ratio_notes(table))
    return Part(label, 4 if label else 3, table, (grid,), forests, text)


def effects_grid(
    results: Results,
    number: int,
    outcomes: Sequence[str],
    name: str,
    what: str,
    policies: Sequence[str] | None = None,
    window: int = 0,
) -> Grid:
    """The table of `outcomes` under set `number`, counted from 0, in one window: `what` says of which."""
    table = results.experiment.tables[number]
    policies = table.policies if policies is None else policies
    variance = results.variance_from if isinstance(results, Comparison) else None
    plain = [row for each in outcomes for row in _plain(table, each, variance, policies, window)]
    month = results.experiment.measured.ends[window]
    title = f"Levels and changes of {what} by {month}, {table.label}"
    data = Shown(name, title, COLUMNS, tuple(plain), NOTE)
    rows = outcome_rows(table, policies, variance, window, outcomes)
    if policies:
        return Grid(HEADINGS, tuple(_group(row, table) for row in rows), data)
    lines = tuple(
        (
            f"{row.record.label} ({row.record.unit}; {row.record.better} is better)",
            row.mean,
            row.interval,
            row.mcse,
        )
        for row in rows
    )
    return Grid(("Outcome", "Mean", "90 % interval", "MC error"), (Group(lines),), data)


def _group(row: OutcomeRow, table: Table) -> Group:
    lines = tuple(
        (
            each.policy,
            each.mean,
            each.interval,
            each.better,
            each.gain,
            each.harm,
            each.mcse,
            ", ".join(each.origins),
        )
        for each in row.policies
    )
    note = (
        f"{row.record.unit}; {row.record.better} is better. {table.baseline}: {row.mean} ({row.interval}); margin "
        f"{row.record.margin:g}"
    )
    return Group(lines, row.record.label, note)


def _plain(
    table: Table, outcome: str, variance: VarianceFrom | None, policies: Sequence[str], window: int
) -> list[tuple[str | float | None, ...]]:
    record = OUTCOMES[outcome]
    base = level(table.values(table.baseline, outcome, window))
    head = (record.label, record.unit, record.better)
    rows: list[tuple[str | float | None, ...]] = [
        (*head, table.baseline, "level", base.mean, base.q05, base.q95, None, None, None, base.mcse, None)
    ]
    for policy in policies:
        found = asdict(policy_difference(table, policy, outcome, window))
        figures_of = ("mean", "q05", "q95", "p_better", "p_practical_better", "p_practical_worse", "mcse")
        named = ", ".join(origins(variance, table, policy, outcome, window))
        rows.append((*head, policy, "difference", *(found[key] for key in figures_of), named))
    return rows


def _forest(table: Table, outcome: str, number: int, data: Shown) -> Figure:
    record = OUTCOMES[outcome]
    rows = tuple(row for row in data.rows if row[0] == record.label and row[4] == "difference")
    said = [
        f"{row[3]} {numbers.change(record, row[5])} ({numbers.change_interval(record, row[6], row[7])})"  # type: ignore[arg-type]
        for row in rows
    ]
    own = Shown(
        name_of(f"effects-{outcome.replace('_', '-')}", number),
        f"Change of {record.label.lower()} ({record.unit}) from {table.baseline}, {table.label}",
        COLUMNS,
        rows,
        NOTE,
    )
    return Figure(
        f"{record.label}, change ({record.unit}; {record.better} is better)",
        sentence(
            [
                f"{record.label}: change from {table.baseline}, mean and 90 % interval over worlds: {said[0]}",
                *said[1:],
            ]
        ),
        lambda ax: draw_forest(table, outcome, ax),
        (part.SMALL[0], 0.6 + 0.3 * len(table.policies)),
        own,
        _forest_margins(table),
    )


def _forest_margins(table: Table) -> dict[str, float]:
    """Room on the left for the longest name, and below for the numbers, as shares of the figure."""
    height = 0.6 + 0.3 * len(table.policies)
    longest = min(24, max(len(policy) for policy in table.policies))
    return {"left": min(0.5, 0.05 + 0.0185 * longest), "right": 0.97, "bottom": 0.28 / height, "top": 0.97}
