"""From monthly values to one figure per world: the last twelve months, a sum since the policies' start, a
last value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.tables.calendar import month_number, month_text
from wbsim.tables.outcomes import OUTCOMES

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario

#: Months that a mean is taken over.
MEAN_MONTHS = 12
#: Months after a policy's end at which its effects are measured once more.
AFTER_END_MONTHS = 24
#: Where sums start when no policy starts anywhere: the first projected month.
FIRST_PROJECTED = "2023-01"


@dataclass(frozen=True, slots=True)
class Windows:
    """Sums run from `since`; figures are taken in each month of `ends`, the first of which is the horizon."""

    since: str
    ends: tuple[str, ...]


def month_after_end(scenario: Scenario) -> str | None:
    """Month in which the effects that outlive `scenario`'s policies are measured; None where no policy ends
    in time.

    Two years after the last of its policies' ends, if that lies before the horizon.
    """
    ends = [month_number(policy.end) for policy in scenario.policies if policy.end is not None]
    if not ends:
        return None
    month = max(ends) + AFTER_END_MONTHS
    return month_text(month) if month <= month_number(scenario.horizon) else None


def windows(scenarios: Sequence[Scenario]) -> Windows:
    """The windows that all of `scenarios` are measured in, so that counts can be compared."""
    starts = [policy.start for scenario in scenarios for policy in scenario.policies]
    after = {month for scenario in scenarios if (month := month_after_end(scenario)) is not None}
    horizon = scenarios[0].horizon
    return Windows(min(starts, default=FIRST_PROJECTED), (horizon, *sorted(after - {horizon})))


def summarise(regional: NDArray[np.float32], months: Sequence[str], measured: Windows) -> NDArray[np.float64]:
    """Figures of each window, shape (..., windows, outcomes), from monthly values of shape (..., months,
    outcomes).

    `months` labels the months; an outcome's record says whether it is a mean, a sum or a last value. A month
    of `measured` outside `months` is a ValueError.
    """
    place = {month: number for number, month in enumerate(months)}
    missing = [month for month in (measured.since, *measured.ends) if month not in place]
    if missing:
        raise ValueError(f"no values for {', '.join(missing)}; the months are {months[0]} to {months[-1]}")
    first = place[measured.since]
    rules = np.array([outcome.summary for outcome in OUTCOMES.values()])
    figures = np.empty((*regional.shape[:-2], len(measured.ends), regional.shape[-1]))
    for number, end in enumerate(place[month] for month in measured.ends):
        figures[..., number, :] = regional[..., end, :]
        recent = regional[..., max(0, end - MEAN_MONTHS + 1) : end + 1, :][..., rules == "mean"]
        figures[..., number, rules == "mean"] = recent.mean(axis=-2, dtype=np.float64)
        since = regional[..., first : end + 1, :][..., rules == "sum"]
        figures[..., number, rules == "sum"] = since.sum(axis=-2, dtype=np.float64)
    return figures
