"""Reading one table of a scenario: every value checked, every finding kept, so that all come at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from wbsim.scenario.issue import Issue, KeyPath, names, nearest, show
from wbsim.scenario.limits import Limits
from wbsim.tables.calendar import is_month, month_number, month_text
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES, STATES

#: Beyond this many issues, names are no longer compared: thousands of wrong keys must not take minutes.
MAX_SUGGESTIONS = 200
NUMBER_HINT = "write numbers without quotes"
MONTH_HINT = 'months are written in quotes as "YYYY-MM"'


@dataclass(slots=True)
class Reader:
    """Takes values out of `table`, which stands at `path`; `issues` collects what is wrong.

    Every method returns the checked value, or its default where the key isn't given or its value is wrong.
    """

    table: Mapping[str, object]
    path: KeyPath
    issues: list[Issue]
    seen: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether `key` is given."""
        return key in self.table

    def take(self, key: str) -> object:
        """The raw value of `key`, None if it isn't given; counts as read."""
        self.seen.add(key)
        return self.table.get(key)

    def wrong(self, key: str, message: str, suggestion: str | None = None) -> None:
        """Record an issue at `key`."""
        self.issues.append(Issue((*self.path, key), message, suggestion))

    def missing(self, key: str, what: str, suggestion: str | None = None) -> None:
        """Record that `key`, which is `what`, must be given."""
        self.wrong(key, f"must be given: {what}", suggestion)

    def number(self, key: str, limits: Limits, default: float) -> float:
        """A number within `limits`."""
        value = self.take(key)
        return default if value is None else self.checked_number(key, value, limits, default)

    def checked_number(self, key: str, value: object, limits: Limits, default: float) -> float:
        """`value`, given for `key`, as a number within `limits`: whole where they say so."""
        noun = "a whole number" if limits.whole else "a number"
        right = isinstance(value, int) if limits.whole else isinstance(value, int | float)
        if not right or isinstance(value, bool):
            self.wrong(key, f"must be {noun} {limits}; it is {show(value)}", _number_hint(value))
            return default
        assert isinstance(value, int | float)
        if not limits.low <= value <= limits.high:  # true for nan as well
            self.wrong(key, f"must be {limits}; it is {show(value)}")
            return default
        return value if limits.whole else float(value)

    def whole(self, key: str, limits: Limits, default: int) -> int:
        """A whole number within `limits`."""
        return int(self.number(key, limits, default))

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        """One of `choices`."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, str) or value not in choices:
            self.wrong(key, f"must be one of {names(choices)}; it is {show(value)}", nearest(value, choices))
            return default
        return value

    def text(self, key: str, longest: int, default: str = "") -> str:
        """A text of at most `longest` characters."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.wrong(key, f"must be a text in quotes; it is {show(value)}")
            return default
        if len(value) > longest:
            self.wrong(key, f"must have at most {longest} characters; it has {len(value)}")
            return default
        return value

    def month(self, key: str, low: str, high: str, default: str | None, why: str = "") -> str | None:
        """A month from `low` to `high`; `why` says in a few words where these come from."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, str) or not is_month(value):
            self.wrong(key, f'must be a month such as "2023-01"; it is {show(value)}', _month_hint(value))
            return default
        if not month_number(low) <= month_number(value) <= month_number(high):
            reason = f" ({why})" if why else ""
            self.wrong(key, f'must be a month from "{low}" to "{high}"{reason}; it is "{value}"')
            return default
        return value

    def members(
        self, key: str, choices: Sequence[str], noun: str, least: int, default: tuple[str, ...]
    ) -> tuple[str, ...]:
        """At least `least` distinct names among `choices` (states or domains), in the order of `choices`."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, list):
            example = ", ".join(f'"{choice}"' for choice in choices[:2])
            self.wrong(key, f"must be a list such as [{example}]; it is {show(value)}")
            return default
        before = len(self.issues)
        for number, item in enumerate(value):
            place = (*self.path, key, number)
            suggest = len(self.issues) < MAX_SUGGESTIONS
            if not isinstance(item, str) or item not in choices:
                self.issues.append(
                    Issue(
                        place,
                        f"must be a {noun}: {names(choices)}; it is {show(item)}",
                        _which(item, choices) if suggest else None,
                    )
                )
            elif item in value[:number]:
                self.issues.append(Issue(place, f"names {show(item)} a second time", "name it once"))
        if len(self.issues) == before and len(value) < least:
            self.wrong(key, f"must name at least {least} {noun}s; it names {len(value)}")
        if len(self.issues) > before:
            return default
        return tuple(choice for choice in choices if choice in value)

    def state(self, key: str) -> str | None:
        """A state's code."""
        return self._one(key, STATE_CODES, "state")

    def domain(self, key: str) -> str | None:
        """A domain's name."""
        return self._one(key, DOMAIN_NAMES, "domain")

    def subtable(self, key: str) -> Reader | None:
        """A reader of the table at `key`, None if it isn't given or is no table."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(key, f"must be a table ([{key}]); it is {show(value)}")
            return None
        return Reader(value, (*self.path, key), self.issues)

    def tables(self, key: str) -> list[Reader]:
        """Readers of the tables of the list at `key`."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(
                key, f"must be a list of tables, each under [[{key}]]", f"write [[{key}]] with two brackets"
            )
            return []
        readers = []
        for number, item in enumerate(value):
            path = (*self.path, key, number)
            if isinstance(item, dict):
                readers.append(Reader(item, path, self.issues))
            else:
                self.issues.append(Issue(path, f"must be a table; it is {show(item)}"))
        return readers

    def finish(self, allowed: Collection[str], what: str) -> None:
        """Record every key that is not among `allowed`, the keys of `what`."""
        for key in self.table:
            if key not in allowed:
                self.unknown(key, allowed, what)

    def unknown(self, key: str, allowed: Collection[str], what: str) -> None:
        """Record that `key` is none of `allowed`, the keys of `what`."""
        near = nearest(key, allowed) if len(self.issues) < MAX_SUGGESTIONS else None
        self.wrong(key, f"is not a key of {what}; allowed: {names(allowed)}", near)

    def _one(self, key: str, choices: Sequence[str], noun: str) -> str | None:
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in choices:
            self.wrong(
                key, f"must be a {noun}: {names(choices)}; it is {show(value)}", _which(value, choices)
            )
            return None
        return value


def finite(value: float) -> bool:
    """Whether `value` is a number that a float can hold, and neither infinite nor "not a number"."""
    try:
        return isfinite(value)
    except OverflowError:
        return False


def _number_hint(value: object) -> str | None:
    if isinstance(value, str):
        return NUMBER_HINT
    return None


def _which(value: object, choices: Sequence[str]) -> str | None:
    """A suggestion for a wrong state or domain: states are also known by their names and older codes."""
    if not isinstance(value, str):
        return None
    if choices == STATE_CODES:
        by_name = {state.name.lower(): state.code for state in STATES} | {
            "kos": "XKX",
            "rks": "XKX",
            "xk": "XKX",
        }
        by_name |= {"bosnia": "BIH", "macedonia": "MKD", "fyr macedonia": "MKD"}
        code = by_name.get(value.lower())
        if code is not None:
            return f'did you mean "{code}"?'
    return nearest(value, choices)


def _month_hint(value: object) -> str:
    """What to write instead: the month itself where one is meant, and otherwise the form."""
    if not isinstance(value, str):
        return MONTH_HINT
    parts = value.split("-")
    digits = len(parts) >= 2 and all(part.isascii() and part.isdigit() for part in parts)
    if digits and len(parts[0]) == 4 and len(parts[1]) <= 2 and 1 <= int(parts[1]) <= 12:
        return f'did you mean "{month_text(12 * int(parts[0]) + int(parts[1]) - 1)}"?'
    if digits and len(parts[0]) == 4 and len(parts) == 2:
        return "the months of a year are 01 to 12"
    return MONTH_HINT
