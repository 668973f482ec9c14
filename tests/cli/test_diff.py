from __future__ import annotations

import json
from pathlib import Path

import pytest

from wbsim.cli.app import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def special(tmp_path: Path) -> str:
    path = tmp_path / "special.toml"
    path.write_text(
        'name = "special"\nextends = "forum"\nreplace = ["policy"]\nrun.years = 5\n'
        '[[policy]]\nmechanism = "forum"\nquorum = 5\nkosovo_seat = "asterisk"\n'
        "[assumptions.parameters]\ninfluence = 0.1\n"
        '[[event]]\nmonth = "2025-01"\nkind = "crisis"\nparties = ["SRB", "XKX"]\nseverity = 3\n',
        encoding="utf-8",
    )
    return str(path)


def test_differences_are_readable(special: str, capsys: Capture) -> None:
    assert main(["diff", "forum", special]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"+ special  ({special})"
    assert lines[lines.index("run") + 1] == "  ~ years: 10 -> 5"
    policies = lines.index("policies")
    assert lines[policies + 1 : policies + 3] == [
        '  ~ forum.kosovo_seat: "equal" -> "asterisk"',
        "  ~ forum.quorum: 4 -> 5",
    ]
    assert lines[lines.index("assumptions") + 1] == "  + parameters.influence: 0.1"
    events = lines.index("events")
    assert lines[events + 1] == "  + 2025-01 crisis XKX-SRB"
    assert '      parties = ["XKX", "SRB"]' in lines[events:]


def test_the_same_scenario_has_no_difference(capsys: Capture) -> None:
    assert main(["diff", "forum", "forum"]) == 0
    assert capsys.readouterr().out.endswith("\nno difference\n")
    assert main(["diff", "forum", "forum", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["same"] is True


def test_json_holds_both_values(special: str, capsys: Capture) -> None:
    assert main(["diff", "forum", special, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["same"] is False
    assert {
        "section": "policies",
        "key": "forum.quorum",
        "kind": "changed",
        "before": 4,
        "after": 5,
    } in found["differences"]


def test_a_faulty_scenario_is_exit_code_2(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "a.toml"
    path.write_text("name = 3", encoding="utf-8")
    assert main(["diff", "forum", str(path)]) == 2
    assert f"{path}:1: name: must be a text in quotes; it is 3" in capsys.readouterr().err
