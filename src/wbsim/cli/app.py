"""The command `wbsim`: its commands in a list, its errors in words, its exit codes in one place."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from wbsim.errors import InputError, Problem, WbsimError

DONE, PROBLEMS, BAD_INPUT, FAILED_WORLDS, UNEXPECTED, INTERRUPTED = 0, 1, 2, 3, 70, 130

#: Each command with its module, the function that it runs, and its line in the help.
COMMANDS = (
    ("compare", "run", "compare", "Compare policies with a baseline in the same worlds."),
    ("run", "run", "run", "Simulate one scenario and print its outcomes."),
    ("sensitivity", "sensitivity", "sensitivity", "Find which assumptions drive an outcome."),
    ("optimise", "optimise", "optimise", "Search a policy's levers for several goals at once."),
    ("show", "show", "show", "Print the numbers behind a table or figure of a report."),
    ("report", "show", "report", "Write the report of a results folder again."),
    ("sweep", "sweep", "sweep", "Simulate scenarios at many points of a design."),
    ("resume", "sweep", "resume", "Go on with a sweep that was stopped."),
    ("status", "sweeps", "status", "Show how far a sweep is."),
    ("verify", "sweeps", "verify", "Check results byte by byte, and by simulating worlds again."),
    ("export", "sweeps", "export", "Write a sweep as CSV, Parquet or NetCDF."),
    ("replay", "sweeps", "replay", "Simulate one world of a sweep again."),
    ("discover", "discover", "discover", "Find where a policy fails or the ranking flips."),
    ("calibrate", "calibrate", "calibrate", "Fit the model to surveys, crises and scores."),
    ("validate", "validate", "validate", "Predict published figures and score the predictions."),
    ("waves", "waves", "waves", "Predict waves of repeated questions, each left out."),
    ("cooperation", "cooperation", "cooperation", "Check cooperation against what is observed of it."),
    ("hindcast", "hindcast", "hindcast", "Predict comparable institutions and score the predictions."),
    ("list", "tables", "list_scenarios", "List the scenarios that can be given by name."),
    ("check", "check", "check", "Check scenario and sweep files and print every problem."),
    ("diff", "diff", "diff", "Show what differs between two scenarios."),
    ("params", "params", "params", "List the model's parameters, or show one whole."),
    ("mechanisms", "tables", "mechanisms", "List what a policy may start, with its levers."),
    ("outcomes", "tables", "outcomes", "List everything that is measured."),
    ("variants", "tables", "variants", "List other rules for the same thing."),
    ("structures", "tables", "structures", "List rules that worlds draw by their weights."),
)

# Typer stands on Click, which its newer releases bring along under another name: the family of its errors is
# reached through the one that Typer exports under both.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]


def build() -> typer.Typer:
    """The application with all its commands."""
    # Plain help: Rich would read [[policy]] and other brackets in it as markup.
    app = typer.Typer(
        name="wbsim",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_wbsim)
    for name, module, function, summary in COMMANDS:
        command: Callable[..., object] = getattr(import_module(f"wbsim.cli.{module}"), function)
        app.command(name, short_help=summary)(command)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `wbsim` with `arguments` (the process's own if None) and return its exit code.

    0 done; 1 check or verify found problems; 2 bad input or usage; 3 done with failed worlds; 70 an error
    of wbsim itself; 130 interrupted. With --json among the arguments an error is one object on stdout.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _forgive_characters()
    problems, code = _run(words or ["--help"])
    if problems:
        _report(problems, as_json="--json" in words[: words.index("--") if "--" in words else None])
    return code


def _run(words: list[str]) -> tuple[Sequence[Problem], int]:
    """Run the command; what went wrong, if anything, and the exit code."""
    problems: Sequence[Problem] = ()
    try:
        code = _code(typer.main.get_command(build())(args=words, prog_name="wbsim", standalone_mode=False))
    except InputError as error:
        problems, code = error.problems, BAD_INPUT
    except _USAGE_ERROR as error:
        problems, code = [_usage_problem(error, words)], BAD_INPUT
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        code = _abandon_output()
    except SystemExit as stop:  # Typer's own answer to an output that was closed
        code = _abandon_output() if isinstance(stop.__context__, BrokenPipeError) else _code(stop.code)
    except WbsimError as error:  # its own words say what happened: a lost worker, for one
        problems, code = [Problem(str(error))], UNEXPECTED
    except Exception as error:
        if os.environ.get("WBSIM_TRACEBACK") == "1":
            traceback.print_exc()
        problems, code = [_unexpected_problem(error)], UNEXPECTED
    # Newer releases of Typer turn an interrupt into this exit code themselves.
    return ([Problem("interrupted")] if code == INTERRUPTED else problems), code


def _print_version(wanted: bool) -> None:
    if wanted:
        from wbsim import __version__

        typer.echo(f"wbsim {__version__}")
        raise typer.Exit


def _wbsim(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and stop."),
    ] = False,
) -> None:
    """Simulate security cooperation among the six Western Balkan states, and compare policies."""


def _code(result: object) -> int:
    return result if isinstance(result, int) else DONE


def _report(problems: Sequence[Problem], *, as_json: bool) -> None:
    from wbsim.cli.output import error_object, print_json, print_problems

    with contextlib.suppress(BrokenPipeError):
        if as_json:
            print_json(error_object(problems))
        else:
            print_problems(problems)


def _usage_problem(error: Exception, words: Sequence[str]) -> Problem:
    formatted = getattr(error, "format_message", None)
    message = formatted() if callable(formatted) else str(error)
    command = next((word for word in words if word in {name for name, *_ in COMMANDS}), None)
    return Problem(message.rstrip("."), suggestion=f"see `wbsim {command + ' ' if command else ''}--help`")


def _unexpected_problem(error: Exception) -> Problem:
    cause = str(error).split("\n")[0]
    name = type(error).__name__
    return Problem(
        f"an error of wbsim itself: {name}: {cause}" if cause else f"an error of wbsim itself: {name}",
        suggestion="please report it with the command, the scenario and the traceback that "
        "WBSIM_TRACEBACK=1 prints",
    )


def _forgive_characters() -> None:
    """Let a terminal that has no Greek letters show something else in their place, and not fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _abandon_output() -> int:
    """Whoever read the output (`head`, a pager) has closed it: nothing is wrong, nothing can be written."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
