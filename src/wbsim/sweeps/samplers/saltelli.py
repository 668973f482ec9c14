"""Saltelli's design, from which Sobol indices are computed (Saltelli et al. 2010)."""

from __future__ import annotations

import numpy as np

from wbsim.sweeps.samplers.generator import Floats, generator, scrambled_sobol


def saltelli(base: int, dimensions: int, seed: int, second_order: bool = False) -> Floats:
    """Points (base * (d + 2), d) in [0, 1), or (base * (2 d + 2), d) with `second_order`; d are the `dimensions`.

    A and B are (base, d): the two halves of one scrambled Sobol sequence of 2 d dimensions. The points come in `base`
    groups, and group i holds, in this order:

        A[i]
        A[i] with its column 1 from B[i], ..., A[i] with its column d from B[i]
        with `second_order`: B[i] with its column 1 from A[i], ..., B[i] with its column d from A[i]
        B[i]

    This is the order of SALib, whose `sobol.analyze` takes it. A larger base begins with the same groups.
    """
    both = scrambled_sobol(base, 2 * dimensions, generator("saltelli", seed))
    a, b = both[:, :dimensions], both[:, dimensions:]
    own = np.eye(dimensions, dtype=bool)
    parts = [a[:, None], np.where(own, b[:, None], a[:, None])]
    if second_order:
        parts.append(np.where(own, a[:, None], b[:, None]))
    parts.append(b[:, None])
    return np.concatenate(parts, axis=1).reshape(-1, dimensions)
