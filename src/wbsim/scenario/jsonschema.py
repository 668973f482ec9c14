"""A JSON schema of scenario files, so that editors complete and check them: made from the same records."""

from __future__ import annotations

from collections.abc import Mapping

from wbsim.scenario import limits
from wbsim.scenario.limits import Limits
from wbsim.scenario.read_policy import DEFAULT_START, lever_limits
from wbsim.scenario.read_structures import WEIGHT
from wbsim.scenario.schema import RunSettings
from wbsim.tables.calendar import HISTORY_END, HISTORY_START
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.places import DOMAIN_NAMES, DOMAINS, STATE_CODES, STATES
from wbsim.tables.record import Lever, MechanismRecord, Parameter, Structure
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

Schema = dict[str, object]


def schema(mechanisms: Mapping[str, MechanismRecord] = MECHANISMS) -> Schema:
    """The JSON schema (draft 2020-12) of a scenario file whose policies may start any of `mechanisms`.

    It checks types, ranges, choices and unknown keys; what depends on two keys (the order of months,
    members and quorum, weights that sum to 1) only `wbsim check` does.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wbsim scenario",
        "description": "A scenario of security cooperation among the six Western Balkan states.",
        **table_schema(
            {
                "name": {
                    "type": "string",
                    "pattern": f"^{limits.NAME_PATTERN}$",
                    "description": "what the scenario is called in tables and reports",
                },
                "description": {"type": "string", "maxLength": limits.MAX_DESCRIPTION},
                "extends": {
                    "type": "string",
                    "minLength": 1,
                    "description": "a scenario's name, or a path that counts from this file",
                },
                "replace": {
                    "type": "array",
                    "items": {"enum": list(limits.LISTS)},
                    "description": "inherited lists to discard",
                },
                "run": _run(),
                "policy": {"type": "array", "items": {"anyOf": [_policy(m) for m in mechanisms.values()]}},
                "assumptions": _assumptions(),
                "event": {
                    "type": "array",
                    "items": {"anyOf": [_event(kind, mechanisms) for kind in limits.EVENT_FIELDS]},
                },
            },
            required=("name",),
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "month": {
            "type": "string",
            "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$",
            "description": 'a month, "YYYY-MM"',
        },
        "state": {
            "enum": list(STATE_CODES),
            "description": ", ".join(f"{state.code} {state.name}" for state in STATES),
        },
        "domain": {"enum": list(DOMAIN_NAMES), "description": ", ".join(DOMAINS.values())},
        "distribution": {"anyOf": [_distribution(family) for family in limits.DISTRIBUTIONS]},
        **{f"parameter-{name}": _parameter(parameter) for name, parameter in PARAMETERS.items()},
    }


def table_schema(properties: Schema, required: tuple[str, ...] = (), description: str = "") -> Schema:
    """A table with these keys and no others."""
    table: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    if required:
        table["required"] = list(required)
    return table | ({"description": description} if description else {})


def number_schema(range_: Limits, description: str = "", default: object = None) -> Schema:
    """A number within its range."""
    number: Schema = {"type": "integer" if range_.whole else "number"}
    if range_.low > float("-inf"):
        number["minimum"] = range_.low
    if range_.high < float("inf"):
        number["maximum"] = range_.high
    if description:
        number["description"] = description
    return number if default is None else number | {"default": default}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list_of(name: str, least: int) -> Schema:
    return {"type": "array", "items": _reference(name), "uniqueItems": True, "minItems": least}


def _run() -> Schema:
    default = RunSettings()
    return table_schema(
        {
            "start": {"const": HISTORY_START, "description": "the first simulated month"},
            "years": number_schema(
                limits.YEARS, "years projected after the history, which ends in December 2022", default.years
            ),
            "worlds": number_schema(limits.WORLDS, "parallel worlds", default.worlds),
            "seed": number_schema(limits.SEED, "of all chance", default.seed),
            "citizens": number_schema(limits.CITIZENS, "simulated citizens of each state", default.citizens),
        }
    )


def _policy(record: MechanismRecord) -> Schema:
    head: Schema = {
        "mechanism": {"const": record.name},
        "start": _reference("month") | {"default": DEFAULT_START},
        "end": _reference("month") | {"description": "the first month without it"},
    }
    if record.channels:
        head["without"] = {
            "type": "array",
            "items": {"enum": [channel.name for channel in record.channels]},
            "uniqueItems": True,
            "description": "channels that are off",
        }
    return table_schema(
        head | {lever.name: _lever(lever) for lever in record.levers},
        ("mechanism",),
        f"{record.label}: {record.description}",
    )


def _lever(lever: Lever) -> Schema:
    described = f"{lever.label} ({lever.unit}); default: {lever.reason}"
    default = list(lever.default) if isinstance(lever.default, tuple) else lever.default
    match lever.kind:
        case "number" | "whole":
            return number_schema(lever_limits(lever), described, default)
        case "choice":
            return {"enum": list(lever.choices), "description": described, "default": default}
        case "states":
            return _list_of("state", 2) | {"description": described, "default": default}
        case "domains":
            return _list_of("domain", 1) | {"description": described, "default": default}
        case "weights":
            share = number_schema(Limits(0.0, 1.0, whole=False))
            weights = table_schema(dict.fromkeys(DOMAIN_NAMES, share), description=described)
            assert isinstance(default, list)
            return weights | {"default": dict(zip(DOMAIN_NAMES, default, strict=True))}


def _parameter(parameter: Parameter) -> Schema:
    described = f"{parameter.label} ({parameter.unit}); prior: {parameter.prior}"
    return {
        "description": described,
        "anyOf": [
            number_schema(Limits(parameter.low, parameter.high, whole=False)),
            {"enum": ["prior", "posterior"]},
            _reference("distribution"),
        ],
    }


def _distribution(family: str) -> Schema:
    first, second = limits.DISTRIBUTIONS[family]
    number: Schema = {"type": "number"}
    width = number if second == "high" else number_schema(limits.WIDTH)
    return table_schema(
        {"distribution": {"const": family}, first: number, second: width, "zero": number_schema(limits.ZERO)},
        ("distribution", first, second),
    )


def _parameters() -> Schema:
    properties: Schema = {}
    for name, parameter in PARAMETERS.items():
        value = _reference(f"parameter-{name}")
        properties[name] = value
        if parameter.axis is not None:
            properties |= dict.fromkeys(elements(parameter), value)
            properties[name] = {"anyOf": [value, _nested(parameter)]}
    return table_schema(
        properties, description="fixed values and distributions; all others come from `source`"
    )


def _nested(parameter: Parameter) -> Schema:
    """The elements as tables within tables, as keys without quotes make them."""
    value = _reference(f"parameter-{parameter.name}")
    root: Schema = {}
    for element in elements(parameter):
        *parents, last = element.split(".")[1:]
        properties = root
        for part in parents:
            inner = properties.setdefault(part, table_schema({}))
            assert isinstance(inner, dict)
            properties = inner["properties"]
        properties[last] = value
    return table_schema(root)


def _assumptions() -> Schema:
    variants: Schema = {
        name: {
            "enum": list(variant.choices),
            "default": variant.choices[0],
            "description": f"{variant.label}: {'; '.join(variant.descriptions)}",
        }
        for name, variant in VARIANTS.items()
    }
    return table_schema(
        {
            "parameters": _parameters(),
            "variants": table_schema(variants, description="other rules for the same thing"),
            "structures": table_schema(
                {name: _structure(structure) for name, structure in STRUCTURES.items()},
                description="structural alternatives that worlds draw: one choice for all, or weights",
            ),
            "source": {"enum": ["prior", "posterior"], "default": "posterior"},
            "posterior": {
                "type": "string",
                "description": "the folder that `wbsim calibrate` wrote; a relative path counts from this file",
            },
            "history_until": _reference("month")
            | {"description": "dated events of the data are forced up to it", "default": HISTORY_END},
            "path": {"type": "array", "items": {"anyOf": [_path(name) for name in limits.PATHS]}},
        }
    )


def _structure(structure: Structure) -> Schema:
    weights = table_schema(dict.fromkeys(structure.choices, number_schema(WEIGHT)))
    return {
        "description": f"{structure.label}: {'; '.join(structure.descriptions)}",
        "default": dict(zip(structure.choices, structure.weights, strict=True)),
        "anyOf": [{"enum": list(structure.choices)}, weights | {"minProperties": 1}],
    }


def _path(name: str) -> Schema:
    properties: Schema = {
        "name": {"const": name},
        "from": _reference("month"),
        "value": number_schema(limits.PATHS[name]),
    }
    if name in limits.PATHS_BY_STATE:
        properties["states"] = _list_of("state", 1)
    return table_schema(properties, ("name", "from", "value"), f"the path of {name}, a step in time")


def _event(kind: str, mechanisms: Mapping[str, MechanismRecord]) -> Schema:
    needed, optional = limits.EVENT_FIELDS[kind]
    fields: Schema = {
        "parties": _list_of("state", 2) | {"maxItems": 2},
        "state": _reference("state"),
        "domain": _reference("domain"),
        "severity": number_schema(limits.SEVERITY),
        "months": number_schema(limits.CRISIS_MONTHS),
        "size": number_schema(limits.SHOCK_SIZE if kind == "shock" else limits.WAR_SIZE),
        "change": number_schema(limits.ACCESSION_CHANGE),
        "mechanism": {"enum": list(mechanisms)},
    }
    head: Schema = {"month": _reference("month"), "kind": {"const": kind}}
    own = {name: fields[name] for name in (*needed, *optional)}
    return table_schema(head | own, ("month", "kind", *needed))
