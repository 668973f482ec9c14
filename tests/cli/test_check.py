from __future__ import annotations

import json
from pathlib import Path

import pytest

from wbsim.cli.app import main

FORUM = b'name = "a"\n[[policy]]\nmechanism = "forum"\n'

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty [red].toml"
    path.write_text(
        'name = "faulty"\nrun.worlds = -1\n"[bold]x" = 1\n' + "y" * 300 + " = 1", encoding="utf-8"
    )
    return path


def test_valid_files_are_said_to_be(capsys: Capture) -> None:
    assert main(["check", "forum", "status-quo"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        'forum: valid scenario "forum" (forum from 2023-01; until 2032-12)',
        'status-quo: valid scenario "status-quo" (no policy; until 2032-12)',
    ]


def test_every_problem_is_printed_on_an_unbroken_line(faulty: Path, capsys: Capture) -> None:
    assert main(["check", str(faulty), "forum"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith('forum: valid scenario "forum"')
    lines = captured.err.splitlines()
    assert lines[0] == f"{faulty}:2: run.worlds: must be between 1 and 10000000 worlds; it is -1"
    assert lines[1].startswith(
        f'{faulty}:3: "[bold]x": is not a key of a scenario; allowed: name, description'
    )
    assert lines[2].startswith(f"{faulty}:4: ")
    assert len(lines) == 3


def test_json_is_the_contract(faulty: Path, capsys: Capture) -> None:
    assert main(["check", str(faulty), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    found = json.loads(captured.out)
    assert list(found) == ["valid", "errors"]
    assert found["valid"] is False
    assert found["errors"][0] == {
        "file": str(faulty),
        "line": 2,
        "key": "run.worlds",
        "message": "must be between 1 and 10000000 worlds; it is -1",
        "suggestion": None,
    }
    assert main(["check", "forum", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"valid": True, "errors": []}


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"\x00\x01", 2, "is a binary file"),
        (b"[" * 10_000_000, 2, "is over 256 kB"),
        (b"[" * 1000, 2, "nests brackets over 32 deep"),
        (b"a = \xff", 2, "is not UTF-8 text"),
        (b"a = = 1", 1, "is not valid TOML"),
        (
            b'name = "a"\n[[policy]]\nmechanism = "forum"\nmembers = ["ALB", "USA"]',
            1,
            "must be a state: ALB, BIH",
        ),
        (b'name = "a"\nextends = "bad.toml"', 1, "goes round in a loop"),
        (
            b'name = "a"\n[[policy]]\nmechanism = "forum"\ntransparency = 2',
            1,
            "must be between 0 and 1; it is 2",
        ),
    ],
)
def test_bad_files(tmp_path: Path, content: bytes, code: int, words: str, capsys: Capture) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    assert main(["check", str(path)]) == code
    captured = capsys.readouterr()
    assert words in captured.err
    assert str(path) in captured.err
    assert "Traceback" not in captured.err


def test_a_posterior_that_is_not_there_is_a_problem_of_the_file_that_names_it(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n\n[assumptions]\nposterior = "none"\n', encoding="utf-8")
    assert main(["check", str(path), "--json"]) == 1
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert (error["file"], error["line"], error["key"]) == (str(path), 4, "assumptions.posterior")
    assert error["message"] == "no such posterior: none"
    # What cannot be simulated is bad input there.
    assert main(["run", str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["errors"] == [error]


def test_what_cannot_be_read_is_exit_code_2(tmp_path: Path, faulty: Path, capsys: Capture) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert "is a directory" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "none.toml"), str(faulty)]) == 2
    captured = capsys.readouterr()
    assert "no such file" in captured.err
    assert "run.worlds" in captured.err


def test_a_plugin_makes_its_mechanism_valid(tmp_path: Path, capsys: Capture) -> None:
    plugin = tmp_path / "hotline.py"
    plugin.write_text(
        "from wbsim.tables.record import MechanismRecord\n"
        "class Hotline:\n    record = MechanismRecord('hotline', 'Hotline', 'Calls.', 'a test', ())\n",
        encoding="utf-8",
    )
    scenario = tmp_path / "a.toml"
    scenario.write_text('name = "a"\n[[policy]]\nmechanism = "hotline"', encoding="utf-8")
    assert main(["check", str(scenario)]) == 1
    assert main(["check", str(scenario), "--plugin", str(plugin)]) == 0
    assert main(["check", str(scenario), "--plugin", str(scenario)]) == 2
    assert "a.toml: is no Python file" in capsys.readouterr().err


def test_assumptions_are_checked_as_such(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "hard.toml"
    path.write_text("[assumptions.parameters]\nloss_weight = 3", encoding="utf-8")
    assert main(["check", "--as-assumptions", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: valid assumptions, 0 dated events\n"
    path.write_text("[[policy]]\nmechanism = 'forum'", encoding="utf-8")
    assert main(["check", "--as-assumptions", str(path)]) == 1


def test_the_schema_is_printed(capsys: Capture) -> None:
    assert main(["check", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "wbsim scenario"


def test_the_schema_of_questions_is_printed(capsys: Capture) -> None:
    assert main(["check", "--questions-schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "wbsim questions"


SWEEP = (
    'name = "meetings"\n[sweep]\nscenarios = ["forum", "status-quo"]\n[sweep.vary]\n'
    'forum.meetings_per_year = "1:12:4"\nforum.quorum = [4, 5]\n'
)


def test_sweep_files_are_told_apart_and_checked(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "sweep.toml"
    path.write_text(SWEEP, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == (
        f'{path}: valid sweep "meetings" (grid, 8 points over forum.meetings_per_year, forum.quorum; forum, '
        "status-quo); note: forum.meetings_per_year: the nearest whole numbers are taken: 1, 5, 8, 12\n"
    )
    path.write_text(SWEEP.replace("[4, 5]", "[4, 9]").replace('"status-quo"', '"status"'), encoding="utf-8")
    assert main(["check", str(path), "forum", "--json"]) == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert [(error["line"], error["key"]) for error in errors] == [
        (3, "sweep.scenarios[2]"),
        (6, "sweep.vary.forum.quorum[2]"),
    ]


def test_a_sweep_may_vary_levers_of_a_plugin(tmp_path: Path, capsys: Capture) -> None:
    plugin = tmp_path / "hotline.py"
    plugin.write_text(
        "from wbsim.tables.record import Lever, MechanismRecord\n"
        "LEVER = Lever('calls', 'calls', 'calls', 'number', 1.0, 'a test', 0.0, 5.0)\n"
        "class Hotline:\n    record = MechanismRecord('hotline', 'Hotline', 'Calls.', 'a test', (LEVER,))\n",
        encoding="utf-8",
    )
    (tmp_path / "a.toml").write_text('name = "a"\n[[policy]]\nmechanism = "hotline"', encoding="utf-8")
    path = tmp_path / "sweep.toml"
    path.write_text(
        'name = "s"\n[sweep]\nscenarios = ["./a.toml"]\nvary.hotline.calls = "0:5:3"\n', encoding="utf-8"
    )
    assert main(["check", str(path), "--plugin", str(plugin)]) == 0
    assert "3 points over hotline.calls" in capsys.readouterr().out
    assert main(["check", str(path)]) == 1
    assert "hotline" in capsys.readouterr().err


def test_the_schema_of_sweeps_is_printed(capsys: Capture) -> None:
    assert main(["check", "--sweep-schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "wbsim sweep"
