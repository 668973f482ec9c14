"""Ranges: from a low to a high number or month, in a count of steps or without."""

from __future__ import annotations

import math
from collections.abc import Mapping

from wbsim.scenario.issue import Issue, KeyPath, names, show
from wbsim.scenario.limits import Limits
from wbsim.scenario.reader import Reader
from wbsim.scenario.schema import RunSettings
from wbsim.sweeps.check_value import check_value
from wbsim.sweeps.key import Key
from wbsim.sweeps.spread import Listed, Range, Scale, Spread, as_lever
from wbsim.sweeps.value import Value, value_text
from wbsim.tables.calendar import month_number, month_text

SCALES: tuple[Scale, ...] = ("linear", "log")
RANGE_KEYS = ("low", "high", "count", "scale")
COUNT = Limits(2, 10_000, "values")


def read_range(
    key: Key,
    table: Mapping[str, object],
    run: RunSettings,
    path: KeyPath,
    issues: list[Issue],
    notices: list[str],
    written: str = "",
) -> Spread | None:
    """The range of a table with `low`, `high` and, where they are wanted, `count` and `scale`.

    With a count it is a list of values, evenly spaced on the scale; counts and months take the nearest whole ones,
    each once, and `notices` says where that changed them. `written` is the range as text, which has one place.
    """
    if key.kind not in ("number", "whole", "month"):
        what = f"one of {names(key.choices)}" if key.choices else f"a list of {key.kind}"
        issues.append(
            Issue(path, f"cannot be a range; it takes {what}", "list the values, with commas between")
        )
        return None
    found: list[Issue] = []
    spread = _read(key, table, run, path, found, notices)
    issues.extend(Issue(path if written else issue.path, issue.message, issue.suggestion) for issue in found)
    return spread


def _read(
    key: Key,
    table: Mapping[str, object],
    run: RunSettings,
    path: KeyPath,
    issues: list[Issue],
    notices: list[str],
) -> Spread | None:
    reader = Reader(table, path, issues)
    reader.finish(RANGE_KEYS, "a range")
    for end in ("low", "high"):
        if not reader.has(end):
            reader.missing(end, f"the {end}est value")
    ends = [_end(key, table[end], run, (*path, end), issues) for end in ("low", "high") if reader.has(end)]
    count = reader.whole("count", COUNT, 0)
    scale: Scale = "log" if reader.choice("scale", SCALES, "linear") == "log" else "linear"
    if issues:
        return None
    low, high = (end for end in ends if end is not None)
    if low >= high:
        reader.wrong("high", f"must be above low, which is {show(table['low'])}; it is {show(table['high'])}")
    elif scale == "log" and (low <= 0 or key.kind == "month"):
        reader.wrong("scale", "on a log scale, a range must be of numbers above 0", "leave the scale out")
    if issues:
        return None
    return Listed(_values(key, low, high, count, scale, notices)) if count else Range(low, high, scale)


def _end(key: Key, raw: object, run: RunSettings, path: KeyPath, issues: list[Issue]) -> float | None:
    """An end as a number; months as they are counted."""
    value = check_value(key, raw, run, path, issues)
    if value is None:
        return None
    if key.kind == "month":
        if value == "never":
            issues.append(Issue(path, 'must be a month; it is "never"', "list months, and never among them"))
            return None
        return month_number(str(value))
    if not isinstance(value, int | float):
        issues.append(Issue(path, f"must be a number; it is {show(value)}"))
        return None
    if key.kind == "whole" and value != int(value):
        hint = "list fractions one by one, with commas between"
        issues.append(
            Issue(path, f"must be whole: a range of it takes whole numbers; it is {show(value)}", hint)
        )
        return None
    return value


def _values(
    key: Key, low: float, high: float, count: int, scale: Scale, notices: list[str]
) -> tuple[Value, ...]:
    numbers = [_between(low, high, step / (count - 1), scale) for step in range(count)]
    if key.kind == "number":
        return tuple(dict.fromkeys(numbers))
    whole = [math.floor(number + 0.5) for number in numbers]
    distinct = list(dict.fromkeys(whole))
    values: list[Value] = [month_text(n) if key.kind == "month" else as_lever(key, n) for n in distinct]
    if any(abs(number - n) > 1e-9 for number, n in zip(numbers, whole, strict=True)):
        what = "months" if key.kind == "month" else "numbers"
        shown = names(value_text(value) for value in values[:12]) + (", ..." if len(values) > 12 else "")
        dropped = count - len(distinct)
        left = f"; {dropped} that came twice are left out" if dropped else ""
        notices.append(f"{key.name}: the nearest whole {what} are taken: {shown}{left}")
    return tuple(values)


def _between(low: float, high: float, share: float, scale: Scale) -> float:
    """The number at `share` of the way, rounded to twelve digits, so that 0.3 is the 0.3 that a user writes."""
    if share in (0.0, 1.0):
        return float(high if share else low)
    if scale == "log":
        number = math.exp(math.log(low) + share * (math.log(high) - math.log(low)))
    else:
        number = low + share * (high - low)
    return min(max(float(f"{number:.12g}"), low), high)
