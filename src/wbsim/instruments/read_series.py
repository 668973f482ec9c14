"""Reading calibration/series.csv."""

from __future__ import annotations

import re

from wbsim.instruments import cells
from wbsim.instruments.csvtext import Row, Table, read_table
from wbsim.instruments.read_figures import MOST_RESPONDENTS
from wbsim.instruments.series import BOUNDS, Wave
from wbsim.scenario.issue import show
from wbsim.scenario.resolve import Found
from wbsim.tables.calendar import month_number

COLUMNS = (
    "id", "series", "population", "month", "value", "bound", "error", "n", "picked", "survey", "statement",
    "source", "note", "same_as",
)  # fmt: skip
#: Half a year, where a year is all that is known.
_MIDDLE = 5.5
#: The first year of which a wave can be: before it none of the six publics was asked as such.
_FIRST_YEAR = 1990
#: Largest error of a published value, in points.
_MOST_ERROR = 10.0


def read_series(found: Found) -> tuple[Wave, ...]:
    """The waves of the file. Raises InputError with everything that is wrong with it."""
    table = read_table(found, COLUMNS)
    cells.unique(table)
    read = [(row, wave) for row in table.rows if (wave := _wave(table, row)) is not None]
    seen: dict[tuple[str, str, float], Row] = {}
    for row, wave in read:
        earlier = seen.setdefault((wave.series, wave.population, wave.month), row)
        if earlier is not row:
            message = (
                f"holds {wave.series} of {wave.population} in {row['month']} a second time,"
                f" after line {earlier.line}"
            )
            table.wrong(row, "series", message, "keep one of them, or call the series otherwise")
    table.finish()
    return tuple(wave for _, wave in read)


def _wave(table: Table, row: Row) -> Wave | None:
    before = len(table.problems)
    series = cells.given(table, row, "series", 100)
    population = cells.given(table, row, "population", 100)
    month = _month(table, row)
    value = cells.number(table, row, "value", 0.0, 100.0, " percent")
    bound = next((each for each in BOUNDS if each == row["bound"]), None)
    if bound is None:
        table.wrong(row, "bound", f'must be empty, "at least" or "at most"; it is {show(row["bound"])}')
    error = cells.number(table, row, "error", 0.0, _MOST_ERROR, " points")
    n = cells.whole(table, row, "n", 1, MOST_RESPONDENTS)
    picked = cells.choice(table, row, "picked", ("yes", "no"))
    survey = cells.given(table, row, "survey", 300)
    cells.given(table, row, "source")
    if len(table.problems) > before:
        return None
    assert month is not None and value is not None and error is not None and n and bound is not None
    return Wave(
        id=row["id"],
        series=series,
        population=population,
        month=month,
        value=value,
        bound=bound,
        error=error,
        n=n,
        picked=picked == "yes",
        survey=survey,
        source=row["source"],
        same_as=row["same_as"],
    )


def _month(table: Table, row: Row) -> float | None:
    """The month, or the middle of the year, in a cell; None where it is wrong."""
    text = row["month"]
    try:
        year = re.fullmatch(r"\d{4}", text, re.ASCII)
        month = 12.0 * int(text) + _MIDDLE if year else float(month_number(text))
    except ValueError:
        month = -1.0
    if not 12 * _FIRST_YEAR <= month < 12 * 3000:
        table.wrong(
            row,
            "month",
            f"must be a month (2019-06) or a year (2019) from {_FIRST_YEAR} on; it is {show(text)}",
        )
        return None
    return month
