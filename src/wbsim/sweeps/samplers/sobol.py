"""Sobol sequence with Owen's scrambling: spread as evenly as can be, and extended without moving a point."""

from __future__ import annotations

from wbsim.sweeps.samplers.generator import Floats, generator, scrambled_sobol


def sobol(count: int, dimensions: int, seed: int) -> Floats:
    """Points (count, dimensions) in [0, 1); those of a smaller count are the first of them.

    Only a power of two has as many points in each half, quarter and so on of every dimension.
    """
    return scrambled_sobol(count, dimensions, generator("sobol", seed))
