"""Everything that the page of a sweep shows, outcome by outcome, and what `wbsim show` finds by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.report.figure import Figure
from wbsim.report.grid import Grid
from wbsim.report.shown import Shown
from wbsim.report.swept.figures import figure_of
from wbsim.report.swept.material import Material, material_of
from wbsim.report.swept.tables import keys_table, points_table
from wbsim.report.swept.words import finding

if TYPE_CHECKING:
    from wbsim.sweeps.opened import Sweep

#: Pictures of a page: outcomes follow while they fit (assumed: what is drawn in about three seconds).
MOST_PICTURES = 12
#: Points that the page lists in full, and rows of that table.
MOST_POINTS, MOST_ROWS = 40, 160


@dataclass(frozen=True)
class Part:
    """One outcome on the page: a sentence, and its figures if they are drawn there."""

    name: str
    label: str
    sentence: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Content:
    """The page: a part for each outcome, what keys change, and the points where they are few."""

    parts: tuple[Part, ...]
    keys: Grid
    points: Grid | None

    @property
    def not_drawn(self) -> tuple[str, ...]:
        """Outcomes without figures on the page."""
        return tuple(part.name for part in self.parts if not part.figures)


def content_of(sweep: Sweep) -> Content:
    """Read each outcome once, and keep what the page shows of it."""
    parts, materials = list[Part](), list[Material]()
    drawn, left = list[str](), MOST_PICTURES
    for name in sweep.summary.levels:
        material = material_of(sweep, name)
        count = len(material.pictures)
        there = not drawn or count <= left
        figures = tuple(figure_of(material, each) for each in material.pictures) if there else ()
        if there:
            drawn.append(name)
            left -= count
        parts.append(Part(name, material.outcome.label, finding(material), figures))
        materials.append(material)
    rows = len(sweep.plan.design.points) * len(materials[0].focus) * len(drawn) if materials else 0
    few = len(sweep.plan.design.points) <= MOST_POINTS and rows <= MOST_ROWS
    points = points_table(sweep.summary, drawn) if few else None
    return Content(tuple(parts), keys_table(materials), points)


def figures_of(sweep: Sweep, outcomes: Sequence[str] | None = None) -> Iterator[Figure]:
    """The figures of `outcomes`, by default of all that the sweep shows."""
    for name in sweep.summary.levels if outcomes is None else outcomes:
        material = material_of(sweep, name)
        yield from (figure_of(material, each) for each in material.pictures)


def all_shown(sweep: Sweep, name: str | None = None) -> Iterator[Shown]:
    """What `wbsim show` prints: the tables, then the numbers behind each figure, drawn on the page or not.

    With `name` only what may be called so, which is faster; without, everything.
    """
    outcomes = tuple(sweep.summary.levels)
    if name in (None, "keys"):
        yield keys_table([material_of(sweep, each) for each in outcomes]).shown
    if name in (None, "points"):
        yield points_table(sweep.summary, outcomes).shown
    chosen = [each for each in outcomes if name is None or name.startswith(f"{each}-")]
    yield from (figure.shown for figure in figures_of(sweep, chosen))
