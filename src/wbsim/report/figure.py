"""A figure of the report: how it is drawn, what it shows in words, and the plain data behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.report.shown import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Figure:
    """One figure. Its name is that of `shown`: files and `wbsim show` call it so.

    `caption` says what is drawn; `description` says what is seen, with its numbers, to readers who don't see it.
    `size` is in inches; `margins` are the places of the axes' sides as shares, None to find them.
    """

    caption: str
    description: str
    draw: Callable[[Axes], object]
    size: tuple[float, float]
    shown: Shown
    margins: Mapping[str, float] | None = None

    @property
    def name(self) -> str:
        """The figure's name, unique in a report."""
        return self.shown.name
