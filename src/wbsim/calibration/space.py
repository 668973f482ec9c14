"""The coordinates of the attitudes' block: dynamics, which are searched, and levels, which are integrated out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.posterior import Points, coordinates
from wbsim.inference.emulator import Quadratic

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Space:
    """D = F + L coordinates of the attitudes in the order of `keys`; `dynamic` (F,) and `level` (L,) are columns."""

    keys: tuple[str, ...]
    dynamic: Integers
    level: Integers

    def joined(self, dynamics: Floats, levels: Floats) -> Floats:
        """Points (n, D) from dynamics (n, F) and levels (n, L)."""
        z = np.empty((len(dynamics), len(self.keys)))
        z[:, self.dynamic], z[:, self.level] = dynamics, levels
        return z

    def points(self, z: Floats) -> Points:
        """The same for the simulator."""
        return Points(self.keys, z)


def space() -> Space:
    """The space of all parameters of the blocks `level` and `dynamic`."""
    keys = coordinates("level", "dynamic")
    dynamic = set(coordinates("dynamic"))
    is_dynamic = np.array([key in dynamic for key in keys])
    return Space(keys, np.flatnonzero(is_dynamic), np.flatnonzero(~is_dynamic))


@dataclass(frozen=True)
class Surface:
    """The emulator of K logits over a space: a quadratic in the dynamics plus a linear part in the levels."""

    space: Space
    quadratic: Quadratic

    @cached_property
    def sensitivity(self) -> Floats:
        """Logits by levels, (K, L), the same everywhere."""
        origin = np.zeros((1, len(self.space.keys)))
        return np.asarray(self.quadratic.sensitivity(origin, self.space.level)[0])

    def centre(self, dynamics: Floats) -> Floats:
        """Logits (n, K) at dynamics (n, F) with all levels at their prior medians."""
        levels = np.zeros((len(dynamics), len(self.space.level)))
        return self.quadratic.predict(self.space.joined(dynamics, levels))

    def take(self, rows: NDArray[np.bool_] | Integers) -> Surface:
        """The emulator of the chosen outputs alone."""
        return Surface(self.space, self.quadratic.take(rows))

    @property
    def residual(self) -> Floats:
        """Covariance (K, K) of what the emulator leaves: chance, parameters that are not calibrated, misfit."""
        return np.asarray(self.quadratic.residual_covariance)
