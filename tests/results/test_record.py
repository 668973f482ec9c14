import dataclasses
import hashlib
from pathlib import Path

import pytest

import wbsim
from wbsim.results import record
from wbsim.results.record import commit, data_hashes, environment, parameters_hash


def test_the_record_names_versions_and_hashes_of_data():
    found = environment()
    states = Path(wbsim.__file__).parent / "tables" / "data" / "states.csv"

    assert found["wbsim"] == wbsim.__version__
    assert {"mesa", "numpy", "numba", "zarr"} <= set(found["packages"])
    assert found["data_sha256"]["states.csv"] == hashlib.sha256(states.read_bytes()).hexdigest()
    assert found["parameters_sha256"] == parameters_hash()


def test_the_hash_of_the_parameters_notices_one_changed_prior(monkeypatch: pytest.MonkeyPatch):
    before = parameters_hash()
    name, parameter = next(iter(record.PARAMETERS.items()))
    moved = dataclasses.replace(
        parameter, prior=dataclasses.replace(parameter.prior, a=parameter.prior.a + 1e-9)
    )
    monkeypatch.setitem(record.PARAMETERS, name, moved)

    assert parameters_hash() != before


def test_data_are_all_hashed():
    assert {"events.csv", "dyads.csv", "survey_figures.csv"} <= set(data_hashes())


def test_there_is_no_commit_outside_a_checkout(tmp_path: Path):
    assert commit(tmp_path) is None
