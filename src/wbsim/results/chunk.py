"""Finished worlds on their way to the store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Failure:
    """A world that did not finish under one scenario, and what went wrong."""

    world: int
    scenario: str
    error: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Worlds `first` to `first + count - 1` under each of S scenarios.

    `regional` (S, count, months, outcomes), `states` (S, count, years, 6, state outcomes) and `dyads`
    (S, count, years, 15, dyad outcomes) are float32 and NaN where a world failed; `summary`
    (S, count, windows, outcomes) is float64. `digests` holds 32 bytes a world.
    """

    first: int
    regional: NDArray[np.float32]
    states: NDArray[np.float32]
    dyads: NDArray[np.float32]
    summary: NDArray[np.float64]
    failures: tuple[Failure, ...]
    digests: bytes

    @property
    def count(self) -> int:
        """Number of worlds."""
        return int(self.regional.shape[1])

    def array(self, name: str) -> NDArray[np.float32] | NDArray[np.float64]:
        """The array that the layout calls `name`."""
        arrays = {"regional": self.regional, "states": self.states, "dyads": self.dyads}
        return self.summary if name == "summary" else arrays[name]
