"""`wbsim waves`: how much the answer to a question moves from wave to wave, and how well waves are predicted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from wbsim.cli.options import Json
from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from wbsim.instruments.series import Wave

Kind = TypeVar("Kind")


def waves(
    *,
    series: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Long series with the columns of series.csv. [default: bundled]"),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fitted figures, columns of figures.csv. [default: bundled]"),
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Questions of these figures. [default: bundled]")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the draws.")] = 1,
    as_json: Json = False,
) -> None:
    """Leave each wave of each repeated question out and predict it from the others.

    Prints the sizes of wave effects and drifts, as in use and as these waves suggest, and the predictions beside a
    random walk in years.
    """
    listed = _read(series, figures, questions, seed)
    from wbsim.calibration import waves as calculation
    from wbsim.calibration.waves_text import summary, tables
    from wbsim.cli.output import print_json
    from wbsim.report.terminal import WIDTH

    found = calculation.waves(listed, seed=seed)
    if as_json:
        print_json(summary(found))
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH)
    for part in tables(found):
        console.print(part)


def _read(series: Path | None, figures: Path | None, questions: Path | None, seed: int) -> tuple[Wave, ...]:
    """All waves; or one InputError with the problems of options and files."""
    from wbsim.instruments.load import load_catalogue, load_figures, load_series
    from wbsim.instruments.series import of_figures, repeated, together
    from wbsim.scenario.limits import SEED

    problems: list[Problem] = []
    if not SEED.low <= seed <= SEED.high:
        problems.append(
            Problem(f"must be from {SEED.low:,} to {SEED.high:,}; it is {seed}", None, None, "--seed")
        )
    long = _tried(lambda: load_series(series), problems)
    catalogue = _tried(lambda: load_catalogue(questions), problems)
    fitted = None if catalogue is None else _tried(lambda: load_figures(figures, catalogue), problems)
    if problems or long is None or catalogue is None or fitted is None:
        raise InputError(problems)
    asked = {each.question: question for each in fitted if (question := catalogue.question(each.question))}
    waves = together(long, of_figures(fitted, asked))
    if len(repeated(waves)) < 2:
        raise InputError(
            Problem(
                "no question was asked of one population in two waves or more",
                str(series or figures or "series.csv"),
                suggestion="rows of one series and population need different months",
            )
        )
    return waves


def _tried(read: Callable[[], Kind], problems: list[Problem]) -> Kind | None:
    try:
        return read()
    except InputError as error:
        problems.extend(error.problems)
        return None
