"""`wbsim run` and `wbsim compare`: simulate, print the headline table, keep results and report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from wbsim.cli.load import load_all
from wbsim.cli.options import Json, Plugins, Scenarios
from wbsim.cli.output import notices
from wbsim.scenario.bundled import PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from wbsim.experiments.compare import Prepared
    from wbsim.experiments.comparison import Results
    from wbsim.scenario.schema import Scenario

    Kind = TypeVar("Kind", bound=Results)

#: Compared when no scenario is named.
DEFAULT_SCENARIOS = PAPER
#: Exit code of a run that is done but has failed worlds.
FAILED_WORLDS = 3

Assumptions = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Name or file of assumptions and events to put in place of the scenarios' own; "
        "`wbsim list` names the bundled ones.",
    ),
]
Posterior = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Posterior to draw from, as `wbsim calibrate` wrote it. [default: the package's]"
    ),
]
Under = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WHAT",
        help="prior, posterior, a structural variant or alternative NAME=CHOICE, or an alternative posterior=NAME; "
        "repeated, the results are laid side by side.",
    ),
]
Worlds = Annotated[int | None, typer.Option(metavar="N", help="Number of worlds. [default: the scenario's]")]
First = Annotated[
    int, typer.Option(metavar="K", help="Number of the first world; with --worlds 1, replay world K.")
]
Seed = Annotated[int | None, typer.Option(metavar="N", help="Seed of all chance. [default: the scenario's]")]
Workers = Annotated[int | None, typer.Option(metavar="N", help="Worker processes. [default: usable cores]")]
Block = Annotated[
    int | None, typer.Option(metavar="N", help="Worlds simulated as one array: speed and memory only.")
]
Years = Annotated[int | None, typer.Option(metavar="N", help="Projected years. [default: the scenario's]")]
Citizens = Annotated[
    int | None, typer.Option(metavar="N", help="Citizens a state. [default: the scenario's]")
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="New folder for the results. [default: one in wbsim-results]"),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notices.")]
Shares = Annotated[
    bool,
    typer.Option(
        "--shares", help="Also print the shares of worlds that are better, worse, within the margin."
    ),
]
Structures = Annotated[
    bool,
    typer.Option(
        "--structures", help="Also print the effects under each choice of structure that worlds drew."
    ),
]
Panel = Annotated[
    bool,
    typer.Option(
        "--panel", help="Also print the decision panel: best, regret, thresholds, several goals, interaction."
    ),
]
UntilError = Annotated[
    list[str] | None,
    typer.Option(
        "--until",
        metavar="OUTCOME=ERROR",
        help="Simulate until the Monte Carlo error of the mean difference is below ERROR for every policy, at most "
        "--worlds; may be repeated.",
    ),
]

ChannelRuns = Annotated[
    bool,
    typer.Option(
        "--channels",
        help="Extra runs without channels of each policy: which of them did it (Shapley shares).",
    ),
]
RobustnessRuns = Annotated[
    bool,
    typer.Option(
        "--robustness",
        help="Extra runs under structural variants and alternatives, prior or posterior, and alternative posteriors.",
    ),
]
WorldsEach = Annotated[
    int | None,
    typer.Option(metavar="N", help="Worlds of each extra run. [default: the comparison's, at most 200]"),
]

VarianceWorlds = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="Worlds in which groups of inputs are drawn again, to tell where the variance of effects comes from; 0: "
        "none. [default: the comparison's, at most 64]",
    ),
]

#: What is said before a run whose model must be compiled first.
COMPILING = "The first run compiles the model, which takes up to a minute; later runs don't."
UNCACHED = (
    "No place to keep the compiled model is writable, so every run compiles it, which takes up to a minute: "
    "set NUMBA_CACHE_DIR to a folder that is."
)


def compare(
    *,
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO]...", help=f"Names or files. [default: {' '.join(DEFAULT_SCENARIOS)}]"
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="What the others are compared with. [default: status-quo, else the first]"
        ),
    ] = None,
    assumptions: Assumptions = None,
    posterior: Posterior = None,
    under: Under = None,
    folder: Scenarios = None,
    plugins: Plugins = None,
    worlds: Worlds = None,
    first_world: First = 0,
    seed: Seed = None,
    workers: Workers = None,
    block: Block = None,
    years: Years = None,
    citizens: Citizens = None,
    out: Out = None,
    json: Json = False,
    quiet: Quiet = False,
    shares: Shares = False,
    structures: Structures = False,
    panel: Panel = False,
    until: UntilError = None,
    channels: ChannelRuns = False,
    robustness: RobustnessRuns = False,
    worlds_each: WorldsEach = None,
    variance_worlds: VarianceWorlds = None,
) -> None:
    """Compare policies with a baseline in the same worlds: what each changes, how surely, and what it may
    harm."""
    from rich.text import Text

    from wbsim.experiments.compare import Overrides, prepare_comparison
    from wbsim.experiments.comparison import Comparison
    from wbsim.experiments.until import read_until
    from wbsim.report.extra_tables import extra_tables
    from wbsim.report.panel_tables import panel_tables
    from wbsim.report.stopping import stopping_words
    from wbsim.report.structure_tables import structure_lines, structure_tables
    from wbsim.report.terminal import comparison_tables, shares_tables

    overrides = Overrides(
        worlds, seed, first_world, workers, block, years, citizens, baseline, assumptions, folder, posterior,
        tuple(under or ()), read_until(until or ()), channels, robustness, worlds_each, variance_worlds,
    )  # fmt: skip
    loaded = load_all(scenarios or DEFAULT_SCENARIOS, folder, plugins)
    prepared = prepare_comparison(loaded, overrides)
    results = _simulate(prepared, loaded, Comparison, out, quiet=quiet)
    tables: list[RenderableType] = [
        comparison_tables(results.experiment, results.variance_from),
        structure_lines(results),
    ]
    if shares:
        tables.append(shares_tables(results.experiment))
    if structures:
        tables.append(structure_tables(results))
    if panel:
        tables.append(panel_tables(results.experiment))
    if results.experiment.stopping is not None:
        tables.append(Text(f"\n{stopping_words(results.experiment.stopping)}"))
    tables += extra_tables(results)
    _show(results, tables, json=json, quiet=quiet)


def run(
    *,
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Name or file.")],
    assumptions: Assumptions = None,
    posterior: Posterior = None,
    folder: Scenarios = None,
    plugins: Plugins = None,
    worlds: Worlds = None,
    first_world: First = 0,
    seed: Seed = None,
    workers: Workers = None,
    block: Block = None,
    years: Years = None,
    citizens: Citizens = None,
    out: Out = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Simulate one scenario and print its outcomes with their intervals over worlds."""
    from wbsim.experiments.compare import Overrides, prepare_run
    from wbsim.experiments.comparison import Run
    from wbsim.report.terminal import run_tables

    overrides = Overrides(
        worlds, seed, first_world, workers, block, years, citizens, None, assumptions, folder, posterior
    )
    loaded = load_all([scenario], folder, plugins)
    prepared = prepare_run(loaded[0], overrides)
    results = _simulate(prepared, loaded, Run, out, quiet=quiet)
    _show(results, [run_tables(results.experiment)], json=json, quiet=quiet)


def _simulate(
    prepared: Prepared, loaded: list[Scenario], kind: type[Kind], out: Path | None, *, quiet: bool
) -> Kind:
    """Say what will be done, do it, and keep results and report."""
    from wbsim.cli.progress import show_progress
    from wbsim.experiments.compare import carry_out
    from wbsim.report.publish import FIGURES_NAME, REPORT_NAME, publish_report
    from wbsim.results.folder import place_for

    place = place_for(out)
    console = notices()
    if not quiet:
        _announce(console, prepared, loaded)
    with show_progress(console, quiet=quiet) as progress:
        results = carry_out(prepared, kind, place, progress=progress)
    assert results.folder is not None
    publish_report(results, results.folder / REPORT_NAME, results.folder / FIGURES_NAME)
    return results


def _announce(console: Console, prepared: Prepared, loaded: list[Scenario]) -> None:
    """What will be done, with what, and what it will probably cost."""
    from wbsim.cli.extra import extra_lines
    from wbsim.experiments.estimate import can_keep_compiled, estimated_seconds, is_compiled
    from wbsim.report.numbers import duration, month_words
    from wbsim.results.disk import readable

    planned, settings = prepared.plan, prepared.plan.settings
    for scenario in loaded:
        console.print(f"{scenario.name}: {scenario.origin}", markup=False, soft_wrap=True)
    count = sum(len(group.scenarios) for group in planned.sets)
    most = "at most " if planned.until else ""
    sets = f" under {len(planned.sets)} sets of assumptions" if len(planned.sets) > 1 else ""
    citizens = planned.sets[0].scenarios[0].run.citizens
    console.print(
        f"Simulating {count} scenario{'s' * (count > 1)}{sets} in {most}{settings.worlds:,} "
        f"world{'s' * (settings.worlds > 1)} from seed {settings.seed}: 6 x {citizens:,} citizens, "
        f"{month_words(planned.months[0])} to {month_words(planned.months[-1])}, "
        f"{planned.workers} process{'es' * (planned.workers > 1)}. Probably takes "
        f"{duration(estimated_seconds(planned))} and up to {readable(planned.size)} of disk.",
        soft_wrap=not console.is_terminal,
    )
    if planned.until is not None:
        from wbsim.report.stopping import plan_words

        console.print(plan_words(planned.until, settings.worlds), soft_wrap=not console.is_terminal)
    for line in extra_lines(prepared):
        console.print(line, soft_wrap=not console.is_terminal)
    if not is_compiled():
        console.print(COMPILING if can_keep_compiled() else UNCACHED, soft_wrap=True)


def _show(results: Results, tables: Sequence[RenderableType], *, json: bool, quiet: bool) -> None:
    """Print the outcome: the object or the tables on standard output; raises Exit if worlds failed."""
    from rich.console import Console

    from wbsim.cli.output import print_json
    from wbsim.report.terminal import WIDTH

    if json:
        print_json(results.summary())
    else:
        console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
        for table in tables:
            console.print(table)
    if not quiet or not json:
        target = notices() if json else Console(highlight=False)
        for line in (
            f"report: {results.folder}/report.html",
            f"results: {results.folder}",
            f"results_sha256: {results.results_sha256}",
        ):
            target.print(line, markup=False, soft_wrap=True)
    if results.experiment.failed_worlds:
        raise typer.Exit(FAILED_WORLDS)
