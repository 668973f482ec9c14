"""The bundled institutions, and the table of rows that they were coded from."""

from __future__ import annotations

import csv
import json
import re
import tomllib

import pytest
from jsonschema import Draft202012Validator

from wbsim.analogues.analogue import Analogue
from wbsim.analogues.jsonschema import schema
from wbsim.analogues.load import TABLE, files, load_analogues
from wbsim.scenario.resolve import resolve_calibration
from wbsim.tables.calendar import HISTORY_END

#: What the model has to answer to at least.
NEEDED = {
    "brussels-dialogue", "salw-roadmap", "seecp", "seecp-2012", "berlin-process", "brdo-brijuni",
    "adriatic-charter-2014", "adriatic-charter-2016", "racviac", "marri", "ryco", "transport-community",
    "police-convention", "open-balkan", "iisg-2017", "disputes",
}  # fmt: skip


@pytest.fixture(scope="module")
def analogues() -> tuple[Analogue, ...]:
    return load_analogues()


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    text = resolve_calibration(TABLE).resource.read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}


def test_the_institutions_are_there(analogues: tuple[Analogue, ...]) -> None:
    assert {each.name for each in analogues} >= NEEDED
    assert all(len(each.judgement) > 100 for each in analogues), "each says what its coder decided"


def test_files_agree_with_the_published_schema() -> None:
    validator = Draft202012Validator(json.loads(json.dumps(schema())))
    for file in files():
        found = [
            error.message for error in validator.iter_errors(tomllib.loads(file.read_text(encoding="utf-8")))
        ]
        assert (file.name, found) == (file.name, [])


def test_every_observation_names_the_rows_that_it_was_coded_from(
    analogues: tuple[Analogue, ...], rows: dict[str, dict[str, str]]
) -> None:
    """And every row says which observation uses it, or why none does."""
    used: dict[str, set[str]] = {}
    for each in analogues:
        for observation in each.observations:
            named = re.findall(r"A\d{3}(?=: )", observation.source)
            assert named, (each.name, observation.id)
            for name in named:
                used.setdefault(name, set()).add(f"{each.name}.{observation.id}")
    assert len(rows) == 112
    for name, row in rows.items():
        kind, _, text = row["use"].partition(": ")
        assert kind == ("observed" if name in used else "not observed"), name
        assert text, name
        if name in used:
            assert set(text.split(", ")) == used[name]


def test_what_is_marked_validation_or_is_later_than_the_history_is_never_fitted(
    analogues: tuple[Analogue, ...], rows: dict[str, dict[str, str]]
) -> None:
    kept_back = {name for name, row in rows.items() if row["split"] == "validation"}
    for each in analogues:
        for observation in each.fitted:
            named = set(re.findall(r"A\d{3}(?=: )", observation.source))
            assert not named & kept_back, (each.name, observation.id)
    later = [
        (each.name, observation.id)
        for each in analogues
        for observation in each.fitted
        if observation.since > HISTORY_END
    ]
    assert later == []


def test_strict_and_lenient_scales_are_never_pooled(analogues: tuple[Analogue, ...]) -> None:
    kept = [o for each in analogues for o in each.observations if o.indicator == "kept"]
    assert {o.measure for o in kept} == {"kept-strict", "kept-lenient"}
