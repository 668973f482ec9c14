"""Reading calibration/rates.csv."""

from __future__ import annotations

import re

from wbsim.instruments import cells
from wbsim.instruments.csvtext import Row, Table, read_table
from wbsim.instruments.rate import SUBJECTS, Rate
from wbsim.scenario.issue import show
from wbsim.scenario.resolve import Found
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.places import DYAD_NAMES

COLUMNS = ("id", "subject", "minimum_severity", "window", "count", "years", "source", "note")
FIRST_YEAR, LAST_YEAR = 1991, int(HISTORY_END[:4])
MOST_CRISES = 10_000
LONGEST = 1000.0


def read_rates(found: Found) -> tuple[Rate, ...]:
    """The rates of the file. Raises InputError with everything that is wrong with it."""
    table = read_table(found, COLUMNS)
    cells.unique(table)
    read = [(row, rate) for row in table.rows if (rate := _rate(table, row)) is not None]
    _check_overlaps(table, read)
    _check_severities(table, read)
    table.finish()
    return tuple(rate for _, rate in read)


def _rate(table: Table, row: Row) -> Rate | None:
    subject = _subject(table, row)
    severity = cells.whole(table, row, "minimum_severity", 1, 4)
    count = cells.whole(table, row, "count", 0, MOST_CRISES)
    years = cells.number(table, row, "years", 0.25, LONGEST)
    length = _length(table, row)
    if subject is None or severity is None or count is None or years is None or length is None:
        return None
    rate = Rate(row["id"], subject, severity, row["window"], count, years, row["source"], row["note"])
    most = length * max(len(rate.dyads), 1)
    if years > most:
        table.wrong(
            row, "years", f"must be at most {most}, the years of the window times the dyads; it is {years:g}"
        )
        return None
    return rate


def _subject(table: Table, row: Row) -> str | None:
    """A group, a state, or a dyad, whose states stand in the order of all tables."""
    turned = "-".join(reversed(row["subject"].split("-")))
    if turned in DYAD_NAMES and row["subject"] not in DYAD_NAMES:
        table.wrong(
            row,
            "subject",
            f"must name its states in their order; it is {show(row['subject'])}",
            f'did you mean "{turned}"?',
        )
        return None
    return cells.choice(table, row, "subject", SUBJECTS)


def _length(table: Table, row: Row) -> int | None:
    """Years of the window."""
    match = re.fullmatch(r"(\d{4})-(\d{4})", row["window"], re.ASCII)
    if match is None or not FIRST_YEAR <= int(match[1]) <= int(match[2]) <= LAST_YEAR:
        message = f'must be two years from {FIRST_YEAR} to {LAST_YEAR} such as "2017-2022"; it is {show(row["window"])}'
        table.wrong(row, "window", message, f"events after {LAST_YEAR} test predictions and are never fitted")
        return None
    return int(match[2]) - int(match[1]) + 1


def _check_overlaps(table: Table, read: list[tuple[Row, Rate]]) -> None:
    """The crises of a dyad must not be counted twice: in two rows of it, or in its own row and its group's."""
    seen: dict[tuple[str, int], list[tuple[Row, Rate]]] = {}
    for row, rate in read:
        for part in rate.dyads or (rate.subject,):
            for other_row, other in seen.get((part, rate.minimum_severity), ()):
                if _overlap(rate.window, other.window):
                    message = f"counts crises that line {other_row.line} counts too ({other.subject}, {other.window})"
                    table.wrong(row, "subject", message, "keep the dyad or its group")
            seen.setdefault((part, rate.minimum_severity), []).append((row, rate))


def _check_severities(table: Table, read: list[tuple[Row, Rate]]) -> None:
    """Crises of a higher severity are among those of a lower one."""
    for row, rate in read:
        for other_row, other in read:
            same = (other.subject, other.window) == (rate.subject, rate.window)
            if same and other.minimum_severity < rate.minimum_severity and other.count < rate.count:
                message = (
                    f"must be at most {other.count}, the crises of severity {other.minimum_severity} or more in line "
                    f"{other_row.line}; it is {rate.count}"
                )
                table.wrong(row, "count", message, "a crisis counts at every severity up to its own")
                break


def _overlap(a: str, b: str) -> bool:
    return a[:4] <= b[5:] and b[:4] <= a[5:]
