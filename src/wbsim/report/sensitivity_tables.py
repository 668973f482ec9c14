"""A study in the terminal: a short table for each method and outcome, with what its numbers are of."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from wbsim.experiments.sensitivity.analysis import Analysis, Row
from wbsim.report.numbers import percent
from wbsim.report.sensitivity_draw import stands_out
from wbsim.tables.outcomes import OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.sensitivity.study import Study

#: Rows shown of each table; the files hold all. Columns of the terminal.
SHOWN, WIDTH = 5, 100
KINDS = ("question", "number")

_TITLES = {
    "morris": "Morris screening on the prior",
    "sobol": "Sobol indices on the prior",
    "pawn": "PAWN: whose values move the distribution",
    "shapley": "Shapley effects: shares of the variance of one world",
    "information": "Value of information for the choice",
}
_NOTES = {
    "morris": "mu*: mean absolute effect of moving a parameter (all its elements together) by half of its prior "
    "probability, in the outcome's unit; sigma: spread of effects, large where it acts in curves or with others; by "
    "chance: the mu* that chance would leave by itself. Intervals: 90 %, Monte Carlo error of trajectories and worlds.",
    "sobol": "Shares of the variance of the mean over chance, with independent priors: first order alone, total with "
    "all interactions. Noise of the mean is taken off. Intervals: 90 %, Monte Carlo error. Estimates near nil may "
    "come out below 0.",
    "pawn": "Median Kolmogorov-Smirnov distance, 0 to 1. Threshold: what the largest of all numbers reaches in 19 of "
    "20 searches where none matters; an asterisk marks what is beyond it. Intervals: 90 %, Monte Carlo error.",
    "shapley": "Chance is measured by following each world's parameters through a second course of chance; not "
    "resolved is what parameters explain but so many worlds cannot assign. Intervals: 90 %, Monte Carlo error. "
    "Estimates near nil may come out below 0.",
    "information": "Expected gain in the mean outcome if it were known before the choice between the baseline and the "
    "policies, in the outcome's unit, less what shuffled worlds give; an asterisk marks what hardly one shuffle in "
    "twenty reaches with the largest of all. A choice by this outcome alone: no costs, no other goals. +-: standard "
    "error (Monte Carlo).",
}
PRIORS = (
    "Read with care: policy effects are largely driven by priors, and the surveys say little about rates of change. "
    "That an outcome hangs on an assumed number says where evidence would help, not what is true."
)


def tables(study: Study, found: Sequence[Analysis]) -> Group:
    """All tables, method by method."""
    parts: list[RenderableType] = []
    for method in dict.fromkeys(each.method for each in found):
        some = [each for each in found if each.method == method]
        parts.append(Text(f"\n{_TITLES[method]}", style="bold"))
        parts.append(Text(_worlds_words(some[0]), style="dim"))
        parts += [_table(each) for each in some if each.rows]
        parts += [Text(line) for line in _reasons(some)]
        parts.append(Text(_NOTES[method], style="dim"))
    parts.append(Text(f"\n{PRIORS}"))
    return Group(*parts)


def as_text(study: Study, found: Sequence[Analysis]) -> str:
    """The tables as plain text."""
    console = Console(file=io.StringIO(), width=WIDTH, highlight=False)
    console.print(tables(study, found))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _worlds_words(each: Analysis) -> str:
    facts = each.facts
    if each.method in ("morris", "sobol"):
        left = facts["numbers_left_drawn"]
        rest = f" {left} numbers are not set by the design and count as chance." if left else ""
        return (
            f"Numbers drawn from the prior. {facts['points']:,} points, the same {facts['worlds_at_each_point']} "
            f"worlds at each; {_missing(facts['worlds_missing'], facts['worlds_planned'])}.{rest}"
        )
    origins = ", ".join(f"{count} from the {name}" for name, count in facts["numbers_drawn_from"].items())
    total = facts["worlds"] + facts["worlds_missing"]
    return (
        f"{facts['worlds']:,} worlds, each in {facts['courses_of_chance']} courses of chance; "
        f"{_missing(facts['worlds_missing'], total)}. Numbers that differ: {origins}."
    )


def _missing(count: int, whole: int) -> str:
    return f"{count} of {whole:,} are missing" if count else "none are missing"


def _table(each: Analysis) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    label = OUTCOMES[each.outcome].label
    what = {
        "difference": f"change by {each.scenario}",
        "level": f"level under {each.scenario}",
        "choice": "the choice",
    }[each.of]
    table.title = Text(f"{label}, {what} ({each.unit})")
    table.title_justify = "left"
    table.add_column("", overflow="fold", min_width=44)
    columns = {
        "morris": ("mu*", "90 % interval", "by chance", "mu", "sigma"),
        "sobol": ("total", "90 % interval", "first", "90 % interval"),
        "pawn": ("index", "90 % interval", "origin"),
        "shapley": ("share", "90 % interval", "numbers"),
        "information": ("value", "+-", ""),
    }[each.method]
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    for row in _shown(each):
        mark = " *" if each.method in ("pawn", "information") and stands_out(each, row) else ""
        name = f"{row['factor']}: {row['label']}" if row.get("kind") == "question" else row["label"]
        table.add_row(Text(f"{name}{mark}"), *_cells(each, row))
    return Group(table, *(Text(line, style="dim") for line in _lines(each)))


def _shown(each: Analysis) -> list[Row]:
    if each.method == "shapley":
        return list(each.rows)
    if each.method != "information":
        return list(each.rows[:SHOWN])
    worth = [row for row in each.rows if isinstance(row["value"], float) and row["value"] > 0.0]
    return [row for kind in KINDS for row in [r for r in worth if r["kind"] == kind][:SHOWN]]


def _cells(each: Analysis, row: Row) -> tuple[str, ...]:
    match each.method:
        case "morris":
            return (
                _g(row["mu_star"]), _between(row, "mu_star"), _g(row["mu_star_by_chance"]), _g(row["mu"]),
                _g(row["sigma"]),
            )  # fmt: skip
        case "sobol":
            return (
                _two(row["total"]),
                _between(row, "total", two=True),
                _two(row["first"]),
                _between(row, "first", two=True),
            )
        case "pawn":
            return _two(row["index"]), f"{_two(row['low'])} to {_two(row['high'])}", str(row["origin"])
        case "shapley":
            numbers = row["numbers"]
            return (
                _share(row["share"]),
                f"{_share(row['low'])} to {_share(row['high'])}",
                "" if numbers is None else str(numbers),
            )
        case "information":
            return _g(row["value"]), _g(row["standard_error"]), str(row["kind"])


def _lines(each: Analysis) -> Iterator[str]:
    facts = each.facts
    if each.method == "pawn":
        beyond = sum(row["stands_out"] == "yes" for row in each.rows)
        yield (
            f"{beyond} of {len(each.rows)} numbers beyond the threshold of {facts['threshold']:.2f}; chance is "
            f"{percent(_clipped(facts['chance_share']))} of the variance of one world."
        )
    if each.method == "sobol":
        share = facts["chance_share"]
        yield (
            "With one world at each point chance cannot be told from interactions."
            if share is None
            else f"Chance is {percent(share)} of the variance of one world at one point."
        )
    if each.method == "information":
        for kind in KINDS:
            count = sum(row["kind"] == kind for row in each.rows)
            if count and not any(row["kind"] == kind for row in _shown(each)):
                yield f"None of {count} {kind}s is worth more than shuffled worlds give."
            elif count and not any(row["kind"] == kind and stands_out(each, row) for row in each.rows):
                yield f"None of {count} {kind}s stands out: all values may be chance."
        yield (
            f"Best without knowing more: {facts['best_without_knowing_more']}. Everything known, chance included "
            f"(an upper bound): {_g(facts['everything_known'])} {each.unit}."
        )
        if facts["questions_left_out"]:
            yield f"No survey questions: {facts['questions_left_out']}."
        else:
            yield f"Questions: asked again in every state that can be, {facts['respondents_in_each_state']:,} each."


def _reasons(some: Sequence[Analysis]) -> Iterator[str]:
    for each in some:
        if not each.rows:
            whose = f", {each.scenario}" if each.scenario else ""
            best = each.facts.get("best_without_knowing_more")
            what = f" ({best})" if best else ""
            yield f"{OUTCOMES[each.outcome].label}{whose}: {each.reason}{what}."


def _between(row: Row, name: str, *, two: bool = False) -> str:
    show = _two if two else _g
    return f"{show(row[f'{name}_low'])} to {show(row[f'{name}_high'])}"


def _g(value: object) -> str:
    return f"{value + 0.0:.2g}" if isinstance(value, float) else "-"


def _two(value: object) -> str:
    return f"{round(value, 2) + 0.0:.2f}" if isinstance(value, float) else "-"


def _share(value: object) -> str:
    return f"{round(100 * value) + 0:d} %" if isinstance(value, float) else "-"


def _clipped(share: float | None) -> float | None:
    return None if share is None else min(1.0, max(0.0, share))
