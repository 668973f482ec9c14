from __future__ import annotations

import json
import tomllib

import pytest
from jsonschema import Draft202012Validator

from tests.instruments.rows import QUESTIONS
from wbsim.instruments.jsonschema import schema
from wbsim.scenario.resolve import resolve_calibration


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(json.loads(json.dumps(schema())))


def test_the_bundled_file_and_that_of_the_tests_are_valid(validator: Draft202012Validator) -> None:
    bundled = resolve_calibration("questions.toml").resource.read_text(encoding="utf-8")
    for text in (bundled, QUESTIONS):
        assert [error.message for error in validator.iter_errors(tomllib.loads(text))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "joining"', 'id = "Joining!"'),
        ('type = "ordered"', 'type = "order"'),
        ('measures = "support"', 'measures = "love"'),
        ('items = ["cyber", "borders"]', 'items = ["cheese"]'),
        ("cuts = [-0.5, 0.0]", "cuts = [-50.0, 0.0]"),
        ('reason = "support"', 'why = "support"'),
        ("negative = true", "negative = 1"),
        ('XKX = ["Kosovo"]', 'KOS = ["Kosovo"]'),
        ('first = "2022-03"', 'first = "March"'),
        ("sample = 1000", "sample = 0"),
        ("[[shown]]", "[[show]]"),
        ('reason = "no actor"', ""),
    ],
)
def test_wrong_files_are_not(validator: Draft202012Validator, old: str, new: str) -> None:
    assert not validator.is_valid(tomllib.loads(QUESTIONS.replace(old, new)))
