"""A JSON schema of files of institutions, so that editors complete and check them: made from the same records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbsim.analogues.analogue import BARS, DISCREPANCIES, USES
from wbsim.analogues.indicators import INDICATORS, Indicator
from wbsim.analogues.read_analogue import ASSUMPTION_KEYS, LIFE
from wbsim.analogues.read_observation import (
    ERROR,
    FRACTION,
    ID_PATTERN,
    MONTHS,
    MOST_TEXT,
    SUCCESSES,
    TRIALS,
    VALUE_KEYS,
    YEARS,
)
from wbsim.instruments.texts import MAX_TEXT
from wbsim.scenario import limits
from wbsim.scenario.jsonschema import Schema, number_schema, table_schema
from wbsim.scenario.jsonschema import schema as scenario_schema
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.places import DYAD_NAMES
from wbsim.tables.record import MechanismRecord


def schema(mechanisms: Mapping[str, MechanismRecord] = MECHANISMS) -> Schema:
    """The JSON schema (draft 2020-12) of a file of an institution whose policies may start any of `mechanisms`.

    It checks types, ranges, choices and unknown keys; what depends on two keys (the order of months, count and of,
    members of the mechanisms) only reading the file does.
    """
    whole: Any = scenario_schema(mechanisms)
    parts = whole["properties"]
    policies = [_without(policy, ("start", "end")) for policy in parts["policy"]["items"]["anyOf"]]
    assumptions = parts["assumptions"]["properties"]
    text: Schema = {"type": "string", "minLength": 1}
    return {
        "$schema": whole["$schema"],
        "title": "wbsim institution",
        "description": "An institution in the terms of the levers, with what was observed of it.",
        **table_schema(
            {
                "name": {"type": "string", "pattern": f"^{limits.NAME_PATTERN}$", "description": "in tables"},
                "label": text | {"maxLength": 120, "description": "its name for people"},
                "description": {"type": "string", "maxLength": limits.MAX_DESCRIPTION},
                "judgement": text
                | {
                    "maxLength": 2 * limits.MAX_DESCRIPTION,
                    "description": "what the coder decided: which levers, and why",
                },
                "sources": {"type": "array", "items": text | {"maxLength": MAX_TEXT}},
                "start": _month("its first month"),
                "months": number_schema(LIFE, "how many months it is followed for"),
                "discrepancy": {
                    "enum": list(DISCREPANCIES),
                    "description": "how far it is from what is simulated",
                },
                "use": {"enum": list(USES), "default": "fit"},
                "policy": {"type": "array", "items": {"anyOf": policies}},
                "assumptions": table_schema({key: assumptions[key] for key in ASSUMPTION_KEYS}),
                "event": parts["event"],
                "observation": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"anyOf": [_observation(each) for each in INDICATORS.values()]},
                },
            },
            ("name", "label", "judgement", "sources", "start", "months", "discrepancy", "observation"),
        ),
        "$defs": whole["$defs"],
    }


def _without(table: Schema, keys: tuple[str, ...]) -> Schema:
    properties = table["properties"]
    assert isinstance(properties, dict)
    return table | {"properties": {key: value for key, value in properties.items() if key not in keys}}


def _month(description: str) -> Schema:
    return {"$ref": "#/$defs/month", "description": description}


def _observation(indicator: Indicator) -> Schema:
    """One kind of observation: its own keys, and one of the ways in which its value may be given."""
    head: Schema = {
        "id": {"type": "string", "pattern": f"^({ID_PATTERN})$"},
        "indicator": {"const": indicator.name, "description": f"{indicator.label}: {indicator.counted}"},
        "at": _month("the month that it is about"),
        "from": _month("the first month that it is about"),
        "until": _month("the last month that it is about"),
        "source": {"type": "string", "minLength": 1, "maxLength": MOST_TEXT},
        "status": {"type": "string", "minLength": 1, "maxLength": MOST_TEXT},
        "split": {"enum": list(USES), "default": "fit"},
        "note": {"type": "string", "maxLength": MOST_TEXT},
    }
    needed = ["id", "indicator", "source", "status"]
    if indicator.whom != "nobody":
        one: Schema = {"$ref": "#/$defs/state"} if indicator.whom == "states" else {"enum": list(DYAD_NAMES)}
        head["who"] = {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
    if indicator.name == "kept":
        head["bar"] = {"enum": list(BARS)}
        needed.append("bar")
    if indicator.name == "crises":
        head["severity"] = number_schema(limits.SEVERITY)
    values = _values()
    ways = VALUE_KEYS[indicator.form]
    table = table_schema(head | {key: values[key] for way in ways for key in way}, tuple(needed))
    # Of a time one end is enough.
    needs = [["low"], ["high"]] if indicator.form == "time" else [list(way) for way in ways]
    return table | {"anyOf": [{"required": way} for way in needs]}


def _values() -> dict[str, Schema]:
    group: Schema = {"type": "array", "items": {"$ref": "#/$defs/state"}, "minItems": 1}
    return {
        "count": number_schema(SUCCESSES, "successes, or events"),
        "of": number_schema(TRIALS, "trials"),
        "share": number_schema(FRACTION, "a share"),
        "error": number_schema(ERROR, "its standard error"),
        "low": number_schema(MONTHS, "the fewest months that it may have taken"),
        "high": number_schema(MONTHS, "the most; absent where it had not happened after low"),
        "years": number_schema(YEARS, "years of exposure, added up over dyads"),
        "order": {
            "type": "array",
            "items": group,
            "minItems": 2,
            "description": "groups of states, the first ahead",
        },
    }
