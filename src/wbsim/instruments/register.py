"""The register: every published row, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from wbsim.instruments.figure import SPLITS, Figure
from wbsim.instruments.question import Question

Fate = Literal["collapsed", "shown", "unmatched"]
FATES = ("bound", "collapsed", "shown", "unmatched")


@dataclass(frozen=True, slots=True)
class Unbound:
    """A published row that no question answers.

    `fate`: collapsed (another row holds it: `reason` names it), shown (nothing in the model answers it, or it is
    no exact figure with a date), or unmatched (no pattern fits it, or several do: to be looked at).
    """

    row: str
    fate: Fate
    population: str
    value: float
    survey: str
    statement: str
    source: str
    split: str
    reason: str


@dataclass(frozen=True, slots=True)
class Register:
    """All rows of a file: `figures` are those bound to one of `questions`, `rest` all others."""

    figures: tuple[Figure, ...]
    rest: tuple[Unbound, ...]
    questions: tuple[Question, ...]

    @property
    def unmatched(self) -> tuple[Unbound, ...]:
        """The rows that need to be looked at."""
        return tuple(row for row in self.rest if row.fate == "unmatched")

    def counts(self) -> dict[tuple[str, str], int]:
        """Number of rows by fate and split; every row counts once."""
        found = Counter(("bound", figure.split) for figure in self.figures if figure.used)
        found.update((row.fate, row.split) for row in self.rest)
        return {(fate, split): found[fate, split] for fate in FATES for split in SPLITS}
