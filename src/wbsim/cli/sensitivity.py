"""`wbsim sensitivity`: which assumptions drive an outcome, and what would be worth knowing before the choice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wbsim.cli.options import Json, Plugins, Scenarios
from wbsim.cli.run import Citizens, Out, Posterior, Quiet, Seed, Workers, Years

if TYPE_CHECKING:
    from rich.console import Console

    from wbsim.experiments.sensitivity.study import Study

Methods = Annotated[
    list[str] | None,
    typer.Option(
        "--method",
        metavar="NAME",
        help="morris or sobol (designs on the prior), pawn, shapley or information (one comparison, on the posterior "
        "where there is one); may be repeated. [default: pawn, shapley, information]",
    ),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="NAME", help="May be repeated. [default: the headline outcomes]"),
]
Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--keys",
        metavar="KEY",
        help="Parameters, NAME (all elements together) or NAME.ELEMENT, to judge; may be repeated. "
        "[default: all; morris by parameter, sobol and shapley by subject]",
    ),
]


def sensitivity(
    *,
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...", help="Names or files; one alone is compared with the status quo."
        ),
    ],
    methods: Methods = None,
    outcomes: Outcomes = None,
    of: Annotated[
        str, typer.Option("--of", metavar="WHAT", help="difference (to the baseline, paired) or level.")
    ] = "difference",
    baseline: Annotated[str | None, typer.Option(metavar="NAME", help="What is compared with.")] = None,
    keys: Keys = None,
    worlds: Annotated[
        int | None, typer.Option(metavar="N", help="Worlds of the comparison. [default: 500]")
    ] = None,
    worlds_each: Annotated[
        int | None, typer.Option(metavar="N", help="Worlds at each point of a design. [default: 4]")
    ] = None,
    points: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Trajectories of morris [default: 10], base points of sobol [default: 64]."
        ),
    ] = None,
    respondents: Annotated[
        int, typer.Option(metavar="N", help="Respondents in each state of a survey that is valued.")
    ] = 1000,
    posterior: Posterior = None,
    folder: Scenarios = None,
    plugins: Plugins = None,
    seed: Seed = None,
    workers: Workers = None,
    years: Years = None,
    citizens: Citizens = None,
    out: Out = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find which assumptions drive an outcome, what is chance, and which survey question is worth asking again."""
    from datetime import UTC, datetime

    from wbsim.cli.load import load_all, with_settings
    from wbsim.cli.output import notices
    from wbsim.cli.progress import show_progress
    from wbsim.experiments.sensitivity.study import Asked, carry_out, prepare
    from wbsim.report.sensitivity_keep import keep
    from wbsim.results.folder import place_for

    given: dict[str, Any] = {
        "methods": tuple(dict.fromkeys(methods)) if methods else None,
        "outcomes": tuple(dict.fromkeys(outcomes)) if outcomes else None,
        "worlds": worlds,
        "worlds_each": worlds_each,
    }
    asked = Asked(
        of=of,  # type: ignore[arg-type]
        baseline=baseline,
        points=points,
        seed=seed,
        workers=workers,
        keys=tuple(keys or ()),
        respondents=respondents,
        **{name: value for name, value in given.items() if value is not None},
    )
    loaded = with_settings(load_all(scenarios, folder, plugins), years, citizens, posterior)
    study = prepare(loaded, asked)
    place, console, started = place_for(out), notices(), datetime.now(UTC)
    if not quiet:
        _announce(console, study)
    with show_progress(console, quiet=quiet) as progress:
        found = carry_out(study, progress)
    kept = keep(study, found, place, started)
    _show(kept.plain() if json else None, study, found, kept.folder, quiet=quiet)


def _announce(console: Console, study: Study) -> None:
    """What will be simulated, and what it will probably cost."""
    from wbsim.cli.run import COMPILING
    from wbsim.experiments.estimate import COMPILE, is_compiled
    from wbsim.report.numbers import duration

    names = ", ".join(each.name for each in study.scenarios)
    console.print(f"Sensitivity of {names}, seed {study.seed}.", markup=False, soft_wrap=True)
    if study.given is not None:
        console.print(
            f"One comparison in {study.asked.worlds:,} worlds, in two courses of chance.", soft_wrap=True
        )
    for each in study.designs:
        console.print(
            f"{each.method}: {len(each.factors)} factors of {len(each.design.keys)} numbers, "
            f"{len(each.design.points):,} points with {each.settings.worlds} worlds each, on the prior.",
            soft_wrap=True,
        )
    seconds = study.seconds + (0.0 if is_compiled() else COMPILE)
    console.print(f"Probably takes {duration(seconds)}, and the analysis a minute or more.", soft_wrap=True)
    if not is_compiled():
        console.print(COMPILING, soft_wrap=True)


def _show(summary: Any, study: Study, found: Any, folder: Path | None, *, quiet: bool) -> None:
    from rich.console import Console

    from wbsim.cli.output import notices, print_json
    from wbsim.report.sensitivity_tables import WIDTH, tables

    if summary is not None:
        print_json(summary)
        target = notices()
    else:
        target = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
        target.print(tables(study, found))
    if summary is None or not quiet:
        target.print(f"results: {folder}", markup=False, soft_wrap=True)
