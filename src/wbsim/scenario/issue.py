"""One finding about a scenario's content: where in the tables it is, before files and lines are known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong at `path`: a tuple of keys, and of positions (from 0) in lists."""

    path: KeyPath
    message: str
    suggestion: str | None = None


def key_text(path: KeyPath) -> str:
    """`path` as people read it: lists count from 1, so `policy[1].start` is the first policy's start."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            plain = re.fullmatch(r"[A-Za-z0-9_.>-]{1,80}", part, re.ASCII)
            text += ("." if text else "") + (part if plain else show(part))
    return text


def show(value: object) -> str:
    """A value as it would stand in the file, cut at 60 characters; never raises."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return f"the date {value}"
    if isinstance(value, dict):
        return "a table"
    try:
        text = "[" + ", ".join(map(show, value)) + "]" if isinstance(value, list | tuple) else _plain(value)
    except ValueError:  # whole numbers of thousands of digits have no decimal text in Python
        return "a number of thousands of digits"
    return text if len(text) <= 60 else text[:57] + "..."


def _plain(value: object) -> str:
    if isinstance(value, str):
        # Line breaks and control characters of a hostile text must not reach the terminal.
        return '"' + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[:80]) + '"'
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)


def names(values: Iterable[str]) -> str:
    """Names in a row, as a message lists them."""
    return ", ".join(values)


def nearest(value: object, choices: Collection[str]) -> str | None:
    """`did you mean "X"?` for the choice most like `value`, None where none is like it."""
    if not isinstance(value, str):
        return None
    by_lower = {choice.lower().replace("_", "-"): choice for choice in choices}
    wanted = value[:100].lower().replace("_", "-")
    found = get_close_matches(wanted, by_lower, n=1, cutoff=0.6)
    if not found and len(wanted) >= 4:
        found = [choice for choice in by_lower if wanted in choice]
    return f'did you mean "{by_lower[found[0]]}"?' if found else None
