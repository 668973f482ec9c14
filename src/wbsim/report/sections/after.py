"""What is left of a policy two years after its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wbsim.experiments.windows import month_after_end
from wbsim.report import numbers
from wbsim.report.grid import Grid
from wbsim.report.sections.effects import effects_grid
from wbsim.report.sections.part import Part, Parts, label_of, name_of
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import HEADLINE_OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_HEADING = "What is left two years after a policy's end?"


def build(results: Results) -> Parts | None:
    """A table for each policy that ends two years or more before the horizon; None where none does."""
    parts = []
    for number, table in enumerate(results.experiment.tables):
        label = label_of(results, number)
        for scenario in table.scenarios[1:]:
            month = month_after_end(scenario)
            if month is not None:
                when = numbers.month_words(month)
                text = f"{scenario.name}: two years after its end, over the twelve months to {when}."
                grid = _grid(results, number, scenario.name, month)
                parts.append(Part(label, 4 if label else 3, table, (grid,), (), (text,)))
    return Parts(_HEADING, tuple(parts)) if parts else None


def shown(results: Results) -> tuple[Shown, ...]:
    """The tables' data."""
    found = build(results)
    return tuple(grid.shown for each in found.parts for grid in each.grids) if found else ()


def _grid(results: Results, number: int, policy: str, month: str) -> Grid:
    window = results.experiment.measured.ends.index(month)
    name = name_of(f"after-{policy}", number)
    return effects_grid(results, number, HEADLINE_OUTCOMES, name, policy, (policy,), window)
