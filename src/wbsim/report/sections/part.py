"""What sections share: one part for each set of assumptions, names of what is shown, numbers as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from wbsim.experiments.experiment import Table
from wbsim.report import numbers
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import HEADLINE_OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

#: Outcomes that have figures of their own.
DRAWN = HEADLINE_OUTCOMES
#: Width and height in inches of a figure that stands beside others, and the places of its axes' sides.
SMALL = (3.7, 2.3)
MARGINS = {"left": 0.16, "right": 0.985, "bottom": 0.11, "top": 0.91}


@dataclass(frozen=True, slots=True)
class Part:
    """What a section shows of one set of assumptions; `label` is empty where there is only one set.

    `heading` is the level of headings inside it. `text` are paragraphs.
    """

    label: str
    heading: int
    table: Table
    grids: tuple[Grid, ...] = ()
    figures: tuple[Figure, ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """A section that is a part for each set of assumptions."""

    heading: str
    parts: tuple[Part, ...]
    note: str = ""


def figures_of(found: Parts | None) -> tuple[Figure, ...]:
    """The figures of all parts; none of a section that has nothing to show."""
    return tuple(each for one in found.parts for each in one.figures) if found else ()


def shown_of(found: Parts | None) -> tuple[Shown, ...]:
    """The data behind the tables of each part, then behind its figures."""
    parts = found.parts if found else ()
    return tuple(each.shown for one in parts for group in (one.grids, one.figures) for each in group)


Shape = TypeVar("Shape")


def label_of(results: Results, number: int) -> str:
    """Whose assumptions the set `number`, counted from 0, has; empty where it is the only one."""
    tables = results.experiment.tables
    return tables[number].label if len(tables) > 1 else ""


def name_of(base: str, number: int) -> str:
    """The name of something shown of set `number`, counted from 0: the first has the plain name."""
    return base if number == 0 else f"{base}-set{number + 1}"


def for_each(results: Results, make: Callable[[int], Shape]) -> tuple[Shape, ...]:
    """`make` of the number of each set of assumptions, counted from 0."""
    return tuple(make(number) for number in range(len(results.experiment.tables)))


def known(value: object) -> float | None:
    """`value` as a plain number; None where it is none or not finite."""
    if value is None or not np.isfinite(value):  # type: ignore[call-overload]
        return None
    return float(value)  # type: ignore[arg-type]


def listed(names: Sequence[str]) -> str:
    """ "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def sentence(parts: Iterable[str]) -> str:
    """Parts of a description, one after the other, with true minus signs."""
    return numbers.typographic("; ".join(parts))
