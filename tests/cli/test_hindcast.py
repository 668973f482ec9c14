"""`wbsim hindcast` on the fake simulator's surfaces and on an institution of the simulator that needs no forum."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analogues.fake import attendance, evidence, institution
from tests.analogues.rules import COUNCIL
from tests.calibration.prior_draws import prior_draws
from wbsim.analogues import store
from wbsim.chance.fitted import write
from wbsim.cli.app import main
from wbsim.tables.parameters import calibrated_table

Capture = pytest.CaptureFixture[str]

PLAIN = """
name = "peace"
label = "Nothing but peace"
judgement = "No institution: crises by chance."
sources = ["invented"]
start = "2012-01"
months = 12
discrepancy = "near"

[[observation]]
id = "quarrels"
indicator = "crises"
who = ["XKX-SRB"]
count = 1
years = 1
source = "invented"
status = "invented"
"""
SMALL = ["--worlds", "60", "--workers", "1", "--quiet"]


def kept(name: str, successes: int) -> str:
    """The file of an institution of the fake simulator."""
    text = COUNCIL[: COUNCIL.index("[[observation]]")].replace('"council"', f'"{name}"')
    return (
        f'{text}[[observation]]\nid = "seats"\nindicator = "attendance"\ncount = {successes}\nof = 40\n'
        'source = "a test"\nstatus = "seen"\n'
    )


@pytest.fixture(scope="module")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A posterior that knows three institutions by the surfaces of the fake simulator."""
    folder = tmp_path_factory.mktemp("posterior")
    write(prior_draws(), {"table": calibrated_table()}, folder)
    bodies = [institution(name, attendance(count, 40)) for name, count in (("a", 36), ("b", 34), ("c", 35))]
    store.write(evidence(*bodies), folder)
    (folder / store.KEPT).mkdir(parents=True)
    for name, count in (("a", 36), ("b", 34), ("c", 35)):
        (folder / store.KEPT / f"{name}.toml").write_text(kept(name, count))
    return folder


def test_without_a_file_each_institution_is_left_out(
    posterior: Path, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "kept.json"
    command = ["hindcast", "--posterior", str(posterior), "--json", "--quiet"]
    assert main([*command, "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert printed == out.read_text()
    found = json.loads(printed)
    assert found["left_out"] is True
    assert [(row["analogue"], row["observed"]) for row in found["rows"]] == [
        ("a", 0.9),
        ("b", 0.85),
        ("c", 0.875),
    ]
    assert found["rows"][0]["who"] == ["ALB", "BIH", "XKX", "MKD", "MNE", "SRB"]
    assert found["baselines"]["pooled"]["n"] == 3
    assert main(command) == 0
    assert capsys.readouterr().out == printed, "one seed, one answer"


def test_the_table_fits_into_100_columns(posterior: Path, capsys: Capture) -> None:
    assert main(["hindcast", "--posterior", str(posterior)]) == 0
    captured = capsys.readouterr()
    assert max(map(len, captured.out.splitlines())) <= 100
    for part in ("seats that were filled", "90 %", "pooled rate of the others", "model's CRPS"):
        assert part in captured.out
    assert "Predicting 3 institutions, each from the others" in captured.err


def test_a_file_is_predicted_by_the_posterior(posterior: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "peace.toml"
    file.write_text(PLAIN)
    assert main(["hindcast", str(file), "--posterior", str(posterior), "--json", *SMALL]) == 0
    found = json.loads(capsys.readouterr().out)
    (row,) = found["rows"]
    assert (found["left_out"], row["analogue"], row["observed"]) == (False, "peace", 1.0)
    assert set(found["baselines"]) == {"prior"}, "nothing else counts crises"
    assert row["q05"] <= row["median"] <= row["q95"]


def test_everything_that_is_wrong_is_said_at_once(posterior: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "x.toml").write_text(
        PLAIN.replace("count = 1", "count = -1").replace("years = 1", "years = 0")
    )
    command = ["hindcast", str(tmp_path), "--posterior", str(tmp_path / "none"), "--json", *SMALL]
    assert main(command) == 2
    errors = json.loads(capsys.readouterr().out)["error"]["errors"]
    assert [(error["line"], error["key"]) for error in errors] == [
        (None, None),
        (14, "observation[1].count"),
        (15, "observation[1].years"),
    ]
    assert "no such posterior" in errors[0]["message"]


def test_an_institution_that_was_fitted_is_not_predicted_by_what_knows_it(
    posterior: Path, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "a.toml"
    file.write_text(PLAIN.replace('"peace"', '"a"'))
    assert main(["hindcast", str(file), "--posterior", str(posterior), *SMALL]) == 2
    assert "to which the posterior was fitted" in capsys.readouterr().err


def test_a_posterior_without_institutions_says_what_to_do(tmp_path: Path, capsys: Capture) -> None:
    write(prior_draws(), {"table": calibrated_table()}, tmp_path)
    assert main(["hindcast", "--posterior", str(tmp_path)]) == 2
    assert "run `wbsim calibrate`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--worlds", "0"], "--worlds: must be from 40 to"),
        (["--seed", "-1"], "--seed: must be from 0 to"),
        (["--workers", "0"], "--workers: must be from 1 to"),
        (["--out", "nowhere/at/all.json"], "--out: no such folder: nowhere/at"),
        (["no-such.toml"], "no such file: no-such.toml"),
    ],
)
def test_bad_arguments_are_exit_code_2(
    arguments: list[str], said: str, posterior: Path, capsys: Capture
) -> None:
    assert main(["hindcast", "--posterior", str(posterior), *arguments]) == 2
    assert said in capsys.readouterr().err
