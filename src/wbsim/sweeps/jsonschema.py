"""A JSON schema of sweep files, so that editors complete and check them: made from what the reader allows."""

from __future__ import annotations

from collections.abc import Mapping

from wbsim.scenario import limits
from wbsim.scenario.jsonschema import Schema, number_schema, table_schema
from wbsim.scenario.parameter_key import parameters_by_key
from wbsim.scenario.read_assumptions import SOURCES
from wbsim.sweeps.design import KINDS, LEVELS, POINTS, Sampling
from wbsim.sweeps.keep import KEEPS
from wbsim.sweeps.key import CITIZENS, SOURCE, find_key
from wbsim.sweeps.read_range import COUNT, SCALES
from wbsim.sweeps.read_scenarios import MAX_SCENARIOS
from wbsim.sweeps.vary import MAX_LISTED
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import MechanismRecord
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS


def sweep_schema(mechanisms: Mapping[str, MechanismRecord] = MECHANISMS) -> Schema:
    """The JSON schema (draft 2020-12) of a sweep file that may vary levers of any of `mechanisms`.

    It checks types, choices and unknown keys; the ranges of values, and what depends on two keys or on the scenarios,
    only `wbsim check` does.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wbsim sweep",
        "description": "A design over levers and assumptions, simulated for several scenarios in the same worlds.",
        **table_schema(
            {
                "name": {
                    "type": "string",
                    "pattern": f"^{limits.NAME_PATTERN}$",
                    "description": "what the sweep is called in tables and reports",
                },
                "description": {"type": "string", "maxLength": limits.MAX_DESCRIPTION},
                "sweep": _sweep(mechanisms),
            },
            required=("name", "sweep"),
        ),
        "$defs": {"values": _values(), "tables": _tables()},
    }


def _sweep(mechanisms: Mapping[str, MechanismRecord]) -> Schema:
    default = Sampling()
    return table_schema(
        {
            "scenarios": {
                "type": "array",
                "items": {"type": "string", "minLength": 1},
                "minItems": 1,
                "maxItems": MAX_SCENARIOS,
                "description": "scenarios' names, or paths that count from this file",
            },
            "design": {"enum": list(KINDS), "default": "grid", "description": "how points are laid out"},
            "points": number_schema(
                POINTS, "points of a sampled design; trajectories of morris; base points of saltelli"
            ),
            "levels": number_schema(LEVELS, "places on each key of morris, an even number", default.levels),
            "second_order": {"type": "boolean", "description": "saltelli: what second-order indices need"},
            "seed": number_schema(limits.SEED, "of the design", default.seed),
            "worlds": number_schema(limits.WORLDS, "parallel worlds at each point"),
            "world_seed": number_schema(limits.SEED, "of the worlds"),
            "keep": {"enum": list(KEEPS), "default": "monthly", "description": "what is kept of each world"},
            "baseline": {"type": "string", "description": "the name of one of the scenarios"},
            "outcomes": {
                "type": "array",
                "items": {"enum": list(OUTCOMES)},
                "uniqueItems": True,
                "description": "what pictures of the report show",
            },
            "years": number_schema(limits.YEARS, "projected years, in place of the scenarios'"),
            "citizens": number_schema(
                limits.CITIZENS, "simulated citizens of each state, in place of the scenarios'"
            ),
            "vary": _vary(mechanisms),
        },
        required=("scenarios", "vary"),
    )


def _vary(mechanisms: Mapping[str, MechanismRecord]) -> Schema:
    """Keys in quotes by name, and the tables that keys without quotes make."""
    values: Schema = {"$ref": "#/$defs/values"}
    levers = [
        f"{record.name}.{each}"
        for record in mechanisms.values()
        for each in (*(lever.name for lever in record.levers), "start", "end")
    ]
    structural = [
        *(f"variants.{name}" for name in VARIANTS),
        *(f"structures.{name}" for name in STRUCTURES),
    ]
    assumed = [f"assumptions.{key}" for key in (SOURCE, *structural)]
    assumed += [f"assumptions.parameters.{key}" for key in parameters_by_key()]
    properties: Schema = {
        name: values | _described(name, mechanisms)
        for name in (*levers, *parameters_by_key(), *structural, *STRUCTURES, SOURCE, CITIZENS, *assumed)
    }
    for name in {key.partition(".")[0] for key in properties if "." in key}:
        tables: Schema = {"$ref": "#/$defs/tables"}
        properties[name] = {"anyOf": [values, tables]} if name in properties else tables
    return table_schema(properties, description="keys and their values") | {"minProperties": 1}


def _described(name: str, mechanisms: Mapping[str, MechanismRecord]) -> Schema:
    key = find_key(name, mechanisms)
    if key is None:
        return {}
    where = f", {key.low:g} to {key.high:g}" if key.low is not None and key.high is not None else ""
    return {"description": f"{key.label} ({key.unit}{where})"}


def _values() -> Schema:
    scalar: Schema = {"type": ["string", "number"]}
    names: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    weights: Schema = {"type": "object", "additionalProperties": {"type": "number"}, "minProperties": 1}
    ends: Schema = {"type": ["string", "number"]}
    properties: Schema = {
        "low": ends,
        "high": ends,
        "count": number_schema(COUNT),
        "scale": {"enum": list(SCALES)},
    }
    return {
        "anyOf": [
            {"type": "string", "description": "as on the command line: lo:hi:count, a,b,c, lo:hi or prior"},
            {"type": "number"},
            {
                "type": "array",
                "items": {"anyOf": [scalar, names, weights]},
                "minItems": 1,
                "maxItems": MAX_LISTED,
            },
            table_schema(properties, ("low", "high"), "a range; without count, for sampled designs"),
        ],
        "examples": ["1:12:4", [1, 4, 12], {"low": 1, "high": 12, "count": 4, "scale": "log"}, *SOURCES[:1]],
    }


def _tables() -> Schema:
    """Keys without quotes, which TOML reads as tables within tables."""
    either: Schema = {"anyOf": [{"$ref": "#/$defs/values"}, {"$ref": "#/$defs/tables"}]}
    return {"type": "object", "additionalProperties": either, "minProperties": 1}
