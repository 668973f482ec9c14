"""The published schema of files of institutions agrees with the reader."""

from __future__ import annotations

import json
import tomllib

import pytest
from jsonschema import Draft202012Validator

from tests.analogues.rules import COUNCIL, council
from wbsim.analogues.jsonschema import schema
from wbsim.cli.app import main
from wbsim.errors import InputError


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(json.loads(json.dumps(schema())))


def test_a_valid_file_is_valid(validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(tomllib.loads(COUNCIL))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "council"', 'name = "The Council"'),
        ('label = "A council"\n', ""),
        ("months = 48", "months = 0"),
        ('start = "2014-03"', 'start = "2014"'),
        ('discrepancy = "middle"', 'discrepancy = "small"'),
        ("meetings_per_year = 2", 'meetings_per_year = 2\nstart = "2015-01"'),
        ('kosovo_seat = "asterisk"', 'kosovo_seat = "star"'),
        ('indicator = "attendance"', 'indicator = "presence"'),
        ('bar = "strict"\n', ""),
        ("count = 4\nof = 17", "count = 4"),
        ("low = 5\nhigh = 6", "low = -5"),
        ("low = 5\nhigh = 6", ""),
        ('who = ["XKX-SRB"]', 'who = ["SRB"]'),
        ("years = 2", "years = 0"),
        ('[["ALB", "MKD", "MNE"], ["BIH"]]', '[["ALB"]]'),
        ('split = "validation"', 'split = "test"'),
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(
    validator: Draft202012Validator, old: str, new: str
) -> None:
    assert old in COUNCIL
    text = COUNCIL.replace(old, new, 1)
    assert list(validator.iter_errors(tomllib.loads(text)))
    with pytest.raises(InputError):
        council(text)


def test_it_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--analogue-schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "wbsim institution"
