"""A hindcast of institutions as tables and sentences for the terminal, readable at 100 columns."""

from __future__ import annotations

import numpy as np
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wbsim.analogues import scoring
from wbsim.analogues.hindcast import POOLED, PRIOR, Hindcast, Row, at, scores
from wbsim.analogues.indicators import INDICATORS

_NAMES = {POOLED: "pooled rate of the others", PRIOR: "prior"}
_LEGEND = (
    "in 50 %, in 90 %: share of observations that reach into those intervals. exact: the same, but of a count or an "
    "interval only the part inside. CRPS: in units of the pooled rate's spread; low is good."
)


def tables(found: Hindcast) -> list[RenderableType]:
    """Observations, scores, what they mean, and what could not be predicted."""
    if not found.rows:
        return [Text("Nothing could be predicted."), *map(Text, sentences(found))]
    parts: list[RenderableType] = [
        _observations(found),
        Text("* outside the 90 % interval; v: marked validation, fitted nowhere.\n"),
        _scores(found),
        Text(_LEGEND),
        Text(),
        _by_indicator(found),
        Text(),
    ]
    return parts + [Text(sentence) for sentence in sentences(found)]


def _observations(found: Hindcast) -> Table:
    how = "each left out of the fit" if found.left_out else "by the whole posterior"
    table = _table(f"Institutions predicted, {how}")
    table.add_column("observation", overflow="fold", min_width=40, max_width=40)
    table.add_column("when", no_wrap=True)
    for heading in ("observed", "median", "90 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    last = ""
    for row in found.rows:
        if row.analogue != last:
            last = row.analogue
            table.add_row(Text(found.labels.get(last, last), style="italic"))
        low, median, high = np.quantile(row.model, (0.05, 0.5, 0.95))
        inside = scoring.covered(row.observation, row.model, 0.9)
        mark = " v" if row.observation.split == "validation" else ""
        table.add_row(
            Padding(Text(f"{label(row)}{_whom(row)}{mark}"), (0, 0, 0, 2)),
            _when(row),
            _observed(row) + ("  " if inside else " *"),
            _value(row, float(median)),
            f"{_value(row, float(low))} to {_value(row, float(high))}",
        )
    return table


def label(row: Row) -> str:
    """The indicator in words, with the bar or severity where it has one."""
    observation = row.observation
    extra = f" ({observation.bar} scale)" if observation.bar else ""
    if observation.indicator == "crises":
        extra = f" ({observation.severity})"
    return INDICATORS[observation.indicator].label + extra


def _whom(row: Row) -> str:
    """The states or dyads that are singled out, if any, and how many where they are many."""
    who = row.observation.who
    if not who:
        return ""
    return f": {', '.join(who)}" if len(who) <= 5 else f": {len(who)} {row.observation.record.whom}"


def _when(row: Row) -> str:
    """The month that it is about, or the years."""
    first, _, last = at(row.observation).partition("..")
    if not last:
        return first
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}-{last[:4]}"


def _observed(row: Row) -> str:
    target = scoring.seen(row.observation)
    match row.observation.record.form:
        case "share" | "rate":
            return _value(row, target.low)
        case "order":
            return f"{target.low:.0f} pairs"
    if not np.isfinite(target.high):
        return f"over {target.low:g} months"
    return f"{target.low:g} months" if target.is_number else f"{target.low:g} to {target.high:g} months"


def _value(row: Row, value: float) -> str:
    match row.observation.record.form:
        case "share":
            return f"{100.0 * value:.0f} %"
        case "order":
            return f"{value:.0f}"
        case _:
            return f"{value:.0f}" if value >= 1.0 or value == 0.0 else f"{value:.1f}"


def _scores(found: Hindcast) -> Table:
    table = _table("Scores")
    table.add_column("forecast")
    for heading in ("n", "in 50 %", "in 90 %", "exact 50", "exact 90", "CRPS"):
        table.add_column(heading, justify="right", no_wrap=True)
    whole = scores(found.rows)
    _add(table, "model", whole)
    for name, each in whole["baselines"].items():
        _add(table, _NAMES[name], each)
        if each["n"] < whole["n"]:
            table.add_row("  model on the same rows", "", "", "", "", "", f"{each['model_crps']:.2f}")
    return table


def _add(table: Table, name: str, each: dict[str, float]) -> None:
    shares = ("coverage_50", "coverage_90", "exact_coverage_50", "exact_coverage_90")
    table.add_row(
        name, str(each["n"]), *(f"{100.0 * each[key]:.0f} %" for key in shares), f"{each['crps']:.2f}"
    )


def _by_indicator(found: Hindcast) -> Table:
    table = _table("CRPS by indicator")
    table.add_column("indicator", overflow="fold")
    for heading in ("n", "in 90 %", "model", "pooled rate", "prior"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, each in found.summary()["by_indicator"].items():
        known = each["baselines"]
        table.add_row(
            name.replace("-", " "),
            str(each["n"]),
            f"{100.0 * each['coverage_90']:.0f} %",
            f"{each['crps']:.2f}",
            *(f"{known[key]['crps']:.2f}" if key in known else "none" for key in (POOLED, PRIOR)),
        )
    return table


def sentences(found: Hindcast) -> list[str]:
    """What the scores mean, and how little so few institutions can say."""
    said = []
    if found.rows:
        whole = scores(found.rows)
        for name, each in whole["baselines"].items():
            better = "better" if each["model_crps"] < each["crps"] else "worse"
            said.append(
                f"On the {each['n']} rows that the {_NAMES[name]} can predict, the model's CRPS is "
                f"{each['model_crps']:.2f} against {each['crps']:.2f}: {better}."
            )
        institutions = len({row.analogue for row in found.rows})
        said.append(
            f"{len(found.rows)} observations of {institutions} institution{'s' * (institutions != 1)}: those of one "
            "institution share its luck, so a difference of a tenth or two says little."
        )
        said.append(
            "Every institution runs from the state of 2021 without dated events; what that leaves out is in the "
            "discrepancy of its file, which widens the intervals."
        )
    if found.silent:
        names = ", ".join(f"{name}: {key}" for name, key in found.silent)
        said.append(
            f"Not predicted, since the model has hardly a world in which there is anything to count: {names}."
        )
    return said


def _table(title: str) -> Table:
    return Table(
        title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
