from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wbsim.errors import InputError
from wbsim.sweeps.jsonschema import sweep_schema
from wbsim.sweeps.read_design import load_sweep
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.parameters import PARAMETERS

HEAD = 'name = "mine"\n[sweep]\nscenarios = ["forum", "both"]\n'


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(sweep_schema())
    return Draft202012Validator(json.loads(json.dumps(sweep_schema())))


def readable(path: Path, text: str) -> bool:
    path.write_text(text, encoding="utf-8")
    try:
        load_sweep(path)
    except InputError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        HEAD + 'vary."forum.quorum" = "3:5:3"',
        HEAD + "vary.forum.quorum = [3, 4]\nvary.rent.SRB = 2\nvary.variants.trust_rule = ''",
        HEAD + 'vary.forum_channel = ["none", "grows"]\nvary.structures.forum_weighs = "efforts,delivered"',
        HEAD + 'vary.loss_weight = { low = 2, high = 3, count = 3, scale = "log" }',
        HEAD
        + 'design = "sobol"\npoints = 8\nvary.loss_weight = "prior"\nvary.rent.SRB = { low = 1, high = 2 }',
        HEAD + 'design = "morris"\npoints = 3\nlevels = 6\nvary.loss_weight = "prior"\nvary.rent = "1:2"',
        HEAD + 'design = "saltelli"\nsecond_order = true\nvary.threat_residual.SRB.war = "prior"\nseed = 7',
        HEAD + 'vary.forum.members = [["ALB", "BIH", "MKD", "SRB"], "ALB+BIH+MKD+MNE"]\nkeep = "horizon"',
        HEAD + 'vary.iisg-results.weights = [{ cyber = 1 }, "borders=1"]\nbaseline = "both"',
        HEAD + 'vary.forum.start = { low = "2023-01", high = "2025-01", count = 3 }\nworlds = 10\nyears = 5',
        HEAD
        + 'vary.assumptions.source = "prior,posterior"\nvary."run.citizens" = [100, 200]\nworld_seed = 3',
        HEAD + 'vary.forum.end = ["2026-01", "never"]\noutcomes = ["cooperation"]\ncitizens = 100',
        HEAD + 'design = "list"\nvary."trust_residual.ALB>BIH" = [0, 0]',
    ],
)
def test_what_the_reader_accepts_is_valid(validator: Draft202012Validator, tmp_path: Path, text: str) -> None:
    assert readable(tmp_path / "mine.toml", text)
    assert [error.message for error in validator.iter_errors(tomllib.loads(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "name = 'mine'",
        HEAD,
        HEAD + "[sweep.vary]",
        "[sweep]\nscenarios = ['forum']\nvary.loss_weight = 2",
        HEAD.replace('"forum", "both"', "") + "vary.loss_weight = 2",
        HEAD + "vary.loss_weight = true",
        HEAD + "vary.loss_weight = []",
        HEAD + "vary.lossweight = 2",
        HEAD + "vary.'forum.quorums' = 2",
        HEAD + "vary.'run.seed' = 2",
        HEAD + "vary.loss_weight = { low = 1, high = 2, count = 1 }",
        HEAD + "vary.loss_weight = { low = 1, high = 2, scale = 'cubic' }",
        HEAD + "design = 'grids'\nvary.loss_weight = 2",
        HEAD + "design = 'sobol'\npoints = 0\nvary.loss_weight = 2",
        HEAD + "keep = 'some'\nvary.loss_weight = 2",
        HEAD + "outcomes = ['happiness']\nvary.loss_weight = 2",
        HEAD + "worlds = 0\nvary.loss_weight = 2",
        HEAD + "colour = 1\nvary.loss_weight = 2",
        "policy = []\n" + HEAD + "vary.loss_weight = 2",
    ],
)
def test_what_is_not_valid_the_reader_refuses_too(
    validator: Draft202012Validator, tmp_path: Path, text: str
) -> None:
    assert not validator.is_valid(tomllib.loads(text))
    assert not readable(tmp_path / "mine.toml", text)


def test_every_key_is_described() -> None:
    text = json.dumps(sweep_schema())
    assert all(
        f'"{record.name}.{lever.name}"' in text for record in MECHANISMS.values() for lever in record.levers
    )
    assert all(parameter.label in text for parameter in PARAMETERS.values())
