"""The values of a key, as they are written on the command line and in sweep files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from wbsim.scenario.issue import Issue, KeyPath, names, show
from wbsim.scenario.reader import NUMBER_HINT
from wbsim.scenario.schema import RunSettings
from wbsim.sweeps.check_value import check_value
from wbsim.sweeps.key import Key
from wbsim.sweeps.read_range import SCALES, read_range
from wbsim.sweeps.spread import FromPrior, Listed, Spread
from wbsim.sweeps.value import Value, value_text

#: More values of one key are refused unread.
MAX_LISTED = 1_000
PRIOR = "prior"

_WHOLE = re.compile(r"[+-]?[0-9]{1,30}", re.ASCII)
_NUMBER = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?", re.ASCII)


def read_spec(
    key: Key, raw: object, run: RunSettings, path: KeyPath, issues: list[Issue], notices: list[str]
) -> Spread | None:
    """The values that `raw` gives `key`: a text as on the command line, a list, a table, one value, or None.

    None stands for a key without values: all choices of a choice, and the prior of a parameter. What is wrong goes to
    `issues` at `path`, what the user should know of the values to `notices`; None is returned with an issue.
    """
    if raw is None:
        return _bare(key, path, issues)
    if raw == PRIOR and key.part == "parameter":
        return _prior(key, path, issues, notices)
    if isinstance(raw, str):
        return _text(key, raw, run, path, issues, notices)
    if isinstance(raw, dict) and key.kind != "weights":
        return read_range(key, raw, run, path, issues, notices)
    if isinstance(raw, list):
        one_set = key.kind in ("states", "domains") and bool(raw) and all(isinstance(x, str) for x in raw)
        named = one_set and not any("+" in name for name in raw)
        items = [raw] if named else [_of_text(key, x) if isinstance(x, str) else x for x in raw]
        return _listed(key, items, [path if named else (*path, n) for n in range(len(items))], run, issues)
    return _listed(key, [raw], [path], run, issues)


def _bare(key: Key, path: KeyPath, issues: list[Issue]) -> Spread | None:
    if key.part == "parameter":
        return _prior(key, path, issues, [])
    if key.choices:
        return Listed(key.choices)
    issues.append(Issue(path, "must be given values", f"such as {_example(key)}"))
    return None


def _prior(key: Key, path: KeyPath, issues: list[Issue], notices: list[str]) -> Spread | None:
    parameter = key.parameter
    assert parameter is not None
    if parameter.prior.family == "fixed":
        message = "cannot be drawn from its prior, which is one fixed number"
        issues.append(Issue(path, message, f"give values, such as {_example(key)}"))
        return None
    if parameter.axis is not None and key.element is None:
        if parameter.centres is not None and len(set(parameter.centres)) > 1:
            message = "cannot be drawn from one prior: each of its elements has a prior of its own"
            issues.append(Issue(path, message, f"name elements; `wbsim params {key.name}` lists them"))
            return None
        notices.append(f"{key.name}: all of its elements take the same number, drawn from the prior of one")
    return FromPrior()


def _text(
    key: Key, text: str, run: RunSettings, path: KeyPath, issues: list[Issue], notices: list[str]
) -> Spread | None:
    if not text.strip():
        return _bare(key, path, issues)
    if ":" in text:
        table = _range_table(text)
        if table is None:
            message = f"must be lo:hi, lo:hi:count or lo:hi:count:log; it is {show(text)}"
            issues.append(Issue(path, message, f"such as {_example(key)}"))
            return None
        return read_range(key, table, run, path, issues, notices, text)
    items = [_of_text(key, part.strip()) for part in text.split(",")]
    found: list[Issue] = []
    spread = _listed(key, items, [path] * len(items), run, found)
    for issue in found:  # on the command line nothing stands in quotes
        hint = None if issue.suggestion == NUMBER_HINT else issue.suggestion
        issues.append(Issue(path, issue.message, hint))
    return spread


def _range_table(text: str) -> dict[str, object] | None:
    parts = [part.strip() for part in text.split(":")]
    scale: dict[str, object] = {"scale": parts.pop()} if parts[-1] in SCALES else {}
    if not 2 <= len(parts) <= 3 or not all(parts):
        return None
    return dict(zip(("low", "high", "count"), map(_scalar, parts), strict=False)) | scale


def _of_text(key: Key, text: str) -> object:
    """A value as TOML would have it, from its text on the command line."""
    match key.kind:
        case "states" | "domains":
            return [part.strip() for part in text.split("+")]
        case "weights":
            return _weights(text)
        case "number" | "whole":
            return _scalar(text)
        case _:
            return text


def _weights(text: str) -> object:
    weights: dict[str, object] = {}
    for part in text.split("+"):
        domain, equals, number = (piece.strip() for piece in part.partition("="))
        if not equals or domain in weights:
            return text
        weights[domain] = _scalar(number)
    return weights


def _scalar(text: str) -> object:
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _listed(
    key: Key, items: Sequence[object], paths: Sequence[KeyPath], run: RunSettings, issues: list[Issue]
) -> Spread | None:
    if not 1 <= len(items) <= MAX_LISTED:
        place = paths[0][:-1] if items else ()
        message = f"must have 1 to {MAX_LISTED} values; it has {len(items)}"
        issues.append(Issue(place or (key.name,), message, "a range lo:hi:count has as many as you like"))
        return None
    before = len(issues)
    checked = [check_value(key, raw, run, path, issues) for raw, path in zip(items, paths, strict=True)]
    values: list[Value] = [value for value in checked if value is not None]
    return Listed(tuple(values)) if len(issues) == before else None


def doubles(values: Sequence[Value]) -> str:
    """The values that come twice or more, in words; "" where none does."""
    twice = [value for value, count in Counter(values).items() if count > 1]
    return names(map(value_text, twice))


def _example(key: Key) -> str:
    match key.kind:
        case "number" | "whole":
            low, high = key.low or 0.0, 1.0 if key.high is None else key.high
            return f"{low:g}:{high:g}:5"
        case "month":
            return "2023-01:2027-01:5"
        case "choice":
            return ",".join(key.choices)
        case "states":
            return "ALB+SRB+XKX,ALB+SRB"
        case "domains":
            return "borders+cyber,borders"
        case "weights":
            return "borders=0.5+cyber=0.5,borders=1"
