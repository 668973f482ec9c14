"""Blocks of docs/validation.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, is_or_are
from reproduce.run import Facts
from reproduce.runs.validation import VALIDATION
from wbsim.documents.markdown import table
from wbsim.report.numbers import percent
from wbsim.statistics.paired import CLEAR

DOCUMENT = "docs/validation.md"


def scores(facts: Facts) -> str:
    """The scores of the model and of the baselines, and how they compare."""
    n = facts["n"]
    groups = {name: facts["groups"][name]["n"] for name in facts["groups"]}
    new, repeats = groups.get("new", 0), groups.get("repeat", 0)
    what = (
        f"{counted(n).capitalize()} exact figures of 2023 {is_or_are(n)} about something that the model holds; "
        f"{counted(new)} {is_or_are(new)} new wordings, and {counted(repeats)} "
        f"repeat{'s' if repeats == 1 else ''} a fitted "
        f"figure. With the bundled posterior, {facts['worlds']:,} worlds and the events of 2023 as they were (`wbsim "
        "validate`), in percentage points:"
    )
    head = ("Forecast", "Inside 50 %", "Inside 90 %", "CRPS", "Mean error", "Width of 90 %")
    rows = [_row("wbsim", facts, n), *(_row(name, each, n) for name, each in facts["baselines"].items())]
    return f"{what}\n\n{table(head, rows)}\n\n{_verdict(facts)} {_coverage(facts)}"


def _row(name: str, found: Mapping[str, Any], n: int) -> tuple[str, ...]:
    inside = [f"{round(found[key] * n)} of {n}" for key in ("coverage_50", "coverage_90")]
    return (name, *inside, f"{found['crps']:.1f}", f"{found['mae']:.1f}", f"{found['width_90']:.0f}")


def _verdict(facts: Facts) -> str:
    excess, best = facts["excess"], facts["best_baseline"]
    if excess["error"] is None or abs(excess["value"]) <= CLEAR * excess["error"]:
        word = "With so few figures the model cannot be told from the better baseline"
    else:
        better = "better" if excess["value"] < 0 else "worse"
        word = f"The model is {better} than the better baseline, beyond two standard errors"
    error = "not defined" if excess["error"] is None else f"{excess['error']:.1f}"
    return f"{word}, {best} (its CRPS less that of {best}: {excess['value']:+.1f}, with a standard error of {error})."


def _coverage(facts: Facts) -> str:
    n = facts["n"]
    inside = round(facts["coverage_90"] * n)
    if inside == n:
        return (
            f"**All** {n} lie in their 90 % intervals. Of {n} honest and independent ones all would in a share of "
            f"{percent(0.9**n)} of cases."
        )
    return f"{inside} of {n} lie in their 90 % intervals, where {0.9 * n:.1f} are expected."


BLOCKS = (Block("validation", DOCUMENT, scores, (VALIDATION,)),)
CHECKS = ()
