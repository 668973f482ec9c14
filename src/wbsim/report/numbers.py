"""Figures as people read them: sensible digits, units, per cent, months."""

from __future__ import annotations

from wbsim.tables.record import Outcome

NOT_DEFINED = "n/a"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def value(outcome: Outcome, number: float | None) -> str:
    """`number` with the digits of its outcome; n/a for None. Nothing is ever shown as minus zero."""
    if number is None:
        return NOT_DEFINED
    return f"{round(number, outcome.digits) + 0.0:,.{outcome.digits}f}"


def change(outcome: Outcome, number: float | None) -> str:
    """A difference: as `value`, with its sign unless it rounds to zero."""
    if number is None:
        return NOT_DEFINED
    rounded = round(number, outcome.digits) + 0.0
    return f"{rounded:+,.{outcome.digits}f}" if rounded else f"{0.0:.{outcome.digits}f}"


def error(outcome: Outcome, number: float | None) -> str:
    """A Monte Carlo error: one digit more than its outcome's values."""
    return NOT_DEFINED if number is None else f"{number:,.{outcome.digits + 1}f}"


def interval(outcome: Outcome, low: float | None, high: float | None) -> str:
    """The interval of a level."""
    if low is None or high is None:
        return NOT_DEFINED
    return f"{value(outcome, low)} to {value(outcome, high)}"


def change_interval(outcome: Outcome, low: float | None, high: float | None) -> str:
    """The interval of a difference."""
    if low is None or high is None:
        return NOT_DEFINED
    return f"{change(outcome, low)} to {change(outcome, high)}"


def percent(share: float | None) -> str:
    """A share of worlds as whole per cent; never 0 or 100 unless it is exactly so."""
    if share is None:
        return NOT_DEFINED
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1:
        return ">99 %"
    return f"{100 * share:.0f} %"


def typographic(text: str) -> str:
    """`text` with true minus signs in front of numbers."""
    return "".join(
        "\N{MINUS SIGN}" if char == "-" and _starts_number(text, place) else char
        for place, char in enumerate(text)
    )


def _starts_number(text: str, place: int) -> bool:
    after = text[place + 1 : place + 2]
    before = text[place - 1 : place]
    return after.isdigit() and (not before or before.isspace() or before in "(+")


def month_words(month: str) -> str:
    """ "2032-12" as "December 2032"."""
    year, number = month.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def duration(seconds: float) -> str:
    """A rough duration: "about 40 seconds", "about 3 minutes"."""
    for limit, size, unit in ((90, 1, "second"), (5400, 60, "minute"), (172_800, 3600, "hour")):
        if seconds < limit:
            count = max(1, round(seconds / size))
            return f"about {count} {unit}{'' if count == 1 else 's'}"
    return f"about {round(seconds / 86_400)} days"
