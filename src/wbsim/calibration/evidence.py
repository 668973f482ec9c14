"""Figures to be predicted: read from a file of either form, and sorted into those that test something and the rest."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Literal

from wbsim.errors import InputError, Problem
from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.csvtext import CSV, listed
from wbsim.instruments.figure import Figure, fitted, multinomials
from wbsim.instruments.load import (
    load_catalogue,
    load_figures,
    load_published,
    load_register,
    load_together,
)
from wbsim.instruments.published import COLUMNS as PUBLISHED
from wbsim.instruments.read_figures import COLUMNS as FIGURES
from wbsim.instruments.read_figures import ROUNDING
from wbsim.instruments.register import Unbound
from wbsim.paths import user_path
from wbsim.scenario.text import UnreadableError, read_text

Group = Literal["repeat", "new"]
REPEAT: Group = "repeat"
NEW: Group = "new"
#: Folder, beside a posterior, of copies of the files that it was fitted to.
KEPT = "fitted-to"
BUNDLED = "bundled figures of 2023"
#: So many values that are all at most 1 are shares and no percentages.
_SHARES = 3


@dataclass(frozen=True)
class Known:
    """What a posterior was fitted to: figures, and the catalogue that their questions are in."""

    figures: tuple[Figure, ...]
    catalogue: Catalogue
    _choices: frozenset[object] = field(init=False, repr=False, compare=False)
    _asked: frozenset[object] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_choices", frozenset(map(_observation, self.figures)))
        object.__setattr__(self, "_asked", frozenset(map(_wording, self.figures)))

    def holds(self, figure: Figure) -> bool:
        """Whether this very observation was fitted to."""
        return _observation(figure) in self._choices

    def group(self, figure: Figure) -> Group:
        """Whether the same wording was put to the same population before."""
        return REPEAT if _wording(figure) in self._asked else NEW


@dataclass(frozen=True)
class Evidence:
    """Figures to be scored, questions of `catalogue`; `rest` are the other rows with the reason; `origin` in words.

    `statements`: what rows say, by id, where the file has that. `problems` of rows that could not be read.
    """

    figures: tuple[Figure, ...]
    rest: tuple[Unbound, ...]
    catalogue: Catalogue
    origin: str
    statements: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def statement(self, figure: Figure) -> str:
        """What the row of a figure says; its id of question and answer where the file says no more."""
        return self.statements.get(figure.row, figure.subject)


def known(folder: Path | None = None) -> Known:
    """The figures that a posterior was fitted to: those kept with it in `folder`, else the bundled ones."""
    figures, questions = (
        None if folder is None or not (folder / KEPT / name).is_file() else folder / KEPT / name
        for name in ("figures.csv", "questions.toml")
    )
    catalogue = load_catalogue(questions)
    return Known(fitted(load_figures(figures, catalogue)), catalogue)


def evidence(
    path: str | Path | None, questions: str | Path | None, before: Known, *, only: bool = False
) -> Evidence:
    """The figures in a file with the columns of figures.csv or of survey_figures.csv, whichever its first line has.

    Without a file those of the validation year. `questions` are added to the bundled ones, or, with `only`, take their
    place. Raises InputError with all that is wrong with the file as a whole, or if it has no row that could be scored,
    with the reason for each; a row with a mistake does not hide the others.
    """
    catalogue = load_catalogue(questions) if questions is None or only else load_together(questions)
    faulty: list[Problem] = []
    figures, rest, statements = _rows(path, catalogue, faulty)
    scored: list[Figure] = []
    crowded, overfull = _too_many(figures), _too_much(figures)
    for figure in figures:
        reason = _not_scored(figure, before, crowded, overfull)
        if reason:
            rest.append(_shown(figure, reason, catalogue))
        else:
            scored.append(figure)
    origin = BUNDLED if path is None else str(path)
    if path is not None and len(scored) >= _SHARES and all(figure.value <= 1.0 for figure in scored):
        faulty.append(
            Problem(
                f"all {len(scored)} values are at most 1: percentages are expected, not shares",
                origin,
                suggestion="multiply them by 100",
            )
        )
        scored = []
    if not scored:
        raise InputError(faulty or _nothing(origin, rest))
    return Evidence(tuple(scored), tuple(rest), catalogue, origin, statements, tuple(faulty))


def _rows(
    path: str | Path | None, catalogue: Catalogue, faulty: list[Problem]
) -> tuple[Sequence[Figure], list[Unbound], dict[str, str]]:
    """Figures, rows that are none, and statements by the id of the row."""
    if path is None:
        figures = [figure for figure in load_figures(None, catalogue) if figure.split == "validation"]
        rest = [row for row in load_register().rest if row.split == "validation"]
        return figures, rest, _statements(None)
    if _is_published(path):
        register = load_register(path, catalogue, faulty)
        return register.figures, list(register.rest), _statements(path)
    return load_figures(path, catalogue, faulty), [], {}


def _statements(path: str | Path | None) -> dict[str, str]:
    return {row.id: row.statement for row in load_published(path, [])}


def _too_many(figures: Sequence[Figure]) -> set[str]:
    """Ids of parts of pick-one questions that have more answers than respondents."""
    return {
        figure.id
        for parts in multinomials(figures)
        for figure in parts
        if len(parts) > figure.n and len(parts) > 1
    }


def _too_much(figures: Sequence[Figure]) -> set[str]:
    """Ids of parts of pick-one questions that add up to more than all, rounding aside."""
    return {
        figure.id
        for parts in multinomials(figures)
        for figure in parts
        if len(parts) > 1 and sum(part.value for part in parts) > 100.0 + ROUNDING * len(parts)
    }


def _is_published(path: str | Path) -> bool:
    """Whether the first line of a file has more names of columns of survey_figures.csv than of figures.csv."""
    place = user_path(path)
    try:
        if not place.exists():
            return False
        lines = csv.reader(StringIO(read_text(place, str(path), CSV)))
        head = {cell.strip() for cell in next((line for line in lines if any(line)), [])}
    except (UnreadableError, OSError, ValueError, csv.Error):
        return False  # The reader of the file says what is wrong.
    return len(head & set(PUBLISHED)) > len(head & set(FIGURES))


def _not_scored(figure: Figure, before: Known, crowded: set[str], overfull: set[str]) -> str:
    """Why a bound row is shown and not scored; "" where it is scored."""
    if not figure.used:
        return "another reading of a row that counts once"
    if figure.split == "context":
        return "context: undated, self-selected or out of range"
    if before.holds(figure):
        return "was fitted to: predicting it would test nothing"
    if figure.id in crowded:
        return "a pick-one question with more answers than respondents"
    if figure.id in overfull:
        return "answers to one pick-one question, survey and population that add up to more than 100 %"
    return ""


def _shown(figure: Figure, reason: str, catalogue: Catalogue) -> Unbound:
    question = catalogue.question(figure.question)
    statement = question.wording if question is not None else figure.subject
    return Unbound(
        figure.id,
        "shown",
        figure.population,
        figure.value,
        figure.survey,
        statement,
        figure.source,
        figure.split,
        reason,
    )


def _nothing(origin: str, rest: Sequence[Unbound]) -> list[Problem]:
    problems = [Problem("has no row that can be scored", origin, suggestion="see docs/questions.md")]
    problems += [Problem(f"{row.fate}: {row.reason}", origin, None, row.row) for row in rest]
    return listed(problems)


def _observation(figure: Figure) -> tuple[object, ...]:
    return (*figure.choice, tuple(sorted(figure.answers)))


def _wording(figure: Figure) -> tuple[object, ...]:
    return figure.question, tuple(sorted(figure.answers)), figure.population
