"""Tables for the terminal, readable at 100 columns."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from wbsim.experiments.comparison import Comparison, Results
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.summary import (
    comparable,
    no_difference,
    policy_difference,
    pooled_shares,
    rankings_compared,
)
from wbsim.experiments.variance_from import VarianceFrom
from wbsim.experiments.windows import month_after_end
from wbsim.report import numbers
from wbsim.report.origin_words import HEADING, applies, notes, origins
from wbsim.report.texts import INTERVAL_NOTE, LEVEL_NOTE, PRIOR_WARNING, SHARES_NOTE
from wbsim.statistics.paired import level, shares
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES, RATIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Columns that the tables are made for, and origins of an effect that stand below each other in a cell.
WIDTH, _STACKED = 100, 2
#: Widest name of a policy that is kept on one line, with its indent.
_LONGEST = 22


def comparison_tables(experiment: Experiment, variance: VarianceFrom | None = None) -> Group:
    """The headline table of each set of assumptions, those two years after a policy's end, and what they
    mean; where the variance of effects comes from, where that was found out."""
    parts: list[RenderableType] = []
    for table in experiment.tables:
        if table.policies:
            parts.append(_differences(table, table.policies, 0, _title(experiment, table), variance))
        for scenario in table.scenarios[1:]:
            month = month_after_end(scenario)
            if month is not None:
                title = (
                    f"{scenario.name}: two years after its end, twelve months to {numbers.month_words(month)}"
                )
                window = experiment.measured.ends.index(month)
                parts.append(_differences(table, (scenario.name,), window, title, variance))
    if not any(table.policies for table in experiment.tables):
        return run_tables(experiment)
    texts = (
        *_same_notes(experiment),
        *(note for table in experiment.tables for note in ratio_notes(table)),
        INTERVAL_NOTE,
        *notes(variance, experiment.tables[0].policies),
        PRIOR_WARNING,
        *rankings_note(experiment),
    )
    return Group(*parts, *_notes(experiment, texts))


def shares_tables(experiment: Experiment) -> Group:
    """In which share of worlds each policy is better, practically better, within the margin, practically
    worse."""
    parts: list[RenderableType] = []
    for table in experiment.tables:
        drawn = _grid(f"Shares of worlds, {_title(experiment, table)}", "Outcome and policy")
        for column in ("Margin", "Better", "Gain", "Within", "Harm"):
            drawn.add_column(column, justify="right", no_wrap=True)
        for name in HEADLINE_OUTCOMES:
            record = OUTCOMES[name]
            drawn.add_row(_heading(name), f"{record.margin:g}", style="bold")
            for policy in table.policies:
                counted = shares(
                    table.values(policy, name),
                    table.values(table.baseline, name),
                    record.better,
                    record.margin,
                )
                drawn.add_row(
                    f"  {policy}",
                    "",
                    numbers.percent(counted.better),
                    numbers.percent(counted.practical_better),
                    numbers.percent(counted.within),
                    numbers.percent(counted.practical_worse),
                )
        parts.append(drawn)
    return Group(*parts, *_notes(experiment, (SHARES_NOTE,)))


def run_tables(experiment: Experiment) -> Group:
    """Mean and 90 % interval of every outcome of one scenario, headline outcomes first."""
    table = experiment.tables[0]
    drawn = _grid(f"{table.baseline}, {_measured(experiment)}", "Outcome")
    for column in ("Unit", "Mean", "90 % interval", "MC error"):
        drawn.add_column(column, justify="left" if column == "Unit" else "right", no_wrap=column != "Unit")
    for name in sorted(OUTCOMES, key=lambda name: not OUTCOMES[name].headline):
        record = OUTCOMES[name]
        figures = level(table.values(table.baseline, name))
        drawn.add_row(
            record.label,
            record.unit,
            numbers.value(record, figures.mean),
            numbers.interval(record, figures.q05, figures.q95),
            numbers.error(record, figures.mcse),
            style="bold" if record.headline else "",
        )
    return Group(drawn, *_notes(experiment, (*ratio_notes(table), LEVEL_NOTE)))


def plain_text(results: Results) -> str:
    """The tables as text without colours, as `print` shows them."""
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None, force_terminal=False)
    if not isinstance(results, Comparison):
        console.print(run_tables(results.experiment))
    else:
        from wbsim.report.extra_tables import extra_tables
        from wbsim.report.structure_tables import structure_lines

        console.print(comparison_tables(results.experiment, results.variance_from))
        for table in (structure_lines(results), *extra_tables(results)):
            console.print(table)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def _differences(
    table: Table, policies: Sequence[str], window: int, title: str, variance: VarianceFrom | None
) -> RichTable:
    drawn = _grid(title, "Outcome and policy")
    # A name is one word: the text of outcomes wraps, names don't.
    drawn.columns[0].min_width = min(_LONGEST, max(map(len, policies)) + 2)
    drawn.add_column(table.baseline, justify="right", overflow="fold", max_width=12)
    split = applies(variance, table, window)
    for column in ("Difference", "90 % interval", "Better", "Harm", "MC error", *([HEADING] * split)):
        drawn.add_column(column, justify="right", no_wrap=True)
    for name in HEADLINE_OUTCOMES:
        record = OUTCOMES[name]
        base = level(table.values(table.baseline, name, window))
        drawn.add_row(_heading(name), numbers.value(record, base.mean), style="bold")
        for policy in policies:
            figures = policy_difference(table, policy, name, window)
            drawn.add_row(
                f"  {policy}",
                "",
                numbers.change(record, figures.mean),
                numbers.change_interval(record, figures.q05, figures.q95),
                numbers.percent(figures.p_better),
                numbers.percent(figures.p_practical_worse),
                numbers.error(record, figures.mcse),
                *(["\n".join(origins(variance, table, policy, name)[:_STACKED])] if split else []),
            )
    return drawn


def _grid(title: str, first: str) -> RichTable:
    grid = RichTable(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column(first, overflow="fold", max_width=44)
    return grid


def _heading(name: str) -> Text:
    record = OUTCOMES[name]
    better = "" if record.better == "higher" else "; lower is better"
    return Text.assemble((record.label, "bold"), (f" ({record.unit}{better})", "not bold dim"))


def _title(experiment: Experiment, table: Table) -> str:
    under = f", under the {table.label}" if len(experiment.tables) > 1 or "." in table.label else ""
    return f"Change from {table.baseline}{under}, {_measured(experiment)}"


def _measured(experiment: Experiment) -> str:
    """What the figures are: the time they cover, and the number of worlds."""
    worlds = "1 world" if experiment.worlds == 1 else f"{experiment.worlds:,} worlds"
    since = numbers.month_words(experiment.measured.since)
    return f"twelve months to {numbers.month_words(experiment.horizon)} (counts: since {since}), {worlds}"


def _notes(experiment: Experiment, texts: Iterable[str]) -> list[Text]:
    notes = [Text(""), *(Text(text) for text in texts)]
    notes += [
        Text(failed_note(experiment, table), style="bold red")
        for table in experiment.tables
        if table.failed_worlds
    ]
    if experiment.worlds == 1:
        notes.append(
            Text("One world shows one course of events: it has no Monte Carlo error and no chances.")
        )
    return notes


def _same_notes(experiment: Experiment) -> list[str]:
    """Policies that change no headline outcome in any world, each in a sentence."""
    return [
        f"No difference: under {policy} every world is the same as under {table.baseline}, on all "
        f"{len(HEADLINE_OUTCOMES)} headline outcomes ({table.label})."
        for table in experiment.tables
        for policy in table.policies
        if all(no_difference(table, policy, name) for name in HEADLINE_OUTCOMES)
    ]


def ratio_notes(table: Table) -> tuple[str, ...]:
    """Shares that only some scenarios have, each in a sentence that says which have none, and why."""
    found = pooled_shares(table)
    scenarios = (table.baseline, *table.policies)
    notes = []
    for ratio in RATIOS:
        shares_of = found.get(ratio.name)
        if not shares_of:
            continue
        said = [
            f"{name} {numbers.percent(share.value)}"
            + ("" if share.mcse is None else f" (MC error {100.0 * share.mcse:.1f} points)")
            for name, share in shares_of.items()
        ]
        none = [name for name in scenarios if name not in shares_of]
        rest = f"; none under {', '.join(none)}, where {ratio.nothing}" if none else ""
        notes.append(f"{ratio.label}: {', '.join(said)}{rest}.")
    return tuple(notes)


def rankings_note(experiment: Experiment) -> tuple[str, ...]:
    """Whether the ranking of scenarios hangs on the assumptions; nothing unless several sets of them rank the same."""
    tables = comparable(experiment.tables)
    if not tables:
        return ()
    found: dict[str, list[str]] = {"same": [], "other": [], "unsure": []}
    for name in HEADLINE_OUTCOMES:
        found[rankings_compared(tables, name)].append(OUTCOMES[name].label)
    same, other, unsure = ("; ".join(found[kind]) for kind in ("same", "other", "unsure"))
    labels = [table.label for table in tables]
    text = f"Under {', '.join(labels)}, the ranking of the scenarios is the same for {same or 'no headline outcome'}"
    text += f"; it changes for {other}" if other else ""
    text += f"; so many worlds cannot tell whether it changes for {unsure}" if unsure else ""
    text += "."
    if {"prior", "posterior"} <= set(labels) and same:
        text += " Where it is the same under prior and posterior, the surveys did not decide it."
    return (text,)


def failed_note(experiment: Experiment, table: Table) -> str:
    """How many worlds failed and left all figures, in a sentence."""
    count = len(table.failed_worlds)
    subject = "1 world" if count == 1 else f"{count:,} worlds"
    return (
        f"{subject} of {experiment.worlds:,} failed under some scenario and left the figures of all "
        f"({table.label}); the record of results holds each error and a command that replays it."
    )
