"""`wbsim cooperation`: what is refused, and the way from the command to a table and an object."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wbsim.cli.app import main

Capture = pytest.CaptureFixture[str]
QUICK = ("--worlds", "40", "--citizens", "40", "--workers", "1", "--quiet")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("wbsim.cooperation.check.POINTS", 256)


def test_everything_that_is_wrong_with_options_and_files_is_said_at_once(capsys: Capture) -> None:
    assert main(["cooperation", "--worlds", "5", "--seed", "-1", "--json"]) == 2
    found = json.loads(capsys.readouterr().out)["error"]["errors"]
    assert {each["key"] for each in found} == {"--worlds", "--seed"}
    Path("s.csv").write_text("id,state,year,value,split,source,note\na,SRB,2023,6,calibration,x,\n")
    assert main(["cooperation", "--scores", "s.csv", "--posterior", "nowhere", "--json"]) == 2
    found = json.loads(capsys.readouterr().out)["error"]["errors"]
    assert [each["message"][:12] for each in found] == ["no such post", 'must be "val']


def test_the_object_is_printed_and_written(capsys: Capture) -> None:
    assert main(["cooperation", *QUICK, "--json", "--out", "c.json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == json.loads(Path("c.json").read_text())
    assert [each["n"] for each in shown["ranks"]] == [5, 5, 5, 8, 15, 15]
    assert shown["later"]["n"] == shown["left_out"]["n"] == 5
    assert {"fails_if", "holds"} <= shown["growth"].keys()


def test_scores_of_ones_own_take_the_place_of_the_bundled_ones(capsys: Capture) -> None:
    Path("s.csv").write_text(
        "id,state,year,value,split,source,note\n"
        "a,SRB,2021,6,calibration,made up,\nb,XKX,2021,4,calibration,made up,\nc,ALB,2021,7,calibration,made up,\n"
    )
    assert main(["cooperation", *QUICK, "--scores", "s.csv"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Kosovo 2021 4" in shown and "Montenegro" not in shown and "Later scores" not in shown
