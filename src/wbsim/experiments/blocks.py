"""Worlds cut into blocks that are simulated together; the cut never shows in a result."""

from __future__ import annotations

from dataclasses import dataclass

#: Most worlds simulated as one array by default: more are hardly faster and cost memory. Never part of a result.
DEFAULT_BLOCK = 64


@dataclass(frozen=True, slots=True)
class Span:
    """Worlds `first` to `first + count - 1`."""

    first: int
    count: int

    def __str__(self) -> str:
        return f"world {self.first}" if self.count == 1 else f"worlds {self.first} to {self.last}"

    @property
    def last(self) -> int:
        """The last world of the span."""
        return self.first + self.count - 1

    @property
    def worlds(self) -> range:
        """The numbers of the worlds."""
        return range(self.first, self.first + self.count)


def block_size(worlds: int, workers: int) -> int:
    """Worlds a block by default: so many that every worker has one, and at most `DEFAULT_BLOCK`."""
    return min(DEFAULT_BLOCK, max(1, -(-worlds // workers)))


def spans(first: int, worlds: int, size: int = DEFAULT_BLOCK) -> tuple[Span, ...]:
    """Worlds `first` to `first + worlds - 1` in spans of `size`, the last one shorter where it must be."""
    if size < 1:
        raise ValueError(f"a block holds at least one world; {size} was asked for")
    end = first + worlds
    return tuple(Span(start, min(size, end - start)) for start in range(first, end, size))
