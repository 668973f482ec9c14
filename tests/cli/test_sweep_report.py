"""The report at the end of `wbsim sweep`, without it, and again after `wbsim resume`."""

from __future__ import annotations

from pathlib import Path

import pytest

from wbsim.cli.app import main

SMALL = [
    "--vary",
    "loss_weight=1,2",
    "--years",
    "1",
    "--citizens",
    "40",
    "--worlds",
    "2",
    "--workers",
    "1",
    "--quiet",
]


def test_a_report_is_written_unless_it_is_not_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "kept"
    assert main(["sweep", "status-quo", "forum", *SMALL, "--out", str(folder), "--no-report"]) == 0
    assert not (folder / "report.html").exists() and "report:" not in capsys.readouterr().out

    assert main(["resume", str(folder), "--quiet"]) == 0
    assert (folder / "report.html").is_file() and list((folder / "figures").glob("*.png"))
    assert f"report: {folder}/report.html" in capsys.readouterr().out

    assert main(["resume", str(folder), "--quiet", "--no-report"]) == 0
    assert not (folder / "report.html").exists() and not (folder / "figures").exists()


def test_a_report_that_cannot_be_written_is_told_and_fails_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    from wbsim.report.swept import page

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(page, "publish_sweep", full)
    folder = tmp_path / "kept"
    assert main(["sweep", "forum", *SMALL, "--out", str(folder), "--json"]) == 0
    captured = capsys.readouterr()
    assert "No space left" in captured.err and "wbsim report" in captured.err
    assert (folder / "results" / "summary.csv").is_file()
