"""Effects by structure as tables for the terminal, readable at 100 columns."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from wbsim.experiments.by_structure import SAME_EVERYWHERE, ByStructure, OutcomeByStructure
from wbsim.experiments.comparison import Comparison
from wbsim.report import numbers
from wbsim.report.structure_words import NOTE, sentences
from wbsim.tables.outcomes import OUTCOMES


def structure_lines(results: Comparison) -> Group:
    """What the effects of each policy are under each structure, in a sentence or two for each set of assumptions."""
    parts: list[RenderableType] = []
    for number, table in enumerate(results.experiment.tables, start=1):
        if table.policies:
            label = f", under the {table.label}" if len(results.experiment.tables) > 1 else ""
            parts += [Text(f"\nBy structure{label}", style="bold")]
            parts += [Text(line) for line in sentences(results.structures(number))]
    return Group(*parts)


def structure_tables(results: Comparison) -> Group:
    """A table for each policy: outcomes down, and under each the choices of every structural alternative."""
    parts: list[RenderableType] = []
    for number, table in enumerate(results.experiment.tables, start=1):
        found = results.structures(number)
        label = f", under the {table.label}" if len(results.experiment.tables) > 1 else ""
        for policy in found.policies:
            parts += [Text(""), _policy(found, policy, label)]
    return Group(*parts, Text(""), Text(NOTE))


def share_text(found: OutcomeByStructure) -> str:
    """Share of the variance between structures with its Monte Carlo error; n/a where there is none."""
    if found.share is None or found.mcse is None:
        return numbers.NOT_DEFINED
    return f"{numbers.percent(found.share)} (error {100 * found.mcse:.0f} points)"


def _policy(found: ByStructure, policy: str, label: str) -> RichTable:
    title = f"Change under {policy} by structure{label}, {found.worlds:,} worlds"
    grid = RichTable(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("Outcome, alternative and choice", overflow="fold", max_width=48)
    for column in ("Worlds", "Difference", "90 % interval", "Better", "Harm", "MC error"):
        grid.add_column(column, justify="right", no_wrap=True)
    for name, outcome in found.policies[policy].items():
        record = OUTCOMES[name]
        grid.add_row(record.label, style="bold")
        if outcome.reason == SAME_EVERYWHERE:
            grid.add_row(f"  {outcome.reason}")
            continue
        grid.add_row(f"  between structures: {share_text(outcome)}")
        for key, each in outcome.structures.items():
            grid.add_row(f"  {key} ({each.verdict})")
            for choice, one in each.choices.items():
                figures = one.difference
                grid.add_row(
                    f"    {choice}",
                    f"{one.worlds:,}",
                    numbers.change(record, figures.mean),
                    numbers.change_interval(record, figures.q05, figures.q95),
                    numbers.percent(figures.p_better),
                    numbers.percent(figures.p_practical_worse),
                    numbers.error(record, figures.mcse),
                )
    return grid
