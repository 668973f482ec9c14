"""The contract's object as rows: one for each set, outcome and policy."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

FIGURES = ("mean", "q05", "q95", "p_better", "p_practical_better", "p_practical_worse", "mcse")
COLUMNS = ("assumptions", "window", "outcome", "unit", "better", "scenario", "kind", *FIGURES)


def summary_rows(summary: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows of a summary: `kind` is "level" for the baseline, "difference" for a policy minus the baseline.

    Differences whose variance was split have the share of each group and its error, see `split_columns`.
    """
    split: Mapping[str, Any] = summary.get("variance_from", {})
    for part in summary.get("sets", [summary]):
        label = part.get("assumptions", "")
        mine = bool(split) and label in ("", split["assumptions"])
        for row in _rows(part["outcomes"], part["baseline"], label, part["horizon"]):
            yield row | (_shares(split, row) if mine else {})
        for after in part.get("after_end", {}).values():
            yield from _rows(after["outcomes"], part["baseline"], label, after["month"])


def split_columns(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the columns `from_GROUP` (share of the variance) and `from_GROUP_mcse`; none where it was not split."""
    groups = [group["name"] for group in summary.get("variance_from", {}).get("groups", ())]
    return tuple(f"from_{name}{end}" for name in groups for end in ("", "_mcse"))


def _shares(split: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    if row["kind"] != "difference":
        return {}
    shares = split["policies"][row["scenario"]][row["outcome"]]["shares"]
    return {
        f"from_{name}{end}": share[key]
        for name, share in shares.items()
        for end, key in (("", "share"), ("_mcse", "mcse"))
    }


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
    writer = csv.DictWriter(text, (*COLUMNS, *split_columns(summary)), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(summary_rows(summary))
    return text.getvalue()
