"""The contract's object as rows: one for each set, outcome and policy."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

FIGURES = ("mean", "q05", "q95", "p_better", "p_practical_better", "p_practical_worse", "mcse", "data_share")
COLUMNS = ("assumptions", "window", "outcome", "unit", "better", "scenario", "kind", *FIGURES)


def summary_rows(summary: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows of a summary: `kind` is "level" for the baseline, "difference" for a policy minus the baseline."""
    for part in summary.get("sets", [summary]):
        label = part.get("assumptions", "")
        yield from _rows(part["outcomes"], part["baseline"], label, part["horizon"])
        for after in part.get("after_end", {}).values():
            yield from _rows(after["outcomes"], part["baseline"], label, after["month"])


def _rows(outcomes: Mapping[str, Any], baseline: str, label: str, window: str) -> Iterator[dict[str, Any]]:
    for name, outcome in outcomes.items():
        shared = {
            "assumptions": label,
            "window": window,
            "outcome": name,
            "unit": outcome["unit"],
            "better": outcome["better"],
        }
        yield {**shared, "scenario": baseline, "kind": "level", **outcome["baseline"]}
        for policy, figures in outcome["policies"].items():
            yield {**shared, "scenario": policy, "kind": "difference", **figures}


def summary_csv(summary: Mapping[str, Any]) -> str:
    """The rows as comma-separated text; what is undefined is empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(summary_rows(summary))
    return text.getvalue()
