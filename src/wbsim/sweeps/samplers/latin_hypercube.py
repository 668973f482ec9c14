"""Latin hypercube: in each dimension one point in each of N equal shares (McKay, Beckman & Conover 1979)."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from wbsim.sweeps.samplers.generator import Floats, generator


def latin_hypercube(count: int, dimensions: int, seed: int) -> Floats:
    """Points (count, dimensions) in [0, 1). Another count gives other points: it cannot be extended."""
    from scipy.stats import qmc

    name = "rng" if "rng" in inspect.signature(qmc.LatinHypercube).parameters else "seed"
    given: dict[str, Any] = {name: generator("latin-hypercube", seed)}
    return np.asarray(qmc.LatinHypercube(dimensions, **given).random(count))
