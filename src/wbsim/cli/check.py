"""`wbsim check`: every problem of scenario and sweep files, and the JSON schemas that editors complete them by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Json, Plugins, Scenarios
from wbsim.errors import Problem

if TYPE_CHECKING:
    from wbsim.scenario.plugin import Registry


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="Scenario or sweep files, or names of scenarios."),
    ] = None,
    *,
    as_json: Json = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of scenario files and do nothing else.")
    ] = False,
    sweep_schema: Annotated[
        bool, typer.Option("--sweep-schema", help="Print the JSON schema of sweep files instead.")
    ] = False,
    questions_schema: Annotated[
        bool,
        typer.Option(
            "--questions-schema", help="Print the JSON schema of calibration/questions.toml instead."
        ),
    ] = False,
    analogue_schema: Annotated[
        bool,
        typer.Option("--analogue-schema", help="Print the JSON schema of files of institutions instead."),
    ] = False,
    as_assumptions: Annotated[
        bool, typer.Option("--as-assumptions", help="The files hold assumptions and events only.")
    ] = False,
    scenarios: Scenarios = None,
    plugin: Plugins = None,
) -> int:
    """Check scenario and sweep files and print every problem with its file and line.

    Exit code 0: all are valid; 1: problems were found; 2: a file cannot be read at all.
    """
    from wbsim.cli.output import print_json, print_problems
    from wbsim.scenario.jsonschema import schema as json_schema
    from wbsim.scenario.plugin import load_plugins
    from wbsim.scenario.text import UnreadableError

    registry = load_plugins(plugin or ())
    if schema:
        print_json(json_schema(registry.mechanisms))
        return 0
    if sweep_schema:
        from wbsim.sweeps.jsonschema import sweep_schema as schema_of_sweeps

        print_json(schema_of_sweeps(registry.mechanisms))
        return 0
    if questions_schema:
        from wbsim.instruments.jsonschema import schema as schema_of_questions

        print_json(schema_of_questions())
        return 0
    if analogue_schema:
        from wbsim.analogues.jsonschema import schema as schema_of_analogues

        print_json(schema_of_analogues(registry.mechanisms))
        return 0
    if not files:
        raise UnreadableError(Problem("no file to check", suggestion="wbsim check FILE..."))
    found: list[Problem] = []
    unreadable = False
    for file in files:
        problems, readable = _problems(file, scenarios, registry, as_assumptions, quiet=as_json)
        found.extend(problems)
        unreadable = unreadable or not readable
    if as_json:
        print_json({"valid": not found, "errors": [problem.as_dict() for problem in found]})
    else:
        print_problems(found)
    return 2 if unreadable else int(bool(found))


def _problems(
    file: str, folder: Path | None, registry: Registry, as_assumptions: bool, quiet: bool
) -> tuple[tuple[Problem, ...], bool]:
    """The problems of one file, and whether it could be read."""
    from wbsim.cli.output import printable
    from wbsim.errors import InputError
    from wbsim.scenario.load import load, load_assumptions
    from wbsim.scenario.text import UnreadableError
    from wbsim.sweeps.read_design import is_sweep_file

    try:
        if as_assumptions:
            line = f"valid assumptions, {len(load_assumptions(file, registry).events)} dated events"
        elif is_sweep_file(file, folder):
            line = _sweep_line(file, folder, registry)
        else:
            scenario = load(file, folder, registry)
            started = ", ".join(f"{policy.mechanism} from {policy.start}" for policy in scenario.policies)
            line = f'valid scenario "{scenario.name}" ({started or "no policy"}; until {scenario.horizon})'
    except InputError as error:
        return error.problems, not isinstance(error, UnreadableError)
    if not quiet:
        typer.echo(f"{printable(file)}: {line}")
    return (), True


def _sweep_line(file: str, folder: Path | None, registry: Registry) -> str:
    """What a valid sweep file is, and what the user should know of its design; InputError with its problems."""
    from wbsim.sweeps.read_design import load_sweep

    sweep = load_sweep(file, folder, registry)
    names = ", ".join(scenario.name for scenario in sweep.scenarios)
    points = len(sweep.design.points)
    size = f"{points} point{'s' if points > 1 else ''}"
    line = f'valid sweep "{sweep.name}" ({sweep.design.kind}, {size} over {", ".join(sweep.design.keys)}; {names})'
    return "; note: ".join((line, *sweep.notices))
