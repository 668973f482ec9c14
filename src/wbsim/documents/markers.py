"""Markers in a Markdown file, between which a generated section stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wbsim.errors import InputError, Problem

_MARKER = re.compile(r"^<!-- (?:generated: (?P<name>[a-z0-9-]+)|(?P<end>end)) -->$", re.MULTILINE)


def fill(text: str, sections: Mapping[str, str], file: str) -> str:
    """`text` with each section put between its markers; everything else stays as it is.

    A section stands between the lines `<!-- generated: NAME -->` and `<!-- end -->`. Raises InputError with
    every marker of `file` that is unknown, unclosed, closed without a beginning, repeated, or missing.
    """
    problems: list[Problem] = []
    parts: list[str] = []
    done: set[str] = set()
    position, name = 0, None
    for found in _MARKER.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found["end"]:
            if name is None:
                problems.append(Problem("an end without a beginning", file, line, suggestion="take it out"))
            position, name = (position if name is None else found.start()), None
            continue
        if name is not None:
            problems.append(Problem(f'"{name}" is not closed', file, line, suggestion="add <!-- end -->"))
        name = found["name"]
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
