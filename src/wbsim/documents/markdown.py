"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def cell(value: object) -> str:
    """A value as the text of a cell: one line, bars escaped."""
    return " ".join(str(value).split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with one line a row. Raises ValueError where a row is not as long as the head."""
    lines = [_line(head), _line(["---"] * len(head))]
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"a row of {len(row)} cells under {len(head)} heads: {row}")
        lines.append(_line([cell(value) for value in row]))
    return "\n".join(lines)


def code(name: str) -> str:
    """A name in code type."""
    return f"`{name}`"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
