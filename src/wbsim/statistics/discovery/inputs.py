"""What a search looks among: numbers and categories that differ between worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Input:
    """One input: `key` names it, `label` reads in a sentence, `unit` is empty for a bare number.

    `categories` are the words of a category, whose value in a world is the place of its word (0, 1, ...); empty for a
    number. `kind` says where it comes from, "parameter", "circumstance" or "lever" for one: the search doesn't mind.
    """

    key: str
    label: str
    unit: str = ""
    categories: tuple[str, ...] = ()
    kind: str = "parameter"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Inputs with their `values` (inputs, worlds), all finite; ValueError where shapes don't fit."""

    inputs: tuple[Input, ...]
    values: Values

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or len(self.inputs) != len(self.values):
            raise ValueError(f"{len(self.inputs)} inputs need as many rows: values are {self.values.shape}")
        if not np.isfinite(self.values).all():
            raise ValueError("values of inputs must be finite")

    @property
    def categorical(self) -> Worlds:
        """Which inputs are categories, (inputs,)."""
        return np.array([bool(each.categories) for each in self.inputs], dtype=bool)

    def rows(self, places: Sequence[int]) -> Inputs:
        """Some of the inputs, in this order."""
        chosen = np.asarray(places, dtype=np.int64)
        return Inputs(tuple(self.inputs[int(place)] for place in chosen), self.values[chosen])

    def worlds(self, which: Worlds) -> Inputs:
        """All inputs in some worlds."""
        return Inputs(self.inputs, self.values[:, which])
