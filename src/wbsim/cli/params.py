"""`wbsim params`: every uncertain number of the model, and every lever, with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from wbsim.cli.options import Json, Plugins
from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wbsim.tables.record import Lever, MechanismRecord, Parameter


def params(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A parameter, one of its elements (rent.SRB), or a lever (forum.meetings_per_year)."
        ),
    ] = None,
    *,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="observed, derived, calibrated or assumed.")
    ] = None,
    grade: Annotated[
        str | None, typer.Option(metavar="GRADE", help="region, elsewhere, analogy or assumed: the evidence.")
    ] = None,
    as_json: Json = False,
    plugin: Plugins = None,
) -> None:
    """List the model's parameters, or show one with its source, its reason and what would change it."""
    from wbsim.cli.output import print_json
    from wbsim.cli.record_text import (
        counted,
        lever_object,
        lever_text,
        parameter_line,
        parameter_object,
        parameter_text,
    )
    from wbsim.scenario.plugin import load_plugins
    from wbsim.tables.parameters import PARAMETERS
    from wbsim.tables.record import Grade, Kind

    _check({"--kind": (kind, get_args(Kind)), "--grade": (grade, get_args(Grade))})
    if name is None:
        chosen = [
            item for item in PARAMETERS.values() if kind in (None, item.kind) and grade in (None, item.grade)
        ]
        if as_json:
            print_json({"parameters": [parameter_object(item) for item in chosen]})
        else:
            typer.echo("\n".join(parameter_line(item) for item in chosen))
            typer.echo(f"\n{counted(chosen)}", nl=False)
        return
    found = _find(name, load_plugins(plugin or ()).mechanisms)
    if isinstance(found, tuple):
        typer.echo(lever_text(*found), nl=False) if not as_json else print_json(lever_object(*found))
    elif as_json:
        print_json(parameter_object(found))
    else:
        typer.echo(parameter_text(found), nl=False)


def _check(given: Mapping[str, tuple[str | None, tuple[str, ...]]]) -> None:
    """Refuse values of options that are not among the known ones, all at once."""
    from wbsim.scenario.issue import names, nearest, show

    wrong = [
        Problem(
            f"must be one of {names(known)}; it is {show(value)}", None, None, option, nearest(value, known)
        )
        for option, (value, known) in given.items()
        if value is not None and value not in known
    ]
    if wrong:
        raise InputError(wrong)


def _find(name: str, mechanisms: Mapping[str, MechanismRecord]) -> Parameter | tuple[MechanismRecord, Lever]:
    from wbsim.scenario.issue import nearest, show
    from wbsim.scenario.parameter_key import parameters_by_key
    from wbsim.tables.structures import STRUCTURES

    levers = {
        f"{record.name}.{lever.name}": (record, lever)
        for record in mechanisms.values()
        for lever in record.levers
    }
    parameters = parameters_by_key()
    if name in parameters:
        return parameters[name]
    if name in levers:
        return levers[name]
    by_lever = [key for key in levers if key.endswith(f".{name}")]
    if by_lever:
        hint: str | None = f"it is a lever: {', '.join(by_lever)}"
    elif name in STRUCTURES:
        hint = "it is a structural alternative: `wbsim structures` lists its choices"
    elif name in mechanisms:
        hint = f"it is a mechanism: `wbsim mechanisms {name}` lists its levers"
    else:
        hint = nearest(name, [*parameters, *levers]) or "`wbsim params` lists all of them"
    raise InputError(Problem(f"no parameter or lever is called {show(name)}", suggestion=hint))
