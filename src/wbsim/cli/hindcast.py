"""`wbsim hindcast`: predict comparable institutions, and score the predictions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Json
from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wbsim.analogues.analogue import Analogue
    from wbsim.analogues.fit import Evidence
    from wbsim.analogues.hindcast import Hindcast
    from wbsim.chance.fitted import Fitted

#: Fewest worlds whose 90 % interval means anything.
FEWEST_WORLDS, MOST_WORLDS = 40, 100_000


def hindcast(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE.toml|FOLDER]",
            help="An institution, or a folder of them. [default: each bundled one, left out of the fit]",
        ),
    ] = None,
    *,
    posterior: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A folder that `wbsim calibrate` wrote. [default: bundled]"),
    ] = None,
    worlds: Annotated[
        int, typer.Option(metavar="N", help="Worlds in which a file's institutions are simulated.")
    ] = 1000,
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
    """Predict what comparable institutions did, and score the predictions beside plain forecasts.

    Without a file, each bundled institution is predicted from the others. A file is predicted by the posterior, and
    nothing of it is fitted.
    """
    _check(worlds, seed, workers, out)
    from wbsim.cli.output import print_json

    if path is None:
        result = _left_out(posterior, seed, quiet=quiet)
    else:
        result = _predicted(path, posterior, worlds, seed, workers, quiet=quiet)
    summary = result.summary()
    if out is not None:
        import json

        out.write_text(json.dumps(summary, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    if as_json:
        print_json(summary)
    else:
        _show(result)


def _check(worlds: int, seed: int, workers: int | None, out: Path | None) -> None:
    """Raise InputError with everything that is wrong with the options."""
    from wbsim.scenario.limits import SEED

    problems = []
    for name, value, low, high in (
        ("--worlds", worlds, FEWEST_WORLDS, MOST_WORLDS),
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


def _left_out(posterior: Path | None, seed: int, *, quiet: bool) -> Hindcast:
    from wbsim.analogues import store
    from wbsim.analogues.hindcast import leave_each_out
    from wbsim.analogues.load import load_analogues
    from wbsim.cli.output import notices
    from wbsim.scenario.posterior import find_posterior

    folder = Path(find_posterior(posterior).path).parent
    evidence = store.read(folder)
    kept = folder / store.KEPT
    analogues = load_analogues(kept if kept.is_dir() else None)
    if not quiet:
        notices().print(
            f"Predicting {len(analogues)} institutions, each from the others: "
            f"{evidence.fitted} observations may be fitted.",
            markup=False,
            soft_wrap=True,
        )
    return leave_each_out(evidence, analogues, seed)


def _predicted(
    path: Path, posterior: Path | None, worlds: int, seed: int, workers: int | None, *, quiet: bool
) -> Hindcast:
    from wbsim.analogues.hindcast import predict
    from wbsim.calibration.crew import Crew
    from wbsim.cli.output import notices
    from wbsim.cli.progress import show_progress

    analogues, pool, fitted, evidence = _inputs(path, posterior)
    console = notices()
    total, done = 2 * worlds * len(analogues), 0
    with Crew(workers) as crew, show_progress(console, quiet=quiet) as progress:
        if progress is None:
            return predict(analogues, fitted, evidence, pool, worlds, seed, crew)
        names = ", ".join(each.label for each in analogues)
        console.print(
            f"Predicting {names} in {worlds:,} worlds from seed {seed}, and again at the prior.",
            markup=False,
            soft_wrap=not console.is_terminal,
        )
        tell = progress

        def hear(count: int) -> None:
            nonlocal done
            done += count
            tell(done, total)

        return predict(analogues, fitted, evidence, pool, worlds, seed, crew, hear)


def _inputs(
    path: Path, posterior: Path | None
) -> tuple[Sequence[Analogue], Sequence[Analogue], Fitted, Evidence | None]:
    """Institutions to predict, those to pool, the posterior and what it was fitted to; or one InputError with all."""
    from wbsim.analogues import store
    from wbsim.analogues.load import load_analogues
    from wbsim.chance.fitted import read
    from wbsim.scenario.posterior import find_posterior

    problems: list[Problem] = []
    analogues: Sequence[Analogue] = ()
    fitted, evidence, pool = None, None, None
    try:
        file = find_posterior(posterior)
        folder, fitted = Path(file.path).parent, read(file.path, file.sha256)
        evidence = store.read(folder) if (folder / store.CHANNELS).is_file() else None
        pool = load_analogues(folder / store.KEPT if (folder / store.KEPT).is_dir() else None)
    except InputError as error:
        problems += error.problems
    try:
        analogues = load_analogues(path)
    except InputError as error:
        problems += error.problems
    if evidence is not None:
        known = {s.analogue for s, use in zip(evidence.surfaces, evidence.use, strict=True) if use}
        problems += [
            Problem(
                f'is called "{each.name}", to which the posterior was fitted',
                each.origin,
                key="name",
                suggestion="`wbsim hindcast` without a file predicts it left out; or give yours another name",
            )
            for each in analogues
            if each.name in known
        ]
    if problems or fitted is None or pool is None:
        raise InputError(problems)
    return analogues, pool, fitted, evidence


def _show(result: Hindcast) -> None:
    from rich.console import Console

    from wbsim.analogues.hindcast_text import tables
    from wbsim.report.terminal import WIDTH

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH)
    for part in tables(result):
        console.print(part)
