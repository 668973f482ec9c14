"""The axes of a store of worlds: their names, their order, their size on disk."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.tables.calendar import month_number, month_text
from wbsim.tables.outcomes import DYAD_OUTCOMES, OUTCOME_NAMES, STATE_OUTCOMES
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

#: Dimensions of each stored array, world by world.
DIMENSIONS = {
    "regional": ("scenario", "world", "month", "outcome"),
    "states": ("scenario", "world", "year", "state", "state_outcome"),
    "dyads": ("scenario", "world", "year", "dyad", "dyad_outcome"),
    "summary": ("scenario", "world", "window", "outcome"),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Axes of one store: scenario names, worlds `first` to `first + worlds - 1`, months, and ends of the
    windows."""

    scenarios: tuple[str, ...]
    first: int
    worlds: int
    months: tuple[str, ...]
    windows: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Years whose December is among the months."""
        return tuple(int(month[:4]) for month in self.months if month.endswith("-12"))

    @property
    def coordinates(self) -> dict[str, tuple[str, ...] | tuple[int, ...]]:
        """Labels of every axis but the worlds."""
        return {
            "scenario": self.scenarios,
            "month": self.months,
            "year": self.years,
            "outcome": OUTCOME_NAMES,
            "state": STATE_CODES,
            "state_outcome": STATE_OUTCOMES,
            "dyad": DYAD_NAMES,
            "dyad_outcome": DYAD_OUTCOMES,
            "window": self.windows,
        }

    def shape(self, array: str, worlds: int | None = None) -> tuple[int, ...]:
        """Shape of the array of that name, with `worlds` worlds (all, by default)."""
        sizes = {name: len(labels) for name, labels in self.coordinates.items()}
        sizes["world"] = self.worlds if worlds is None else worlds
        return tuple(sizes[dimension] for dimension in DIMENSIONS[array])

    @property
    def bytes_per_world(self) -> int:
        """Bytes that one world of all scenarios takes before compression, which gains little on noise."""
        total = 0
        for array in DIMENSIONS:
            cells = 1
            for size in self.shape(array, 1):
                cells *= size
            total += cells * (8 if array == "summary" else 4)
        return total


def months_between(start: str, end: str) -> tuple[str, ...]:
    """All months "YYYY-MM" from `start` to `end`, both included."""
    return tuple(month_text(number) for number in range(month_number(start), month_number(end) + 1))
