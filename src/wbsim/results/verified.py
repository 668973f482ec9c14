"""What a second look at results found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Verified:
    """`checked` says in words what was compared, `rerun` counts worlds simulated again, `problems` what differs."""

    checked: tuple[str, ...]
    rerun: int
    problems: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """As plain data that JSON can hold."""
        return {
            "sound": not self.problems,
            "checked": list(self.checked),
            "rerun": self.rerun,
            "problems": list(self.problems),
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        yield from self.checked
        if self.rerun:
            yield f"{self.rerun:,} worlds simulated again"
        yield from self.problems
        count = len(self.problems)
        yield f"{count} problem{'s' * (count > 1)}" if count else "all as it was written"
