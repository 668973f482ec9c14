"""What a design may vary: levers and months of policies, parameters, structure, and how scenarios are simulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from wbsim.scenario import limits
from wbsim.scenario.issue import Issue, KeyPath, names, nearest
from wbsim.scenario.parameter_key import parameters_by_key, unknown_parameter
from wbsim.scenario.read_assumptions import SOURCES
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.record import Lever, MechanismRecord, Parameter
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

Part = Literal["lever", "start", "end", "parameter", "variant", "structure", "source", "citizens"]
Kind = Literal["number", "whole", "choice", "states", "domains", "weights", "month"]

SOURCE = "source"
CITIZENS = "run.citizens"
#: Beyond this many issues, names are no longer compared: hundreds of wrong keys must not take seconds.
_MAX_SUGGESTIONS = 20

_PREFIXES = {
    "assumptions.parameters.": "",
    "assumptions.variants.": "variants.",
    "assumptions.structures.": "structures.",
    "assumptions.source": SOURCE,
}
#: Settings that a sweep holds fixed, and why.
_REFUSED = {
    "run.years": (
        "cannot be varied: outcomes of points of another length would not be of the same months",
        "set years for the whole sweep, or make one sweep for each length",
    ),
    "run.seed": (
        "cannot be varied: all points are compared in the same worlds, which the seed decides",
        "simulate more worlds, or give another seed for the whole sweep",
    ),
    "run.worlds": (
        "cannot be varied: all points are compared in the same worlds",
        "set worlds for the whole sweep",
    ),
    "run.start": (
        "cannot be varied: every run begins where the data begin",
        "vary the start of a policy, such as forum.start",
    ),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a design varies.

    `name` is canonical: two spellings of a thing have one. `kind` says what its values are: `whole` for counts (of a
    lever that allows fractions too, ranges take whole numbers and lists any), `month` for "YYYY-MM". `low` and `high`
    are the range of a number, None where it has none. `mechanism` is the policy's that it belongs to, "" for
    assumptions and settings. `element` is the position of a parameter's element on its axis, None for all of them.
    """

    name: str
    kind: Kind
    part: Part
    label: str
    unit: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    mechanism: str = ""
    lever: Lever | None = None
    parameter: Parameter | None = None
    element: int | None = None


def find_key(
    text: str,
    mechanisms: Mapping[str, MechanismRecord] = MECHANISMS,
    issues: list[Issue] | None = None,
    path: KeyPath | None = None,
) -> Key | None:
    """The key that `text` means; None, with an issue at `path` (by default the text itself), if there is none."""
    name = _canonical(text.strip())
    found = _found(name, mechanisms)
    if found is None and issues is not None:
        refused = _REFUSED.get(name)
        message, hint = refused or _unknown(name, mechanisms, suggest=len(issues) < _MAX_SUGGESTIONS)
        issues.append(Issue((text,) if path is None else path, message, hint))
    return found


def _canonical(text: str) -> str:
    for prefix, instead in _PREFIXES.items():
        if text.startswith(prefix):
            return instead + text.removeprefix(prefix)
    return f"structures.{text}" if text in STRUCTURES else text


def _found(name: str, mechanisms: Mapping[str, MechanismRecord]) -> Key | None:
    if name == SOURCE:
        return Key(
            name, "choice", "source", "where numbers of the model come from", "choice", choices=SOURCES
        )
    if name == CITIZENS:
        size = limits.CITIZENS
        return Key(name, "whole", "citizens", "simulated citizens", size.unit, size.low, size.high)
    head, _, rest = name.partition(".")
    if head == "variants" and rest in VARIANTS:
        variant = VARIANTS[rest]
        return Key(name, "choice", "variant", variant.label, "choice", choices=variant.choices)
    if head == "structures" and rest in STRUCTURES:
        structure = STRUCTURES[rest]
        return Key(name, "choice", "structure", structure.label, "choice", choices=structure.choices)
    if head in mechanisms and rest:
        return _of_policy(name, mechanisms[head], rest)
    parameter = parameters_by_key().get(name)
    return None if parameter is None else _of_parameter(name, parameter)


def _of_policy(name: str, record: MechanismRecord, rest: str) -> Key | None:
    if rest == "start":
        return Key(name, "month", "start", f"start of {record.label}", "month", mechanism=record.name)
    if rest == "end":
        return Key(name, "month", "end", f"end of {record.label}", "month", mechanism=record.name)
    lever = next((lever for lever in record.levers if lever.name == rest), None)
    if lever is None:
        return None
    kind: Kind = "whole" if lever.counted else lever.kind
    return Key(
        name,
        kind,
        "lever",
        f"{record.label}: {lever.label}",
        lever.unit,
        lever.low,
        lever.high,
        lever.choices,
        record.name,
        lever,
    )


def _of_parameter(name: str, parameter: Parameter) -> Key:
    keys = elements(parameter)
    element = keys.index(name) if name in keys and parameter.axis is not None else None
    suffix = f" ({name.partition('.')[2]})" if element is not None else ""
    return Key(
        name,
        "number",
        "parameter",
        parameter.label + suffix,
        parameter.unit,
        parameter.low,
        parameter.high,
        parameter=parameter,
        element=element,
    )


def _unknown(name: str, mechanisms: Mapping[str, MechanismRecord], suggest: bool) -> tuple[str, str]:
    """What to say of a key that there is not, and what to do; `suggest`: look for one like it."""
    head, _, rest = name.partition(".")
    if head in mechanisms:
        own = [*(lever.name for lever in mechanisms[head].levers), "start", "end"]
        near = nearest(rest, own) if suggest else None
        what = f'is not a lever of "{head}"; it has {names(own)}'
        if rest == "without":
            near = "channels are no lever: write a second scenario with `without`"
        return what, near or f"write {head}.{own[0]}, for example"
    if head == "variants":
        near = nearest(rest, VARIANTS) if suggest else None
        return (
            f"is not a variant; there are {names(VARIANTS)}",
            near or "`wbsim variants` tells what they are",
        )
    if head == "structures":
        near = nearest(rest, STRUCTURES) if suggest else None
        return (
            f"is not a structural alternative; there are {names(STRUCTURES)}",
            near or "`wbsim structures` tells what they are",
        )
    if head in PARAMETERS:
        return unknown_parameter(name, suggest)
    owners = [f"{each.name}.{name}" for each in mechanisms.values() if name in [x.name for x in each.levers]]
    if owners:
        return "needs the mechanism that it is a lever of", f"write {' or '.join(owners)}"
    levers = [f"{each.name}.{lever.name}" for each in mechanisms.values() for lever in each.levers]
    structural = [*(f"variants.{each}" for each in VARIANTS), *(f"structures.{each}" for each in STRUCTURES)]
    known = [*levers, *PARAMETERS, *structural, SOURCE, CITIZENS]
    message = (
        "is nothing that can be varied (a lever, a policy's start or end, a parameter, a variant, a structural "
        "alternative)"
    )
    near = nearest(name, known) if suggest else None
    return message, near or "`wbsim mechanisms` lists levers, `wbsim params` parameters"
