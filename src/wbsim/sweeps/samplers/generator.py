"""The random numbers of designs: every design has its own, so that one seed gives unrelated designs."""

from __future__ import annotations

import inspect
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def generator(design: str, seed: int) -> np.random.Generator:
    """A generator that the name of the design and its seed (0 to 2**64 - 1) decide."""
    return np.random.Generator(np.random.PCG64([crc32(design.encode()), seed]))


def scrambled_sobol(count: int, dimensions: int, random: np.random.Generator) -> Floats:
    """The first `count` points (count, dimensions) of a scrambled Sobol sequence, in [0, 1).

    A longer sequence from the same generator begins with the same points.
    """
    from scipy.stats import qmc

    # SciPy calls the generator `rng` from release 1.15 on, `seed` before.
    name = "rng" if "rng" in inspect.signature(qmc.Sobol).parameters else "seed"
    given: dict[str, Any] = {name: random}
    sequence = qmc.Sobol(dimensions, scramble=True, **given)
    # A power of two is what SciPy asks for; who wants fewer points gets the first of them.
    return np.asarray(sequence.random_base2(max(count - 1, 0).bit_length())[:count])
