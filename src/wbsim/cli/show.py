"""`wbsim show` and `wbsim report`: the numbers behind a report, and the report written again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Plugins
from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wbsim.report.shown import Shown

    #: What a report shows; all of it, or all that may have that name.
    Find = Callable[[str | None], Iterator[Shown]]

Folder = Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder that compare, run or sweep made.")]
Posterior = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Posterior that the results drew from, where it is no longer found."),
]

#: Width at which texts of a table are folded, and that of the widest line.
_FOLD, _WIDEST = 60, 1000


def show(
    results: Folder,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="A table or figure of the report. [default: list them]"),
    ] = None,
    *,
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated, numbers in full.")] = False,
    posterior: Posterior = None,
    plugin: Plugins = None,
) -> None:
    """Print the numbers behind a table or figure of the report, computed anew from the stored worlds."""
    from wbsim.report.plain import as_csv

    shown = _shown(results, posterior, plugin or ())
    if name is None:
        _list([(each.name, each.title) for each in shown(None)], csv=csv)
        return
    found = next((each for each in shown(name) if each.name == name), None)
    if found is None:
        raise _unknown(name, [each.name for each in shown(None)], results)
    if csv:
        typer.echo(as_csv(found), nl=False)
    else:
        _print(found)


def report(
    results: Folder,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html",
            help="Write the report alone to this file. [default: report.html and figures/ in RESULTS]",
        ),
    ] = None,
    posterior: Posterior = None,
    plugin: Plugins = None,
) -> None:
    """Write the report of a results folder again, computed anew from the stored worlds."""
    from wbsim.report.publish import FIGURES_NAME

    if out is not None and (out.is_dir() or not out.absolute().parent.is_dir()):
        message = f"is a folder: {out}" if out.is_dir() else f"no such folder: {out.absolute().parent}"
        raise InputError(Problem(message, key="--out", suggestion="name a file in a folder that exists"))
    write = _writer(results, posterior, plugin or ())
    pictures = results / FIGURES_NAME if out is None else None
    try:
        written = write(out)
    except OSError as error:
        raise InputError(
            Problem(
                f"cannot be written: {error.strerror or error}",
                file=str(out or results),
                key="--out",
                suggestion="name a file that can be written with --out",
            )
        ) from error
    typer.echo(f"report: {written}")
    if pictures is not None:
        typer.echo(f"figures: {pictures}")


def _shown(folder: Path, posterior: Path | None, plugins: Sequence[Path]) -> Find:
    """What the report of a folder shows: that of a sweep, or of a comparison."""
    from wbsim.sweeps.folder import is_sweep

    if is_sweep(folder):
        from wbsim.report.swept.content import all_shown as of_sweep
        from wbsim.sweeps.opened import open_sweep

        swept = open_sweep(folder, plugins=plugins)
        return lambda name: of_sweep(swept, name)
    from wbsim.experiments.reopen import reopen
    from wbsim.report.sections.order import all_shown

    opened = reopen(folder, posterior=posterior, plugins=plugins)
    return lambda name: iter(all_shown(opened, name))


def _writer(folder: Path, posterior: Path | None, plugins: Sequence[Path]) -> Callable[[Path | None], Path]:
    """What writes the report of a folder: into it, or alone to a file."""
    from wbsim.report.publish import FIGURES_NAME, REPORT_NAME, publish_report
    from wbsim.sweeps.folder import is_sweep

    if is_sweep(folder):
        from wbsim.report.swept.page import publish_sweep
        from wbsim.sweeps.opened import open_sweep

        swept = open_sweep(folder, plugins=plugins)
        return lambda file: publish_sweep(swept, file)
    from wbsim.experiments.reopen import reopen

    opened = reopen(folder, posterior=posterior, plugins=plugins)
    return lambda file: publish_report(
        opened, file or folder / REPORT_NAME, folder / FIGURES_NAME if file is None else None
    )


def _list(rows: list[tuple[str, str]], *, csv: bool) -> None:
    from wbsim.report.plain import as_csv
    from wbsim.report.shown import Shown

    shown = Shown("", "Tables and figures of the report", ("name", "what it shows"), tuple(rows))
    if csv:
        typer.echo(as_csv(shown), nl=False)
    else:
        _print(shown)


def _print(shown: Shown) -> None:
    from rich.console import Console

    from wbsim.cli.output import plain_table, printable
    from wbsim.report.plain import as_text

    typer.echo(printable(shown.title))
    table = plain_table(*shown.columns)
    for number, column in enumerate(table.columns):
        # A number that is broken over two lines is no number: texts are folded, and lines are as long as they must be.
        column.no_wrap = any(isinstance(row[number], float) for row in shown.rows)
        column.max_width = None if column.no_wrap else _FOLD
    for row in shown.rows:
        table.add_row(*(printable(as_text(value)) for value in row))
    Console(width=_WIDEST, highlight=False, markup=False).print(table)
    if any(isinstance(value, float) for row in shown.rows for value in row):
        typer.echo("Rounded to four digits; --csv gives all of them.")
    if shown.note:
        typer.echo(shown.note)


def _unknown(name: str, known: list[str], folder: Path) -> InputError:
    from wbsim.scenario.issue import nearest

    return InputError(
        Problem(
            f'the report shows nothing called "{name}"; `wbsim show {folder}` lists what there is',
            key="NAME",
            suggestion=nearest(name, known),
        )
    )
