"""The worlds of one set of assumptions as they come in: written, hashed and measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Table
from wbsim.experiments.sets import AssumptionSet
from wbsim.results.chunk import Chunk, Failure
from wbsim.results.hash import WorldsHash
from wbsim.results.layout import Layout
from wbsim.results.store import StoreWriter
from wbsim.scenario.schema import Scenario


class Collection:
    """Takes chunks in the order of their worlds, at most as many worlds as `layout` has; `table` ends it."""

    def __init__(self, group: AssumptionSet, layout: Layout, store: Path) -> None:
        self._group, self._layout, self._store = group, layout, store
        self._writer = StoreWriter(store, layout)
        self._digests: list[bytes] = []
        self._failures: list[Failure] = []
        shape = layout.shape("summary")
        self._figures = np.full((shape[0], shape[2], shape[1], shape[3]), np.nan)
        self.taken = 0

    def add(self, chunk: Chunk) -> None:
        """Take the worlds that follow those taken so far."""
        self._writer.add(chunk)
        self._digests.append(chunk.digests)
        self._figures[:, :, self.taken : self.taken + chunk.count] = chunk.summary.swapaxes(1, 2)
        self._failures.extend(chunk.failures)
        self.taken += chunk.count

    @property
    def figures(self) -> NDArray[np.float64]:
        """Figures so far, as those of a `Table`."""
        return self._figures[:, :, : self.taken]

    @property
    def so_far(self) -> Table:
        """The worlds taken so far as a table, without a hash."""
        return self._table("")

    def table(self) -> Table:
        """Complete the store; the table is the same as if just these worlds had been asked for."""
        self._writer.close()
        layout = self._layout
        final = Layout(layout.scenarios, layout.first, self.taken, layout.months, layout.windows)
        digest = WorldsHash(final)
        digest.add(b"".join(self._digests))
        return self._table(digest.hexdigest())

    def _table(self, results_sha256: str) -> Table:
        return Table(
            self._group.label,
            tuple(self._with_worlds(scenario) for scenario in self._group.scenarios),
            self.figures,
            self._layout.first,
            tuple(self._failures),
            results_sha256,
            self._store,
        )

    def _with_worlds(self, scenario: Scenario) -> Scenario:
        """`scenario` with the number of worlds that were simulated in the end, so that records of it are true."""
        if self.taken == self._layout.worlds:
            return scenario
        run = scenario.run.model_copy(update={"worlds": self.taken})
        return scenario.model_copy(update={"run": run})
