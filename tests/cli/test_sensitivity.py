"""`wbsim sensitivity`: tables, files, JSON, and errors in words."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.experiments.sensitivity import planted_model
from tests.experiments.sensitivity.planted_model import STRONG, WEAK
from wbsim.cli.app import main
from wbsim.experiments import execute
from wbsim.experiments.work import model_reference

SMALL = ["--years", "1", "--citizens", "40", "--workers", "1", "--outcome", "cooperation"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(execute, "MODEL", model_reference(planted_model.simulate))


def test_tables_say_what_is_prior_posterior_and_chance(capsys: pytest.CaptureFixture[str]):
    assert (
        main(["sensitivity", "forum", *SMALL, "--worlds", "200", "--method", "pawn", "--method", "shapley"])
        == 0
    )

    printed = capsys.readouterr()
    assert "In two courses" in printed.err or "two courses of chance" in printed.err
    assert "Probably takes" in printed.err
    assert "200 worlds, each in 2 courses of chance; none are missing" in " ".join(printed.out.split())
    assert "from the posterior" in " ".join(printed.out.split())
    assert "chance is" in printed.out
    assert "largely driven by priors" in printed.out
    assert "nan" not in printed.out.lower().split()


def test_files_of_a_study(capsys: pytest.CaptureFixture[str]):
    arguments = [
        "sensitivity",
        "forum",
        *SMALL,
        "--worlds",
        "120",
        "--method",
        "shapley",
        "--method",
        "morris",
    ]
    arguments += ["--keys", STRONG, "--keys", WEAK, "--points", "4", "--out", "mine", "--quiet"]
    assert main(arguments) == 0

    assert capsys.readouterr().err == ""
    whole = json.loads(Path("mine/sensitivity.json").read_text(encoding="utf-8"))
    assert [each["method"] for each in whole["analyses"]] == ["shapley", "morris"]
    rows = list(csv.DictReader(Path("mine/morris.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["factor"] for row in rows] == [STRONG, WEAK]
    assert float(rows[0]["mu_star"]) > float(rows[1]["mu_star"])
    names = {path.name for path in Path("mine/figures").iterdir()}
    assert {"morris-forum-cooperation-scatter.png", "shapley-forum-cooperation.svg"} <= names
    assert Path("mine/figures/morris-forum-cooperation.png").read_bytes().startswith(b"\x89PNG")

    assert main(arguments) == 2  # never overwritten
    assert "exists already" in capsys.readouterr().err


def test_json_is_one_object(capsys: pytest.CaptureFixture[str]):
    arguments = ["sensitivity", "forum", *SMALL, "--worlds", "300", "--method", "pawn", "--json", "--quiet"]
    assert main(arguments) == 0

    whole = json.loads(capsys.readouterr().out)
    assert whole["scenarios"] == ["status-quo", "forum"]
    assert whole["analyses"][0]["rows"][0]["factor"] == STRONG


def test_errors_come_at_once_and_before_anything_is_simulated(capsys: pytest.CaptureFixture[str]):
    code = main(["sensitivity", "forum", "--method", "sobel", "--outcome", "coperation", "--worlds", "3"])

    said = capsys.readouterr().err
    assert code == 2
    assert "sobel" in said and "did you mean" in said and "coperation" in said and "--worlds" in said
    assert not Path("wbsim-results").exists()


def test_results_are_the_same_with_the_same_seed(capsys: pytest.CaptureFixture[str]):
    for name in ("one", "two"):
        arguments = ["sensitivity", "forum", *SMALL, "--method", "sobol", "--points", "8", "--keys", STRONG]
        assert main([*arguments, "--keys", WEAK, "--out", name, "--quiet", "--json"]) == 0
    assert Path("one/sensitivity.json").read_bytes() == Path("two/sensitivity.json").read_bytes()
    assert capsys.readouterr().out
