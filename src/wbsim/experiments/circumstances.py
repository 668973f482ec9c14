"""What happened in a world under the baseline: circumstances that may decide whether a policy works there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.windows import MEAN_MONTHS
from wbsim.results.store import read_outcome
from wbsim.tables.calendar import month_number, month_text
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOME_INDEX, OUTCOMES

Values = NDArray[np.float64]

#: Months after the policies' start in which early crises are looked for (three years: assumed, early enough for most
#: of the projection to come after them), and the shortest stretch of the projection that must come after.
EARLY_MONTHS, REST_MONTHS = 36, 12
#: Crises that are looked for.
_CRISES = ("crises_severe", "internal_crises")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A number of each sound world under the baseline, `values` (worlds,). `happened`: 1 where it did, else 0.

    `label` reads after "where": of what happened "there was ...", else the name of a level in `unit`.
    """

    name: str
    label: str
    unit: str
    values: Values
    happened: bool


def circumstances(experiment: Experiment, table: Table) -> tuple[Circumstance, ...]:
    """Early crises, and levels in the year before the policies' start; none without the monthly values."""
    if not table.store.exists() or not table.sound.any():
        return ()
    start = month_number(experiment.measured.since)
    place = start - month_number(experiment.months[0])
    return (*_early(experiment, table, place), *_before(table, place, experiment.measured.since))


def _early(experiment: Experiment, table: Table, place: int) -> list[Circumstance]:
    """Whether crises broke out in the first years after the policies' start."""
    until = min(place + EARLY_MONTHS, len(experiment.months) - REST_MONTHS)
    if until - place < MEAN_MONTHS:
        return []
    before = month_text(month_number(experiment.months[0]) + until)
    found = []
    for outcome in _CRISES:
        happened: Values = np.asarray((_monthly(table, outcome)[:, place:until] > 0).any(axis=1), np.float64)
        name = OUTCOMES[outcome].label[0].lower() + OUTCOMES[outcome].label[1:]
        label = f"{name} from {experiment.measured.since} to before {before} under {table.baseline}"
        found.append(Circumstance(f"early_{outcome}", label, "", happened, happened=True))
    return found


def _before(table: Table, place: int, since: str) -> list[Circumstance]:
    """Mean levels over the year before the policies' start, which no policy could change."""
    if place < MEAN_MONTHS:
        return []
    found = []
    for outcome in HEADLINE_OUTCOMES:
        record = OUTCOMES[outcome]
        if record.summary == "mean":
            year = _monthly(table, outcome)[:, place - MEAN_MONTHS : place]
            values: Values = np.asarray(year.mean(axis=1))
            label = f"{record.label[0].lower()}{record.label[1:]} in the year before {since}"
            found.append(Circumstance(f"before_{outcome}", label, record.unit, values, happened=False))
    return found


def _monthly(table: Table, outcome: str) -> Values:
    """Monthly values of an outcome under the baseline, (sound worlds, months)."""
    parts = [values[table.sound] for _, values in read_outcome(table.store, 0, OUTCOME_INDEX[outcome])]
    return np.concatenate(parts, axis=1).astype(np.float64)
