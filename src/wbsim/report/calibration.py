"""What a calibration found, for the terminal: at most about 40 lines of 100 columns."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from wbsim.report.calibration_words import (
    BLOCKS,
    LEVELS_NOT_RATES,
    Row,
    Shown,
    answer,
    checks,
    cost,
    counted,
    excluded,
    headline,
    inside,
    missed,
    place,
)

#: Figures that are listed before the rest is only counted.
_LISTED = 8
_LEFT_OUT = {
    "figure": "figures asked twice or more",
    "observation": "with all answers of a question",
    "survey": "whole surveys",
    "state": "whole states",
}


def calibration_tables(shown: Shown) -> list[RenderableType]:
    """Counts, figures that the fit or the prior misses, predictions of what was left out, checks, and the time.

    `shown` is the object of `diagnostics.json`.
    """
    parts: list[RenderableType] = [
        Text(" ".join(headline(shown))),
        Text(LEVELS_NOT_RATES),
        Text(),
        _counts(shown),
    ]
    parts += [Text(), *_figures(shown)]
    if shown["left_out"]:
        parts += [Text(), _left_out(shown)]
    parts += [Text(), _checks(shown)]
    parts.append(Text(cost(shown)))
    return parts


def _counts(shown: Shown) -> Table:
    table = _grid("Fitted numbers", "Block")
    for column in ("Numbers", "Identified", "Weak", "Not identified", "Worth figures"):
        table.add_column(column, justify="right", no_wrap=True)
    worth = {"level": "levels", "dynamic": "dynamics"}
    for block, (identified, weak, nothing) in counted(shown["parameters"]).items():
        figures = f"{shown['information'][worth[block]]:.1f}" if block in worth else ""
        table.add_row(
            BLOCKS.get(block, block),
            *map(str, (identified + weak + nothing, identified, weak, nothing)),
            figures,
        )
    table.add_row("intercepts of wordings", "", "", "", "", f"{shown['information']['intercepts']:.1f}")
    return table


def _figures(shown: Shown) -> list[Text]:
    return [
        _list(
            "Missed by the fit (over 2 sd; no test, each wording has an intercept of its own)",
            [f"{_figure(r)}, z {r['z']:+.1f}" for r in missed(shown)],
        ),
        _list("Outside the prior's 90 % band", [_figure(row) for row in excluded(shown)]),
    ]


def _list(title: str, items: list[str]) -> Text:
    rest = [f"and {len(items) - _LISTED} more"] if len(items) > _LISTED else []
    return Text.assemble((f"{title}: ", "bold"), "; ".join([*items[:_LISTED], *rest]) or "none", ".")


def _figure(row: Row) -> str:
    words = answer(row)
    return f"{row['id']} {row['subject'].partition('.')[0]}{f' ({words})' if words else ''} {place(row['population'])}"


def _left_out(shown: Shown) -> Table:
    table = _grid("Predicted from all the rest", "Left out")
    for column in ("In 50 %", "In 90 %", "CRPS", "Width", "CRPS no change", "regression"):
        table.add_column(column, justify="right", no_wrap=True)
    for kind, found in shown["left_out"].items():
        others = found["baselines"]
        table.add_row(
            _LEFT_OUT.get(kind, kind),
            *(inside(found, name) for name in ("coverage_50", "coverage_90")),
            *(f"{value:.1f}" for value in (found["crps"], found["width_90"])),
            *(f"{others[name]['crps']:.1f}" for name in ("no-change", "regression")),
        )
    return table


def _checks(shown: Shown) -> Table:
    table = _grid("Checks of the computation", "")
    table.show_header = False
    table.add_column(overflow="fold")
    for check in checks(shown):
        table.add_row(check.name, Text(check.answer, style="" if check.good else "bold red"))
    return table


def _grid(title: str, first: str) -> Table:
    table = Table(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column(first, overflow="fold", max_width=46)
    return table
