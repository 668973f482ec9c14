"""`wbsim diff`: what differs between two scenarios."""

from __future__ import annotations

from typing import Annotated

import typer

from wbsim.cli.options import Json, Plugins, Scenarios

_SIGNS = {"changed": "~", "added": "+", "removed": "-"}


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario: a file or a name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    *,
    as_json: Json = False,
    scenarios: Scenarios = None,
    plugin: Plugins = None,
) -> int:
    """Show what differs between two scenarios, with everything they inherit and every default filled in."""
    from wbsim.cli.output import print_json, printable
    from wbsim.scenario.diff import SECTIONS, differences
    from wbsim.scenario.load import load
    from wbsim.scenario.plugin import load_plugins

    registry = load_plugins(plugin or ())
    one, other = load(first, scenarios, registry), load(second, scenarios, registry)
    changes = differences(one, other)
    if as_json:
        places = {"first": one.origin, "second": other.origin}
        print_json({**places, "same": not changes, "differences": [change.as_dict() for change in changes]})
        return 0
    typer.echo(f"- {printable(one.name)}  ({printable(one.origin)})")
    typer.echo(f"+ {printable(other.name)}  ({printable(other.origin)})")
    for section in SECTIONS:
        own = [change for change in changes if change.section == section]
        if own:
            typer.echo(f"\n{section}")
        for change in own:
            value = _change_text(change.kind, change.before, change.after)
            typer.echo(printable_lines(f"  {_SIGNS[change.kind]} {change.key}{value}"))
    if not changes:
        typer.echo("\nno difference")
    return 0


def printable_lines(text: str) -> str:
    """`text` with its own line breaks kept and nothing else that could steer a terminal."""
    from wbsim.cli.output import printable

    return "\n".join(printable(line) for line in text.split("\n"))


def _change_text(kind: str, before: object, after: object) -> str:
    if kind == "changed":
        return f": {value_text(before)} -> {value_text(after)}"
    value = after if kind == "added" else before
    if isinstance(value, dict):
        return "".join(
            f"\n      {name} = {value_text(item)}" for name, item in value.items() if item is not None
        )
    return f": {value_text(value)}"


def value_text(value: object) -> str:
    """A plain value as it stands in a scenario file, whole."""
    if value is None:
        return "(none)"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {value_text(item)}" for name, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(value_text, value)) + "]"
    if isinstance(value, str):
        return '"' + " ".join(value.split()) + '"'
    return f"{value:.12g}" if isinstance(value, float) else str(value)
