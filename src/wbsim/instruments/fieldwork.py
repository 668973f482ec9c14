"""When a survey was in the field: the texts of survey files, read into a first and a last possible month."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wbsim.tables.calendar import month_number, month_text

#: Months that a figure can be asked in: before the first simulated month the reference month stands for it.
EARLIEST, LATEST = "2017-01", "2030-12"

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Parts of a year, as first and last month.
_PARTS = {
    "early": (1, 4), "mid": (5, 8), "late": (9, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11),
    "fall": (9, 11), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
}  # fmt: skip
_MONTH = re.compile(
    # "May" is a month only where a number, a dash or another end follows: "dates may differ" names none.
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?"
    r"|may(?=\s*(?:\d|[-–,/)]|to\b|and\b|$))"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-\d\d)?\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s*[-–/]\s*((?:19|20)?\d\d)(?!\d))?\b")
_PART = re.compile(r"\b(early|mid|late|spring|summer|autumn|fall|q[1-4])\b")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Span:
    """The possible months of a fieldwork, `first` to `last` (YYYY-MM), or why they cannot be told."""

    first: str = ""
    last: str = ""
    problem: str = ""


def fieldwork(text: str, year: str) -> Span:
    """The months that the texts in the columns `fieldwork` and `year` allow.

    A date of publication bounds the fieldwork from above, from January of its year on. Without a month the whole
    year is possible; a range that crosses the year's end ends in the year that is named. The months must lie
    from 2017-01 to 2030-12.
    """
    low, known = text.lower()[:_LONGEST].strip(), _years(year.lower()[:_LONGEST])
    before, _, published = low.partition("published")
    found = _months(before, known)
    until = _months(published, known) if published else None
    if found is None:
        years = _years(before) or known
        if years is None and until is not None and until[1] is not None:
            years = (until[1] // 12, until[1] // 12)
        found = _whole(years)
    if until is not None and until[1] is not None and found[1] is not None:
        found = found[0], min(found[1], until[1])
    return _checked(found, text, year)


def _months(text: str, known: tuple[int, int] | None) -> tuple[int | None, int | None] | None:
    """First and last month named in `text`, None if it names none; (None, None) if their year is unknown."""
    iso = [12 * int(a) + int(b) - 1 for a, b in _ISO.findall(text)]
    if iso:
        return min(iso), max(iso)
    years = [(match.start(), int(match[1])) for match in _YEAR.finditer(text)]
    named = [
        (match.start(), _NAMES.index(match[1][:3]), _NAMES.index(match[1][:3]))
        for match in _MONTH.finditer(text)
    ]
    if not named:
        named = [(m.start(), _PARTS[m[1]][0] - 1, _PARTS[m[1]][1] - 1) for m in _PART.finditer(text)]
    if not named:
        return None
    first, last = named[0], named[-1]
    end_year = _year_after(last[0], years) or (years[-1][1] if years else _single(known))
    if end_year is None:
        return None, None
    own = _year_after(first[0], [item for item in years if item[0] < last[0]])
    start_year = own or end_year - (first[1] > last[2])
    return 12 * start_year + first[1], 12 * end_year + last[2]


def _year_after(position: int, years: list[tuple[int, int]]) -> int | None:
    return next((year for place, year in years if place > position), None)


def _single(known: tuple[int, int] | None) -> int | None:
    return known[0] if known and known[0] == known[1] else None


def _years(text: str) -> tuple[int, int] | None:
    """First and last year named in `text`; None if it names none or says that the year isn't known."""
    if "unknown" in text or "?" in text:
        return None
    match = _YEAR.search(text)
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2]) if match[2] else first
    return first, last if last > 99 else first - first % 100 + last


def _whole(years: tuple[int, int] | None) -> tuple[int | None, int | None]:
    return (None, None) if years is None else (12 * years[0], 12 * years[1] + 11)


def _checked(found: tuple[int | None, int | None], text: str, year: str) -> Span:
    first, last = found
    said = f'fieldwork "{text[:60]}", year "{year[:60]}"'
    if first is None or last is None:
        return Span(problem=f"the month cannot be told from {said}")
    if first > last:
        return Span(problem=f"the fieldwork ends before it begins: {said}")
    if first < month_number(EARLIEST) or last > month_number(LATEST):
        return Span(problem=f"the fieldwork lies outside {EARLIEST} to {LATEST}: {said}")
    return Span(month_text(first), month_text(last))
