"""`wbsim cooperation`: check the model's cooperation against what is observed of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Json
from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from wbsim.chance.fitted import Fitted
    from wbsim.cooperation.check import Check
    from wbsim.cooperation.worlds import Plan
    from wbsim.instruments.score import Score

#: Fewest worlds whose 90 % interval means anything.
FEWEST_WORLDS, MOST_WORLDS = 40, 100_000


def cooperation(
    *,
    scores: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Scores with the columns of scores.csv. [default: those kept with the posterior, else bundled]",
        ),
    ] = None,
    posterior: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A folder that `wbsim calibrate` wrote. [default: bundled]"),
    ] = None,
    worlds: Annotated[int, typer.Option(metavar="N", help="Worlds, each with one draw.")] = 1000,
    citizens: Annotated[int, typer.Option(metavar="N", help="Citizens a state.")] = 200,
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
    """Check the model's cooperation against what is observed of it.

    Compares states with scores of their international cooperation, dyads with trade and common memberships, and
    growth with joint action days. Every line says what would count as failing.
    """
    _check(worlds, citizens, seed, workers, out)
    from wbsim.cli.output import print_json

    fitted, rows = _inputs(scores, posterior)
    from wbsim.cooperation.summary import summary
    from wbsim.cooperation.worlds import Plan

    found = _checked(fitted, rows, Plan(worlds, seed, citizens), workers, quiet=quiet)
    plain = summary(found)
    if out is not None:
        import json

        out.write_text(json.dumps(plain, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    if as_json:
        print_json(plain)
    else:
        _show(found)


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


def _inputs(scores: Path | None, posterior: Path | None) -> tuple[Fitted, tuple[Score, ...]]:
    """Posterior and scores; or one InputError with the problems of both."""
    from wbsim.calibration.evidence import KEPT
    from wbsim.chance.fitted import read
    from wbsim.instruments.load import load_scores
    from wbsim.scenario.posterior import find_posterior

    problems: list[Problem] = []
    fitted: Fitted | None = None
    rows: tuple[Score, ...] = ()
    try:
        file = find_posterior(posterior)
        fitted = read(file.path, file.sha256)
        kept = Path(file.path).parent / KEPT / "scores.csv"
        scores = kept if scores is None and kept.is_file() else scores
    except InputError as error:
        problems += error.problems
    try:
        rows = load_scores(scores)
    except InputError as error:
        problems += error.problems
    if problems or fitted is None:
        raise InputError(problems)
    return fitted, rows


def _checked(
    fitted: Fitted, scores: tuple[Score, ...], plan: Plan, workers: int | None, *, quiet: bool
) -> Check:
    from rich.console import Console

    from wbsim.calibration.crew import Crew
    from wbsim.cli.progress import show_progress
    from wbsim.cooperation.check import check

    console = Console(stderr=True, highlight=False)
    done = 0
    with Crew(workers) as crew, show_progress(console, quiet=quiet) as progress:
        if progress is None:
            return check(fitted, scores, plan, crew)
        tell = progress

        def hear(worlds: int) -> None:
            nonlocal done
            done += worlds
            tell(done, plan.worlds)

        return check(fitted, scores, plan, crew, hear)


def _show(found: Check) -> None:
    from rich.console import Console

    from wbsim.cooperation.text import tables
    from wbsim.report.terminal import WIDTH

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH)
    for part in tables(found):
        console.print(part)
