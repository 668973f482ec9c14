"""Lists of texts in a table of a user's file."""

from __future__ import annotations

from wbsim.scenario.issue import Issue, show
from wbsim.scenario.reader import Reader

#: Longest text of a key.
MAX_TEXT = 1000


def texts(reader: Reader, key: str) -> tuple[str, ...]:
    """The list of texts at `key`, none of them empty; () where it isn't given or is wrong."""
    value = reader.take(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        reader.wrong(key, f'must be a list of texts such as ["a", "b"]; it is {show(value)}')
        return ()
    before = len(reader.issues)
    for number, item in enumerate(value):
        if not isinstance(item, str) or not item.strip() or len(item) > MAX_TEXT:
            place = (*reader.path, key, number)
            reader.issues.append(
                Issue(place, f"must be a text of 1 to {MAX_TEXT} characters; it is {show(item)}")
            )
    return tuple(value) if len(reader.issues) == before else ()
