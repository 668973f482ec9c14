"""What is shown in the report as plain text: comma-separated, or a table for the terminal."""

from __future__ import annotations

import csv
import io

from wbsim.report.shown import Shown

Value = str | float | int | None


def as_csv(shown: Shown) -> str:
    """Columns and rows as comma-separated text, numbers in full; what is undefined is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(shown.columns)
    writer.writerows(["" if value is None else value for value in row] for row in shown.rows)
    return text.getvalue()


def as_text(value: Value) -> str:
    """A value for the terminal: numbers with four digits that count, "-" where undefined."""
    if value is None:
        return "-"
    return f"{value + 0.0:.4g}" if isinstance(value, float) else str(value)
