"""The guide to sweeps: its file loads, its commands are known, its numbers are those of the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from wbsim.cli.app import COMMANDS
from wbsim.scenario.load import load
from wbsim.sweeps.design import KINDS
from wbsim.sweeps.keep import BYTES
from wbsim.sweeps.prepare import SweepOptions, prepare_sweep
from wbsim.sweeps.read_design import load_sweep
from wbsim.sweeps.read_vary import read_vary
from wbsim.tables.outcomes import OUTCOMES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "sweeps.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my-sweep.toml"
    path.write_text(blocks("toml")[0], encoding="utf-8")
    return path


def test_the_sweep_file_loads(file: Path):
    found = load_sweep(file)
    assert (
        len(found.design.points) == 64
        and found.worlds == 100
        and set(found.outcomes) == {"war_worry", "cooperation"}
    )


def test_every_command_is_one_and_sweeps_can_be_prepared(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(file.parent)
    known = {name for name, *_ in COMMANDS}
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) >= 9
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "wbsim" and words[1] in known, line
        if words[1] == "sweep":
            names = [word for word in words[2:] if not word.startswith("--")]
            vary = [words[n + 1] for n, word in enumerate(words) if word == "--vary"]
            scenarios = [
                name for name in names if name not in vary and not name.isdigit() and ":" not in name
            ]
            assert prepare_sweep(SweepOptions(tuple(scenarios), tuple(vary))).plan.design.points


def test_every_kind_of_design_is_named():
    assert all(f"`{kind}`" in TEXT for kind in KINDS)


def test_bytes_are_those_of_the_code_and_sums_are_right():
    for keep, size in BYTES.items():
        assert re.search(rf"`{keep}`.*\| {size:,} \|", TEXT), keep
    figures = 2 * 8 * len(OUTCOMES)
    assert f"plus {figures} for the figures twice" in TEXT and f"{figures // 2} bytes" in TEXT
    assert f"{(BYTES['horizon'] + figures) / 10:.0f} GB" in TEXT
    assert f"{(BYTES['monthly'] + figures) / 10:.0f} GB" in TEXT
    assert f"{(BYTES['all'] + figures) / 1e4:.2f} TB" in TEXT


def test_values_are_read_as_written():
    forum = [load("forum")]
    for text in (
        "forum.quorum=2:6:5",
        "forum.start=2023-01:2027-01:5",
        "loss_weight=1:4:3:log",
        "loss_weight=prior",
    ):
        assert read_vary([text], forum).varied
