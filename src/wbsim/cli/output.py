"""Printing for people and for programs: problems, tables and JSON, safe against what a user wrote."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wbsim.errors import Problem

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def printable(text: str) -> str:
    """`text` without characters that could steer a terminal or break a line."""
    return "".join(
        c if c.isprintable() else " " if c in "\t\n" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def print_problems(problems: Iterable[Problem], *, to_stdout: bool = False) -> None:
    """Each problem on an unbroken line of its own: `file:line: key: message (suggestion)`."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=not to_stdout, soft_wrap=True, highlight=False)
    for problem in problems:
        place = ":".join(str(part) for part in (problem.file, problem.line) if part is not None)
        line = Text()
        for part, style in ((place, "bold"), (problem.key, "cyan")):
            if part:
                line.append(printable(part), style).append(": ")
        line.append(printable(problem.message))
        if problem.suggestion:
            line.append(f" ({printable(problem.suggestion)})", "green")
        console.print(line)


def error_object(problems: Iterable[Problem]) -> dict[str, object]:
    """What `--json` prints for an error: as `wbsim check --json`, under the key "error"."""
    return {"error": {"valid": False, "errors": [problem.as_dict() for problem in problems]}}


def print_json(value: object) -> None:
    """One JSON object on stdout; numbers that aren't finite are refused."""
    sys.stdout.write(json.dumps(value, indent=2, allow_nan=False) + "\n")


def print_table(table: Table) -> None:
    """A table on stdout, as wide as the terminal; 100 columns where there is none."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=max(100, console.width))
    console.print(table)


def plain_table(*headings: str) -> Table:
    """An empty table without a box, in which long cells are folded and no text is read as markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table


def notices() -> Console:
    """The console for what is said beside the results: standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
