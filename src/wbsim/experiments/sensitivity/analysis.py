"""What a method found of one outcome, as plain rows that tables, files and pictures read alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wbsim.tables.outcomes import OUTCOMES

Method = Literal["morris", "sobol", "pawn", "shapley", "information"]
Of = Literal["difference", "level"]
METHODS: tuple[Method, ...] = get_args(Method)
#: The methods that are used unless others are named: all from one comparison.
DEFAULT_METHODS: tuple[Method, ...] = ("pawn", "shapley", "information")
#: The methods that need a design of their own.
DESIGNED: tuple[Method, ...] = ("morris", "sobol")

Row = Mapping[str, float | str | None]

#: Differences between worlds below this share of an outcome's margin are rounding, as `drivers` has it.
ROUNDING = 1e-5
SAME = "it is the same in all worlds, so nothing can be said to drive it"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One method for one outcome: of `scenario`'s paired difference to the baseline, of its level, or of the choice.

    `rows` are the things judged, the leading one first; `facts` hold for all of them. Undefined numbers are None.
    `reason` says why there are no rows.
    """

    method: Method
    outcome: str
    scenario: str
    of: str
    unit: str
    rows: tuple[Row, ...]
    facts: Mapping[str, Any]
    reason: str = ""

    def plain(self) -> dict[str, Any]:
        """As plain data that JSON can hold."""
        return {
            "method": self.method,
            "outcome": self.outcome,
            "scenario": self.scenario,
            "of": self.of,
            "unit": self.unit,
            "reason": self.reason,
            **self.facts,
            "rows": [dict(row) for row in self.rows],
        }


def varies(values: NDArray[np.float64], outcome: str) -> bool:
    """Whether `values` of an outcome differ by more than rounding; missing ones are passed over."""
    some = values[np.isfinite(values)]
    return some.size > 0 and float(np.ptp(some)) > ROUNDING * OUTCOMES[outcome].margin


def as_csv(analyses: Sequence[Analysis]) -> str:
    """The rows of analyses of one method as comma-separated text; what is undefined is empty."""
    text = io.StringIO(newline="")
    rows = [
        {"outcome": each.outcome, "scenario": each.scenario, "of": each.of, "unit": each.unit, **row}
        for each in analyses
        for row in each.rows
    ]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
