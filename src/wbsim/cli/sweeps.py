"""`wbsim status`, `verify`, `export` and `replay`: what a folder of results holds, and whether it is what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wbsim.cli.options import Json, Plugins
from wbsim.cli.run import Quiet
from wbsim.paths import user_path

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sweep.")]
Results = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that sweep, compare or run made.")]


def status(*, folder: Folder, plugin: Plugins = None, json: Json = False) -> None:
    """Show how far a sweep is: worlds done, chunks, disk, failures. Works while it runs."""
    from wbsim.cli.output import plain_table, print_json, print_table
    from wbsim.report.sweep_status import status_of, status_rows

    found = status_of(folder, plugin or ())
    if json:
        print_json(found)
        return
    table = plain_table("", "")
    for name, value in status_rows(found):
        table.add_row(name, value)
    print_table(table)


def verify(
    *,
    folder: Results,
    rerun: Annotated[
        int, typer.Option(metavar="N", min=0, help="Simulate N of its worlds again and compare every value.")
    ] = 0,
    plugin: Plugins = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Compare every byte of a folder of results with its checksum, and worlds with a second simulation.

    Exit code 0: all is as it was written; 1: something differs.
    """
    from rich.console import Console

    from wbsim.cli.output import print_json
    from wbsim.cli.progress import show_progress
    from wbsim.experiments.verify import verify_results
    from wbsim.sweeps.folder import is_sweep
    from wbsim.sweeps.verify import verify_sweep

    with show_progress(Console(stderr=True, highlight=False), quiet=quiet) as progress:
        check = verify_sweep if is_sweep(folder) else verify_results
        found = check(user_path(folder).absolute(), rerun, progress, plugin or ())
    if json:
        print_json(found.plain())
    else:
        for line in found.lines():
            typer.echo(line)
    return int(bool(found.problems))


def export(
    *,
    folder: Folder,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Comma-separated text.")] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FILE", help='Parquet; needs the extra "export".')
    ] = None,
    netcdf: Annotated[
        Path | None, typer.Option("--netcdf", metavar="FILE", help='NetCDF; needs the extra "export".')
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Figures over the worlds in the place of every world.")
    ] = False,
    plugin: Plugins = None,
    quiet: Quiet = False,
) -> None:
    """Write a finished sweep as a table for other programs; the same results give the same bytes."""
    from wbsim.errors import InputError, Problem
    from wbsim.sweeps.export import export_csv, export_netcdf, export_parquet
    from wbsim.sweeps.opened import open_sweep

    if csv is None and parquet is None and netcdf is None:
        raise InputError(
            Problem("no file was named", suggestion="give --csv FILE, --parquet FILE or --netcdf FILE")
        )
    found = open_sweep(folder, plugins=plugin or ())
    said = []
    if csv is not None:
        said.append(f"{csv}: {export_csv(found, csv, summary=summary):,} rows")
    if parquet is not None:
        said.append(f"{parquet}: {export_parquet(found, parquet, summary=summary):,} rows")
    if netcdf is not None:
        export_netcdf(found, netcdf)
        said.append(f"{netcdf}: labelled arrays")
    if not quiet:
        for line in said:
            typer.echo(line, err=True)


def replay(
    *,
    folder: Folder,
    point: Annotated[int, typer.Option(metavar="N", help="Number of the design point, from 0.")],
    scenario: Annotated[str, typer.Option(metavar="NAME", help="Name of the scenario.")],
    world: Annotated[int, typer.Option(metavar="K", help="Number of the world.")],
    plugin: Plugins = None,
    json: Json = False,
) -> int:
    """Simulate one world of a sweep again, with its draw of parameters: figures, or how it fails.

    Exit code 0: it finishes; 3: it fails.
    """
    from wbsim.cli.output import print_json
    from wbsim.sweeps.replay import replay_world

    found = replay_world(folder, point, scenario, world, plugin or ())
    if json:
        print_json(found.plain())
    else:
        for line in found.lines():
            typer.echo(line)
    return 3 if found.error else 0
