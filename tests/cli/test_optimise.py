"""`wbsim optimise` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wbsim.cli.app import main

pytest.importorskip("pymoo")

SMALL = [
    *("optimise", "forum", "--vary", "forum.meetings_per_year=1:12", "--vary", "forum.transparency=0:1"),
    *(
        "--goal",
        "cooperation",
        "--goal",
        "money",
        "--worlds",
        "2",
        "--fresh-worlds",
        "12",
        "--citizens",
        "40",
    ),
    *("--years", "1", "--population", "4", "--generations", "2", "--seed", "3", "--workers", "1"),
]


def run(capsys, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_search_prints_its_set_and_keeps_files_that_can_be_compared(capsys, tmp_path: Path):
    code, out, err = run(capsys, *SMALL, "--out", tmp_path / "a")

    assert code == 0, err
    assert "at most 9 candidates" in err
    assert "own" in out
    assert "driven by" in out
    kept = {
        file.relative_to(tmp_path / "a").as_posix() for file in (tmp_path / "a").rglob("*") if file.is_file()
    }
    assert {"optimum.json", "members.csv", "figures/goals.png", "figures/levers.svg"} <= kept
    for file in (tmp_path / "a" / "scenarios").iterdir():
        assert run(capsys, "check", file)[0] == 0

    # the same search in the same folder goes on, and is the same; another one is refused
    code, again, _ = run(capsys, *SMALL, "--out", tmp_path / "a", "--json", "--quiet")
    assert code == 0
    assert json.loads(again) == json.loads((tmp_path / "a" / "optimum.json").read_text())
    code, _, err = run(capsys, *SMALL, "--seed", 4, "--out", tmp_path / "a", "--quiet")
    assert code == 2
    assert "holds another search" in err


def test_what_is_wrong_is_said_before_anything_is_made(capsys, tmp_path: Path):
    code, _, err = run(capsys, "optimise", "forum", "--vary", "forum.meetings=1:3", "--out", tmp_path / "a")

    assert code == 2
    assert "meetings_per_year" in err
    assert not (tmp_path / "a").exists()
