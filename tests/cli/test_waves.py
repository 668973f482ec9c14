"""`wbsim waves`: what is refused, and the way from the command to tables and an object."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wbsim.cli.app import main
from wbsim.instruments.read_series import COLUMNS

Capture = pytest.CaptureFixture[str]


def row(**changes: str) -> str:
    cells = {
        "id": "a", "series": "s", "population": "ALB", "month": "2019-06", "value": "50", "bound": "", "error": "0.5",
        "n": "1000", "picked": "no", "survey": "mine", "statement": "x", "source": "y", "note": "", "same_as": "",
    } | changes  # fmt: skip
    return ",".join(cells[name] for name in COLUMNS)


def write(path: Path, *rows: str) -> str:
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return str(path)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path, capsys: Capture) -> None:
    bad = write(
        tmp_path / "s.csv",
        row(value="130", month="2019-13"),
        row(id="b", bound="over", picked="maybe"),
        row(id="a", error="50"),
    )
    options = ("--series", bad, "--questions", str(tmp_path / "none.toml"), "--seed", "-1", "--json")
    assert main(["waves", *options]) == 2
    errors = json.loads(capsys.readouterr().out)["error"]["errors"]
    keys = [each["key"] for each in errors]
    assert {"--seed", "value", "month", "bound", "picked", "error", "id"} <= set(keys)
    assert any("no such file" in each["message"] for each in errors)


def test_one_wave_twice_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert main(["waves", "--series", write(tmp_path / "s.csv", row(), row(id="b"))]) == 2
    assert "a second time, after line 2" in capsys.readouterr().err


def test_series_of_ones_own_are_predicted(tmp_path: Path, capsys: Capture) -> None:
    path = write(
        tmp_path / "s.csv",
        row(),
        row(id="b", month="2021", value="55"),
        row(id="c", month="2023", value="52"),
    )
    assert main(["waves", "--series", path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    rows = [each for each in found["left_out"]["other waves"]["rows"] if each["series"] == "s"]
    assert [each["month"] for each in rows] == ["2019-06", "2021-07", "2023-07"]
    assert all(each["q05"] < each["median"] < each["q95"] for each in rows)


def test_the_bundled_series_are_told_in_tables_and_sentences(capsys: Capture) -> None:
    assert main(["waves"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for words in ("Sizes on the logit scale", "random walk", "told by earlier waves", "no independent test"):
        assert words in shown
