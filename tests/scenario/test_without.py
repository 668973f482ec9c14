"""A policy without some of its channels, as a file says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wbsim.errors import InputError
from wbsim.scenario.jsonschema import schema
from wbsim.scenario.load import load
from wbsim.scenario.schema import Scenario

HEAD = 'name = "mine"\nextends = "status-quo"\n\n[[policy]]\nmechanism = "{mechanism}"\n'


def read(tmp_path: Path, line: str, mechanism: str = "forum") -> Scenario:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD.format(mechanism=mechanism) + line + "\n", encoding="utf-8")
    return load(str(path))


def test_channels_are_kept_in_the_order_of_the_record(tmp_path: Path) -> None:
    (policy,) = read(tmp_path, 'without = ["crisis-line", "dialogue"]').policies
    assert policy.without == ("dialogue", "crisis-line")
    assert policy.resolved()["without"] == ["dialogue", "crisis-line"]


def test_none_is_off_by_default_or_by_an_empty_list(tmp_path: Path) -> None:
    assert read(tmp_path, "").policies == read(tmp_path, "without = []").policies


@pytest.mark.parametrize(
    ("line", "mechanism", "said"),
    [
        ('without = ["dialog"]', "forum", "must be a channel: dialogue, commitments"),
        ('without = ["dialogue", "dialogue"]', "forum", "a second time"),
        ('without = "dialogue"', "forum", 'must be a list such as ["dialogue", "commitments"]'),
        ('without = ["dialogue"]', "nato", "without"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(
    tmp_path: Path, line: str, mechanism: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, line, mechanism)
    assert said in str(caught.value)


def test_the_schema_for_editors_knows_it() -> None:
    policies = schema()["properties"]["policy"]["items"]["anyOf"]
    found = {each["properties"]["mechanism"]["const"]: each["properties"] for each in policies}
    assert "dialogue" in found["forum"]["without"]["items"]["enum"]
    assert "without" not in found["nato"]
