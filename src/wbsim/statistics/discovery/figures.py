"""How good a box is in some worlds: coverage, density, mass, and the correlation that chooses between boxes."""

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
    def correlation(self) -> float:
        """Correlation, over worlds, of being in the box with being a case: phi, from -1 to 1.

        Nil for the box of all worlds and for an empty one. Its square is the share of the variance of being a case that
        the box explains.
        """
        held, hit = np.array([self.held]), np.array([self.hit])
        return float(phi(held, hit, self.cases, self.worlds)[0])


def phi(held: NDArray[np.int64], hit: NDArray[np.int64], cases: int, worlds: int) -> NDArray[np.float64]:
    """Correlation of being in each box with being a case, (boxes,); rounded, so that equals are equal.

    It grows with the density and with the number of worlds that it is of, as the evidence does: a small dense box
    isn't outdone by a large one that is denser by luck.
    """
    inside, found = held.astype(np.float64), hit.astype(np.float64)
    product = inside * (worlds - inside) * float(cases) * float(worlds - cases)
    covariance = found * worlds - inside * cases
    ratio = np.divide(covariance, np.sqrt(product), out=np.zeros(inside.shape), where=product > 0)
    return np.asarray(np.round(ratio, 12))


def figures_of(inside: Worlds, cases: Worlds) -> Figures:
    """Figures of a box that holds the worlds `inside` (worlds,)."""
    return Figures(cases.size, int(cases.sum()), int(inside.sum()), int((inside & cases).sum()))
