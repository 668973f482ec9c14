"""`wbsim sweep` and `wbsim resume`: many design points, kept chunk by chunk, continued after anything."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Json, Plugins, Scenarios
from wbsim.cli.output import notices
from wbsim.cli.run import (
    COMPILING,
    FAILED_WORLDS,
    UNCACHED,
    Assumptions,
    Citizens,
    First,
    Posterior,
    Quiet,
    Seed,
    Workers,
    Years,
)
from wbsim.paths import user_path

if TYPE_CHECKING:
    from rich.console import Console

    from wbsim.sweeps.plan import SweepPlan
    from wbsim.sweeps.prepare import PreparedSweep
    from wbsim.sweeps.run import SweepRun

Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Simulate on a Dask cluster: tcp://HOST:PORT of its scheduler, or local:N for N processes here.",
    ),
]
Budget = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="Stop after this time (90s, 10m, 2h) with the worlds that every point has by then.",
    ),
]
NoReport = Annotated[
    bool, typer.Option("--no-report", help="Draw nothing: report.html and figures/ are not written.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask, however long it takes.")]

#: Beyond these a sweep is asked about first: seconds, and bytes on disk (assumed: an hour, and what fills a laptop).
ASKED_SECONDS, ASKED_BYTES = 3600.0, 20e9
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def sweep(
    *,
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SCENARIO...|DESIGN.toml", help="Names or files of scenarios, or one sweep file."
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUES",
            help="What is varied: lo:hi:n, lo:hi:n:log, a,b,c, months, choices, sets such as ALB+SRB; in sampled "
            "designs lo:hi, or nothing for a parameter's prior. May be repeated.",
        ),
    ] = None,
    design: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="grid, one-at-a-time, list, latin-hypercube, sobol, morris or saltelli. [default: grid]",
        ),
    ] = None,
    points: Annotated[
        int | None,
        typer.Option(metavar="N", help="Points of a sampled design (morris: trajectories; saltelli: base)."),
    ] = None,
    levels: Annotated[int | None, typer.Option(metavar="N", help="Levels of a Morris design.")] = None,
    design_seed: Annotated[int | None, typer.Option(metavar="N", help="Seed of a sampled design.")] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What other scenarios are compared with at each point."),
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Outcome to show; may be repeated. [default: the headline ones]"),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT", help="all, monthly or horizon: what is kept of each world. [default: monthly]"
        ),
    ] = None,
    assumptions: Assumptions = None,
    posterior: Posterior = None,
    folder: Scenarios = None,
    plugins: Plugins = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A model that a plugin registers. [default: wbsim's own]"),
    ] = None,
    worlds: Annotated[
        int | None, typer.Option(metavar="N", help="Worlds at each point. [default: the scenario's]")
    ] = None,
    first_world: First = 0,
    seed: Seed = None,
    workers: Workers = None,
    cluster: Cluster = None,
    budget: Budget = None,
    years: Years = None,
    citizens: Citizens = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the sweep. [default: one in wbsim-results]"),
    ] = None,
    extend: Annotated[
        bool,
        typer.Option("--extend", help="DIR holds a sweep: simulate only what this one has beyond it."),
    ] = False,
    no_report: NoReport = False,
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Simulate scenarios at many points of a design, in the same worlds, and keep every world.

    What is finished survives any stop: `wbsim resume DIR` goes on.
    """
    from wbsim.store.lock import locked
    from wbsim.sweeps.folder import write_plan
    from wbsim.sweeps.prepare import SweepOptions, prepare_sweep

    seconds = None if budget is None else read_time(budget)
    options = SweepOptions(
        tuple(scenarios or ()), tuple(vary or ()), design, points, levels, design_seed, worlds, first_world,
        seed, keep, baseline, tuple(outcome or ()), years, citizens, _text(assumptions), _text(posterior),
        _text(folder), tuple(map(str, plugins or ())), model or "wbsim",
    )  # fmt: skip
    prepared = prepare_sweep(options)
    place, known = _place(prepared.plan, out, extend=extend)
    console = notices()
    if not quiet:
        announce(console, prepared, workers, cluster, seconds)
    check_cost(console, prepared.plan, place, workers, seconds, yes=yes)
    if known == "new":
        from wbsim.results.folder import Place
        from wbsim.sweeps.folder import begin

        begin(prepared.plan, Place(place.parent, place))
    elif known == "other":
        with locked(place):
            write_plan(prepared.plan, place)
    carry_out(prepared.plan, place, workers, cluster, seconds, json=json, quiet=quiet, report=not no_report)


def resume(
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sweep.")],
    plugin: Plugins = None,
    workers: Workers = None,
    cluster: Cluster = None,
    budget: Budget = None,
    no_report: NoReport = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Go on with a sweep that was stopped, by whatever: only what is missing is simulated."""
    from wbsim.sweeps.folder import read_plan

    seconds = None if budget is None else read_time(budget)
    plan = read_plan(folder, plugins=plugin or ())
    place = user_path(folder).absolute()
    carry_out(plan, place, workers, cluster, seconds, json=json, quiet=quiet, report=not no_report)


def read_time(text: str) -> float:
    """Seconds of a time such as 90s, 10m or 2h. InputError for anything else."""
    from wbsim.errors import InputError, Problem

    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*([smh]?)", text.strip())
    seconds = float(found.group(1)) * _UNITS[found.group(2)] if found else 0.0
    if seconds <= 0.0:
        raise InputError(
            Problem(f'must be a time above 0, such as 90s, 10m or 2h; it is "{text}"', key="--budget")
        )
    return seconds


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _place(plan: SweepPlan, out: Path | None, *, extend: bool) -> tuple[Path, str]:
    """The folder, and what it holds: "new" nothing, "same" this very sweep, "other" one to be extended.

    InputError if it holds anything else, or another sweep that is not to be extended.
    """
    from datetime import UTC, datetime

    from wbsim.errors import InputError, Problem
    from wbsim.results.folder import DEFAULT_PARENT, place_for
    from wbsim.sweeps.folder import is_sweep, read_plan, same_sweep
    from wbsim.sweeps.prepare import folder_name

    if out is None:
        stem = f"sweep-{folder_name(plan)}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        parent, number = Path(DEFAULT_PARENT).absolute(), 1
        while (parent / (stem if number == 1 else f"{stem}-{number}")).exists():
            number += 1
        return parent / (stem if number == 1 else f"{stem}-{number}"), "new"
    path = user_path(out).absolute()
    if not is_sweep(path):
        place_for(path)
        return path, "new"
    if same_sweep(read_plan(path, plugins=plan.plugins), plan):
        return path, "same"
    if not extend:
        raise InputError(
            Problem(
                "holds another sweep",
                file=str(out),
                key="--out",
                suggestion="add to it with --extend, which simulates only what is new, or name another folder",
            )
        )
    return path, "other"


def announce(
    console: Console,
    prepared: PreparedSweep,
    workers: int | None,
    cluster: str | None,
    budget: float | None,
) -> None:
    """What will be done, with what, and what it will probably cost."""
    from wbsim.experiments.estimate import can_keep_compiled, is_compiled
    from wbsim.experiments.pool import usable_cores
    from wbsim.report.numbers import duration, month_words
    from wbsim.results.disk import readable
    from wbsim.sweeps.prepare import memory_of, seconds_of

    plan = prepared.plan
    for scenario in plan.scenarios:
        console.print(f"{scenario.name}: {scenario.origin}", markup=False, soft_wrap=True)
    for notice in prepared.notices:
        console.print(notice, markup=False, soft_wrap=True)
    count = workers or usable_cores()
    seconds = seconds_of(plan, count)
    takes = "an unknown time" if seconds is None else duration(seconds)
    if budget is not None and (seconds is None or budget < seconds):
        takes = f"the {duration(budget)} that it may take (whole: {takes})"
    where = f"on the cluster {cluster}" if cluster else f"{count} process{'es' * (count > 1)}"
    points, scenarios = len(plan.design.points), len(plan.scenarios)
    console.print(
        f"Sweeping {', '.join(plan.design.keys)}: {points:,} point{'s' * (points > 1)} of a {plan.design.kind} design "
        f"x {scenarios} scenario{'s' * (scenarios > 1)} x {plan.worlds:,} worlds from seed {plan.seed}, "
        f"{month_words(plan.months[0])} to {month_words(plan.months[-1])}, {where}. Probably takes {takes}, up to "
        f"{readable(plan.size)} of disk and {readable(memory_of(count))} of memory.",
        markup=False,
        soft_wrap=not console.is_terminal,
    )
    if plan.model.name == "wbsim" and not is_compiled():
        console.print(COMPILING if can_keep_compiled() else UNCACHED, soft_wrap=True)


def check_cost(
    console: Console,
    plan: SweepPlan,
    place: Path,
    workers: int | None,
    budget: float | None,
    *,
    yes: bool,
) -> None:
    """Refuse what the disk cannot hold; ask about what is long or large, and stop if the answer is no."""
    from wbsim.errors import InputError, Problem
    from wbsim.experiments.pool import usable_cores
    from wbsim.report.numbers import duration
    from wbsim.results.disk import readable
    from wbsim.sweeps.prepare import room_for, seconds_of

    room_for(place, plan)
    seconds = seconds_of(plan, workers or usable_cores()) or 0.0
    long = budget is None and seconds > ASKED_SECONDS
    if yes or not (long or plan.size > ASKED_BYTES):
        return
    words = f"about {duration(seconds)} and {readable(plan.size)} of disk"
    if not (sys.stdin.isatty() and console.is_terminal):
        raise InputError(
            Problem(
                f"this sweep would take {words}",
                suggestion="give --yes to start it, --budget TIME for what can be had in that time, or fewer points "
                "or worlds",
            )
        )
    if not typer.confirm(f"This sweep takes {words}. Start it?", err=True):
        raise typer.Abort


def carry_out(
    plan: SweepPlan,
    folder: Path,
    workers: int | None,
    cluster: str | None,
    budget: float | None,
    *,
    json: bool,
    quiet: bool,
    report: bool = True,
) -> None:
    """Simulate what is missing, print and draw what came out; raises Exit if worlds failed or are missing."""
    import contextlib

    from wbsim.cli.output import print_json
    from wbsim.cli.progress import show_progress
    from wbsim.cli.sweep_page import write_page
    from wbsim.report.sweep_tables import sweep_tables
    from wbsim.sweeps.opened import open_sweep
    from wbsim.sweeps.run import run_sweep

    console = notices()
    with contextlib.ExitStack() as stack:
        execute = None
        if cluster is not None:
            from wbsim.sweeps.cluster import on_cluster

            execute = stack.enter_context(on_cluster(cluster))
        progress = stack.enter_context(show_progress(console, quiet=quiet))
        try:
            done = run_sweep(plan, folder, workers=workers, execute=execute, budget=budget, progress=progress)
        except KeyboardInterrupt:
            if not quiet:
                console.print(f"Go on with: wbsim resume {folder}", markup=False, soft_wrap=True)
            raise
    sweep_found = open_sweep(folder, plugins=plan.plugins)
    page = write_page(sweep_found, console, report=report)
    if json:
        print_json(sweep_found.summary.plain() | {"seconds": round(done.seconds, 3), "folder": str(folder)})
    else:
        from rich.console import Console as Printer

        from wbsim.report.terminal import WIDTH

        printer = Printer(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
        for table in sweep_tables(sweep_found.summary):
            printer.print(table)
    _tell_end(plan, folder, done, page, json=json, quiet=quiet)
    if done.results.failed or done.lost:
        raise typer.Exit(FAILED_WORLDS)


def _tell_end(
    plan: SweepPlan, folder: Path, done: SweepRun, page: Path | None, *, json: bool, quiet: bool
) -> None:
    from rich.console import Console

    if quiet and json:
        return
    target = notices() if json else Console(highlight=False)
    results = done.results
    lines = []
    if done.stopped:
        lines.append(
            f"Stopped by its time with {results.worlds:,} of {plan.worlds:,} worlds at every point"
            + (f", {results.empty:,} points without any" if results.empty else "")
            + f"; go on with: wbsim resume {folder}"
        )
    if done.lost:
        lines.append(
            f"{len(done.lost)} chunks were lost with their workers and count as missing; the last said: "
            f"{done.lost[-1].strip().splitlines()[-1]}. `wbsim resume {folder}` tries them again"
        )
    if results.failed:
        lines.append(f"{len(results.failed):,} worlds failed: {results.folder / 'record.json'} says how")
    lines += [f"report: {page}"] if page is not None else []
    lines += [f"results: {folder}", f"results_sha256: {results.results_sha256}"]
    for line in lines:
        target.print(line, markup=False, soft_wrap=True)
