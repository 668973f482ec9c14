"""A sweep's figures in the terminal: a table for each outcome, a row for each point."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.table import Table
from rich.text import Text

from wbsim.report import numbers
from wbsim.sweeps.summary import MOST_MISSING, Figures, Summary
from wbsim.sweeps.value import value_text
from wbsim.tables.record import Outcome

#: Rows of a table before it is cut, and outcomes that are shown in full.
MOST_ROWS, MOST_TABLES = 20, 3

WHAT_INTERVALS_ARE = (
    "Intervals hold 90 % of the worlds: they are of parameters, structure and chance, not Monte Carlo error, which "
    "stands behind +-. All of it is conditional on the model; effects of policies are largely driven by priors."
)


def sweep_tables(summary: Summary) -> Iterator[Table | Text]:
    """Tables of the first outcomes that the sweep shows, and what is to be known of them."""
    plan = summary.plan
    differences = bool(summary.differences)
    table = summary.differences if differences else summary.levels
    for outcome in list(table)[:MOST_TABLES]:
        yield _table(summary, outcome, table[outcome], differences)
    rest = list(table)[MOST_TABLES:]
    if rest:
        yield Text(f"\nIn results/summary.csv also: {', '.join(rest)}.")
    yield Text(f"\n{WHAT_INTERVALS_ARE}")
    if summary.withheld.any():
        yield Text(
            f"{int(summary.withheld.sum()):,} points have no figures: over {100 * MOST_MISSING:.0f} % of their worlds "
            f"failed or are missing."
        )
    if summary.failed or summary.missing:
        total = len(plan.design.points) * len(plan.scenarios) * summary.worlds
        yield Text(f"{summary.failed + summary.missing:,} of {total:,} worlds failed or are missing.")


def plain_tables(summary: Summary) -> str:
    """The tables as text without colours, as wide as a page."""
    import io

    from rich.console import Console

    from wbsim.report.terminal import WIDTH

    text = io.StringIO()
    console = Console(file=text, width=WIDTH, highlight=False, color_system=None)
    for table in sweep_tables(summary):
        console.print(table)
    return text.getvalue().rstrip()


def _table(summary: Summary, outcome: str, figures: Figures, differences: bool) -> Table:
    plan = summary.plan
    record = plan.model.outcomes[outcome]
    what = f", difference from {plan.baseline}" if differences else ""
    unit = f", {record.unit}" if record.unit else ""
    title = f"{record.label}{unit}{what}; {record.better} is better; {plan.months[-1]}"
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), title=Text(title))
    table.title_justify = "left"
    for key in plan.design.keys:
        table.add_column(Text(key), justify="right")
    shown = [s for s, each in enumerate(plan.scenarios) if not differences or each.name != plan.baseline]
    for s in shown:
        table.add_column(Text(plan.scenarios[s].name))
    count = len(plan.design.points)
    rows = (
        range(count) if count <= MOST_ROWS else sorted({int(n) for n in np.linspace(0, count - 1, MOST_ROWS)})
    )
    for point in rows:
        cells = [_cell(figures, point, s, record, differences) for s in shown]
        table.add_row(*(Text(value_text(value)) for value in plan.design.points[point]), *map(Text, cells))
    if count > MOST_ROWS:
        table.caption = Text(f"{MOST_ROWS} of {count:,} points; all are in results/summary.csv")
    return table


def _cell(figures: Figures, point: int, scenario: int, outcome: Outcome, differences: bool) -> str:
    mean, low, high, error = (
        _found(figures, name, point, scenario) for name in ("mean", "q05", "q95", "mcse")
    )
    if mean is None:
        return "-"
    shown, ends = (
        (numbers.change, numbers.change_interval) if differences else (numbers.value, numbers.interval)
    )
    text = f"{shown(outcome, mean)} {ends(outcome, low, high)}"
    return text if error is None else f"{text} +- {numbers.error(outcome, error)}"


def _found(figures: Figures, name: str, point: int, scenario: int) -> float | None:
    value = float(getattr(figures, name)[point, scenario])
    return value if np.isfinite(value) else None
