"""One value of a key, checked as the same value in a scenario file is."""

from __future__ import annotations

from wbsim.scenario import limits
from wbsim.scenario.issue import Issue, KeyPath, show
from wbsim.scenario.read_assumptions import SOURCES, parameter_limits, read_parameter
from wbsim.scenario.read_policy import LAST_MONTH, first_start, read_lever
from wbsim.scenario.reader import Reader, finite
from wbsim.scenario.schema import RunSettings
from wbsim.sweeps.key import Key
from wbsim.sweeps.value import NEVER, Value, weights_text
from wbsim.tables.record import Prior

#: More names in one set are refused unread: there are six states and five domains.
_MAX_NAMES = 50


def check_value(key: Key, raw: object, run: RunSettings, path: KeyPath, issues: list[Issue]) -> Value | None:
    """`raw`, as TOML has it, as a value of `key`; None, with issues at `path`, if it may not be one.

    `run` bounds the months of policies. Rules across levers are not checked here: other keys may keep them.
    """
    if key.part == "parameter":
        return _parameter(key, raw, path, issues)
    if raw is None:  # A reader would take it for a key that is left out.
        issues.append(Issue(path, "must be a value; it is None"))
        return None
    found: list[Issue] = []
    value = _read(key, raw, run, found)
    # The reader takes the value out of a table of one key, whose name is no part of the place.
    issues.extend(Issue((*path, *issue.path[1:]), issue.message, issue.suggestion) for issue in found)
    return None if found else value


def _read(key: Key, raw: object, run: RunSettings, found: list[Issue]) -> Value | None:
    name = key.lever.name if key.lever is not None else key.name
    reader = Reader({name: raw}, (), found)
    match key.part:
        case "start":
            return reader.month(
                name, first_start(), run.horizon, None, "the simulated months after the first"
            )
        case "end":
            return NEVER if raw == NEVER else reader.month(name, first_start(), LAST_MONTH, None)
        case "citizens":
            return reader.whole(name, limits.CITIZENS, 0)
        case "lever":
            return _lever(key, raw, reader)
        case _:
            return reader.choice(name, key.choices, "")


def _lever(key: Key, raw: object, reader: Reader) -> Value | None:
    lever = key.lever
    assert lever is not None
    if isinstance(raw, list) and len(raw) > _MAX_NAMES:
        reader.wrong(lever.name, f"names {len(raw)} {lever.kind}, more than there are")
        return None
    bounded = lever.low is not None and lever.high is not None
    if not bounded and isinstance(raw, int | float) and not finite(raw):
        reader.wrong(lever.name, f"must be a finite number; it is {show(raw)}")
        return None
    value = read_lever(reader, lever)
    if lever.kind == "weights":
        return weights_text(tuple(float(each) for each in value)) if isinstance(value, tuple) else None
    return tuple(str(each) for each in value) if isinstance(value, tuple) else value


def _parameter(key: Key, raw: object, path: KeyPath, issues: list[Issue]) -> Value | None:
    assert key.parameter is not None
    if raw not in SOURCES and (isinstance(raw, bool) or not isinstance(raw, int | float)):
        message = (
            f'must be a number {parameter_limits(key.parameter)}, "prior" or "posterior"; it is {show(raw)}'
        )
        hint = "a range lo:hi, or the prior, is for sampled designs" if isinstance(raw, dict) else None
        issues.append(Issue(path, message, hint))
        return None
    value = read_parameter(key.parameter, raw, path, issues)
    return value.a if isinstance(value, Prior) else value
