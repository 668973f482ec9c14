"""A JSON schema of questions.toml, so that editors complete and check it: made from what the reader allows."""

from __future__ import annotations

from wbsim.instruments import read_catalogue, read_question
from wbsim.instruments.question import FITTING, ITEMS, MEASURES, OUTSIDE, TYPES
from wbsim.instruments.texts import MAX_TEXT
from wbsim.scenario.limits import Limits

Schema = dict[str, object]


def schema() -> Schema:
    """The JSON schema (draft 2020-12) of a file of questions.

    It checks types, ranges, choices and unknown keys; whether patterns are regular expressions, and what depends on
    two keys, only reading the file does.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "wbsim questions",
        "description": "Questions of surveys, and the patterns that bind published percentages to them.",
        **_table(
            {
                "synonyms": _synonyms(),
                "question": {"type": "array", "minItems": 1, "items": _question()},
                "survey": {"type": "array", "items": _survey()},
                "collapsed": _rules(read_catalogue.COLLAPSED_KEYS, "rows that another row holds"),
                "shown": _rules(read_catalogue.SHOWN_KEYS, "rows that nothing in the model answers"),
            },
            ("question",),
        ),
    }


def _table(properties: Schema, required: tuple[str, ...] = (), description: str = "") -> Schema:
    table: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    if required:
        table["required"] = list(required)
    return table | ({"description": description} if description else {})


def _text(description: str, pattern: str = "") -> Schema:
    text: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT, "description": description}
    return text | ({"pattern": f"^({pattern})$"} if pattern else {})


def _texts(description: str, items: Schema | None = None) -> Schema:
    return {"type": "array", "items": items or _text("a text"), "description": description}


def _number(limits: Limits, description: str) -> Schema:
    kind = "integer" if limits.whole else "number"
    return {"type": kind, "minimum": limits.low, "maximum": limits.high, "description": description}


def _synonyms() -> Schema:
    groups: Schema = {
        group: _table({meaning: _texts(f"names of {meaning}") for meaning in meanings})
        for group, meanings in read_catalogue.MEANINGS.items()
    }
    other: Schema = {"type": "object", "additionalProperties": _texts("names")}
    return {
        "type": "object",
        "properties": groups,
        "additionalProperties": other,
        "description": "names that {group} stands for in patterns, ids and answers",
    }


def _question() -> Schema:
    known = sorted({item for items in ITEMS.values() for item in items} | {OUTSIDE})
    item: Schema = {"anyOf": [{"enum": known}, _text("a group of names", r"\{[a-z]+\}")]}
    fitting = "; ".join(f"{kind}: {', '.join(measures)}" for kind, measures in FITTING.items())
    properties: Schema = {
        "id": _text('small letters, digits and "-", with one {group} at most', read_question.ID_PATTERN),
        "wording": _text("the question as it was asked"),
        "type": {"enum": list(TYPES), "description": "how an attitude becomes an answer"},
        "measures": {"enum": list(MEASURES), "description": f"the attitude, by type: {fitting}"},
        "items": _texts("what the attitude is about", item),
        "categories": _texts("answers from low to high, of an ordered question"),
        "cuts": {
            "type": "array",
            "items": _number(read_question.CUT, "where the next answer begins"),
            "description": "rising, one fewer than categories, of an ordered question",
        },
        "intercept": _text(
            "shared by the questions that name it; by default the id", read_question.ID_PATTERN
        ),
        "picked": {
            "type": "boolean",
            "description": "the share that agrees is that of one answer of a list (type agree only)",
        },
        "reason": _text("why this reading"),
        "match": {"type": "array", "items": _match()},
    }
    return _table(properties, ("id", "wording", "type", "measures", "reason"))


def _match() -> Schema:
    properties: Schema = {
        "statement": _text("a regular expression, whatever the case, searched for in the row's statement"),
        "survey": _text("the same for the survey"),
        "theme": _text("the same for the theme"),
        "population": _text("the same for the population"),
        "answers": _texts("the answers that the figure sums"),
        "wording": {
            "enum": list(read_question.WORDINGS),
            "default": "same",
            "description": "same: this very question; new: another wording of it, with an intercept of its own",
        },
        "reading": _text("how the row is read"),
        "negative": {
            "type": "boolean",
            "description": 'made for statements with "not" or the like, and no others',
        },
        "other": {
            "type": "boolean",
            "description": "the other meaning of a row that can be read in two ways",
        },
        "priority": _number(read_question.PRIORITY, "of two questions that fit, the lower has the row"),
    }
    return _table(properties, ("statement",))


def _survey() -> Schema:
    month: Schema = {
        "type": "string",
        "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$",
        "description": "a possible month of fieldwork",
    }
    properties: Schema = {
        "name": _text("as figures.csv names it"),
        "also": _texts("other names in files"),
        "year": _text("of this wave, where a name stands for several", read_catalogue.YEAR_PATTERN),
        "first": month,
        "last": month,
        "fieldwork": _text("what is known of it"),
        "sample": _number(read_catalogue.SAMPLE, "respondents in one state"),
        "sample_source": _text("where the number comes from"),
    }
    needed = ("name", "first", "last", "fieldwork", "sample", "sample_source")
    return _table(properties, needed)


def _rules(keys: tuple[str, ...], description: str) -> Schema:
    properties: Schema = {
        key: _texts("ids of rows") if key == "rows" else _text("a regular expression") for key in keys
    }
    properties["reason"] = _text("why, in a few words")
    return {"type": "array", "items": _table(properties, ("reason",)), "description": description}
