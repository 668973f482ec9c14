"""`wbsim discover`: where a policy fails or the ranking flips, as boxes that are tested on fresh worlds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.load import load_all
from wbsim.cli.options import Json, Plugins, Scenarios
from wbsim.cli.output import notices
from wbsim.cli.run import (
    COMPILING,
    DEFAULT_SCENARIOS,
    FAILED_WORLDS,
    UNCACHED,
    Assumptions,
    Citizens,
    First,
    Posterior,
    Quiet,
    Seed,
    Workers,
    Worlds,
    Years,
)
from wbsim.paths import user_path

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from wbsim.experiments.compare import Overrides, Prepared
    from wbsim.experiments.comparison import Results
    from wbsim.experiments.discovery import Discovered, Question
    from wbsim.experiments.discovery_results import DiscoveryResults

Target = Annotated[
    str,
    typer.Option(
        "--target",
        metavar="SORT",
        help="What counts as a case: harm, no-gain (against --against), regret (against the best), flip (the worse "
        "on average is better), level (the outcome is worse than --threshold).",
    ),
]
Method = Annotated[str, typer.Option(metavar="WHICH", help="prim, tree, or both.")]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="New folder for the discovery. [default: one in wbsim-results]"),
]


def discover(
    *,
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO]...|RESULTS",
            help=f"Names or files to compare, or one results folder. [default: {' '.join(DEFAULT_SCENARIOS)}]",
        ),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The policy that is asked about, where there are several."),
    ] = None,
    outcome: Annotated[
        str, typer.Option(metavar="NAME", help="The outcome; see `wbsim outcomes`.")
    ] = "cooperation",
    target: Target = "harm",
    threshold: Annotated[
        float | None, typer.Option(metavar="X", help="In the outcome's unit. [default: its margin]")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What the policy is compared with. [default: the baseline]"),
    ] = None,
    fresh_worlds: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Worlds of the re-test, which no search sees; 0: search one half and re-test on the other. "
            "[default: as many as are searched]",
        ),
    ] = None,
    replicates: Annotated[
        int,
        typer.Option(
            metavar="N", help="More courses of chance in each of these: what parameters can explain at most."
        ),
    ] = 0,
    method: Method = "both",
    circumstances: Annotated[
        bool, typer.Option("--circumstances", help="Also search what happened under the baseline.")
    ] = False,
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="The baseline. [default: status-quo, else the first]")
    ] = None,
    assumptions: Assumptions = None,
    posterior: Posterior = None,
    folder: Scenarios = None,
    plugins: Plugins = None,
    worlds: Worlds = None,
    first_world: First = 0,
    seed: Seed = None,
    workers: Workers = None,
    years: Years = None,
    citizens: Citizens = None,
    out: Out = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find where a policy fails or the ranking flips: boxes in the assumptions (PRIM, classification tree), counted
    again in worlds that no search has seen."""
    from datetime import UTC, datetime

    from wbsim.cli.output import print_json
    from wbsim.experiments.compare import Overrides
    from wbsim.experiments.discovery import Question, methods_of
    from wbsim.experiments.discovery_results import write_results
    from wbsim.results.folder import place_for

    started = datetime.now(UTC)
    place = place_for(out)
    question = Question(
        target, outcome, policy, against, threshold, methods_of(method), fresh_worlds, replicates, circumstances,
        workers,
    )  # fmt: skip
    question.check()
    overrides = Overrides(
        worlds, seed, first_world, workers, None, years, citizens, baseline, assumptions, folder, posterior
    )
    results = _comparison(scenarios or [], overrides, plugins, question, quiet=quiet)
    answer = _answer(results, question, quiet=quiet)
    final = write_results(answer, place, started)
    if json:
        print_json(answer.summary())
    else:
        _show(answer)
    if not quiet or not json:
        (notices() if json else _console()).print(f"discovery: {final}", markup=False, soft_wrap=True)
    if answer.found.failed:
        raise typer.Exit(FAILED_WORLDS)


def _comparison(
    names: list[str],
    overrides: Overrides,
    plugins: list[Path] | None,
    question: Question,
    *,
    quiet: bool,
) -> Results:
    """The comparison that is asked: simulated, or opened again where a results folder is given."""
    from wbsim.cli.progress import show_progress
    from wbsim.experiments.compare import carry_out, prepare_comparison
    from wbsim.experiments.comparison import Comparison
    from wbsim.experiments.discover import check_question
    from wbsim.results.open import RECORD_NAME

    if any((user_path(name) / RECORD_NAME).is_file() for name in names):
        return _reopened(names, overrides, plugins)
    loaded = load_all(
        names or DEFAULT_SCENARIOS, Path(overrides.folder) if overrides.folder else None, plugins
    )
    prepared = prepare_comparison(loaded, overrides)
    check_question(question, prepared)
    console = notices()
    if not quiet:
        _announce(console, prepared, question)
    with show_progress(console, quiet=quiet) as progress:
        return carry_out(prepared, Comparison, progress=progress)


def _reopened(names: list[str], overrides: Overrides, plugins: list[Path] | None) -> Results:
    """A results folder, which no option of the comparison can change."""
    from dataclasses import fields

    from wbsim.errors import InputError, Problem
    from wbsim.experiments.compare import Overrides as Plain
    from wbsim.experiments.reopen import reopen

    given = [
        field.name
        for field in fields(overrides)
        if field.name not in ("workers", "posterior")
        and getattr(overrides, field.name) != getattr(Plain(), field.name)
    ]
    if len(names) > 1 or given:
        what = "other scenarios" if len(names) > 1 else ", ".join(f"--{name}" for name in given)
        raise InputError(
            Problem(
                f"a results folder is asked as it is; {what} can't be given beside it",
                file=names[0],
                suggestion="leave that away, or name scenarios in place of the folder",
            )
        )
    return reopen(names[0], posterior=overrides.posterior, plugins=plugins or ())


def _announce(console: Console, prepared: Prepared, question: Question) -> None:
    """What will be simulated, and what it will probably cost."""
    from wbsim.experiments.discover import more_seconds
    from wbsim.experiments.estimate import can_keep_compiled, estimated_seconds, is_compiled
    from wbsim.report.numbers import duration
    from wbsim.results.disk import readable

    planned = prepared.plan
    worlds = planned.settings.worlds
    fresh = worlds if question.fresh is None else question.fresh
    again = f"{fresh:,} fresh worlds" if fresh else "no fresh worlds (one half is searched)"
    more = f" and {question.replicates} more courses of chance" if question.replicates else ""
    count = sum(len(group.scenarios) for group in planned.sets)
    seconds = estimated_seconds(planned) + more_seconds(question, prepared)
    console.print(
        f"Simulating {count} scenarios in {worlds:,} worlds to search, then {again}{more}, from seed "
        f"{planned.settings.seed}. Probably takes {duration(seconds)}, and up to {readable(planned.size)} of disk "
        "meanwhile.",
        soft_wrap=not console.is_terminal,
    )
    if not is_compiled():
        console.print(COMPILING if can_keep_compiled() else UNCACHED, soft_wrap=True)


def _answer(results: Results, question: Question, *, quiet: bool) -> DiscoveryResults:
    """Check that there are cases enough, then simulate fresh worlds and search."""
    from wbsim.cli.progress import show_progress
    from wbsim.experiments.discover import SEARCH, discover_in
    from wbsim.experiments.discovery import plan_discovery
    from wbsim.experiments.estimate import simulation_seconds
    from wbsim.report.numbers import duration

    planned = plan_discovery(results.experiment, question)
    console = notices()
    if not quiet:
        seconds = SEARCH + sum(simulation_seconds(each) for each in planned.plans)
        worlds = sum(each.settings.worlds * len(each.sets) for each in planned.plans)
        console.print(
            f"Now {worlds:,} fresh worlds and courses of chance, and the search: probably {duration(seconds)}.",
            soft_wrap=not console.is_terminal,
        )
    with show_progress(console, quiet=quiet) as progress:
        return discover_in(results, question, planned=planned, progress=progress)


def _console() -> Console:
    from rich.console import Console

    from wbsim.report.terminal import WIDTH

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)


def _show(answer: DiscoveryResults) -> None:
    """Sentences, and a table of all boxes."""
    console = _console()
    for line in answer.sentences[:-1]:
        console.print(line, markup=False)
        console.print()
    if answer.found.discovery.found:
        console.print(_table(answer.found))
        console.print()
    console.print(answer.sentences[-1], markup=False)


def _table(found: Discovered) -> Table:
    from wbsim.cli.output import plain_table
    from wbsim.report.discovery_words import METHODS, where
    from wbsim.report.driver_words import interval
    from wbsim.report.numbers import percent, typographic

    table = plain_table("box", "where", "in search", "fresh worlds", "elsewhere", "of all cases", "holds")
    for one in found.discovery.found:
        again = one.retest
        table.add_row(
            f"{METHODS[one.method]} {one.number}",
            typographic(where(one.box, found.searched.inputs.inputs)),
            percent(one.searched.density),
            interval(again.inside),
            interval(again.elsewhere),
            interval(again.coverage),
            "yes" if again.holds else "no",
        )
    return table
