"""Keys of parameters: a name for all its elements, `name.ELEMENT` for one; quoted or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from wbsim.scenario.issue import KeyPath, names, nearest
from wbsim.scenario.limits import DISTRIBUTIONS
from wbsim.scenario.merge import Located
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.record import Parameter
from wbsim.tables.structures import STRUCTURES

_TABLE: KeyPath = ("assumptions", "parameters")
_DISTRIBUTION_KEYS = {"distribution", "zero", *(number for pair in DISTRIBUTIONS.values() for number in pair)}


@cache
def parameters_by_key() -> Mapping[str, Parameter]:
    """The parameter that each key means."""
    return {key: item for item in PARAMETERS.values() for key in (item.name, *elements(item))}


def with_flat_keys(source: Located) -> tuple[Located, list[KeyPath]]:
    """A file's tables with every parameter under one key, and the paths of those that are given twice.

    `rent.SRB = 1` without quotes is a table within a table in TOML; here it becomes the key "rent.SRB", so
    that files that write it either way can extend each other.
    """
    assumptions = source.data.get("assumptions")
    table = assumptions.get("parameters") if isinstance(assumptions, dict) else None
    if not isinstance(assumptions, dict) or not isinstance(table, dict):
        return source, []
    flat: dict[str, object] = {}
    twice: list[KeyPath] = []
    renamed: dict[KeyPath, KeyPath] = {}
    for key, path, value in _flat(table, "", _TABLE):
        if key in flat:
            twice.append(path)
            continue
        flat[key] = value
        renamed[path] = (*_TABLE, key)
    data = {**source.data, "assumptions": {**assumptions, "parameters": flat}}
    places = {_renamed(path, renamed): place for path, place in source.places.items()}
    return Located(data, places), twice


def _flat(table: Mapping[str, object], prefix: str, path: KeyPath) -> Iterator[tuple[str, KeyPath, object]]:
    for name, value in table.items():
        key, place = prefix + name, (*path, name)
        if isinstance(value, dict) and value and not _DISTRIBUTION_KEYS & value.keys() and _has_elements(key):
            yield from _flat(value, f"{key}.", place)
        else:
            yield key, place, value


def _has_elements(key: str) -> bool:
    return any(known.startswith(f"{key}.") for known in parameters_by_key())


def _renamed(path: KeyPath, renamed: Mapping[KeyPath, KeyPath]) -> KeyPath:
    for length in range(len(_TABLE) + 1, len(path) + 1):
        if path[:length] in renamed:
            return (*renamed[path[:length]], *path[length:])
    return path


def unknown_parameter(key: str, suggest: bool) -> tuple[str, str]:
    """What to say of a key that is no parameter's, and what to do; `suggest`: look for one like it."""
    name = key.partition(".")[0]
    parameter = PARAMETERS.get(name)
    if name in STRUCTURES:
        return (
            "is a structural alternative, not a parameter",
            f"write it in [assumptions.structures]: {name} = ...",
        )
    if parameter is None:
        near = nearest(name, PARAMETERS) if suggest else None
        return "is not a parameter", near or "`wbsim params` lists all of them"
    if parameter.axis is None:
        return f"{name} is a single number; it has no element", f"write {name}"
    suffixes = [element.removeprefix(f"{name}.") for element in elements(parameter)]
    shown = names(suffixes) if len(suffixes) <= 15 else f"{names(suffixes[:6])} and {len(suffixes) - 6} more"
    near = nearest(key, elements(parameter)) if suggest else None
    return f"is not an element of {name}; it has {shown}", near or f"`wbsim params {name}` lists its elements"
