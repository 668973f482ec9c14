"""Cells of a table: each read with what is allowed, its problem recorded where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection

from wbsim.instruments.csvtext import Row, Table
from wbsim.instruments.question import POPULATIONS
from wbsim.scenario.issue import names, nearest, show
from wbsim.tables.places import STATES

#: Longest text of a cell that stands in a report.
MAX_CELL = 2000
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


def number(table: Table, row: Row, column: str, low: float, high: float, unit: str = "") -> float | None:
    """The number in a cell, within `low` to `high`; None where it is wrong."""
    text = row[column]
    said = f"must be a number from {low:g} to {high:g}{unit}; it is {show(text)}"
    if _NUMBER.fullmatch(text) is None:
        table.wrong(row, column, said, _number_hint(text))
        return None
    value = float(text)
    if not low <= value <= high:
        table.wrong(row, column, said)
        return None
    return value


def whole(table: Table, row: Row, column: str, low: int, high: int) -> int | None:
    """The whole number in a cell, within `low` to `high`; None where it is wrong."""
    text = row[column]
    if re.fullmatch(r"\d{1,9}", text, re.ASCII) is None or not low <= int(text) <= high:
        table.wrong(row, column, f"must be a whole number from {low} to {high}; it is {show(text)}")
        return None
    return int(text)


def choice(table: Table, row: Row, column: str, choices: Collection[str]) -> str | None:
    """One of `choices`; None where the cell is wrong."""
    text = row[column]
    if text not in choices:
        table.wrong(
            row, column, f"must be one of {names(choices)}; it is {show(text)}", nearest(text, choices)
        )
        return None
    return text


def given(table: Table, row: Row, column: str, most: int = MAX_CELL) -> str:
    """A text of 1 to `most` characters, recorded where it is missing or too long."""
    text = row[column]
    if not text:
        table.wrong(row, column, "must be given")
    elif len(text) > most:
        table.wrong(row, column, f"must have at most {most} characters; it has {len(text)}")
    return text


def population(table: Table, row: Row, column: str = "population") -> str | None:
    """A state's code or WB6; None where the cell is wrong."""
    text = row[column]
    if text not in POPULATIONS:
        code = next((state.code for state in STATES if state.name.lower() == text.lower()), None)
        hint = f'did you mean "{code}"?' if code else nearest(text, POPULATIONS)
        table.wrong(row, column, f"must be one of {names(POPULATIONS)}; it is {show(text)}", hint)
        return None
    return text


def unique(table: Table, column: str = "id") -> None:
    """Record every row whose `column` stands in an earlier row."""
    seen: dict[str, int] = {}
    for row in table.rows:
        text = given(table, row, column, 100)
        if text in seen:
            table.wrong(row, column, f"is taken: {show(text)} stands in line {seen[text]}", "choose another")
        elif text:
            seen[text] = row.line


def _number_hint(text: str) -> str | None:
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return f'write "{text.replace(",", ".")}"'
    if text.endswith("%"):
        return "write the number without %"
    return None
