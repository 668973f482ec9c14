"""Reading a file with the columns of survey_figures.csv."""

from __future__ import annotations

import re

from wbsim.errors import Problem
from wbsim.instruments import cells
from wbsim.instruments.csvtext import Row, Table, read_table
from wbsim.instruments.figure import SPLITS
from wbsim.instruments.pattern import MAX_STATEMENT
from wbsim.instruments.published import COLUMNS, KINDS, Published
from wbsim.instruments.question import POPULATIONS
from wbsim.scenario.issue import show
from wbsim.scenario.resolve import Found


def read_published(found: Found, faulty: list[Problem] | None = None) -> tuple[Published, ...]:
    """The rows of the file. Raises InputError with everything that is wrong with it.

    With a list `faulty`, what is wrong with rows is added to it, and the other rows are read all the same.
    """
    table = read_table(found, COLUMNS)
    cells.unique(table)
    rows = [_row(table, row) for row in table.rows]
    wrong = table.settle(faulty)
    return tuple(row for row in rows if row is not None and row.line not in wrong)


def _row(table: Table, row: Row) -> Published | None:
    before = len(table.problems)
    value = cells.number(table, row, "value_percent", 0.0, 100.0, " percent")
    # A part of a population is written after its code: "WB6 youth 15-29".
    if row["population"].split(" ")[0] not in POPULATIONS:
        cells.population(table, row)
    cells.choice(table, row, "split", SPLITS)
    cells.choice(table, row, "value_kind", KINDS)
    cells.given(table, row, "statement", MAX_STATEMENT)
    cells.given(table, row, "survey", 300)
    size = row["sample_size"]
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", size) and float(size) < 1:
        table.wrong(row, "sample_size", f"must be 1 respondent or more, or empty; it is {show(size)}")
    if value is None or len(table.problems) > before:
        return None
    return Published(
        id=row["id"],
        value=value,
        population=row["population"],
        year=row["year"],
        survey=row["survey"],
        statement=row["statement"],
        theme=row["theme"],
        split=row["split"],
        kind=row["value_kind"],
        sample_size=row["sample_size"],
        fieldwork=row["fieldwork"],
        source=row["source"],
        note=row["note"],
        line=row.line,
    )
