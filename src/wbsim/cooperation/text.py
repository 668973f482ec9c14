"""The checks as tables and sentences for the terminal, readable at 100 columns."""

from __future__ import annotations

import numpy as np
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from wbsim.calibration.validate import quantiles
from wbsim.cooperation.check import Check, Growth, Predicted
from wbsim.cooperation.summary import GROWTH_CAVEAT, GROWTH_FAILS, PREDICTION_FAILS, RANK_FAILS
from wbsim.cooperation.worlds import YEARS
from wbsim.tables.places import STATES

_NAMES = {state.code: state.name for state in STATES}


def tables(found: Check) -> list[RenderableType]:
    """Ranks, predicted scores and growth, each with what would count as failing."""
    parts: list[RenderableType] = [
        _ranks(found),
        Text(
            f"A rank correlation fails if {RANK_FAILS}; where the interval holds 0, worlds disagree on the sign."
        ),
        *(Text(f"- {rank.name}: {rank.caveat}.") for rank in found.ranks),
        Text(),
    ]
    for title, predicted in (
        (
            "Scores of international cooperation, each predicted from the other states' (1 to 10)",
            found.left_out,
        ),
        ("Later scores, predicted and never fitted (1 to 10)", found.later),
    ):
        if predicted is not None:
            parts += [_predicted(title, predicted), Text(prediction(predicted)), Text()]
    return [*parts, Text(growth(found.growth))]


def _ranks(found: Check) -> Table:
    table = _table(f"Rank correlations over {found.plan.worlds:,} worlds")
    table.add_column("check", overflow="fold")
    table.add_column("in the model", overflow="fold")
    table.add_column("observed", overflow="fold")
    for heading in ("n", "median", "90 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for rank in found.ranks:
        spread = quantiles(rank.values)
        table.add_row(
            rank.name,
            rank.model,
            rank.observed,
            str(rank.count),
            f"{spread['median']:+.2f}",
            f"{spread['q05']:+.2f} to {spread['q95']:+.2f}",
            verdict(holds=rank.holds),
        )
    return table


def _predicted(title: str, found: Predicted) -> Table:
    table = _table(title)
    for heading in ("state", "year"):
        table.add_column(heading, no_wrap=True)
    for heading in ("published", "median", "90 % interval", found.baseline):
        table.add_column(heading, justify="right", no_wrap=True)
    for number, each in enumerate(found.scores):
        own = quantiles(found.draws[:, number])
        inside = own["q05"] <= each.value <= own["q95"]
        table.add_row(
            _NAMES[each.state],
            str(each.year),
            f"{each.value:g}{'  ' if inside else ' *'}",
            f"{own['median']:.1f}",
            f"{own['q05']:.1f} to {own['q95']:.1f}",
            f"{found.mean[number]:.1f}",
        )
    return table


def prediction(found: Predicted) -> str:
    """How good predictions of scores are beside the baseline, and whether they fail."""
    model, simple = found.model, found.simple
    inside = round(model.coverage_90.value * model.figures)
    return (
        f"{inside} of {model.figures} lie in their 90 % intervals (* outside). CRPS {model.crps.value:.2f} points, "
        f"{found.baseline} {simple.crps.value:.2f}. It fails if {PREDICTION_FAILS}: {verdict(holds=found.holds)}."
    )


def growth(found: Growth) -> str:
    """Whether the index grows as joint action days do."""
    days = ", ".join(f"{number:,} ({year})" for year, number in found.officers.items())
    low, median, high = np.quantile(found.ratio, (0.05, 0.5, 0.95)) - 1.0
    return (
        f"Joint action days in South-East Europe had {days} officers; {GROWTH_CAVEAT}. The index "
        f"changes by {100 * median:+.1f} % from {YEARS[0]} to {YEARS[-1]} "
        f"({100 * low:+.1f} to {100 * high:+.1f} %) and rises in {100 * found.rises:.0f} of 100 worlds. It fails if "
        f"{GROWTH_FAILS}: {verdict(holds=found.holds)}."
    )


def verdict(*, holds: bool) -> str:
    """The outcome of a check in a word."""
    return "holds" if holds else "FAILS"


def _table(title: str) -> Table:
    return Table(
        title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
