"""`wbsim discover`: what is refused before anything runs, and a results folder asked again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wbsim.cli.app import main


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["forum", "--target", "harms"], '"harms" is none of'),
        (["--outcome", "cooperation"], "several policies are compared"),
        (["status-quo", "forum", "--target", "level"], "a level needs a number"),
        (["status-quo", "forum", "--fresh-worlds", "-1"], "must be 0 or more"),
        (["status-quo", "forum", "--method", "cart"], '"cart" is none of'),
        (["status-quo", "forum", "--replicates", "1000"], "must be from 0 to 100"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_simulated(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wbsim.experiments.compare.carry_out", None)

    assert main(["discover", *words]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_folder_that_exists_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["discover", "status-quo", "forum", "--out", str(tmp_path)]) == 2
    assert "exists already" in capsys.readouterr().err


def test_a_results_folder_is_asked_again_with_fresh_worlds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    kept, out = tmp_path / "kept", tmp_path / "out"
    words = ["status-quo", "iisg-results", "--worlds", "80", "--citizens", "40", "--workers", "1", "-q"]
    assert main(["compare", *words, "--out", str(kept)]) == 0
    capsys.readouterr()

    question = [
        "--outcome",
        "support",
        "--target",
        "no-gain",
        "--method",
        "prim",
        "--workers",
        "1",
        "-q",
        "--json",
        "--out",
        str(out),
    ]
    assert main(["discover", str(kept), *question]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["searched"]["worlds"] == answer["fresh"]["worlds"] == 80
    assert (answer["searched"]["first_world"], answer["fresh"]["first_world"]) == (0, 80)
    assert json.loads((out / "discovery.json").read_text()) == answer
    assert main(["discover", str(kept), "--worlds", "5", "--quiet"]) == 2
    assert "asked as it is" in capsys.readouterr().err
