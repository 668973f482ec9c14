"""The page of a sweep: one HTML file that needs no other, and its figures as files beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import wbsim
from wbsim.report.figure import Figure
from wbsim.report.html import templates, write_whole
from wbsim.report.page import add_makers, draw
from wbsim.report.publish import FIGURES_NAME, REPORT_NAME, Keeper
from wbsim.report.sections.limits import LIMITS
from wbsim.report.swept.axis import MONTH
from wbsim.report.swept.content import Content, content_of
from wbsim.report.swept.pictures import MOST_CURVES, SCATTERED
from wbsim.scenario.plugin import load_plugins
from wbsim.sweeps.key import find_key
from wbsim.sweeps.summary import MOST_MISSING
from wbsim.sweeps.value import LEAVE, Value, value_text

if TYPE_CHECKING:
    from wbsim.sweeps.opened import Sweep

Draw = Callable[[Figure], str]
#: Values of a key that are written out.
_MOST_VALUES = 12

WHAT_THE_DESIGN_IS = {
    "grid": "every combination of the values",
    "one-at-a-time": "one key at a time, the others as each scenario has them",
    "list": "the first values together, then the second, and so on",
    "latin-hypercube": "points drawn so that each key's range is covered evenly (Latin hypercube)",
    "sobol": "points that cover the ranges evenly together (Sobol sequence)",
    "morris": "trajectories that change one key at a time (Morris)",
    "saltelli": "the points of Saltelli's scheme for Sobol indices",
}
#: Designs that are made for a question this page doesn't answer.
_FOR_SENSITIVITY = ("morris", "saltelli")


@dataclass(frozen=True, slots=True)
class VariedKey:
    """A key in words: its name, what it is, its unit, and its values."""

    key: str
    label: str
    unit: str
    values: str


def publish_sweep(sweep: Sweep, path: Path | None = None) -> Path:
    """Write the page and its figures into the sweep's folder, or with `path` the page alone there; return its path.

    The same results give the same bytes. Figures that were there before are replaced. OSError if it can't be written.
    """
    if path is not None:
        return write_whole(render(sweep), path)
    page, figures = sweep.folder / REPORT_NAME, sweep.folder / FIGURES_NAME
    draft = figures.with_name(f".{figures.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        write_whole(render(sweep, Keeper(draft, f"wbsim results {sweep.results_sha256}")), page)
        shutil.rmtree(figures, ignore_errors=True)
        draft.replace(figures)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return page


def remove_page(folder: Path) -> None:
    """Remove page and figures, which would say other numbers than the results do now."""
    (folder / REPORT_NAME).unlink(missing_ok=True)
    shutil.rmtree(folder / FIGURES_NAME, ignore_errors=True)


def render(sweep: Sweep, drawing: Draw = draw) -> str:
    """The page as text; `drawing` makes the SVG of each figure. Everything that a user wrote is escaped."""
    environment = templates()
    add_makers(environment, drawing)
    content, plan = content_of(sweep), sweep.plan
    return environment.get_template("sweep.html.jinja").render(
        title=f"Sweep {plan.name}",
        plan=plan,
        record=sweep.record,
        worlds=sweep.worlds,
        content=content,
        keys=varied_keys(sweep),
        design=WHAT_THE_DESIGN_IS[plan.design.kind],
        missing=tuple(missing_words(sweep)),
        for_sensitivity=plan.design.kind in _FOR_SENSITIVITY,
        compared=bool(sweep.summary.differences),
        limits=LIMITS,
        version=wbsim.__version__,
        drawn_by=_drawn_by(sweep, content),
    )


def varied_keys(sweep: Sweep) -> tuple[VariedKey, ...]:
    """What was varied, between what."""
    design = sweep.plan.design
    mechanisms = load_plugins(sweep.plan.plugins).mechanisms
    found = []
    for key, column in zip(design.keys, zip(*design.points, strict=True), strict=True):
        known = find_key(key, mechanisms)
        label, unit = (known.label, known.unit) if known else ("", "")
        found.append(VariedKey(key, label, unit, values_text(column)))
    return tuple(found)


def values_text(column: tuple[Value, ...]) -> str:
    """The values of one key: each of a few, else the ends and how many."""
    different = list(dict.fromkeys(value for value in column if value != LEAVE))
    numeric = all(isinstance(value, int | float) for value in different)
    months = all(isinstance(value, str) and MONTH.fullmatch(value) for value in different)
    if numeric:
        different.sort(key=lambda value: value if isinstance(value, int | float) else 0.0)
    elif months:
        different.sort(key=str)
    if len(different) <= _MOST_VALUES:
        return ", ".join(map(value_text, different))
    if numeric or months:
        return f"{value_text(different[0])} to {value_text(different[-1])}, {len(different):,} values"
    return (
        ", ".join(map(value_text, different[:_MOST_VALUES])) + f", and {len(different) - _MOST_VALUES:,} more"
    )


def missing_words(sweep: Sweep) -> Iterator[str]:
    """What is missing or withheld, each in a sentence; nothing if all is there."""
    summary, plan = sweep.summary, sweep.plan
    if summary.worlds < plan.worlds:
        yield (
            f"The sweep was stopped by its time: every point has {summary.worlds:,} of the {plan.worlds:,} worlds that "
            "were asked for. `wbsim resume` goes on."
        )
    if summary.failed:
        total = len(plan.design.points) * len(plan.scenarios) * summary.worlds
        yield (
            f"{summary.failed:,} of {total:,} worlds failed. They are left out under every scenario of their point, so "
            "that worlds stay paired; results/record.json has the error of each, and the command that repeats it."
        )
    if summary.missing:
        yield f"{summary.missing:,} worlds are missing: they were not reached in time, or lost with their workers."
    if summary.empty:
        yield f"{summary.empty:,} points have no worlds at all."
    withheld = int(summary.withheld.sum())
    if withheld:
        yield (
            f"The figures of {withheld:,} of {len(plan.design.points):,} points are withheld, in pictures too: over "
            f"{100 * MOST_MISSING:.0f} % of their worlds failed or are missing, perhaps just where a policy does harm."
        )


def _drawn_by(sweep: Sweep, content: Content) -> str:
    """Which pictures there are of keys beyond those that fit."""
    design = sweep.plan.design
    if len(design.keys) <= MOST_CURVES or design.kind == "list" or not content.parts:
        return ""
    flat = design.kind == "grid" or design.kind in SCATTERED
    two = " Pictures of two keys show the two that do" if flat else ""
    averaged = ", averaged over the others" if design.kind == "grid" else ""
    return (
        f"{len(design.keys)} keys are varied. Curves show the {MOST_CURVES} that move an outcome most.{two}"
        f"{averaged if two else ''}{'.' if two else ''} The table of keys has all of them."
    )
