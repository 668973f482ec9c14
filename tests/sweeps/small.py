"""Keys and values as the command line gives them, read for the bundled scenarios."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import Issue
from wbsim.scenario.load import load
from wbsim.scenario.schema import RunSettings, Scenario
from wbsim.sweeps.key import Key, find_key
from wbsim.sweeps.read_vary import read_vary
from wbsim.sweeps.spread import Varied
from wbsim.sweeps.vary import read_spec


def scenarios(*names: str) -> tuple[Scenario, ...]:
    return tuple(load(name) for name in names or ("status-quo", "forum", "both"))


def key(name: str) -> Key:
    found = find_key(name)
    assert found is not None, name
    return found


def varied(*texts: str) -> tuple[Varied, ...]:
    return read_vary(texts, scenarios()).varied


def refused(*texts: str, among: Sequence[Scenario] = ()) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_vary(texts, among or scenarios())
    return caught.value.problems


def spec(name: str, raw: object) -> tuple[object, list[str], list[str]]:
    """The spread, the issues in words and the notices of a value written for a key."""
    issues: list[Issue] = []
    notices: list[str] = []
    spread = read_spec(key(name), raw, RunSettings(), ("place",), issues, notices)
    return spread, [issue.message for issue in issues], notices
