"""`wbsim calibrate`: what is refused before anything is simulated, and the whole way from figures to a comparison."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.calibration.prior_draws import prior_draws
from wbsim.calibration import fit
from wbsim.chance.fitted import write
from wbsim.cli.app import main
from wbsim.instruments.read_figures import COLUMNS
from wbsim.scenario.posterior import find_posterior
from wbsim.tables.parameters import calibrated_table

Capture = pytest.CaptureFixture[str]

HEAD = ",".join(COLUMNS)
RIGHT = (
    "n1,regional-cooperation-contributes,WB6,2022-03,74,6000,A barometer 2022,made up,calibration,",
    "n2,safe-in-home,XKX,2022-10,70,1000,Another survey 2022,made up,calibration,",
    "n3,safe-in-home,ALB,2022-03,70,1000,A barometer 2022,made up,calibration,",
)
OUTLOOK = "{id},securimeter-outlook.{answer},WB6,2022-03,{value},6000,A barometer 2022,made up,calibration,"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in an empty folder; nothing is simulated in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fit, "calibrate", lambda *_, **__: pytest.fail("simulated"))


def figures(*lines: str) -> str:
    Path("f.csv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return "f.csv"


def refused(capsys: Capture, *arguments: str) -> list[dict[str, object]]:
    """The problems, as programs read them."""
    assert main(["calibrate", *arguments, "--json"]) == 2
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    problems: list[dict[str, object]] = json.loads(printed.out)["error"]["errors"]
    return problems


def test_everything_that_is_wrong_with_figures_is_said_at_once_with_row_and_column(capsys: Capture) -> None:
    path = figures(
        RIGHT[0].replace(",74,", ",174,"),
        RIGHT[1].replace("2022-10", "2022-13"),
        RIGHT[2].replace("ALB", "HRV"),
        "n4,no-such-question,WB6,2022-03,74,6000,A barometer 2022,made up,calibration,",
        "n1,safe-in-home,MNE,2022-03,70,1000,A barometer 2022,made up,calibration,",
        "n6,safe-in-home,SRB,2022-03,70,1000,A barometer 2022,made up,calibration,",
        "n7,safe-in-home,SRB,2022-03,71,1000,A barometer 2022,made up,calibration,",
        OUTLOOK.format(id="n8", answer="better", value=60),
        OUTLOOK.format(id="n9", answer="worse", value=50),
        "n10,safe-in-home,BIH,2022-03,70,1000,A barometer 2022,made up,fitted,",
        "n11,safe-in-home,MKD,1990-03,70,1000,A barometer 1990,made up,calibration,",
    )
    found = refused(capsys, "--figures", path)
    assert {each["file"] for each in found} == {"f.csv"}
    assert sorted((each["line"], each["key"]) for each in found) == [
        (2, "value"),
        (3, "month"),
        (4, "population"),
        (5, "question"),
        (6, "id"),
        (8, "question"),
        (10, "value"),
        (11, "split"),
        (12, "month"),
    ]
    messages = {each["line"]: each["message"] for each in found}
    assert "must be a number from 0 to 100 percent; it is" in str(messages[2])
    assert "sum to 110 percent" in str(messages[10])
    assert "must be one of paper, calibration, validation, context" in str(messages[11])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (HEAD.encode() + b"\n", ""),
        ("\n".join([HEAD, *RIGHT]).encode("utf-16"), ""),
        ("\n".join([HEAD, RIGHT[0].replace("made up", "h\xf6rt")]).encode("latin-1"), "UTF-8"),
        (b"a;b;c\n1;2;3\n", ""),
        (b"\x00\x01\x02", "binary"),
    ],
    ids=["nothing", "blank", "heads only", "utf-16", "latin-1", "semicolons", "binary"],
)
def test_a_file_that_is_no_table_is_refused_in_words(content: bytes, said: str, capsys: Capture) -> None:
    Path("f.csv").write_bytes(content)
    found = refused(capsys, "--figures", "f.csv")
    assert found and {each["file"] for each in found} == {"f.csv"}
    assert said in str(found[0]["message"])


def test_files_that_are_not_there_are_named(capsys: Capture) -> None:
    found = refused(capsys, "--figures", "a.csv", "--rates", "b.csv")
    assert [each["message"] for each in found] == ["no such file: a.csv", "no such file: b.csv"]
    assert "no such file: q.toml" in str(refused(capsys, "--questions", "q.toml"))
    assert 'no scenario is called "nobody"' in str(refused(capsys, "--scenario", "nobody"))


def test_a_posterior_is_replaced_only_when_that_is_said(capsys: Capture) -> None:
    Path("mine").mkdir()
    write(prior_draws(10), {"table": calibrated_table()}, Path("mine"))
    kept = Path("mine/posterior.json").read_bytes()
    (problem,) = refused(capsys, "--out", "mine")
    assert (problem["message"], problem["key"]) == ("holds a posterior already", "--out")
    assert Path("mine/posterior.json").read_bytes() == kept
    Path("file").write_text("")
    (problem,) = refused(capsys, "--out", "file")
    assert "cannot be made" in str(problem["message"])


def test_bad_options_are_bad_usage(capsys: Capture) -> None:
    for arguments in (["--seed", "-1"], ["--workers", "0"], ["--quick", "extra"]):
        assert main(["calibrate", *arguments]) == 2
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.slow
def test_from_figures_to_a_comparison_and_on_from_finished_pieces(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "wbsim", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    first = run("calibrate", "--quick", "--out", "mine", "--json", "--quiet")
    assert first.returncode == 0, first.stderr
    shown = json.loads(first.stdout)
    assert first.stderr == "" and shown["worlds"] > 0
    assert find_posterior(tmp_path / "mine").sha256 == shown["sha256"]
    assert {path.name for path in (tmp_path / "mine").iterdir()} - {"channels.npz"} == {
        "posterior.json", "posterior.npz", "diagnostics.json", "diagnostics.html", "fitted-to", "work",
        "alternatives", "emulator.npz",
    }  # fmt: skip
    others = {path.name for path in (tmp_path / "mine" / "alternatives").iterdir()}
    assert "double-discrepancy" in others and len(others) == 17  # and one without each survey
    # One of an earlier fit does not stay.
    (tmp_path / "mine" / "alternatives" / "double-discrepancy").rename(
        tmp_path / "mine" / "alternatives" / "without-something-old"
    )
    kept = json.loads((tmp_path / "mine" / "diagnostics.json").read_text())
    assert kept["counts"] == shown["counts"]

    again = run("calibrate", "--quick", "--out", "mine", "--replace", "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert shown["sha256"] in again.stdout
    assert {path.name for path in (tmp_path / "mine" / "alternatives").iterdir()} == others
    lines = [
        line for line in again.stdout.splitlines() if str(tmp_path) not in line
    ]  # Paths are not wrapped.
    assert max(map(len, lines)) <= 100

    small = ["--worlds", "2", "--years", "1", "--citizens", "40", "--workers", "1", "--json", "--quiet"]
    one = run("compare", "status-quo", "forum", "--posterior", "mine", *small)
    assert one.returncode == 0, one.stderr
    another = run(
        "compare",
        "status-quo",
        "forum",
        "--posterior",
        "mine",
        "--under",
        "posterior=double-discrepancy",
        *small,
    )
    assert another.returncode == 0, another.stderr
    assert json.loads(one.stdout)["results_sha256"] != json.loads(another.stdout)["results_sha256"]
    other = run("compare", "status-quo", "forum", *small)
    assert json.loads(one.stdout)["results_sha256"] != json.loads(other.stdout)["results_sha256"]
