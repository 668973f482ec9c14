from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.calibration.prior_draws import prior_draws
from wbsim.chance.fitted import write
from wbsim.cli.app import main
from wbsim.instruments.read_figures import COLUMNS
from wbsim.tables.parameters import calibrated_table

Capture = pytest.CaptureFixture[str]

SMALL = ["--worlds", "40", "--citizens", "40", "--workers", "1", "--quiet"]


@pytest.fixture(scope="module")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("posterior")
    write(prior_draws(), {"table": calibrated_table()}, folder)
    return str(folder)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "new-wave.csv"
    rows = [
        ",".join(COLUMNS),
        "n1,regional-cooperation-contributes,WB6,2024-03,74,6000,A barometer 2024,made up,validation,",
        "n2,safe-in-home,XKX,2022-10,70,1000,Another survey 2022,made up,validation,",
        "n3,safe-in-home,ALB,2024-03,70,1000,A barometer 2024,made up,context,",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_object_has_what_programs_read(posterior: str, capsys: Capture) -> None:
    assert main(["validate", "--posterior", posterior, "--json", *SMALL]) == 0
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert captured.err == ""
    assert (found["n"], len(found["rows"]), len(found["unbound"])) == (15, 15, 9)
    assert found["events"] == "free"
    assert {"n", "crps", "coverage_90"} <= found["events_forced"].keys()
    assert {row["group"] for row in found["rows"]} == {"repeat", "new"}
    assert set(found["baselines"]) == {"prior", "frozen", "pooled", "no-change", "regression"}
    assert all("crps" in row and "draws" not in row for row in found["rows"])
    assert found["same_figures_as_posterior"] is True


def test_a_users_file_is_shown_row_by_row_at_100_columns(
    posterior: str, figures: Path, capsys: Capture
) -> None:
    assert main(["validate", str(figures), "--posterior", posterior, *SMALL]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 100
    for part in (
        "n1",
        "n2",
        "Repeats",
        "last wave",
        "best plain baseline",
        "what it was read as",
        "Not scored: 1 row",
        "context",
        "n3",
    ):
        assert part in text


def test_two_runs_with_one_seed_are_alike_and_the_object_can_be_kept(
    posterior: str, figures: Path, tmp_path: Path, capsys: Capture
) -> None:
    command = ["validate", str(figures), "--posterior", posterior, "--json", *SMALL]
    assert main([*command, "--out", str(tmp_path / "kept.json")]) == 0
    first = capsys.readouterr().out
    assert main(command) == 0
    assert capsys.readouterr().out == first == (tmp_path / "kept.json").read_text()
    assert main([*command, "--seed", "2"]) == 0
    assert capsys.readouterr().out != first


def test_everything_that_is_wrong_with_the_files_is_said_at_once(
    posterior: str, figures: Path, tmp_path: Path, capsys: Capture
) -> None:
    figures.write_text(figures.read_text().replace(",74,", ",174,").replace(",XKX,", ",HRV,"))
    assert main(["validate", str(figures), "--posterior", str(tmp_path / "none"), "--json", *SMALL]) == 2
    errors = json.loads(capsys.readouterr().out)["error"]["errors"]
    assert [(error["line"], error["key"]) for error in errors] == [
        (None, None),
        (2, "value"),
        (3, "population"),
    ]
    assert "no such posterior" in errors[0]["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--worlds", "0"], "--worlds: must be from 40 to"),
        (["--citizens", "3"], "--citizens: must be from 40 to"),
        (["--seed", "-1"], "--seed: must be from 0 to"),
        (["--workers", "0"], "--workers: must be from 1 to"),
        (["--out", "nowhere/at/all.json"], "--out: no such folder: nowhere/at"),
        (["--questions", "no-such.toml"], "no such file: no-such.toml"),
        (["no-such.csv"], "no such file: no-such.csv"),
    ],
)
def test_bad_arguments_are_exit_code_2(
    arguments: list[str], said: str, posterior: str, capsys: Capture
) -> None:
    assert main(["validate", "--posterior", posterior, *arguments]) == 2
    assert said in capsys.readouterr().err


def test_another_catalogue_replaces_the_bundled_one(
    posterior: str, figures: Path, tmp_path: Path, capsys: Capture
) -> None:
    questions = tmp_path / "questions.toml"
    questions.write_text(
        '[[question]]\nid = "safe-at-sea"\nwording = "Safe at sea?"\ntype = "agree"\nmeasures = "safety"\n'
        'reason = "safety"\nmatch = [{ statement = "safe at sea" }]\n'
    )
    command = [
        "validate",
        str(figures),
        "--posterior",
        posterior,
        "--only-questions",
        str(questions),
        "--json",
        *SMALL,
    ]
    assert main(command) == 2
    assert "no question is called" in capsys.readouterr().out
    assert main([*command, "--questions", str(questions)]) == 2
    assert "cannot stand beside --only-questions" in capsys.readouterr().out
    figures.write_text(
        figures.read_text()
        .replace("safe-in-home", "safe-at-sea")
        .replace("regional-cooperation-contributes", "safe-at-sea")
    )
    assert main(command) == 0
    assert {row["question"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"safe-at-sea"}


def test_good_rows_are_predicted_beside_wrong_ones_with_exit_code_1(
    posterior: str, figures: Path, capsys: Capture
) -> None:
    figures.write_text(figures.read_text().replace(",74,", ",174,"))
    assert main(["validate", str(figures), "--posterior", posterior, *SMALL]) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert "Not read, because of mistakes" in text and 'it is "174"' in text and "n2" in text
    assert main(["validate", str(figures), "--posterior", posterior, "--json", "--draws", *SMALL]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in found["rows"]] == ["n2"] and len(found["problems"]) == 1
    assert len(found["rows"][0]["draws"]) == 40


def test_a_scenario_of_ones_own_gives_events_and_assumptions(
    posterior: str, figures: Path, tmp_path: Path, capsys: Capture
) -> None:
    case = tmp_path / "mine.toml"
    case.write_text('name = "mine"\nextends = "status-quo"\n[assumptions.parameters]\nsupport_base = 0.0\n')
    medians = []
    for options in ((), ("--scenario", str(case))):
        assert main(["validate", str(figures), "--posterior", posterior, "--json", *options, *SMALL]) == 0
        medians.append(json.loads(capsys.readouterr().out)["rows"][0]["median"])
    assert medians[1] < medians[0] - 3.0
    assert main(["validate", "--worlds", "1", "--scenario", "nowhere.toml", "no-such.csv", "--json"]) == 2
    errors = json.loads(capsys.readouterr().out)["error"]["errors"]
    assert len(errors) == 3
