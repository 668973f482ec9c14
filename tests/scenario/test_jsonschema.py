from __future__ import annotations

import json
import textwrap
import tomllib

import pytest
from jsonschema import Draft202012Validator

from wbsim.scenario.jsonschema import schema
from wbsim.scenario.resolve import available, resolve
from wbsim.tables.mechanisms import FORUM, MECHANISMS
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Lever, MechanismRecord


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(json.loads(json.dumps(schema())))


def valid(validator: Draft202012Validator, text: str) -> bool:
    return validator.is_valid(tomllib.loads('name = "mine"\n' + textwrap.dedent(text)))


def test_bundled_scenarios_are_valid(validator: Draft202012Validator) -> None:
    for name in available():
        data = tomllib.loads(resolve(name).resource.read_text(encoding="utf-8"))
        assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    "text",
    [
        "[run]\nyears = 50\nseed = 18446744073709551615",
        '[[policy]]\nmechanism = "iisg-results"\nweights = { cyber = 1.0 }\nend = "2030-01"',
        '[assumptions.parameters]\nrent.SRB = 1\n"rent.ALB" = 2\ninfluence = "posterior"',
        "[assumptions.parameters]\nthreat_residual.SRB.war = 0.5",
        '[assumptions.parameters]\ninfluence = { distribution = "lognormal", median = 0.1, log_sd = 0.5 }',
        '[assumptions.structures]\nforum_channel = "none"\nforum_weighs = { efforts = 0.2, delivered = 3 }',
        '[[assumptions.path]]\nname = "accession"\nfrom = "2025-01"\nvalue = 0.5\nstates = ["ALB"]',
        '[[event]]\nmonth = "2025-01"\nkind = "crisis"\nparties = ["ALB", "SRB"]\nseverity = 4\nmonths = 60',
        '[[assumptions.path]]\nname = "rent"\nfrom = "2025-01"\nvalue = 1.5\nstates = ["SRB"]',
        '[[policy]]\nmechanism = "open-balkan"\nnon_recognition = "bridged"\njoiners_own = 0',
        '[[event]]\nmonth = "2025-01"\nkind = "mechanism-end"\nmechanism = "open-balkan"',
    ],
)
def test_right_files_are_valid(validator: Draft202012Validator, text: str) -> None:
    assert valid(validator, text)


@pytest.mark.parametrize(
    "text",
    [
        "runs = 3",
        "[run]\nyears = 51",
        "[run]\nworlds = 1.5",
        "[policy]\nmechanism = 'forum'",
        "[[policy]]\nstart = '2023-01'",
        '[[policy]]\nmechanism = "forums"',
        '[[policy]]\nmechanism = "forum"\nmeetings_per_year = 20',
        '[[policy]]\nmechanism = "forum"\nverification = 0.5',
        '[[policy]]\nmechanism = "forum"\nstart = "2021-13"',
        '[[policy]]\nmechanism = "forum"\nmembers = ["ALB"]',
        '[[policy]]\nmechanism = "forum"\nmembers = ["ALB", "GRC"]',
        '[[policy]]\nmechanism = "iisg-results"\nweights = { crime = 1.0 }',
        "[assumptions.parameters]\nrents = 1",
        "[assumptions.parameters]\nrent = 100",
        "[assumptions.parameters]\nrent.GRC = 1",
        '[assumptions.parameters]\ninfluence = { distribution = "normal", mean = 0.1 }',
        "[assumptions]\nvariants.trust_rule = 'x'",
        "[assumptions]\nstructures.forum_chanel = 'none'",
        "[assumptions]\nstructures.forum_channel = 'nothing'",
        "[assumptions]\nstructures.forum_channel = { none = -1 }",
        "[assumptions]\nstructures.forum_channel = { nothing = 1 }",
        "[assumptions]\nstructures.forum_channel = 0.5",
        '[[assumptions.path]]\nname = "mediation"\nfrom = "2025-01"\nvalue = 0.5\nstates = ["ALB"]',
        '[[event]]\nmonth = "2025-01"\nkind = "crisis"\nparties = ["ALB", "ALB"]\nseverity = 4',
        '[[event]]\nmonth = "2025-01"\nkind = "external-war"\nsize = 1\nseverity = 4',
    ],
)
def test_wrong_files_are_not(validator: Draft202012Validator, text: str) -> None:
    assert not valid(validator, text)


def test_every_record_is_described() -> None:
    definitions = schema()["$defs"]
    assert isinstance(definitions, dict)
    assert {f"parameter-{name}" for name in PARAMETERS} <= set(definitions)
    text = json.dumps(schema())
    assert all(lever.name in text for record in MECHANISMS.values() for lever in record.levers)
    assert all(lever.label in text for lever in FORUM.levers)


def test_mechanisms_of_plugins_are_described_too() -> None:
    lever = Lever("areas", "areas", "domains", "domains", ("cyber",), "a test")
    record = MechanismRecord("mine", "Mine", "A test.", "a test", (lever,))
    validator = Draft202012Validator(schema({**MECHANISMS, "mine": record}))
    assert valid(validator, '[[policy]]\nmechanism = "mine"\nareas = ["cyber", "borders"]')
    assert not valid(validator, '[[policy]]\nmechanism = "mine"\nareas = []')
