"""Monthly means and spreads over the worlds of one case, gathered chunk by chunk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.store.chunk_file import Content


@dataclass(slots=True)
class Series:
    """Sums over sound worlds: `count`, and values and their squares (outcomes, months)."""

    count: int
    total: NDArray[np.float64]
    squares: NDArray[np.float64]

    @classmethod
    def empty(cls, shape: tuple[int, int]) -> Series:
        """No world yet, of values (outcomes, months); (0, 0) where no monthly ones are kept."""
        return cls(0, np.zeros(shape), np.zeros(shape))

    def add(self, content: Content, row: int, part: slice) -> None:
        """Take the sound worlds `part` of row `row` of a chunk."""
        if "regional" not in content.arrays:
            return
        values = content.arrays["regional"][row, :, part]
        sound = np.isfinite(content.arrays["figures"][row, part]).all(axis=-1)
        if not sound.all():
            values = values[:, sound]
        self.count += int(sound.sum())
        doubles = values.astype(np.float64)
        self.total = _added(self.total, doubles)
        self.squares = _added(self.squares, doubles * doubles)

    def mean(self) -> NDArray[np.float32]:
        """Means (months, outcomes) over worlds; NaN without any."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return (self.total / self.count if self.count else self.total * np.nan).T.astype(np.float32)

    def sd(self) -> NDArray[np.float32]:
        """Standard deviations (months, outcomes) over worlds; NaN below two."""
        if self.count < 2:
            return (self.total * np.nan).T.astype(np.float32)
        spread = self.squares / self.count - (self.total / self.count) ** 2
        return np.sqrt(np.maximum(spread, 0.0) * self.count / (self.count - 1)).T.astype(np.float32)


def _added(total: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """`total` (outcomes, months) and `values` (outcomes, worlds, months) of one world after the other.

    In the order of the worlds and never in pairs, so that the sum is the same however worlds were cut into chunks.
    """
    together = np.concatenate([total[:, None], values], axis=1)
    summed: NDArray[np.float64] = np.add.reduce(together, axis=1)
    return summed
