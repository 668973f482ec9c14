"""Regular expressions from a file that users write: with placeholders, and within limits that keep them fast."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

#: Longest pattern, and longest statement that is searched. With at most two unbounded repeats, none within
#: another, and a text of this length a search cannot take long.
MAX_PATTERN, MAX_STATEMENT, MAX_REPEATS = 400, 400, 2

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
_BOUNDED = re.compile(r"\{(\d*)(,?)(\d*)\}")
#: A counted repeat of more than this counts as unbounded.
_MANY = 100
#: How groups are called that hold what a pattern leaves open, and what a repeat looks like.
OPEN = "open_"
_REPEAT = re.compile(r"(?:[*+]|\{\d*,?\d*\})[?+]?")
_BY_NUMBER = re.compile(r"\\[1-9]|\(\?\(\d")


class PatternError(ValueError):
    """A pattern that cannot be used; the text says why."""


def compiled(text: str, synonyms: Mapping[str, Mapping[str, Sequence[str]]]) -> re.Pattern[str]:
    """`text` as a case-insensitive pattern; {state} stands for a named group of all names of states.

    What it leaves open (`.{0,40}`, `[^:]*`) is in groups of its own, called `open_0` and so on.
    `synonyms` by group: names by what they stand for. Raises PatternError for one that is no regular
    expression, too long, names an unknown group, or may take for ever.
    """
    if len(text) > MAX_PATTERN:
        raise PatternError(f"must have at most {MAX_PATTERN} characters; it has {len(text)}")
    repeats = _repeats(text)
    if repeats > MAX_REPEATS:
        raise PatternError(
            f"must have at most {MAX_REPEATS} unbounded repeats (such as .*); it has {repeats}: write .{{0,40}}"
        )
    for name in _PLACEHOLDER.findall(text):
        if name not in synonyms:
            raise PatternError(
                f"names no group of [synonyms] with {{{name}}}; there are {', '.join(synonyms)}"
            )
    if _BY_NUMBER.search(text):
        raise PatternError("refers to a group by its number: name it, as in (?P<x>ab)(?P=x)")
    filled = _PLACEHOLDER.sub(lambda m: _group(m[1], synonyms[m[1]]), text)
    try:
        re.compile(filled)  # What is wrong is said of the pattern as it was written.
        return re.compile(_with_open_groups(filled), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"is no regular expression: {error}") from None


def meaning(word: str, names: Mapping[str, Sequence[str]]) -> str | None:
    """What `word` stands for among `names`, None if it is none of them."""
    wanted = " ".join(word.lower().split())
    return next((key for key, words in names.items() if wanted in map(str.lower, words)), None)


def _group(name: str, names: Mapping[str, Sequence[str]]) -> str:
    words = sorted({word for group in names.values() for word in group}, key=len, reverse=True)
    either = "|".join(re.escape(word) for word in words)
    return rf"\b(?P<{name}>{either})(?!\w)"


def _with_open_groups(text: str) -> str:
    """The pattern with each repeat of any character, or of all but some, in a group of its own."""
    parts: list[str] = []
    position, count = 0, 0
    while position < len(text):
        step, _ = _token(text, position)
        atom = text[position : position + step]
        repeat = _REPEAT.match(text, position + step) if atom == "." or atom.startswith("[^") else None
        if repeat is not None:
            atom, count = f"(?P<{OPEN}{count}>{atom}{repeat[0]})", count + 1
            step = repeat.end() - position
        parts.append(atom)
        position += step
    return "".join(parts)


def _repeats(text: str) -> int:
    """Number of unbounded repeats in a pattern. Raises PatternError where one stands within another."""
    count, depth, position = 0, 0, 0
    inner: list[bool] = [False]  # by open group: whether it holds an unbounded repeat or an alternative
    closed = False  # whether the last thing was a group that does
    while position < len(text):
        step, unbounded = _token(text, position)
        if unbounded:
            if closed:
                raise PatternError(
                    "repeats a group that holds a repeat or an alternative: that may take for ever"
                )
            count, inner[depth], closed = count + 1, True, False
        elif text[position] == "(":
            depth, closed = depth + 1, False
            inner.append(False)
        elif text[position] == ")" and depth:
            closed = inner.pop()
            depth -= 1
            inner[depth] = inner[depth] or closed
        else:
            inner[depth] = inner[depth] or text[position] == "|"
            closed = False
        position += step
    return count


def _token(text: str, position: int) -> tuple[int, bool]:
    """Length of what stands at `position`, and whether it repeats without a bound."""
    sign = text[position]
    if sign == "\\":
        return 2, False
    if sign == "[":
        end = text.find("]", position + 2)
        return (end - position + 1 if end > 0 else 1), False
    if sign in "*+":
        return 1, True
    if sign == "{" and (match := _BOUNDED.match(text, position)):
        most = match[3] if match[2] else match[1]
        return len(match[0]), not most or int(most[:6]) > _MANY
    return 1, False
