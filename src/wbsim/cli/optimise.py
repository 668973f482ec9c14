"""`wbsim optimise`: levers for several goals at once, and what of the found set holds in fresh worlds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Json, Plugins, Scenarios
from wbsim.cli.run import COMPILING, Citizens, Posterior, Quiet, Seed, Workers, Years

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from wbsim.optimum.study import Study


def optimise(
    *,
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Name or file of the policy.")],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LEVER=VALUES",
            help="A lever to search among, with lo:hi, a list, or choices; may be repeated.",
        ),
    ] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME[:max|min]",
            help="2 to 5 outcomes. [default: cooperation, public_trust, crises_severe, money]",
        ),
    ] = None,
    robust: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="What counts of a gain over worlds: mean, p10 (nine of ten worlds exceed it) or cvar (mean of the "
            "worst tenth).",
        ),
    ] = "mean",
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="What gains are over. [default: status-quo]")
    ] = None,
    worlds: Annotated[
        int | None, typer.Option(metavar="N", help="Worlds that judge each candidate. [default: 64]")
    ] = None,
    population: Annotated[
        int | None, typer.Option(metavar="N", help="Candidates of a generation. [default: 24]")
    ] = None,
    generations: Annotated[int | None, typer.Option(metavar="N", help="Generations. [default: 10]")] = None,
    members: Annotated[
        int | None, typer.Option(metavar="N", help="Members of the set that is shown, at most. [default: 10]")
    ] = None,
    fresh_worlds: Annotated[
        int | None,
        typer.Option(metavar="N", help="Worlds in which the set is counted again. [default: twice --worlds]"),
    ] = None,
    robustness: Annotated[
        bool,
        typer.Option(
            "--robustness", help="Also count the set under the prior and other structural variants."
        ),
    ] = False,
    posterior: Posterior = None,
    folder: Scenarios = None,
    plugins: Plugins = None,
    seed: Seed = None,
    workers: Workers = None,
    years: Years = None,
    citizens: Citizens = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of the search; the same search goes on where it was stopped. [default: one in wbsim-results]",
        ),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Search a policy's levers for several goals at once, and count what was found again in fresh worlds."""
    from wbsim.cli.load import load_all, with_settings
    from wbsim.cli.output import notices, print_json
    from wbsim.optimum import study as optimisation
    from wbsim.optimum.goal import DEFAULT
    from wbsim.report.optimum_files import write_optimum
    from wbsim.report.optimum_words import sentences, table

    given = {
        "worlds": worlds,
        "population": population,
        "generations": generations,
        "members": members,
    }
    asked = optimisation.Asked(
        tuple(vary or ()),
        tuple(goal or DEFAULT),
        baseline,
        fresh=fresh_worlds,
        robust=robust,
        robustness=robustness,
        seed=seed,
        workers=workers,
        **{name: value for name, value in given.items() if value is not None},
    )
    (policy,) = with_settings(load_all([scenario], folder, plugins), years, citizens, posterior)
    study = optimisation.prepare(policy, asked)
    place = _place(study, out)
    console = notices()
    if not quiet:
        _announce(console, study)
    found = optimisation.carry_out(study, place, None if quiet else _teller(console))
    content = write_optimum(found, place, command(study, scenario, plugins, years, citizens, posterior))
    if json:
        print_json(content)
        return
    from rich.console import Console as Printer

    from wbsim.report.terminal import WIDTH

    printer = Printer(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    lines = list(sentences(found))
    for line in lines[:2]:
        printer.print(line, markup=False)
        printer.print()
    printer.print(table(found))
    for line in lines[2:]:
        printer.print()
        printer.print(line, markup=False)
    printer.print(f"\noptimum: {place}", markup=False, soft_wrap=True)


def command(
    study: Study,
    scenario: str,
    plugins: list[Path] | None,
    years: int | None,
    citizens: int | None,
    posterior: Path | None,
) -> str:
    """The command line that gives the same set."""
    import shlex

    asked = study.asked
    parts = ["wbsim", "optimise", scenario]
    parts += [word for each in asked.vary for word in ("--vary", each)]
    parts += [word for each in asked.goals for word in ("--goal", each)]
    values: dict[str, object] = {
        "--robust": asked.robust,
        "--baseline": asked.baseline,
        "--worlds": asked.worlds,
        "--population": asked.population,
        "--generations": asked.generations,
        "--members": asked.members,
        "--fresh-worlds": study.fresh.worlds,
        "--seed": study.settings.seed,
        "--years": years,
        "--citizens": citizens,
        "--posterior": posterior,
    }
    for name, value in values.items():
        parts += [] if value is None else [name, str(value)]
    parts += ["--robustness"] * asked.robustness
    parts += [word for each in plugins or () for word in ("--plugin", str(each))]
    return shlex.join(parts)


def _place(study: Study, out: Path | None) -> Path:
    """The folder of the search, with what was asked in it. InputError if it holds anything else."""
    import json
    from datetime import UTC, datetime

    from wbsim.errors import InputError, Problem
    from wbsim.optimum.study import identity
    from wbsim.paths import user_path
    from wbsim.results.folder import DEFAULT_PARENT, place_for
    from wbsim.store.files import refusals_named, write_whole

    asked = json.dumps(identity(study), indent=1, sort_keys=True)
    stem = f"optimise-{study.scenarios[0].name}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    path = Path(DEFAULT_PARENT).absolute() / stem if out is None else user_path(out).absolute()
    note = path / "asked.json"
    if note.is_file():
        if note.read_text(encoding="utf-8") == asked:
            return path
        raise InputError(
            Problem("holds another search", file=str(path), key="--out", suggestion="name another folder")
        )
    place_for(path)
    with refusals_named(note):
        path.mkdir(parents=True)
    write_whole(note, [asked.encode()])
    return path


def _announce(console: Console, study: Study) -> None:
    """What will be searched, and what it will probably cost."""
    from wbsim.experiments.estimate import BLOCK_MS, CITIZEN_MS, COMPILE, WORLD_MS, is_compiled
    from wbsim.experiments.pool import usable_cores
    from wbsim.report.numbers import duration
    from wbsim.results.layout import months_between
    from wbsim.tables.places import STATE_CODES

    run = study.scenarios[0].run
    months = len(months_between(run.start, run.horizon))
    each = BLOCK_MS / 32 + WORLD_MS + CITIZEN_MS * len(STATE_CODES) * run.citizens
    workers = study.settings.workers or usable_cores()
    seconds = months * each * study.runs / 1000 / workers + 4.0 * study.asked.generations
    console.print(
        f"Searching {', '.join(study.space.keys)} of {study.scenarios[0].name} for "
        f"{', '.join(goal.name for goal in study.goals)}: at most {study.candidates:,} candidates in "
        f"{study.settings.worlds:,} worlds, then the found set in {study.fresh.worlds:,} fresh worlds, from seed "
        f"{study.settings.seed}. Probably takes {duration(seconds + (0.0 if is_compiled() else COMPILE))} at most.",
        markup=False,
        soft_wrap=not console.is_terminal,
    )
    if not is_compiled():
        console.print(COMPILING, soft_wrap=True)


def _teller(console: Console) -> Callable[[int, int], None]:
    """Tells how many candidates are judged, at each tenth."""
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if 10 * done // total > told:
            told = 10 * done // total
            console.print(f"{done:,} of at most {total:,} candidates judged", highlight=False)

    return tell
