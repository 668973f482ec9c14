"""All outcomes that are no headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wbsim.report.sections.effects import effects_grid
from wbsim.report.sections.part import Part, Parts, for_each, label_of, name_of
from wbsim.report.sentences import overview
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_NAMES = tuple(name for name in OUTCOMES if name not in HEADLINE_OUTCOMES)


def build(results: Results) -> Parts:
    """A table for each set of assumptions."""
    return Parts(
        "What happens to all other outcomes?", for_each(results, lambda number: _part(results, number))
    )


def shown(results: Results) -> tuple[Shown, ...]:
    """The tables' data."""
    return tuple(grid.shown for each in build(results).parts for grid in each.grids)


def _part(results: Results, number: int) -> Part:
    label = label_of(results, number)
    grid = effects_grid(results, number, _NAMES, name_of("others", number), "all other outcomes")
    table = results.experiment.tables[number]
    text = (overview(table, _NAMES, "other outcomes"),) if table.policies else ()
    return Part(label, 4 if label else 3, table, (grid,), (), text)
