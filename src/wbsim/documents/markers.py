"""Markers in a Markdown file, between which a section that a command writes stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wbsim.errors import InputError, Problem

_MARKER = re.compile(
    r"^<!-- (?:(?P<kind>generated|reproduced): (?P<name>[a-z0-9-]+)|(?P<end>end)) -->$", re.MULTILINE
)


def fill(text: str, sections: Mapping[str, str], file: str, kind: str = "generated") -> str:
    """`text` with each section put between its markers; everything else stays as it is.

    A section stands between the lines `<!-- KIND: NAME -->` and `<!-- end -->`; sections of other kinds are left
    alone. Raises InputError with every marker of `file` that is unknown, unclosed, closed without a beginning,
    repeated, or missing.
    """
    problems: list[Problem] = []
    parts: list[str] = []
    done: set[str] = set()
    position, name = 0, None
    is_own = True
    for found in _MARKER.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found["end"]:
            if name is None:
                problems.append(Problem("an end without a beginning", file, line, suggestion="take it out"))
            position = position if name is None or not is_own else found.start()
            name = None
            continue
        if name is not None:
            problems.append(Problem(f'"{name}" is not closed', file, line, suggestion="add <!-- end -->"))
        name, is_own = found["name"], found["kind"] == kind
        if not is_own:
            continue
        if name not in sections or name in done:
            reason = "stands there twice" if name in done else f"is none of: {', '.join(sorted(sections))}"
            problems.append(Problem(f'section "{name}" {reason}', file, line))
        done.add(name)
        parts += [text[position : found.end()], "\n\n", sections.get(name, "").strip(), "\n\n"]
        position = found.end()
    if name is not None:
        problems.append(Problem(f'"{name}" is not closed', file, suggestion="add <!-- end -->"))
    problems += [Problem(f'no marker for section "{left}"', file) for left in sections if left not in done]
    if problems:
        raise InputError(problems)
    return "".join([*parts, text[position:]])


def sections_in(text: str, kind: str) -> dict[str, str]:
    """The sections of a kind that stand in `text`, by name, without blank lines around."""
    found: dict[str, str] = {}
    begun = None
    for marker in _MARKER.finditer(text):
        if begun is not None and begun["kind"] == kind:
            found[begun["name"]] = text[begun.end() : marker.start()].strip()
        begun = None if marker["end"] else marker
    return found
