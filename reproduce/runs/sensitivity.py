"""What drives the effects of forum and result-based IISG, and what would be worth knowing before the choice."""

from __future__ import annotations

from typing import Any

import wbsim
from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import SEED, bundled

_NAMED = 6
#: A value that hardly one shuffle in twenty reaches is marked.
MARKED = 0.05


def _sensitivity(settings: Settings) -> Facts:
    scenarios = bundled(("status-quo", "forum", "iisg-results"), settings["citizens"])
    found = wbsim.sensitivity(
        *scenarios, outcomes=settings["outcomes"], worlds=settings["worlds"], seed=SEED
    ).plain()
    analyses = found["analyses"]
    if not isinstance(analyses, list):
        raise TypeError("the study holds no analyses")
    return {**settings, "analyses": [_short(each) for each in analyses]}


def _short(analysis: dict[str, Any]) -> dict[str, Any]:
    """An analysis with its leading rows of each kind, and all that stand out."""
    rows = analysis["rows"]
    kinds = dict.fromkeys(row["kind"] for row in rows if "kind" in row) or {None: None}
    if analysis["method"] != "information":
        return {
            **analysis,
            "rows": [row for n, row in enumerate(rows) if n < _NAMED or row.get("stands_out") == "yes"],
        }
    of_kind = {kind: [row for row in rows if row.get("kind") == kind] for kind in kinds}
    counts = {str(kind): len(each) for kind, each in of_kind.items()}
    kept = [
        row
        for each in of_kind.values()
        for n, row in enumerate(each)
        if n < _NAMED or row["by_chance"] <= MARKED
    ]
    return {**analysis, "counts": counts, "rows": kept}


SENSITIVITY = Run(
    "sensitivity",
    _sensitivity,
    {"worlds": 600, "citizens": 80, "outcomes": ["war_worry", "public_trust", "support"]},
    60,
    ("statistics", "experiments/sensitivity", "experiments/drawn.py", "calibration", "instruments"),
)
