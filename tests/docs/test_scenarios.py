"""The document on scenarios covers all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reproduce.blocks.scenarios import BLOCKS
from reproduce.runs.scenarios import PARENTS
from wbsim.scenario.bundled import GROUPS
from wbsim.scenario.resolve import available_assumptions

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
FURTHER = [name for group in GROUPS[1:] for name in group.names]


@pytest.mark.parametrize("name", [*FURTHER, *available_assumptions()])
def test_every_file_has_a_section_that_says_what_to_beware_of(name: str) -> None:
    assert TEXT.count(f"\n### {name}\n") == 1
    section = TEXT.split(f"\n### {name}\n")[1].split("\n##")[0]
    kind = "scenario" if name in FURTHER else "assumptions"
    for part in ("**Source**", "**Why**", "**Beware**", f"<!-- reproduced: {kind}-{name} -->"):
        assert part in section, part
    assert ("**Changes**" in section) != ("**Assumes**" in section)


def test_every_file_is_measured() -> None:
    assert sorted(PARENTS) == sorted(FURTHER)
    measured = {block.name for block in BLOCKS}
    assert {f"scenario-{name}" for name in FURTHER} <= measured
    assert {f"assumptions-{name}" for name in available_assumptions()} <= measured
