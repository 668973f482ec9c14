"""What a report draws of one set of assumptions, read from its store once: fans, crises by year, and dyads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.fans import Fan, fans_of
from wbsim.store.labelled import open_group
from wbsim.tables.outcomes import DYAD_OUTCOMES, HEADLINE_OUTCOMES, OUTCOME_INDEX

Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Series:
    """Of the sound worlds W of one table with S scenarios, the baseline first; Y years, 15 dyads.

    `levels` by (outcome, scenario) and `changes` by (outcome, policy): fans of the headline outcomes. `severe`
    (S, W, Y): crises that reach severity 3 or more in each year. `dyads` (S, W, 15, dyad outcomes): values in the
    last December, in the outcomes' units. `open_crisis` (S, W, 15): share of the Decembers since the policies' start
    in which a crisis of any severity is open, NaN without such a December. `years`: the years' numbers.
    """

    years: tuple[int, ...]
    levels: dict[tuple[str, str], Fan]
    changes: dict[tuple[str, str], Fan]
    severe: Singles
    dyads: Singles
    open_crisis: Singles


def read_series(
    experiment: Experiment, table: Table, outcomes: tuple[str, ...] = HEADLINE_OUTCOMES
) -> Series:
    """Read what is drawn of `table`: each value of the store once."""
    levels: dict[tuple[str, str], Fan] = {}
    changes: dict[tuple[str, str], Fan] = {}
    for outcome in outcomes:
        level, change = fans_of(experiment, table, outcome)
        levels |= {(outcome, name): fan for name, fan in level.items()}
        changes |= {(outcome, name): fan for name, fan in change.items()}
    years = tuple(int(month[:4]) for month in experiment.months if month.endswith("-12"))
    group: Any = open_group(table.store)
    sound, names = table.sound, range(len(table.scenarios))
    last = [np.asarray(group["dyads"][number, :, -1])[sound] for number in names]
    crisis = DYAD_OUTCOMES.index("crisis_months")
    since = [n for n, year in enumerate(years) if f"{year}-12" >= experiment.measured.since]
    opened = [np.asarray(group["dyads"][number, :, :, :, crisis])[sound][:, since] for number in names]
    shares = [
        values.mean(axis=1) if since else np.full(values.shape[::2], np.nan, np.float32) for values in opened
    ]
    return Series(years, levels, changes, _severe(experiment, table, group), np.stack(last), np.stack(shares))


def _severe(experiment: Experiment, table: Table, group: Any) -> Singles:
    """Crises that reach severity 3 or more, by scenario, sound world and calendar year."""
    months = len(experiment.months) // 12 * 12
    place = OUTCOME_INDEX["crises_severe"]
    rows = []
    for number in range(len(table.scenarios)):
        values = np.asarray(group["regional"][number, :, :months, place])[table.sound]
        rows.append(values.reshape(len(values), months // 12, 12).sum(axis=2))
    return np.stack(rows)
