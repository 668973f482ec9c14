"""`wbsim list`, `mechanisms`, `outcomes`, `variants` and `structures`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from wbsim.cli.options import Json, Plugins, Scenarios
from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from wbsim.scenario.load import AssumptionsFile
    from wbsim.scenario.schema import Scenario


def list_scenarios(*, as_json: Json = False, scenarios: Scenarios = None, plugin: Plugins = None) -> None:
    """List the scenarios, and the files of assumptions, that can be given by name."""
    from wbsim.cli.output import print_json
    from wbsim.scenario.bundled import grouped
    from wbsim.scenario.load import load, load_assumptions
    from wbsim.scenario.plugin import load_plugins
    from wbsim.scenario.resolve import available, available_assumptions

    registry = load_plugins(plugin or ())
    groups = grouped(available(scenarios))
    listed = [
        _listed(name, lambda name: load(name, scenarios, registry), f"wbsim check {name}")
        | {"group": group.title}
        for group in groups
        for name in group.names
    ]
    assumed = [
        _listed(name, lambda name: load_assumptions(name, registry), f"wbsim check --as-assumptions {name}")
        for name in available_assumptions()
    ]
    if as_json:
        print_json({"scenarios": listed, "assumptions": assumed})
        return
    sections = [(group.title, [row for row in listed if row["group"] == group.title]) for group in groups]
    _print_sections([*sections, ("Assumptions, for --assumptions", assumed)])


def _listed(name: str, read: Callable[[str], Scenario | AssumptionsFile], check: str) -> dict[str, str]:
    """Name, description and origin of a file; of one that is broken, what is wrong with it."""
    try:
        file = read(name)
    except InputError as error:
        found = f"cannot be used: {error.problems[0].message}; see `{check}`"
        return {"name": name, "description": found, "origin": ""}
    return {"name": name, "description": file.description, "origin": file.origin}


def _print_sections(sections: list[tuple[str, list[dict[str, str]]]]) -> None:
    """One table of all files, each section of them under its title."""
    from wbsim.cli.output import plain_table, print_table, printable

    table = plain_table("name", "description", "origin")
    for title, rows in sections:
        if rows:
            table.add_row()
            table.add_row(f"{title}:")
        for row in rows:
            table.add_row(*(printable(row[key]) for key in ("name", "description", "origin")))
    print_table(table)


def mechanisms(
    name: Annotated[str | None, typer.Argument(help="One mechanism, with all its levers.")] = None,
    *,
    as_json: Json = False,
    plugin: Plugins = None,
) -> None:
    """List what a policy may start, or show one mechanism with its levers."""
    from dataclasses import asdict

    from wbsim.cli.output import plain_table, print_json, print_table
    from wbsim.cli.record_text import mechanism_text
    from wbsim.scenario.issue import names, nearest, show
    from wbsim.scenario.plugin import load_plugins

    known = load_plugins(plugin or ()).mechanisms
    if name is not None and name not in known:
        raise InputError(
            Problem(
                f"no mechanism is called {show(name)}; there are {names(known)}",
                suggestion=nearest(name, known),
            )
        )
    if as_json:
        chosen = known.values() if name is None else [known[name]]
        print_json({"mechanisms": [asdict(record) for record in chosen]})
    elif name is not None:
        typer.echo(mechanism_text(known[name]), nl=False)
    else:
        table = plain_table("mechanism", "what it is")
        for record in known.values():
            today = " (status quo)" if record.in_status_quo else ""
            table.add_row(record.name, f"{record.label}{today}. {record.description}")
        print_table(table)


def outcomes(*, as_json: Json = False) -> None:
    """List everything that is measured in a world."""
    from dataclasses import asdict

    from wbsim.cli.output import plain_table, print_json, print_table
    from wbsim.tables.outcomes import OUTCOMES

    if as_json:
        print_json({"outcomes": [asdict(outcome) for outcome in OUTCOMES.values()]})
        return
    table = plain_table("outcome", "better", "unit", "definition")
    for outcome in OUTCOMES.values():
        mark = "*" if outcome.headline else ""
        table.add_row(outcome.name + mark, outcome.better, outcome.unit, outcome.definition)
    print_table(table)
    typer.echo("\n* in the headline table")


def variants(*, as_json: Json = False) -> None:
    """List the structural variants: other rules for the same thing."""
    from dataclasses import asdict

    from wbsim.cli.output import plain_table, print_json, print_table
    from wbsim.tables.variants import VARIANTS

    if as_json:
        print_json({"variants": [asdict(variant) for variant in VARIANTS.values()]})
        return
    table = plain_table("variant", "choice", "rule")
    for variant in VARIANTS.values():
        for number, (choice, text) in enumerate(zip(variant.choices, variant.descriptions, strict=True)):
            name = variant.name if number == 0 else ""
            table.add_row(name, choice, text + (" (default)" if number == 0 else ""))
    print_table(table)


def structures(*, as_json: Json = False) -> None:
    """List the structural alternatives, which worlds draw by their weights: rules that evidence does not decide."""
    from dataclasses import asdict

    from wbsim.cli.output import plain_table, print_json, print_table
    from wbsim.cli.record_text import structure_text
    from wbsim.tables.structures import STRUCTURES

    if as_json:
        print_json({"structures": [asdict(structure) for structure in STRUCTURES.values()]})
        return
    table = plain_table("structure", "choice", "weight", "rule")
    for structure in STRUCTURES.values():
        rows = zip(structure.choices, structure.weights, structure.descriptions, strict=True)
        for number, (choice, weight, text) in enumerate(rows):
            table.add_row(structure.name if number == 0 else "", choice, f"{weight:g}", text)
    print_table(table)
    for structure in STRUCTURES.values():
        typer.echo("\n" + structure_text(structure), nl=False)
    typer.echo("\nA scenario sets weights, or one choice for all worlds, in [assumptions.structures].")
