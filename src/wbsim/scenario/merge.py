"""A scenario joined with the one that it extends; every key keeps the file and line where it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wbsim.scenario.issue import KeyPath
from wbsim.scenario.limits import LISTS

#: Tables whose tables are one value each, a distribution or weights: halves of two would make none.
_WHOLE = (("assumptions", "parameters"), ("assumptions", "structures"))
#: What belongs to one file alone and is never inherited.
OWN_KEYS = ("name", "description", "extends", "replace")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key was written; `line` counts from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Located:
    """Tables of a scenario, with the place of every key and list element by path."""

    data: Mapping[str, object]
    places: Mapping[KeyPath, Place]

    def place(self, path: KeyPath) -> Place | None:
        """The place of `path`, or of the nearest thing around it that was written."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return None


def inherit(parent: Located, child: Located) -> Located:
    """`child` on top of `parent`.

    Tables are joined key by key, and the child's value counts where both have one. The lists of tables
    (`[[policy]]`, `[[event]]`, `[[assumptions.path]]`) of the child follow the parent's, unless the child's
    `replace` names the list: then the parent's are discarded. Names, descriptions, `extends` and `replace`
    are never inherited.
    """
    replaced = child.data.get("replace")
    discarded = {item for item in replaced if isinstance(item, str)} if isinstance(replaced, list) else set()
    data = {
        key: _without(value, key, discarded)
        for key, value in parent.data.items()
        if key not in OWN_KEYS and key not in discarded
    }
    grown: dict[KeyPath, int] = {}
    replaced_paths: set[KeyPath] = set()
    merged = _joined(data, child.data, (), grown, replaced_paths)
    places = {
        path: place
        for path, place in parent.places.items()
        if path
        and path[0] not in OWN_KEYS
        and not any(_dotted(path).startswith(f"{name}.") for name in discarded)
        and not any(path[:length] in replaced_paths for length in range(1, len(path) + 1))
    }
    return Located(merged, places | {_moved(path, grown): place for path, place in child.places.items()})


def _dotted(path: KeyPath) -> str:
    """The keys of `path` that come before any position in a list, each followed by a dot."""
    return "".join(f"{part}." for part in path if isinstance(part, str))


def _without(value: object, key: str, discarded: set[str]) -> object:
    if not isinstance(value, dict):
        return value
    return {name: item for name, item in value.items() if f"{key}.{name}" not in discarded}


def _joined(
    parent: Mapping[str, object],
    child: Mapping[str, object],
    path: KeyPath,
    grown: dict[KeyPath, int],
    replaced: set[KeyPath],
) -> dict[str, object]:
    """The tables joined; `grown` gets the old length of lists that are added to, `replaced` what is lost."""
    joined = dict(parent)
    for key, value in child.items():
        here = (*path, key)
        old = joined.get(key)
        if isinstance(old, dict) and isinstance(value, dict) and path not in _WHOLE:
            joined[key] = _joined(old, value, here, grown, replaced)
        elif isinstance(old, list) and isinstance(value, list) and ".".join(map(str, here)) in LISTS:
            joined[key] = [*old, *value]
            grown[here] = len(old)
        else:
            joined[key] = value
            replaced.add(here)
    return joined


def _moved(path: KeyPath, grown: Mapping[KeyPath, int]) -> KeyPath:
    """The path of a child's key in the joined tables: behind the parent's elements of grown lists."""
    for prefix, count in grown.items():
        number = path[len(prefix)] if len(path) > len(prefix) else None
        if path[: len(prefix)] == prefix and isinstance(number, int):
            return (*prefix, number + count, *path[len(prefix) + 1 :])
    return path
