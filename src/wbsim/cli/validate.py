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
    from wbsim.scenario.schema import Scenario

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
        Path | None, typer.Option(metavar="FILE", help="Questions to add to the bundled ones.")
    ] = None,
    only_questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Questions in the place of the bundled ones.")
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="A scenario whose events and assumptions hold. [default: status quo]"
        ),
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
    draws: Annotated[
        bool, typer.Option("--draws", help="With --json or --out: the draws of each row.")
    ] = False,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notices.")] = False,
) -> None:
    """Predict published figures that were never fitted, and score the predictions beside baselines.

    Exit code 1 if rows of the file could not be read: the others are predicted all the same.
    """
    problems = _check(worlds, citizens, seed, workers, out)
    if questions is not None and only_questions is not None:
        problems.append(
            Problem("cannot stand beside --only-questions", None, None, "--questions", "choose one")
        )
    from wbsim.cli.output import print_json

    fitted, before, found, case = _inputs(figures, questions, only_questions, posterior, scenario, problems)
    from wbsim.calibration.predict import Plan

    result = _validated(fitted, found, before, Plan(worlds, seed, citizens), workers, case, quiet=quiet)
    summary = result.summary(draws)
    if out is not None:
        import json

        out.write_text(json.dumps(summary, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    if as_json:
        print_json(summary)
    else:
        _show(result)
    if found.problems:
        raise typer.Exit(1)


def _check(worlds: int, citizens: int, seed: int, workers: int | None, out: Path | None) -> list[Problem]:
    """Everything that is wrong with the options."""
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
    return problems


def _inputs(
    figures: Path | None,
    questions: Path | None,
    only_questions: Path | None,
    posterior: Path | None,
    scenario: str | None,
    problems: list[Problem],
) -> tuple[Fitted, Known, Evidence, Scenario | None]:
    """Posterior, figures that it was fitted to, figures to predict, and the scenario that they are predicted under.

    Or one InputError with the `problems` of the options and those of all files.
    """
    from wbsim.calibration.evidence import evidence, known
    from wbsim.chance.fitted import read
    from wbsim.scenario.load import load
    from wbsim.scenario.posterior import find_posterior

    folder, fitted, case = None, None, None
    try:
        file = find_posterior(posterior)
        folder, fitted = Path(file.path).parent, read(file.path, file.sha256)
    except InputError as error:
        problems += error.problems
    before = known(folder)
    try:
        found = evidence(figures, only_questions or questions, before, only=only_questions is not None)
    except InputError as error:
        problems += error.problems
    if scenario is not None:
        try:
            case = load(scenario)
        except InputError as error:
            problems += error.problems
    if problems or fitted is None:
        raise InputError(problems)
    return fitted, before, found, case


def _validated(
    fitted: Fitted,
    found: Evidence,
    before: Known,
    plan: Plan,
    workers: int | None,
    case: Scenario | None,
    *,
    quiet: bool,
) -> Validation:
    from rich.console import Console

    from wbsim.calibration.crew import Crew
    from wbsim.calibration.validate import simulated, validate
    from wbsim.cli.progress import show_progress

    console = Console(stderr=True, highlight=False)
    total, done = simulated(found, before, plan), 0
    with Crew(workers) as crew, show_progress(console, quiet=quiet) as progress:
        if progress is None:
            return validate(fitted, found, before, plan, crew, scenario=case)
        _announce(console, found, plan, total, crew.workers)
        tell = progress

        def hear(worlds: int) -> None:
            nonlocal done
            done += worlds
            tell(done, total)

        return validate(fitted, found, before, plan, crew, hear, case)


def _announce(console: Console, found: Evidence, plan: Plan, total: int, workers: int) -> None:
    known = ", once more knowing the dated events" if total > 2 * plan.worlds else ""
    console.print(
        f"Predicting {len(found.figures)} figures ({found.origin}) in {plan.worlds:,} worlds from seed {plan.seed}, "
        f"and with attitudes at their prior{known}: 6 x {plan.citizens:,} citizens, "
        f"{workers} process{'es' * (workers > 1)}.",
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
