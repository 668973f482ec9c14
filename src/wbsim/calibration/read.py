"""The files of a calibration, all read, with all their errors at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from wbsim.analogues import load
from wbsim.analogues.analogue import Analogue
from wbsim.analogues.store import KEPT as INSTITUTIONS
from wbsim.calibration.evidence import KEPT
from wbsim.calibration.fit import Inputs
from wbsim.errors import InputError, Problem
from wbsim.instruments.figure import fitted
from wbsim.instruments.load import load_catalogue, load_figures, load_rates, load_scores
from wbsim.paths import user_path
from wbsim.scenario.resolve import resolve_calibration

Kind = TypeVar("Kind")


def read_inputs(
    figures: Path | None = None,
    questions: Path | None = None,
    rates: Path | None = None,
    analogues: Path | None = None,
    scores: Path | None = None,
) -> Inputs:
    """Questions, figures, rates, institutions and scores in the files given, by default those of the package.

    Raises InputError with the problems of all files, and where nothing is there to be fitted.
    """
    problems: list[Problem] = []
    catalogue = _tried(lambda: load_catalogue(questions), problems)
    read = _tried(lambda: load_figures(figures, catalogue), problems) if catalogue is not None else None
    counted = _tried(lambda: load_rates(rates), problems)
    scored = _tried(lambda: load_scores(scores), problems)
    institutions: tuple[Analogue, ...] | None = _tried(lambda: load.load_analogues(analogues), problems)
    if catalogue is None or read is None or counted is None or institutions is None or scored is None:
        raise InputError(problems)
    if len(fitted(read)) < _FEWEST:
        raise InputError(
            Problem(
                f"holds {len(fitted(read))} figures to fit; a fit needs {_FEWEST} or more",
                str(figures),
                key="split",
                suggestion='rows with the split "paper" or "calibration" are fitted',
            )
        )
    named = {
        "figures": (figures, "figures.csv"),
        "questions": (questions, "questions.toml"),
        "rates": (rates, "rates.csv"),
        "scores": (scores, "scores.csv"),
    }
    origins = {name: _sha256(*where) for name, where in named.items()}
    digest = hashlib.sha256()
    for file in load.files(analogues):
        digest.update(file.read_bytes())
    origins |= {"analogues": digest.hexdigest()}
    return Inputs(catalogue, read, counted, origins, institutions, scored)


#: With fewer figures than this there is no history to match.
_FEWEST = 3


def _tried(read: Callable[[], Kind], problems: list[Problem]) -> Kind | None:
    try:
        return read()
    except InputError as error:
        problems.extend(error.problems)
        return None


def keep_inputs(
    folder: Path,
    figures: Path | None,
    questions: Path | None,
    rates: Path | None,
    analogues: Path | None = None,
    scores: Path | None = None,
) -> None:
    """Copies of the files that were fitted to, for whoever later asks what a posterior knows."""
    place = folder / KEPT
    place.mkdir(exist_ok=True)
    given = {"figures.csv": figures, "questions.toml": questions, "rates.csv": rates, "scores.csv": scores}
    for name, path in given.items():
        (place / name).write_bytes(_bytes(path, name))
    texts = {file.name: file.read_bytes() for file in load.files(analogues)}
    place = folder / INSTITUTIONS
    place.mkdir(parents=True, exist_ok=True)
    for gone in place.glob("*.toml"):
        gone.unlink()
    for name, text in texts.items():
        (place / name).write_bytes(text)


def _sha256(path: Path | None, default: str) -> str:
    return hashlib.sha256(_bytes(path, default)).hexdigest()


def _bytes(path: Path | None, default: str) -> bytes:
    return (
        resolve_calibration(default).resource.read_bytes() if path is None else user_path(path).read_bytes()
    )
