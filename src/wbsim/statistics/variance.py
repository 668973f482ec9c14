"""Where the variance of an effect comes from: an analysis of variance with random effects, estimated without bias.

Design: p draws of parameters x s structural settings x c courses of chance. Every draw meets every structure (crossed);
courses of chance belong to a draw (nested), the same course under every structure. In the model

    d = μ + A_i + B_j + (AB)_ij + C_k(i) + (BC)_jk(i)

all terms but μ are independent with mean 0. Each mean square's expectation is a sum of variances (Searle, Casella &
McCulloch 1992, chapter 4); solving for the variances gives estimators without bias, which may come out below zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Components:
    """Variances in the squared unit of the effect; estimates without bias, so that one near nil may be negative.

    `parameters`: between draws. `structure`: between structural settings, the same for all draws. `interaction`:
    structure changes the effect differently by draw. `chance`: between courses of chance with all else the same.
    """

    parameters: float
    structure: float
    interaction: float
    chance: float

    @property
    def total(self) -> float:
        """Sum of the estimates: variance of one world under one structure, both taken at random."""
        return self.parameters + self.structure + self.interaction + self.chance

    def shares(self) -> dict[str, float] | None:
        """Each part of the whole, negative estimates taken as nil; they sum to 1. None where nothing varies."""
        parts = {
            name: max(0.0, getattr(self, name))
            for name in ("parameters", "structure", "interaction", "chance")
        }
        whole = sum(parts.values())
        return {name: part / whole for name, part in parts.items()} if whole > 0.0 else None


def components(values: Values) -> Components | None:
    """Variance components of `values` (p, s, c), one effect for each draw, structure and course of chance.

    None where any axis has fewer than two: the parts then can't be told apart. ValueError for values that aren't
    finite or have another number of axes.
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 3:
        raise ValueError(f"draws x structures x courses of chance, not an array of shape {values.shape}")
    if min(values.shape) < 2:
        return None
    if not np.isfinite(values).all():
        raise ValueError("values must be finite: leave out the worlds that failed")
    p, s, c = values.shape
    draw, structure = values.mean(axis=(1, 2)), values.mean(axis=(0, 2))
    cell, course, whole = values.mean(axis=2), values.mean(axis=1), values.mean()
    of_draw = s * c * np.sum((draw - whole) ** 2) / (p - 1)
    of_structure = p * c * np.sum((structure - whole) ** 2) / (s - 1)
    of_cell = c * np.sum((cell - draw[:, None] - structure + whole) ** 2) / ((p - 1) * (s - 1))
    of_course = s * np.sum((course - draw[:, None]) ** 2) / (p * (c - 1))
    rest = values - cell[:, :, None] - course[:, None, :] + draw[:, None, None]
    of_rest = np.sum(rest**2) / (p * (s - 1) * (c - 1))
    return Components(
        parameters=float((of_draw - of_cell - of_course + of_rest) / (s * c)),
        structure=float((of_structure - of_cell) / (p * c)),
        interaction=float((of_cell - of_rest) / c),
        chance=float((of_course - of_rest) / s + of_rest),
    )
