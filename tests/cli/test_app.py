from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wbsim.cli import app, check
from wbsim.cli.app import COMMANDS, main

HEAVY = ("numpy", "numba", "mesa", "xarray", "matplotlib", "scipy", "zarr", "pandas")


def wbsim(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "wbsim", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["compare", "--help"],
        ["check", "forum"],
        ["check", "--schema"],
        ["diff", "forum", "both"],
        ["params"],
        ["params", "rent"],
        ["list"],
        ["mechanisms", "forum"],
        ["outcomes"],
    ],
)
def test_light_commands_load_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from wbsim.cli.app import main\n"
        f"code = main({arguments!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[] 0"


def test_help_names_every_command_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    bare = capsys.readouterr().out
    assert main(["--help"]) == 0
    assert capsys.readouterr().out == bare
    for name, _, _, summary in COMMANDS:
        assert f"  {name} " in bare
        assert summary in bare
    assert max(map(len, bare.splitlines())) <= 80


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("wbsim ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frobnicate"], "No such command 'frobnicate' (see `wbsim --help`)"),
        (["check", "--jsn", "x"], "No such option: --jsn"),
        (["diff", "forum"], "Missing argument 'B' (see `wbsim diff --help`)"),
        (["check"], "no file to check (wbsim check FILE...)"),
        (["params", "--kind", "guessed"], "--kind: must be one of observed, derived, calibrated, assumed"),
        (["diff", "forum", "forrum"], 'did you mean "forum"?'),
    ],
)
def test_wrong_usage_is_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate", "--json"], ["check", "--json", "--jsn"], ["diff", "forum", "forrum", "--json"]],
)
def test_with_json_an_error_is_one_object_on_stdout(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err == ""
    found = json.loads(captured.out)
    assert list(found) == ["error"]
    assert found["error"]["valid"] is False
    (problem,) = found["error"]["errors"]
    assert list(problem) == ["file", "line", "key", "message", "suggestion"]
    assert problem["message"]


def test_json_behind_two_dashes_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--", "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert 'no scenario is called "--json"' in captured.err


def broken(error: BaseException) -> Callable[..., None]:
    """A command that raises."""

    def command() -> None:
        raise error

    return command


def test_an_interrupt_is_exit_code_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "check", broken(KeyboardInterrupt()))
    assert main(["check"]) == 130
    assert capsys.readouterr().err.strip() == "interrupted"


def test_an_unexpected_error_is_one_line_that_says_how_to_report_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "check", broken(RuntimeError("no [bold]luck[/bold]\nat all")))
    assert main(["check"]) == 70
    captured = capsys.readouterr()
    assert captured.err.startswith(
        "an error of wbsim itself: RuntimeError: no [bold]luck[/bold] (please report it"
    )
    assert captured.err.count("\n") == 1
    monkeypatch.setenv("WBSIM_TRACEBACK", "1")
    assert main(["check"]) == 70
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_an_output_that_is_closed_early_is_no_error() -> None:
    command = f"{shlex.quote(sys.executable)} -m wbsim params | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_terminals_without_greek_letters_get_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    done = wbsim("params", "volatility")
    assert done.returncode == 0
    assert "symbol: ?_v" in done.stdout


def test_lists_show_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    listed = {item["name"]: item for item in json.loads(capsys.readouterr().out)["scenarios"]}
    assert {"status-quo", "forum", "iisg-results", "both"} <= set(listed)
    assert listed["forum"]["origin"] in ("repository: forum", "bundled: forum")
    for command in ("mechanisms", "outcomes", "variants", "structures"):
        assert main([command]) == 0
        text = capsys.readouterr().out
        assert main([command, "--json"]) == 0
        records = json.loads(capsys.readouterr().out)[command]
        assert all(record["name"] in text for record in records)


def test_a_broken_file_in_a_folder_is_listed_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.toml").write_text("name = [bold]", encoding="utf-8")
    assert main(["list", "--scenarios", str(tmp_path)]) == 0
    assert "cannot be used: is not valid TOML" in " ".join(capsys.readouterr().out.split())


def test_one_mechanism_is_shown_with_its_levers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mechanisms", "forum"]) == 0
    assert (
        "meetings_per_year: meetings a year\n  0 to 12 meetings a year: default 4.0"
        in capsys.readouterr().out
    )
    assert main(["mechanisms", "forums"]) == 2
    assert 'did you mean "forum"?' in capsys.readouterr().err


def test_the_process_exits_with_the_code(tmp_path: Path) -> None:
    assert wbsim("check", "nowhere.toml", cwd=tmp_path).returncode == 2
    assert wbsim("check", "forum", cwd=tmp_path).returncode == 0
    assert app.DONE == 0
