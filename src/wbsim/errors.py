"""One family of errors: each says what is wrong, where, what is allowed, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input.

    `file`, `line` (from 1) and `key` give the place, None where there is none; `message` says what is wrong and
    what is allowed; `suggestion` says what to do, None where nothing better than the message can be said.
    """

    message: str
    file: str | None = None
    line: int | None = None
    key: str | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        text = ": ".join(part for part in (place, self.key, self.message) if part)
        return f"{text} ({self.suggestion})" if self.suggestion else text

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as the plain mapping that `--json` prints."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "message": self.message,
            "suggestion": self.suggestion,
        }


class WbsimError(Exception):
    """Base of all errors that wbsim raises on purpose."""


class InputError(WbsimError):
    """Something a user wrote cannot be used; holds every problem found, not just the first."""

    def __init__(self, problems: Problem | str | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
