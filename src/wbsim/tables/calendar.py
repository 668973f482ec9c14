"""Months: as people write them ("2023-01"), and as whole numbers to count with."""

from __future__ import annotations

import re

#: The first simulated month: the surveys and the dated events that the model knows begin here.
HISTORY_START = "2021-01"
#: The last month in which dated events of the data are forced, unless a scenario says otherwise.
HISTORY_END = "2022-12"

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)


def month_number(text: str) -> int:
    """The month `text` ("YYYY-MM", years 1000 to 2999) as a number to count with: 12 * year + month - 1.

    Raises ValueError for anything else, "2021-13" and "2021-1" among them.
    """
    match = _MONTH.fullmatch(text)
    if match is None:
        raise ValueError(f'not a month of the form "YYYY-MM": {text!r}')
    return 12 * int(match[1]) + int(match[2]) - 1


def month_text(number: int) -> str:
    """The month `number` (12 * year + month - 1) as "YYYY-MM"; the reverse of `month_number`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def is_month(text: str) -> bool:
    """Whether `text` is a month of the form "YYYY-MM"."""
    return _MONTH.fullmatch(text) is not None
