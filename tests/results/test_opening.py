"""Opening, showing, verifying or exporting a folder of results executes nothing that the folder names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import wbsim
from tests.sweeps.tiny import PLUGIN, plan, run
from wbsim.cli.app import main
from wbsim.errors import InputError
from wbsim.scenario.plugin import load_plugins

Capture = pytest.CaptureFixture[str]

TRAP = "from pathlib import Path\nPath({mark!r}).touch()\n"
OPENING = [
    ("status",),
    ("show",),
    ("report",),
    ("verify",),
    ("verify", "--rerun", "1"),
    ("export", "--csv", "out.csv"),
    ("resume",),
    ("replay", "--point", "0", "--scenario", "forum", "--world", "0"),
]


@pytest.fixture
def swept(tmp_path: Path) -> Path:
    run(plan(points=2), tmp_path / "sweep")
    return tmp_path / "sweep"


def trap(path: Path, mark: Path) -> Path:
    """A plugin that leaves a mark as soon as it runs."""
    path.write_text(TRAP.format(mark=str(mark)) + PLUGIN.read_text().replace("from __future__", "#"))
    return path


def changed(folder: Path, listed: object) -> None:
    """The folder as somebody would send it who wants code of theirs to run."""
    content = json.loads((folder / "plan.json").read_text())
    content["plugins"] = listed
    (folder / "plan.json").write_text(json.dumps(content))


@pytest.mark.parametrize("words", OPENING, ids=" ".join)
def test_no_command_runs_what_a_folder_names(
    words: tuple[str, ...], swept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    mark = tmp_path / "ran"
    changed(swept, [str(trap(tmp_path / "trap.py", mark))])
    command, *more = words
    assert main([command, str(swept), *more]) == 2
    assert not mark.exists()
    assert "nothing of the folder was executed" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("words", OPENING, ids=" ".join)
def test_a_plugin_is_asked_for_by_name_and_hash(
    words: tuple[str, ...], swept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    command, *more = words
    assert main([command, str(swept), *more]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"--plugin PATH/{PLUGIN.name}" in said and "which was not given" in said
    assert main([command, str(swept), *more, "--plugin", str(PLUGIN)]) == 0


def test_another_file_of_that_name_is_not_executed(swept: Path, tmp_path: Path) -> None:
    mark, other = tmp_path / "ran", tmp_path / "elsewhere" / PLUGIN.name
    other.parent.mkdir()
    with pytest.raises(InputError, match="another version of the plugin"):
        wbsim.open_sweep(swept, plugins=[trap(other, mark)])
    assert not mark.exists()
    same = tmp_path / "moved.py"
    shutil.copyfile(PLUGIN, same)
    assert wbsim.open_sweep(swept, plugins=[same]).worlds == 20


@pytest.mark.parametrize(
    "listed", ["x", [1], [{"file": "a.py"}], {"file": "a"}, [{"file": "a.py", "sha256": 5}]], ids=str
)
def test_a_list_of_another_form_is_refused(listed: object, swept: Path) -> None:
    changed(swept, listed)
    with pytest.raises(InputError, match="lists plugins as this version"):
        wbsim.open_sweep(swept, plugins=[PLUGIN])


def test_names_of_a_folder_cannot_command_a_terminal(swept: Path, capsys: Capture) -> None:
    changed(swept, [{"file": "a\x1b[2J.py", "sha256": "0" * 64}])
    assert main(["status", str(swept)]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_a_comparison_names_no_code_either(tmp_path: Path, capsys: Capture) -> None:
    observers = Path(__file__).parents[1] / "model" / "plugin_observers.py"
    name = next(iter(load_plugins([observers]).records))
    case = tmp_path / "watched.toml"
    case.write_text(f'name = "watched"\nextends = "status-quo"\n[[policy]]\nmechanism = "{name}"\n')
    small = ["--worlds", "2", "--years", "1", "--citizens", "40", "--workers", "1", "--quiet"]
    folder = tmp_path / "kept"
    words = ["compare", "status-quo", str(case), "--plugin", str(observers), *small, "--out", str(folder)]
    assert main(words) == 0
    record = json.loads((folder / "record.json").read_text())
    assert [set(each) for each in record["request"]["plugins"]] == [{"file", "sha256"}]
    capsys.readouterr()
    for command in ("show", "verify", "report"):
        assert main([command, str(folder)]) == 2
        assert f"--plugin PATH/{observers.name}" in " ".join(capsys.readouterr().err.split())
        assert main([command, str(folder), "--plugin", str(observers)]) == 0
        capsys.readouterr()
    mark = tmp_path / "ran"
    record["request"]["plugins"] = [str(trap(tmp_path / "trap.py", mark))]
    (folder / "record.json").write_text(json.dumps(record))
    assert main(["show", str(folder)]) == 2
    assert not mark.exists()
