"""Morris's design: trajectories that change one dimension at a time, for elementary effects (Morris 1991)."""

from __future__ import annotations

import numpy as np

from wbsim.sweeps.samplers.generator import Floats, generator


def morris(trajectories: int, dimensions: int, levels: int, seed: int) -> Floats:
    """Points (trajectories * (d + 1), d) on `levels` (an even number) places from 0 to 1; d are the `dimensions`.

    The d + 1 points of a trajectory follow each other, and from each to the next exactly one dimension changes, by
    `step(levels)` up or down; each dimension changes once, in a random order. This is the order of SALib, whose
    `morris.analyze` takes it. More trajectories begin with the same ones.
    """
    random = generator("morris", seed)
    return np.concatenate([_trajectory(dimensions, levels, random) for _ in range(trajectories)])


def step(levels: int) -> float:
    """How far a dimension moves: levels / (2 (levels - 1)), with which all places are as likely (Morris 1991)."""
    return levels / (2.0 * (levels - 1))


def _trajectory(dimensions: int, levels: int, random: np.random.Generator) -> Floats:
    # In whole places, so that no rounding moves a point off its place.
    jump = levels // 2
    low = random.integers(0, levels - jump, dimensions)
    up = random.integers(0, 2, dimensions).astype(bool)
    order = random.permutation(dimensions)
    moved_at = np.empty(dimensions, dtype=np.int64)
    moved_at[order] = np.arange(1, dimensions + 1)
    moved = np.arange(dimensions + 1)[:, None] >= moved_at
    places = low + jump * (moved == up)
    return np.asarray(places / (levels - 1))
