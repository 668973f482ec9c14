"""Values of dyads over worlds: means and intervals, in words and as rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Table
from wbsim.experiments.series import Series
from wbsim.statistics.paired import HIGH, LOW
from wbsim.tables.outcomes import DYAD_OUTCOMES
from wbsim.tables.places import DYADS, STATES

Values = NDArray[np.float64]

_NAMES = {state.code: state.name for state in STATES}
_SHORT = _NAMES | {"BIH": "Bosnia", "MKD": "N. Macedonia"}
#: The dyads, written out, and shorter for the axis of a figure.
LONG_NAMES = tuple(f"{_NAMES[a]} and {_NAMES[b]}" for a, b in DYADS)
SHORT_NAMES = tuple(f"{_SHORT[a]} \N{EN DASH} {_SHORT[b]}" for a, b in DYADS)


@dataclass(frozen=True)
class Spread:
    """Mean and ends of the 90 % interval over worlds, each (15,); NaN where no world finished."""

    mean: Values
    low: Values
    high: Values

    @property
    def parts(self) -> tuple[Values, Values, Values]:
        """Mean, low and high."""
        return self.mean, self.low, self.high


def spread(values: NDArray[np.float32] | Values) -> Spread:
    """The spread over worlds of `values` (worlds, 15)."""
    plain = np.asarray(values, dtype=np.float64)
    if not len(plain):
        nothing = np.full(plain.shape[1], np.nan)
        return Spread(nothing, nothing, nothing)
    low, high = np.quantile(plain, (LOW, HIGH), axis=0)
    return Spread(plain.mean(axis=0), low, high)


def levels(table: Table, series: Series, outcome: str) -> dict[str, Spread]:
    """One dyad outcome in the last December under every scenario."""
    place = DYAD_OUTCOMES.index(outcome)
    return {
        scenario.name: spread(series.dyads[number, :, :, place])
        for number, scenario in enumerate(table.scenarios)
    }


def changes(table: Table, series: Series, outcome: str) -> dict[str, Spread]:
    """What each policy changes of one dyad outcome in the last December, in the same worlds."""
    place = DYAD_OUTCOMES.index(outcome)
    values = series.dyads[:, :, :, place].astype(np.float64)
    return {
        policy: spread(values[number] - values[0]) for number, policy in enumerate(table.policies, start=1)
    }
