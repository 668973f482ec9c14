"""`wbsim validate`: predict published figures that were never fitted, and score the predictions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Json
from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from wbsim.calibration.evidence import Evidence, Known
    from wbsim.calibration.predict import Plan
    from wbsim.calibration.validate import Validation
    from wbsim.chance.fitted import Fitted

#: Fewest worlds whose 90 % interval means anything.
FEWEST_WORLDS, MOST_WORLDS = 40, 1_000_000


def validate(
    figures: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FIGURES.csv]",
            help="Figures with the columns of figures.csv or of survey_figures.csv. [default: those of 2023]",
        ),
    ] = None,
    *,
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A questions.toml in place of the bundled one.")
    ] = None,
    posterior: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A folder that `wbsim calibrate` wrote. [default: bundled]"),
    ] = None,
    worlds: Annotated[int, typer.Option(metavar="N", help="Worlds, each with one draw.")] = 2000,
    citizens: Annotated[int, typer.Option(metavar="N", help="Citizens a state.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of all chance.")] = 1,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="Worker processes. [default: usable cores]")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Write the object of --json to a new file too.")
    ] = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notices.")] = False,
) -> None:
    """Predict published figures that were never fitted, and score the predictions beside plain baselines."""
    _check(worlds, citizens, seed, workers, out)
    from wbsim.cli.output import print_json

    fitted, before, found = _inputs(figures, questions, posterior)
    from wbsim.calibration.predict import Plan

    result = _validated(fitted, found, before, Plan(worlds, seed, citizens), workers, quiet=quiet)
    summary = result.summary()
    if out is not None:
        import json

        out.write_text(json.dumps(summary, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    if as_json:
        print_json(summary)
    else:
        _show(result)


def _check(worlds: int, citizens: int, seed: int, workers: int | None, out: Path | None) -> None:
    """Raise InputError with everything that is wrong with the options."""
    from wbsim.scenario.limits import CITIZENS, SEED

    problems = []
    for name, value, low, high in (
        ("--worlds", worlds, FEWEST_WORLDS, MOST_WORLDS),
        ("--citizens", citizens, CITIZENS.low, CITIZENS.high),
        ("--seed", seed, SEED.low, SEED.high),
        ("--workers", 1 if workers is None else workers, 1, 1024),
    ):
        if not low <= value <= high:
            problems.append(Problem(f"must be from {low:,} to {high:,}; it is {value}", None, None, name))
    if out is not None and out.exists():
        problems.append(Problem(f"is there already: {out}", None, None, "--out", "choose another name"))
    elif out is not None and not out.absolute().parent.is_dir():
        problems.append(Problem(f"no such folder: {out.parent}", None, None, "--out", "make it first"))
    if problems:
        raise InputError(problems)


def _inputs(
    figures: Path | None, questions: Path | None, posterior: Path | None
) -> tuple[Fitted, Known, Evidence]:
    """Posterior, figures that it was fitted to, and figures to predict; or one InputError with the problems of all."""
    from wbsim.calibration.evidence import evidence, known
    from wbsim.chance.fitted import read
    from wbsim.scenario.posterior import find_posterior

    problems: list[Problem] = []
    folder, fitted = None, None
    try:
        file = find_posterior(posterior)
        folder, fitted = Path(file.path).parent, read(file.path, file.sha256)
    except InputError as error:
        problems += error.problems
    before = known(folder)
    try:
        found = evidence(figures, questions, before)
    except InputError as error:
        problems += error.problems
    if problems or fitted is None:
        raise InputError(problems)
    return fitted, before, found


def _validated(
    fitted: Fitted, found: Evidence, before: Known, plan: Plan, workers: int | None, *, quiet: bool
) -> Validation:
    from rich.console import Console

    from wbsim.calibration.crew import Crew
    from wbsim.calibration.validate import simulated, validate
    from wbsim.cli.progress import show_progress

    console = Console(stderr=True, highlight=False)
    total, done = simulated(found, plan), 0
    with Crew(workers) as crew, show_progress(console, quiet=quiet) as progress:
        if progress is None:
            return validate(fitted, found, before, plan, crew)
        _announce(console, found, plan, total, crew.workers)
        tell = progress

        def hear(worlds: int) -> None:
            nonlocal done
            done += worlds
            tell(done, total)

        return validate(fitted, found, before, plan, crew, hear)


def _announce(console: Console, found: Evidence, plan: Plan, total: int, workers: int) -> None:
    twice = ", once with the events of 2023 as they were and once by chance" if total > plan.worlds else ""
    console.print(
        f"Predicting {len(found.figures)} figures ({found.origin}) in {plan.worlds:,} worlds from seed "
        f"{plan.seed}{twice}: 6 x {plan.citizens:,} citizens, {workers} process{'es' * (workers > 1)}.",
        markup=False,
        soft_wrap=not console.is_terminal,
    )


def _show(result: Validation) -> None:
    from rich.console import Console

    from wbsim.calibration.validation_text import tables
    from wbsim.report.terminal import WIDTH

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH)
    for part in tables(result):
        console.print(part)
