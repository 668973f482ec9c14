"""The way from a path, or from nothing, to the catalogue, the figures, the event rates and the scores."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.instruments.bind import bind, same_statement
from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.figure import Figure
from wbsim.instruments.published import Published
from wbsim.instruments.rate import Rate
from wbsim.instruments.read_catalogue import read_catalogue
from wbsim.instruments.read_figures import read_figures
from wbsim.instruments.read_published import read_published
from wbsim.instruments.read_rates import read_rates
from wbsim.instruments.read_scores import read_scores
from wbsim.instruments.read_series import read_series
from wbsim.instruments.register import Register
from wbsim.instruments.score import Score
from wbsim.instruments.series import Wave
from wbsim.paths import user_path
from wbsim.scenario.resolve import Found, resolve_calibration
from wbsim.scenario.text import MAX_BYTES, TextKind, UnreadableError, read_text

QUESTIONS = TextKind(
    "questions", ".toml", "TOML text", MAX_BYTES, "split off what the calibration does not need"
)


def load_catalogue(path: str | Path | None = None) -> Catalogue:
    """The questions in the file at `path`, by default those of the package's calibration folder.

    Raises InputError with every problem of the file; its subclass UnreadableError if there is nothing to read.
    """
    return _bundled_catalogue() if path is None else _catalogue(_found(path, "questions.toml"))


def load_figures(
    path: str | Path | None = None,
    catalogue: Catalogue | None = None,
    faulty: list[Problem] | None = None,
) -> tuple[Figure, ...]:
    """The figures in the file at `path` (columns of figures.csv), by default those of the calibration folder.

    They are checked against `catalogue`, by default the bundled one. Raises InputError with every problem; with a list
    `faulty`, problems of rows are added to it, and the other rows are read all the same.
    """
    return read_figures(_found(path, "figures.csv"), catalogue or load_catalogue(), faulty)


def load_together(questions: str | Path) -> Catalogue:
    """The bundled questions and those in a file. Raises InputError where one is called as a bundled one is."""
    bundled, own = load_catalogue(), load_catalogue(questions)
    taken = sorted(set(bundled.questions) & set(own.questions))
    if taken:
        raise InputError(
            [
                Problem(
                    f"is the id of a bundled question: {name}",
                    str(questions),
                    key="id",
                    suggestion="choose another id, or replace all bundled questions with --only-questions",
                )
                for name in taken
            ]
        )
    return bundled.with_more(own)


def load_rates(path: str | Path | None = None) -> tuple[Rate, ...]:
    """The event rates in the file at `path`, by default those of the calibration folder. Raises InputError."""
    return read_rates(_found(path, "rates.csv"))


def load_scores(path: str | Path | None = None) -> tuple[Score, ...]:
    """The scores of cooperation in the file at `path`, by default those of the calibration folder.

    Raises InputError with every problem.
    """
    return read_scores(_found(path, "scores.csv"))


def load_series(path: str | Path | None = None) -> tuple[Wave, ...]:
    """The waves of long series in the file at `path`, by default those of the calibration folder.

    Raises InputError with every problem.
    """
    return read_series(_found(path, "series.csv"))


def load_register(
    path: str | Path | None = None,
    catalogue: Catalogue | None = None,
    faulty: list[Problem] | None = None,
) -> Register:
    """The register of a file with the columns of survey_figures.csv, by default that of the package.

    No row is left out: `Register.unmatched` lists those that no question or several fit. Raises InputError where
    the file itself is wrong; with a list `faulty`, problems of rows are added to it, and the others are bound.
    """
    return bind(load_published(path, faulty), catalogue or load_catalogue(), _vetted())


def load_published(
    path: str | Path | None = None, faulty: list[Problem] | None = None
) -> tuple[Published, ...]:
    """The rows of a file with the columns of survey_figures.csv, by default that of the package; as `load_register`."""
    if path is None:
        resource = resources.files("wbsim.tables").joinpath("data", "survey_figures.csv")
        return read_published(
            Found(resource, "survey_figures.csv", "package: survey_figures.csv", None), faulty
        )
    return read_published(_found(path, ""), faulty)


@cache
def _vetted() -> frozenset[str]:
    """Statements of the package's own rows, whose bindings were read one by one and are pinned by a test."""
    return frozenset(same_statement(row.statement) for row in load_published())


@cache
def _bundled_catalogue() -> Catalogue:
    return _catalogue(resolve_calibration("questions.toml"))


def _catalogue(found: Found) -> Catalogue:
    return read_catalogue(read_text(found.resource, found.file, QUESTIONS), found.file, found.origin)


def _found(path: str | Path | None, default: str) -> Found:
    """The file at `path`, or the bundled one called `default`."""
    if path is None:
        return resolve_calibration(default)
    place = user_path(path)
    try:
        there = place.exists()
    except (OSError, ValueError):  # names that no file system takes
        there = False
    if not there:
        raise UnreadableError(Problem(f"no such file: {path}", suggestion="check the path"))
    return Found(place, str(path), str(place.absolute()), place.absolute().parent)
