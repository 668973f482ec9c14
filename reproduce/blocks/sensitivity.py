"""Blocks of docs/sensitivity.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, label, listing
from reproduce.run import Facts
from reproduce.runs.sensitivity import MARKED, SENSITIVITY
from wbsim.documents.markdown import code, table
from wbsim.report.numbers import percent

DOCUMENT = "docs/sensitivity.md"
Plain = Mapping[str, Any]


def sensitivity(facts: Facts) -> str:
    """Chance, what stands out, and what would be worth knowing."""
    what = (
        f"Forum and result-based IISG against the status quo: {facts['worlds']} worlds from seed 1 in two "
        "courses of chance, "
        f"{facts['citizens']} citizens a state."
    )
    lines = [*_standing(facts["analyses"]), *_worth(facts["analyses"])]
    return f"{what}\n\n{_chance(facts['analyses'])}\n\n" + "\n".join(f"- {line}" for line in lines)


def _of(analyses: list[Plain], method: str) -> Iterator[Plain]:
    return (each for each in analyses if each["method"] == method)


def _chance(analyses: list[Plain]) -> str:
    rows = [
        (each["scenario"], label(each["outcome"]), percent(each["chance_share"]))
        for each in _of(analyses, "pawn")
        if each.get("chance_share") is not None
    ]
    return table(("Policy", "Effect on", "Share of chance in its variance"), rows)


def _standing(analyses: list[Plain]) -> Iterator[str]:
    """What stands out for each effect, and where it comes from."""
    origins: set[str] = set()
    for each in _of(analyses, "pawn"):
        rows = [row for row in each["rows"] if row["stands_out"] == "yes"]
        origins |= {row["origin"] for row in rows}
        names = listing(f"{code(row['factor'])} ({row['index']:.2f})" for row in rows) or "nothing"
        yield f"{each['scenario']} on {label(each['outcome'])}: {names} stands out."
    if origins:
        yield f"What stands out for any of these effects was drawn from: {listing(sorted(origins))}."


def _worth(analyses: list[Plain]) -> Iterator[str]:
    """The choice on each outcome, and the questions and numbers that are worth more than shuffled worlds give."""
    for each in _of(analyses, "information"):
        best, everything = each["best_without_knowing_more"], each["everything_known"]
        text = (
            f"The choice on {label(each['outcome'])} is {best}. Everything known, chance included, would be worth "
            f"{everything:.2g} ({each['unit']})."
        )
        if each["reason"]:
            yield f"{text} {each['reason'].capitalize()}."
            continue
        yield f"{text} {' '.join(_kind(each, kind) for kind in each['counts'])}"


def _kind(analysis: Plain, kind: str) -> str:
    rows = [row for row in analysis["rows"] if row["kind"] == kind]
    marked = [row for row in rows if row["by_chance"] <= MARKED]
    count = analysis["counts"][kind]
    noun = "survey questions" if kind == "question" else "numbers"
    if not marked:
        top = rows[0]
        return (
            f"None of the {count} {noun} is worth more than shuffled worlds give; the best, {code(top['factor'])}, "
            f"{_value(top)}."
        )
    named = listing(f"{code(row['factor'])} ({_value(row)})" for row in marked)
    verb = "stands" if len(marked) == 1 else "stand"
    return f"Of the {count} {noun} {counted(len(marked))} {verb} out: {named}."


def _value(row: Plain) -> str:
    return f"is worth {row['value']:.2g} with a standard error of {row['standard_error']:.2g}"


BLOCKS = (Block("sensitivity", DOCUMENT, sensitivity, (SENSITIVITY,)),)
CHECKS = ()
