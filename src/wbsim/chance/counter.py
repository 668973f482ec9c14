"""Counter-based random numbers for arrays with an axis of worlds.

Layout, for Philox4x32-10 of Salmon et al. 2011 (SC11): the 64-bit seed is the key; the four counter words of 32 bits
are the world, the month and stream (16 bits each), the agent, and the index. Nothing depends on what was drawn
before, so a policy changes only what it touches. A number that does not fit its word is refused.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from wbsim import kernels
from wbsim.errors import InputError

Floats = NDArray[np.float64]


class Stream(IntEnum):
    """What a number is for. A new use takes a new number; none is ever used again for something else."""

    PARAMETERS = 1
    TRAITS = 2
    CITIZENS_START = 3
    CITIZENS = 4
    EFFORT = 5
    POSTURE = 6
    LEVELS = 7
    HAZARDS = 8
    HAZARD_SIZES = 9
    AID = 10
    CRISES = 11
    SEVERITY = 12
    DURATION = 13
    LULLS = 14
    INTERNAL = 15
    CREDIBILITY = 16
    ATTENDANCE = 17
    KEPT = 18
    EXPOSURE = 19
    MECHANISM_END = 20
    PACT = 21
    SURVEY = 22
    POSTERIOR = 23
    LINE = 24
    CRISES_START = 25
    INTERNAL_START = 26
    MOODS = 27
    PLUGIN = 1000


#: Agents that are not states: the region as a whole, and dyad (i, j) with i < j at DYAD + 6 i + j.
REGION = 63
DYAD = 64
#: Month of draws that belong to no month.
NO_MONTH = 0xFFFF
#: World of draws that all worlds share.
ALL_WORLDS = 0xFFFFFFFF
_WORD = 1 << 32


def moment(month: int, stream: int) -> int:
    """The second counter word: `month` (0 to 65,535) in the high half, `stream` in the low half."""
    if not (0 <= month < 1 << 16 and 0 <= stream < 1 << 16):
        raise InputError(f"month {month} and stream {stream} must each be between 0 and 65535")
    return month << 16 | stream


class Chance:
    """Random numbers of `count` worlds from world `first` on, under `seed` (0 to 2**64 - 1)."""

    def __init__(self, seed: int, first: int, count: int) -> None:
        if not 0 <= seed < 1 << 64:
            raise InputError(f"seed must be between 0 and {(1 << 64) - 1}; it is {seed}")
        if not (count >= 1 and first >= 0 and first + count <= ALL_WORLDS):
            raise InputError(f"worlds {first} to {first + count - 1} must lie between 0 and {ALL_WORLDS - 1}")
        self.seed, self.first, self.count = seed, first, count
        self.key = (np.uint64(seed % _WORD), np.uint64(seed >> 32))

    def uniform(self, stream: int, month: int, agents: NDArray[np.int64], width: int = 1) -> Floats:
        """Uniforms in (0, 1), shape (R, len(agents), width)."""
        out = np.empty((self.count, len(agents), width))
        kernels.fill_uniform(out, self.first, moment(month, stream), agents, *self.key)
        return out

    def normal(self, stream: int, month: int, agents: NDArray[np.int64], width: int = 1) -> Floats:
        """Standard normal numbers, shape (R, len(agents), width), by the inverse of the distribution function."""
        return np.asarray(ndtri(self.uniform(stream, month, agents, width)))

    def shared(self, stream: int, agents: NDArray[np.int64], width: int) -> Floats:
        """Uniforms that all worlds share, shape (len(agents), width)."""
        out = np.empty((1, len(agents), width))
        kernels.fill_uniform(out, ALL_WORLDS, moment(NO_MONTH, stream), agents, *self.key)
        return np.asarray(out[0])


class KeptChance(Chance):
    """Random numbers that keep the normal ones: several policies in the same worlds ask for the same ones.

    Those of a year take 8 kB a world. Uniforms are made anew, since they cost little beside the memory.
    """

    def __init__(self, seed: int, first: int, count: int) -> None:
        super().__init__(seed, first, count)
        self._kept: dict[tuple[int, int, bytes, int], Floats] = {}

    def normal(self, stream: int, month: int, agents: NDArray[np.int64], width: int = 1) -> Floats:
        """As `Chance.normal`; an array of the caller's own."""
        key = (int(stream), month, agents.tobytes(), width)
        if key not in self._kept:
            self._kept[key] = super().normal(stream, month, agents, width)
        return self._kept[key].copy()


STATES = np.arange(6)
DYADS = np.array([DYAD + 6 * i + j for i in range(6) for j in range(i + 1, 6)])
WHOLE = np.array([REGION])
