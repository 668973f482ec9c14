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


def fans_of(experiment: Experiment, table: Table, outcome: str) -> tuple[dict[str, Fan], dict[str, Fan]]:
    """The fans of all scenarios of `table`, and those of the policies' differences, by name; each value read once."""
    streams = {
        scenario.name: _stretches(experiment, table, scenario.name, outcome) for scenario in table.scenarios
    }
    levels = {name: _Builder(experiment) for name in streams}
    changes = {name: _Builder(experiment) for name in table.policies}
    for together in zip(*streams.values(), strict=True):
        values = dict(zip(streams, together, strict=True))
        base = values[table.baseline][1]
        for name, (stretch, mine) in values.items():
            levels[name].add(stretch, mine)
            if name in changes:
                changes[name].add(stretch, mine - base)
    return (
        {name: builder.fan() for name, builder in levels.items()},
        {name: builder.fan() for name, builder in changes.items()},
    )


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
    builder = _Builder(experiment)
    for stretch, values in stretches:
        builder.add(stretch, values)
    return builder.fan()


class _Builder:
    """Collects a fan, a stretch of months at a time."""

    def __init__(self, experiment: Experiment) -> None:
        self.months = experiment.months
        self.mean, self.low, self.high = (np.full(len(self.months), np.nan) for _ in range(3))

    def add(self, stretch: slice, values: NDArray[np.float64]) -> None:
        """Take `values` (worlds, months of the stretch); nothing where no world finished."""
        if len(values):
            self.mean[stretch] = values.mean(axis=0)
            # Months as rows: worlds that lie side by side are sorted twice as fast.
            by_month = np.ascontiguousarray(values.T)
            self.low[stretch], self.high[stretch] = np.quantile(by_month, (LOW, HIGH), axis=1)

    def fan(self) -> Fan:
        """What was collected."""
        return Fan(self.months, self.mean, self.low, self.high)
