"""A finished experiment: what was simulated, and the figures of every world."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.windows import Windows
from wbsim.results.chunk import Failure
from wbsim.tables.outcomes import OUTCOME_INDEX

if TYPE_CHECKING:
    from wbsim.experiments.until import Stopping
    from wbsim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Table:
    """Worlds under one set of assumptions; the first of S scenarios is the baseline.

    `figures` (S, windows, worlds, outcomes) is float64, in the outcomes' units; world `first + k` is row k. A
    world with a failure in any scenario counts in none. `store` holds the monthly and yearly values.
    """

    label: str
    scenarios: tuple[Scenario, ...]
    figures: NDArray[np.float64]
    first: int
    failures: tuple[Failure, ...]
    results_sha256: str
    store: Path

    @property
    def baseline(self) -> str:
        """Name of the baseline."""
        return self.scenarios[0].name

    @property
    def policies(self) -> tuple[str, ...]:
        """Names of the scenarios that are compared with the baseline."""
        return tuple(scenario.name for scenario in self.scenarios[1:])

    @property
    def sound(self) -> NDArray[np.bool_]:
        """Which worlds, shape (worlds,), finished under every scenario."""
        mask = np.ones(self.figures.shape[2], bool)
        mask[sorted({failure.world - self.first for failure in self.failures})] = False
        return mask

    @property
    def failed_worlds(self) -> tuple[int, ...]:
        """Numbers of the worlds that did not finish under some scenario, in ascending order."""
        return tuple(sorted({failure.world for failure in self.failures}))

    def values(self, scenario: str, outcome: str, window: int = 0) -> NDArray[np.float64]:
        """Figures of the sound worlds, shape (sound worlds,); window 0: the horizon. KeyError if unknown."""
        names = [each.name for each in self.scenarios]
        if scenario not in names:
            raise KeyError(f"no scenario {scenario!r} here; there are {', '.join(names)}")
        if outcome not in OUTCOME_INDEX:
            raise KeyError(f"no outcome {outcome!r}; there are {', '.join(OUTCOME_INDEX)}")
        selected: NDArray[np.float64] = self.figures[
            names.index(scenario), window, self.sound, OUTCOME_INDEX[outcome]
        ]
        return selected


@dataclass(frozen=True, slots=True)
class Experiment:
    """Worlds `first` to `first + worlds - 1` under one or several sets of assumptions, the baseline's own
    first.

    `results_sha256` covers all tables. `seconds` is wall time, which is no part of a result. `stopping` says how
    the number of worlds was found, None where it was given.
    """

    tables: tuple[Table, ...]
    seed: int
    first: int
    worlds: int
    months: tuple[str, ...]
    measured: Windows
    seconds: float
    results_sha256: str
    stopping: Stopping | None = None

    @property
    def horizon(self) -> str:
        """The last simulated month, "YYYY-MM"."""
        return self.months[-1]

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every scenario once, as it was simulated in its first table."""
        found: dict[str, Scenario] = {}
        for table in self.tables:
            for scenario in table.scenarios:
                found.setdefault(scenario.name, scenario)
        return tuple(found.values())

    @property
    def failed_worlds(self) -> int:
        """Number of worlds that did not finish under some scenario of some table."""
        return len({world for table in self.tables for world in table.failed_worlds})
