"""The tutorial on a new survey wave does what it says, from end to end."""

from __future__ import annotations

import csv
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import wbsim

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial-calibration.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Code blocks of the tutorial in `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of wbsim, as the tutorial writes it but for the number of worlds."""
    words = re.sub(r"--worlds \d+", "--worlds 40", command)
    return subprocess.run(
        [sys.executable, "-m", *shlex.split(words)], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_new_wave_is_marked_to_be_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    exec(compile(blocks("python")[0], "tutorial", "exec"), {})

    with (tmp_path / "my-figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["split"] for row in rows} == {"paper", "calibration"}
    assert any("2023" in row["survey"] for row in rows)


@pytest.mark.slow
def test_every_step_runs_and_prints_what_the_text_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    mark, moved = blocks("python")
    predict, fit, compare = (block.strip() for block in blocks("sh"))

    assert "Predicting 15 figures" in run(predict, tmp_path).stderr
    exec(compile(mark, "tutorial", "exec"), {})
    fitted = run(fit, tmp_path)
    assert fitted.returncode == 0, fitted.stderr
    assert "Fitting 98 figures and 33 event rates" in fitted.stderr
    assert re.search(r"Settled\s+No", fitted.stdout)

    exec(compile(moved, "tutorial", "exec"), {})
    assert len(re.findall(r"±.*->.*±", capsys.readouterr().out)) == 8
    refused = run("wbsim validate my-figures.csv --posterior my-calibration", tmp_path)
    assert refused.returncode == 2
    assert "was fitted to" in refused.stderr

    compared = run(f"{compare} --citizens 40", tmp_path)
    assert compared.returncode == 0, compared.stderr
    scenario = tmp_path / "mine.toml"
    scenario.write_text(blocks("toml")[0], encoding="utf-8")
    assert Path(wbsim.load(scenario).assumptions.posterior.path).parent.name == "my-calibration"  # type: ignore[union-attr]
