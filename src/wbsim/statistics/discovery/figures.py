"""How good a box is in some worlds: coverage, density, mass, and the excess that chooses between boxes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Worlds = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figures:
    """A box in `worlds` worlds of which `cases` are of interest: it holds `held` worlds, `hit` of them cases."""

    worlds: int
    cases: int
    held: int
    hit: int

    @property
    def base(self) -> float | None:
        """Share of all worlds that are cases."""
        return self.cases / self.worlds if self.worlds else None

    @property
    def density(self) -> float | None:
        """Share of the box's worlds that are cases; None for an empty box."""
        return self.hit / self.held if self.held else None

    @property
    def coverage(self) -> float | None:
        """Share of all cases that the box holds; None where there are no cases."""
        return self.hit / self.cases if self.cases else None

    @property
    def mass(self) -> float | None:
        """Share of all worlds that the box holds."""
        return self.held / self.worlds if self.worlds else None

    @property
    def excess(self) -> float:
        """Cases beyond what the base rate gives, over all worlds: mass times (density minus base rate).

        The weighted relative accuracy (Lavrac, Flach & Zupan 1999): nil for the box of all worlds and for an empty one.
        """
        return excess(self.hit, self.held, self.cases, self.worlds)


def excess(hit: float, held: float, cases: int, worlds: int) -> float:
    """Mass times (density minus base rate)."""
    return (hit - held * cases / worlds) / worlds if worlds else 0.0


def figures_of(inside: Worlds, cases: Worlds) -> Figures:
    """Figures of a box that holds the worlds `inside` (worlds,)."""
    return Figures(cases.size, int(cases.sum()), int(inside.sum()), int((inside & cases).sum()))
