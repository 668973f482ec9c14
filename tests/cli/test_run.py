"""`wbsim run`: one scenario by itself, and how progress is told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from tests.calibration.prior_draws import prior_draws
from wbsim.chance.fitted import write
from wbsim.cli.app import main
from wbsim.cli.progress import plain_lines, show_progress
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.parameters import calibrated_table

SMALL = ["--worlds", "2", "--years", "1", "--citizens", "40", "--workers", "1"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_outcome_is_printed_and_the_results_are_kept(capsys: pytest.CaptureFixture[str]):
    assert main(["run", "forum", *SMALL]) == 0

    printed = capsys.readouterr()
    assert all(outcome.label.split()[0] in printed.out for outcome in OUTCOMES.values())
    (folder,) = Path("wbsim-results").iterdir()
    assert folder.name.startswith("forum-20")
    assert (folder / "report.html").is_file()
    assert "Probably takes about" in printed.err


def test_the_object_holds_levels(capsys: pytest.CaptureFixture[str]):
    assert main(["run", "status-quo", *SMALL, "--json", "--quiet"]) == 0

    summary = json.loads(capsys.readouterr().out)
    assert summary["outcomes"]["support"]["baseline"]["mean"] > 0
    assert summary["outcomes"]["support"]["policies"] == {}


def test_a_run_draws_from_the_posterior_that_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "posterior"
    folder.mkdir()
    write(prior_draws(12), {"table": calibrated_table()}, folder)
    hashes = []
    for words in (["--posterior", "posterior"], ["--posterior", "posterior/posterior.npz"], []):
        assert main(["run", "status-quo", *SMALL, *words, "--json", "--quiet"]) == 0
        hashes.append(json.loads(capsys.readouterr().out)["results_sha256"])
    assert hashes[0] == hashes[1] != hashes[2]
    assert main(["run", "status-quo", *SMALL, "--posterior", "none"]) == 2
    assert "no such posterior: none" in capsys.readouterr().err


def test_a_scenario_is_needed(capsys: pytest.CaptureFixture[str]):
    assert main(["run"]) == 2
    assert "SCENARIO" in capsys.readouterr().err


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal():
    console = Console(file=io.StringIO(), width=80)
    moments = iter([0.0, 1.0, 6.0, 7.0, 30.0, 40.0])
    tell = plain_lines(console, now=lambda: next(moments))

    tell(10, 100)  # 1 s: too soon
    tell(20, 100)  # 6 s
    tell(30, 100)  # 7 s: too soon after the last
    tell(50, 100)  # 30 s
    tell(100, 100)  # the end speaks for itself

    assert console.file.getvalue() == (  # type: ignore[attr-defined]
        "20 of 100 worlds done, about 24 seconds left\n50 of 100 worlds done, about 30 seconds left\n"
    )


def test_progress_is_silent_when_asked_to_be():
    with show_progress(Console(file=io.StringIO()), quiet=True) as progress:
        assert progress is None


def test_a_terminal_gets_a_bar_that_ends():
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with show_progress(console, quiet=False) as progress:
        assert progress is not None
        progress(1, 2)
        progress(2, 2)

    assert "worlds" in console.file.getvalue()  # type: ignore[attr-defined]
