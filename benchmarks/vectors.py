"""The second yardstick: the citizens' rules C1 and C2 in NumPy, vectorised over the citizens of one world at a time.

What a modeller writes who leaves objects behind but keeps a loop over worlds: single precision, random numbers in
bulk, updates in place. Like the objects it leaves the read-outs (C3, C4) out, which the kernel includes, so the
comparison is kind to it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from objects import Inputs

from wbsim.kernels import ROWS, THREAT_ROWS

Singles = NDArray[np.float32]


class Vectors:
    """The citizens of one state as an array (M, G, 16): member m of circle g is citizen m G + g."""

    def __init__(self, given: Inputs, seed: int) -> None:
        citizens, circles = len(given.start), len(given.community)
        self.citizens, self.shape = citizens, (-(-citizens // circles), circles, ROWS)
        self.chance = np.random.default_rng(seed)
        self.attitudes, self.own = self._laid(given.start), self._laid(given.own)
        slope = np.array([0.0] * THREAT_ROWS + [given.lean] * (ROWS - THREAT_ROWS))
        attention, attachment = self._laid(given.attention[:, None]), self._laid(given.attachment[:, None])
        self.attention, self.leaning = attention, attention * attachment
        self.cues = given.cues.astype(np.float32)
        self.tilts = (slope * np.abs(given.cues)).astype(np.float32)
        self.pushes = given.pushes.astype(np.float32)[given.community]
        self.keep, self.volatility = given.keep.astype(np.float32), np.float32(given.volatility)
        count = self._laid(np.ones((citizens, 1))).sum(axis=0)
        self.share = (given.influence / count).astype(np.float32)

    def _laid(self, values: NDArray[np.float64]) -> Singles:
        """(N, K) as (M, G, K), with zeros for the places that nobody has."""
        members, circles, _ = self.shape
        laid = np.zeros((members * circles, values.shape[1]), np.float32)
        laid[: self.citizens] = values
        return laid.reshape(members, circles, -1)

    def step(self) -> None:
        """A month: what is left, the own anchor, the circle, the cue as far as it is taken in, noise (C1, C2)."""
        x = self.attitudes
        drift = self.share * x.sum(axis=0) + self.pushes
        x *= self.keep
        x += self.own
        x += drift
        x += self.attention * self.cues
        x -= self.leaning * self.tilts
        noise = self.chance.standard_normal(self.shape, np.float32)
        noise *= self.volatility
        x += noise
        x.reshape(-1, ROWS)[self.citizens :] = 0.0

    def means(self) -> NDArray[np.float64]:
        """Mean attitudes, (K,)."""
        return self.attitudes.reshape(-1, ROWS)[: self.citizens].mean(axis=0, dtype=float)
