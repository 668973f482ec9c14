"""The tutorial on a new institution does what it says, from end to end."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from wbsim.analogues.indicators import INDICATORS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "hindcast.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Code blocks of the page in `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of wbsim, as the page writes it but for the number of worlds."""
    words = re.sub(r"--worlds \d+", "--worlds 60", command)
    return subprocess.run(
        [sys.executable, "-m", *shlex.split(words)], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_indicator_is_explained() -> None:
    table = PAGE[: PAGE.index("A regression on")]
    assert [name for name in INDICATORS if f"`{name}`" not in table] == []


@pytest.mark.slow
def test_a_new_institution_is_predicted_and_mistakes_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "fire-school.toml"
    file.write_text(blocks("toml")[0], encoding="utf-8")
    predict, both, _ = blocks("sh")

    shown = run(predict, tmp_path)
    assert shown.returncode == 0, shown.stderr
    for part in (
        "Regional fire school",
        "meetings at which every member",
        "70 %",
        "6 to 12 months",
    ):
        assert part in shown.stdout

    exec(compile(blocks("python")[0], "tutorial", "exec"), {})
    done = run(both, tmp_path)
    assert done.returncode == 0, done.stderr
    rows = json.loads((tmp_path / "both.json").read_text(encoding="utf-8"))["rows"]
    assert {row["analogue"] for row in rows} == {"fire-school", "fire-school-region"}

    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"all-present"', '"presence"').replace("of = 9", "of = 2"), encoding="utf-8")
    refused = run(predict, tmp_path)
    assert refused.returncode == 2
    for line in blocks("text")[1].splitlines():
        start, _, end = line.partition("...")
        assert any(each.startswith(start) and each.endswith(end) for each in refused.stderr.splitlines()), (
            line
        )


@pytest.mark.slow
def test_it_can_be_fitted_with_the_bundled_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fire-school.toml").write_text(blocks("toml")[0], encoding="utf-8")
    exec(compile(blocks("python")[1], "tutorial", "exec"), {})
    fit, predict = blocks("sh")[2].splitlines()

    fitted = run(fit, tmp_path)
    assert fitted.returncode == 0, fitted.stderr
    left_out = run(f"{predict} --json", tmp_path)
    assert left_out.returncode == 0, left_out.stderr
    assert "fire-school" in {row["analogue"] for row in json.loads(left_out.stdout)["rows"]}
    refused = run("wbsim hindcast fire-school.toml --posterior my-calibration", tmp_path)
    assert refused.returncode == 2
    assert "to which the posterior was fitted" in refused.stderr
