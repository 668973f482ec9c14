"""A table of the report as text, beside the plain data that it was written from."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.report.shown import Shown

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading of their own; without one the group has no heading. `note` stands below the heading."""

    lines: tuple[Line, ...]
    heading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """`headings` name the columns; the first cell of a line names the line. `words` marks a table of texts."""

    headings: tuple[str, ...]
    groups: tuple[Group, ...]
    shown: Shown
    words: bool = False

    @property
    def name(self) -> str:
        """The table's name, unique in a report."""
        return self.shown.name
