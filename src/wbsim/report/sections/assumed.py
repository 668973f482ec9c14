"""What was assumed: how many numbers, structural variants, paths and events, every parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.experiments.experiment import Table
from wbsim.report.assumed import Assumed, ParameterRow, assumed
from wbsim.report.grid import Grid, Group
from wbsim.report.sections.part import for_each, label_of, name_of
from wbsim.report.shown import Shown
from wbsim.tables.grades import GRADES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_COLUMNS = ("parameter", "label", "distribution", "unit", "kind", "evidence", "sign imposed", "moves policies",
            "source", "set by the scenario")  # fmt: skip
_HEADINGS = ("Parameter", "Distribution", "Unit", "Evidence", "Sign", "Moves policies", "Source")


@dataclass(frozen=True, slots=True)
class Assumption:
    """The assumptions of one set, with tables of the parameters that are assumed and of all others."""

    label: str
    heading: int
    assumed: Assumed
    without: Grid
    others: Grid
    variants: Grid


@dataclass(frozen=True, slots=True)
class AssumptionsUsed:
    """The whole section."""

    heading: str
    parts: tuple[Assumption, ...]


def build(results: Results) -> AssumptionsUsed:
    """The assumptions of each set."""
    parts = for_each(results, lambda number: _part(results, number))
    found = parts[0].assumed
    heading = (
        f"What is assumed? Nothing was found that measures {found.without_evidence} of {len(found.parameters)} "
        "parameters"
    )
    return AssumptionsUsed(heading, parts)


def shown(results: Results) -> tuple[Shown, ...]:
    """All parameters with distribution, kind and source, and the structural variants."""
    return tuple(
        grid.shown for each in build(results).parts for grid in (each.without, each.others, each.variants)
    )


def _part(results: Results, number: int) -> Assumption:
    table: Table = results.experiment.tables[number]
    found, label = assumed(table), label_of(results, number)
    without = [row for row in found.parameters if row.record.grade == "assumed"]
    others = [row for row in found.parameters if row.record.grade != "assumed"]
    return Assumption(
        label,
        4 if label else 3,
        found,
        _grid(without, name_of("assumed", number), f"Parameters that nothing was found to measure, {table.label}"),
        _grid(others, name_of("assumed-others", number), f"Parameters with evidence behind them, {table.label}"),
        Grid(
            ("Rule", "Choice"),
            (Group(found.variants),),
            Shown(
                name_of("assumed-variants", number), f"Structure of the model, {table.label}", ("rule", "choice"),
                found.variants,
            ),
            words=True,
        ),
    )  # fmt: skip


def _grid(rows: list[ParameterRow], name: str, title: str) -> Grid:
    plain = tuple(
        (
            r.record.name,
            r.record.label,
            r.law,
            r.record.unit,
            r.record.kind,
            GRADES[r.record.grade].label,
            "yes" if r.record.sign_imposed else "no",
            "yes" if r.record.moves_policies else "no",
            r.record.source,
            "yes" if r.changed else "no",
        )
        for r in rows
    )
    lines = tuple(
        (
            f"{r.record.label} ({r.record.name})",
            f"{r.law}, set by the scenario" if r.changed else r.law,
            r.record.unit,
            GRADES[r.record.grade].label,
            "imposed" if r.record.sign_imposed else "",
            "yes" if r.record.moves_policies else "",
            r.record.source,
        )
        for r in rows
    )
    return Grid(_HEADINGS, (Group(lines),), Shown(name, title, _COLUMNS, plain), words=True)
