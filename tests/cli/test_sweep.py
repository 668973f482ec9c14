"""`wbsim sweep` and its companions, as a user calls them; the tiny model stands in for wbsim's own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.sweeps.tiny import PLUGIN
from wbsim.cli.app import main
from wbsim.cli.sweep import read_time
from wbsim.errors import InputError

TINY = ["--plugin", str(PLUGIN), "--workers", "1", "--worlds", "20", "--seed", "9"]
MEETINGS = [
    "sweep",
    "forum",
    "status-quo",
    "--vary",
    "forum.meetings_per_year=1:12:4",
    "--model",
    "tiny",
    *TINY,
]


def run(capsys, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def swept(capsys, folder: Path, *more: object) -> dict:
    code, out, err = run(capsys, *MEETINGS, "--out", folder, "--json", "--quiet", *more)
    assert code == 0, err
    return json.loads(out)


def test_a_sweep_says_what_it_will_do_and_prints_what_came_out(capsys, tmp_path: Path):
    code, out, err = run(capsys, *MEETINGS, "--out", tmp_path / "a")

    assert code == 0
    assert "forum.meetings_per_year: the nearest whole numbers are taken: 1, 5, 8, 12" in err
    assert "4 points of a grid design x 2 scenarios x 20 worlds from seed 9" in err
    assert "difference from status-quo" in out
    assert "driven by priors" in " ".join(out.split())
    assert f"results: {tmp_path / 'a'}" in out
    assert "results_sha256: " in out


def test_its_json_holds_every_point(capsys, tmp_path: Path):
    found = swept(capsys, tmp_path / "a")

    assert [point["design"] for point in found["points"]] == [
        {"forum.meetings_per_year": value} for value in (1, 5, 8, 12)
    ]
    assert found["worlds"] == 20
    figures = found["points"][3]["differences"]["forum"]["cooperation"]
    assert figures["mean"] == pytest.approx(12.0)
    assert figures["p_better"] == 1.0


def test_resume_of_a_finished_sweep_gives_the_same(capsys, tmp_path: Path):
    found = swept(capsys, tmp_path / "a")
    code, out, _ = run(capsys, "resume", tmp_path / "a", "--plugin", PLUGIN, "--json", "--quiet")

    assert code == 0
    assert json.loads(out)["results_sha256"] == found["results_sha256"]


def test_the_command_in_the_record_gives_the_same_bytes(capsys, tmp_path: Path):
    import shlex

    found = swept(capsys, tmp_path / "a")
    record = json.loads((tmp_path / "a" / "results" / "record.json").read_text())
    words = shlex.split(record["command"])[1:]
    code, out, _ = run(capsys, *words, "--workers", 1, "--out", tmp_path / "b", "--json", "--quiet")

    assert code == 0
    assert json.loads(out)["results_sha256"] == found["results_sha256"]


def test_an_existing_folder_takes_the_same_sweep_another_only_with_extend(capsys, tmp_path: Path):
    found = swept(capsys, tmp_path / "a")
    assert swept(capsys, tmp_path / "a")["results_sha256"] == found["results_sha256"]

    more = [*MEETINGS, "--worlds", 30, "--out", tmp_path / "a", "--json", "--quiet"]
    code, out, _ = run(capsys, *more)
    assert code == 2
    assert "--extend" in json.loads(out)["error"]["errors"][0]["suggestion"]
    code, out, _ = run(capsys, *more, "--extend")
    assert code == 0
    assert json.loads(out)["worlds"] == 30
    assert (
        json.loads(out)["results_sha256"] == swept(capsys, tmp_path / "b", "--worlds", 30)["results_sha256"]
    )


def test_a_folder_of_anything_else_is_left_alone(capsys, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    code, _, err = run(capsys, *MEETINGS, "--out", tmp_path / "mine")

    assert code == 2
    assert "never overwritten" in err
    assert list((tmp_path / "mine").iterdir()) == []


def test_status_tells_how_far_it_is(capsys, tmp_path: Path):
    found = swept(capsys, tmp_path / "a")
    code, out, _ = run(capsys, "status", tmp_path / "a", "--plugin", PLUGIN, "--json")

    assert code == 0
    status = json.loads(out)
    assert (status["done"], status["planned"], status["running"]) == (100, 100, False)
    assert status["results_sha256"] == found["results_sha256"]
    assert run(capsys, "status", tmp_path / "a", "--plugin", PLUGIN)[1].count("100 of 100 worlds") == 1


def test_verify_finds_a_changed_byte(capsys, tmp_path: Path):
    swept(capsys, tmp_path / "a")
    assert run(capsys, "verify", tmp_path / "a", "--plugin", PLUGIN, "--rerun", 3, "--quiet")[0] == 0

    chunk = next((tmp_path / "a" / "chunks").rglob("*.chunk"))
    content = bytearray(chunk.read_bytes())
    content[200] ^= 1
    chunk.write_bytes(bytes(content))
    code, out, _ = run(capsys, "verify", tmp_path / "a", "--plugin", PLUGIN, "--json", "--quiet")
    assert code == 1
    assert chunk.name in json.loads(out)["problems"][0]


def test_export_writes_the_table_of_the_contract(capsys, tmp_path: Path):
    swept(capsys, tmp_path / "a")
    assert run(capsys, "export", tmp_path / "a", "--plugin", PLUGIN, "--csv", tmp_path / "a.csv")[0] == 0

    with (tmp_path / "a.csv").open(newline="") as stream:
        table = list(csv.DictReader(stream))
    assert {"design", "world", "outcome", "value"} <= set(table[0])
    assert len(table) == 4 * 2 * 20 * 10


def test_failed_worlds_end_in_exit_code_3_and_can_be_replayed(capsys, tmp_path: Path):
    words = [*MEETINGS[: -len(TINY) - 1], "failing", *TINY]
    code, out, _ = run(capsys, *words, "--out", tmp_path / "a")
    assert code == 3
    assert "9 worlds failed" in out
    assert "failed or are missing" in out

    code, out, _ = run(
        capsys,
        "replay",
        tmp_path / "a",
        "--plugin",
        PLUGIN,
        "--point",
        3,
        "--scenario",
        "forum",
        "--world",
        3,
    )
    assert code == 3
    assert "ZeroDivisionError: world 3 divides by nothing" in out
    code, out, _ = run(
        capsys,
        "replay",
        tmp_path / "a",
        "--plugin",
        PLUGIN,
        "--point",
        3,
        "--scenario",
        "forum",
        "--world",
        4,
    )
    assert code == 0
    assert "cooperation" in out


def test_a_sweep_file_is_told_apart_and_says_all_itself(capsys, tmp_path: Path):
    file = tmp_path / "design.toml"
    file.write_text(
        'name = "meetings"\n[sweep]\nscenarios = ["forum"]\nworlds = 5\nworld_seed = 9\n'
        'outcomes = ["delivery"]\n[sweep.vary]\n"forum.quorum" = [4, 5]\n'
    )
    words = ["--plugin", PLUGIN, "--model", "tiny", "--workers", 1, "--json", "--quiet"]
    code, out, err = run(capsys, "sweep", file, *words, "--out", tmp_path / "a")
    assert code == 0, err
    found = json.loads(out)
    assert (found["name"], found["worlds"], found["baseline"]) == ("meetings", 5, None)
    assert list(found["points"][0]["levels"]["forum"]) == ["delivery"]

    code, out, _ = run(capsys, "sweep", file, *words, "--vary", "forum.quorum=4,6", "--out", tmp_path / "b")
    assert code == 2
    assert json.loads(out)["error"]["errors"][0]["key"] == "--vary"


def test_what_is_long_is_not_begun_without_a_yes(capsys, tmp_path: Path):
    words = ["sweep", "forum", "--vary", "forum.meetings_per_year=1:12:12", "--worlds", "100000"]
    code, _, err = run(capsys, *words, "--keep", "horizon", "--out", tmp_path / "a", "--quiet")

    assert code == 2
    assert "--yes" in err
    assert "--budget" in err
    assert not (tmp_path / "a").exists()


def test_what_the_disk_cannot_hold_is_refused(capsys, tmp_path: Path):
    words = ["sweep", "forum", "--vary", "forum.meetings_per_year=1:12:12", "--worlds", "10000000"]
    code, _, err = run(capsys, *words, "--yes", "--out", tmp_path / "a", "--quiet")

    assert code == 2
    assert "is free" in err


@pytest.mark.parametrize(
    "words, said",
    [
        ([], "no scenario and no sweep file"),
        (["forum"], "nothing is varied"),
        (["forum", "--vary", "forum.meetings=1:3:2"], "meetings_per_year"),
        (["forum", "--vary", "forum.quorum=4,5", "--keep", "most"], "must be one of"),
        (["forum", "--vary", "forum.quorum=4,5", "--model", "none"], "no model is called"),
        (["forum", "--vary", "forum.quorum=4,5", "--outcome", "peace"], "no outcome"),
        (["forum", "--vary", "forum.quorum=4,5", "--budget", "soon"], "must be a time"),
        (["forum", "--vary", "forum.quorum=4,5", "--worlds", "0"], "worlds"),
        (["forum", "--vary", "forum.quorum=4,5", "--design", "grit"], "grid"),
        (["forum", "--vary", "forum.quorum=4,5", "--cluster", "here"], "must be the address"),
        (["forum", "forum-without-serbia", "--vary", "iisg.funds=4,5", "--baseline", "x"], "iisg"),
    ],
)
def test_what_is_wrong_is_said_with_the_option(capsys, tmp_path: Path, words: list[str], said: str):
    code, _, err = run(capsys, "sweep", *words, "--out", tmp_path / "a", "--quiet")

    assert code == 2
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["resume", "status", "verify", "export"])
def test_what_is_no_sweep_is_refused(capsys, tmp_path: Path, command: str):
    more = ["--csv", str(tmp_path / "x.csv")] if command == "export" else []
    for folder in (tmp_path, tmp_path / "none"):
        code, _, err = run(capsys, command, folder, *more)
        assert code == 2
        assert "Traceback" not in err


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"design": 3}', "\x00"])
def test_a_damaged_plan_is_refused(capsys, tmp_path: Path, content: str):
    swept(capsys, tmp_path / "a")
    (tmp_path / "a" / "plan.json").write_text(content)

    code, _, err = run(capsys, "resume", tmp_path / "a", "--plugin", PLUGIN)
    assert code == 2
    assert "is damaged" in err


@pytest.mark.parametrize("text, seconds", [("90s", 90), ("10m", 600), ("2h", 7200), ("1.5m", 90), ("30", 30)])
def test_times(text: str, seconds: float):
    assert read_time(text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "-1m", "1d", "m", "1e3", "nan", "inf"])
def test_no_times(text: str):
    with pytest.raises(InputError):
        read_time(text)
