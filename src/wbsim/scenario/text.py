"""A text that a user wrote, read, and refused before parsing where parsing would never end or never fit."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from wbsim.errors import InputError, Problem

MAX_BYTES = 256 * 1024
MAX_DOTS = 16
MAX_NESTING = 32

# One alternative a token; none can match in two ways, so the scan takes time in proportion to the text.
# Strings and comments are swallowed whole, closed or not: whatever stands in them is no structure.
_TOKEN = re.compile(
    r'"""(?:[^\\"]|\\(?:.|\Z)|"(?!""))*(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\(?:[^\n]|(?=\n)|\Z))*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*"
    r"|[\[\]{}.=,\n]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TextKind:
    """A kind of text file: what it is called in errors, its suffix, format and largest size in bytes."""

    noun: str
    suffix: str
    format: str
    most: int
    when_too_large: str


SCENARIO = TextKind("scenario", ".toml", "TOML text", MAX_BYTES, "keep data out of the scenario file")


class UnreadableError(InputError):
    """A file that cannot be read as text at all: missing, a directory, binary, too large or too deep."""


def read_text(resource: Traversable, file: str, kind: TextKind = SCENARIO) -> str:
    """The text of a file of this `kind`, with line ends as "\\n" and without a byte order mark.

    `file` names it in errors. Raises UnreadableError for a directory, a missing or forbidden file, one that is
    too large (a scenario: over 256 kB), or one that isn't UTF-8 text.
    """
    if resource.is_dir():
        raise _refusal(file, "is a directory", f"give the path of a {kind.noun} file ({kind.suffix})")
    try:
        with resource.open("rb") as stream:
            raw = stream.read(kind.most + 1)
    except OSError as error:
        raise _refusal(file, f"cannot be read: {error.strerror or error}", "check the path") from None
    return decode(raw, file, kind)


def decode(raw: bytes, file: str, kind: TextKind = SCENARIO) -> str:
    """The text of the bytes of a file; raises UnreadableError as `read_text` does."""
    if len(raw) > kind.most:
        raise _refusal(
            file, f"is over {kind.most // 1024} kB, more than any {kind.noun} needs", kind.when_too_large
        )
    if b"\x00" in raw:
        raise _refusal(
            file, "is a binary file, not text", f"give a {kind.noun} file ({kind.format} in UTF-8)"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal(
            file, "is not UTF-8 text, or a binary file", "save the file as UTF-8 in your editor", line
        ) from None
    return text.replace("\r\n", "\n")


def parse(text: str, file: str) -> dict[str, object]:
    """The tables of a scenario's text.

    Raises UnreadableError for a key with over 16 dots or nesting over 32, which would make the parser run
    for hours or fail, and InputError with the line for a syntax error.
    """
    _refuse_depth(text, file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(_syntax_problem(str(error), text, file)) from None
    except (ValueError, OverflowError) as error:
        # Python refuses to read whole numbers of thousands of digits.
        raise InputError(Problem(f"has a value that cannot be read: {error}", file)) from None


def _refuse_depth(text: str, file: str) -> None:
    line, dots, depth = 1, 0, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token == ".":
            dots += 1
            if dots > MAX_DOTS:
                raise _refusal(
                    file, f"has a key with over {MAX_DOTS} dots", "no scenario key has more than four", line
                )
            continue
        if token in "[{":
            depth += 1
            if depth > MAX_NESTING:
                raise _refusal(
                    file, f"nests brackets over {MAX_NESTING} deep", "no scenario nests over four", line
                )
        elif token in "]}":
            depth = max(0, depth - 1)
        if token in "[]{}=,\n":
            dots = 0
        line += token.count("\n")


def _syntax_problem(message: str, text: str, file: str) -> Problem:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if place is None:
        return Problem(f"is not valid TOML: {message}", file)
    line = int(place[1]) if place[1] else text.count("\n") + (not text.endswith("\n"))
    reason = _plain_reason(message[: place.start()])
    column = f" (column {place[2]})" if place[2] else " at the end of the file"
    written = text.split("\n")[line - 1] if line else ""
    return Problem(f"is not valid TOML: {reason}{column}", file, max(line, 1), None, _syntax_hint(written))


def _plain_reason(reason: str) -> str:
    """The parser's words, in ours where its own need a programmer."""
    if reason == "Cannot overwrite a value" or reason.startswith("Duplicate inline table key"):
        return "a key is given a second time"
    opened = re.fullmatch(r"Cannot declare \((.*)\) twice", reason)
    if opened is not None:
        keys = re.findall(r"'([^']*)'", opened[1])
        return f"the table [{'.'.join(keys)}] is opened a second time"
    return reason[:1].lower() + reason[1:]


def _syntax_hint(written: str) -> str | None:
    if re.search(r"=\s*\d{4}-\d{1,2}\s*(#.*)?$", written):
        return 'write months in quotes: "2023-01"'
    if re.search(r"=\s*(True|False)\b", written):
        return "write true or false in small letters"
    if re.search(r"=\s*[A-Za-z]", written) and not re.search(r"=\s*(true|false|inf|nan)\b", written):
        return 'write text in quotes: "..."'
    return None


def _refusal(file: str, message: str, suggestion: str, line: int | None = None) -> UnreadableError:
    return UnreadableError(Problem(message, file, line, None, suggestion))
