"""How an outcome runs over time in all worlds: its mean and 90 % interval, month by month, read from the
store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Experiment, Table
from wbsim.results.store import read_outcome
from wbsim.statistics.paired import HIGH, LOW
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES

Months = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fan:
    """Mean, and 5 % and 95 % quantiles over worlds, each of shape (months,); NaN where no world finished.

    Counts are summed up from the policies' start on.
    """

    months: tuple[str, ...]
    mean: Months
    low: Months
    high: Months


def level_fan(experiment: Experiment, table: Table, scenario: str, outcome: str) -> Fan:
    """The fan of one scenario of `table`, over the worlds that finished under all of them."""
    return _fan(experiment, _stretches(experiment, table, scenario, outcome))


def difference_fan(experiment: Experiment, table: Table, policy: str, outcome: str) -> Fan:
    """The fan of the paired difference of `policy` from the baseline."""
    pairs = zip(
        _stretches(experiment, table, policy, outcome),
        _stretches(experiment, table, table.baseline, outcome),
        strict=True,
    )
    return _fan(experiment, ((stretch, mine - other) for (stretch, mine), (_, other) in pairs))


def _stretches(
    experiment: Experiment, table: Table, scenario: str, outcome: str
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Values of sound worlds, shape (sound worlds, months of the stretch); counts summed up to each month."""
    number = [each.name for each in table.scenarios].index(scenario)
    sound = table.sound
    summed = OUTCOMES[outcome].summary == "sum"
    counting = np.array([month >= experiment.measured.since for month in experiment.months])
    before = np.zeros((int(sound.sum()), 1))
    for stretch, values in read_outcome(table.store, number, OUTCOME_INDEX[outcome]):
        finished = values[sound].astype(np.float64)
        if summed:
            finished = before + np.cumsum(finished * counting[stretch], axis=1)
            before = finished[:, -1:]
        yield stretch, finished


def _fan(experiment: Experiment, stretches: Iterator[tuple[slice, NDArray[np.float64]]]) -> Fan:
    mean, low, high = (np.full(len(experiment.months), np.nan) for _ in range(3))
    for stretch, values in stretches:
        if len(values):
            mean[stretch] = values.mean(axis=0)
            # Months as rows: worlds that lie side by side are sorted twice as fast.
            by_month = np.ascontiguousarray(values.T)
            low[stretch], high[stretch] = np.quantile(by_month, (LOW, HIGH), axis=1)
    return Fan(experiment.months, mean, low, high)
