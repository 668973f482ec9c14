"""The line of every key of a TOML text: the standard parser keeps none, and an error must name one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

from wbsim.scenario.issue import KeyPath

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN_VALUE = re.compile(r"[^,\]}\n#]*")


def line_map(text: str) -> dict[KeyPath, int]:
    """Lines (from 1) of all keys, tables and list elements of `text`, by path; lists count from 0.

    `text` must be TOML that the standard parser accepts, nested no deeper than `wbsim.scenario.text`
    allows, with line ends as "\\n". A table that is opened twice keeps the line where it was opened first.
    Takes time in proportion to the text.
    """
    scan = _Scan(text)
    scan.document()
    return scan.lines


@dataclass(slots=True)
class _Scan:
    """A walk through a valid TOML text; `position` and `line` are where it stands."""

    text: str
    position: int = 0
    line: int = 1
    lines: dict[KeyPath, int] = field(default_factory=dict)
    #: How many tables each array of tables has so far.
    counts: dict[KeyPath, int] = field(default_factory=dict)

    def document(self) -> None:
        table: KeyPath = ()
        while True:
            self.take(_BLANK)
            if self.position >= len(self.text):
                return
            if self.text.startswith("[[", self.position):
                table = self.header(2)
            elif self.text[self.position] == "[":
                table = self.header(1)
            else:
                self.pair(table)

    def take(self, pattern: re.Pattern[str]) -> str:
        """The text that `pattern` matches here; moves behind it."""
        match = pattern.match(self.text, self.position)
        taken = match[0] if match else ""
        self.position += len(taken)
        self.line += taken.count("\n")
        return taken

    def skip(self, length: int) -> None:
        self.position += length

    def header(self, brackets: int) -> KeyPath:
        """Read `[a.b]` or `[[a.b]]` and return the path of the table it opens."""
        line = self.line
        self.skip(brackets)
        keys = self.dotted_key()
        self.skip(brackets)
        path: KeyPath = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            self.lines.setdefault(path, line)
            if brackets == 2 and number == len(keys) - 1:
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        self.lines.setdefault(path, line)
        return path

    def dotted_key(self) -> list[str]:
        keys = []
        while True:
            self.take(_SPACE)
            quoted = self.take(_STRING)
            keys.append(_unquoted(quoted) if quoted else self.take(_BARE))
            self.take(_SPACE)
            if self.position >= len(self.text) or self.text[self.position] != ".":
                return keys
            self.skip(1)

    def pair(self, table: KeyPath) -> None:
        """Read `key = value` in `table`."""
        line = self.line
        keys = self.dotted_key()
        path = table
        for key in keys:
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.skip(1)  # the equals sign
        self.take(_SPACE)
        self.value(path)

    def value(self, path: KeyPath) -> None:
        start = self.text[self.position : self.position + 1]
        if start in ('"', "'"):
            self.take(_STRING)
        elif start == "[":
            self.array(path)
        elif start == "{":
            self.inline_table(path)
        else:
            self.take(_PLAIN_VALUE)

    def array(self, path: KeyPath) -> None:
        self.skip(1)
        number = 0
        while True:
            self.take(_BLANK)
            if self.text[self.position] == "]":
                self.skip(1)
                return
            if self.text[self.position] == ",":
                self.skip(1)
                continue
            element = (*path, number)
            self.lines.setdefault(element, self.line)
            self.value(element)
            number += 1

    def inline_table(self, path: KeyPath) -> None:
        self.skip(1)
        while True:
            self.take(_BLANK)
            if self.text[self.position] == "}":
                self.skip(1)
                return
            if self.text[self.position] == ",":
                self.skip(1)
                continue
            self.pair(path)


def _unquoted(token: str) -> str:
    """The key that a quoted token stands for."""
    if "\\" not in token or token[0] == "'":
        return token[1:-1]
    return str(tomllib.loads(f"key = {token}")["key"])
