"""CSV files that users write: read as text, with everything wrong in their form at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import nearest, show
from wbsim.scenario.resolve import Found
from wbsim.scenario.text import TextKind, UnreadableError, read_text

CSV = TextKind("table", ".csv", "CSV text", 4 * 1024 * 1024, "keep the rows that the calibration needs")
#: Rows of which problems are listed: a file of another kind must not print thousands of lines.
MAX_PROBLEMS = 200


@dataclass(slots=True)
class Row:
    """A row of a table: its cells by column, and the line of the file where it begins."""

    cells: dict[str, str]
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(slots=True)
class Table:
    """The rows of a CSV file that has the right columns; `problems` collects what is wrong with its cells."""

    rows: tuple[Row, ...]
    file: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, row: Row, column: str, message: str, suggestion: str | None = None) -> None:
        """Record a problem in a cell."""
        self.problems.append(Problem(message, self.file, row.line, column, suggestion))

    def settle(self, faulty: list[Problem] | None) -> set[int | None]:
        """As `finish`; or, with a list `faulty`, add the problems to it and return the lines that have some."""
        if faulty is None:
            self.finish()
            return set()
        if self.problems:
            faulty += listed(sorted(self.problems, key=lambda problem: problem.line or 0))
        return {problem.line for problem in self.problems}

    def finish(self) -> None:
        """Raise an InputError with every problem, in the order of the lines, if there are any."""
        if self.problems:
            raise InputError(listed(sorted(self.problems, key=lambda problem: problem.line or 0)))


def read_table(found: Found, columns: Sequence[str]) -> Table:
    """The table in a CSV file with exactly `columns`, in any order; cells without spaces around them.

    Raises UnreadableError for what is no text, and InputError for an empty file, another delimiter, wrong
    columns and rows of another length.
    """
    text = read_text(found.resource, found.file, CSV)
    lines = list(_lines(text, found.file))
    if not lines:
        raise InputError(Problem("is empty", found.file, suggestion=f"the first line is {','.join(columns)}"))
    start, head = lines[0]
    head = [name.strip() for name in head]
    problems = list(_wrong_columns(head, columns, found.file, start))
    if problems:
        raise InputError(problems)
    rows, wrong = [], []
    for line, cells in lines[1:]:
        if len(cells) != len(head):
            message = f"has {len(cells)} cells; the first line has {len(head)}"
            wrong.append(Problem(message, found.file, line, None, "put texts with a comma in double quotes"))
            continue
        rows.append(Row(dict(zip(head, (cell.strip() for cell in cells), strict=True)), line))
    if not rows and not wrong:
        wrong.append(Problem("has no rows below the names of the columns", found.file))
    if wrong:
        raise InputError(listed(wrong))
    return Table(tuple(rows), found.file)


def listed(problems: Sequence[Problem]) -> list[Problem]:
    """The first problems, and how many more there are."""
    rest = len(problems) - MAX_PROBLEMS
    more = [Problem(f"and {rest} more problems", problems[0].file)] if rest > 0 else []
    return [*problems[:MAX_PROBLEMS], *more]


def _lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Records that aren't blank, each with the line where it begins."""
    reader = csv.reader(StringIO(text), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "close every double quote, and write one inside a text twice"
            raise UnreadableError(Problem(f"is no CSV: {error}", file, line, None, hint)) from None
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _wrong_columns(head: list[str], columns: Sequence[str], file: str, line: int) -> Iterator[Problem]:
    expected = ",".join(columns)
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(head) == 1 and sign in head[0]:
            message = f"separates columns by {name}; it must be by commas: {expected}"
            yield Problem(message, file, line, None, 'save it as "CSV UTF-8 (comma delimited)"')
            return
    for name in head:
        if name not in columns:
            near = nearest(name, columns)
            yield Problem(
                f"no column is called {show(name)}; the columns are {expected}", file, line, None, near
            )
        elif head.count(name) > 1:
            yield Problem(f"has the column {name} twice", file, line)
    for name in columns:
        if name not in head:
            yield Problem(f"lacks the column {name}; the columns are {expected}", file, line)
