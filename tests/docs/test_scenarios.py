"""The document on scenarios covers all of them, and its tables are those of the numbers that are kept."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from wbsim.scenario.bundled import GROUPS
from wbsim.scenario.resolve import available_assumptions
from wbsim.tables.outcomes import OUTCOMES

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
KEPT = json.loads((ROOT / "benchmarks" / "scenarios.json").read_text(encoding="utf-8"))
FURTHER = [name for group in GROUPS[1:] for name in group.names]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scenarios", ROOT / "benchmarks" / "scenarios.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_numbers_that_are_kept(benchmark: ModuleType) -> None:
    assert benchmark.filled(TEXT, benchmark.tables(KEPT)) == TEXT


@pytest.mark.parametrize("name", [*FURTHER, *available_assumptions()])
def test_every_file_has_a_section_that_says_what_to_beware_of(name: str) -> None:
    assert TEXT.count(f"\n### {name}\n") == 1
    section = TEXT.split(f"\n### {name}\n")[1].split("\n##")[0]
    for part in ("**Source**", "**Beware**", f"<!-- table: {name} -->"):
        assert part in section, part
    assert ("**Changes**" in section) != ("**Assumes**" in section)


def test_every_file_was_measured() -> None:
    assert sorted(KEPT["policies"]) == sorted(FURTHER)
    assert sorted(KEPT["assumptions"]) == sorted(available_assumptions())
    for effects in KEPT["policies"].values():
        assert len(effects) == 2
        assert all(sorted(shown) == sorted(OUTCOMES) for shown in effects.values())


def test_findings_that_the_text_states() -> None:
    def mean(name: str, beside: str, outcome: str) -> float:
        return KEPT["policies"][name][beside][outcome]["mean"]

    change = {name: KEPT["assumptions"][name]["change"] for name in available_assumptions()}
    # The crisis line, not the meetings: a yearly forum keeps most of the effect, one without Serbia little.
    yearly, six = mean("forum-yearly", "status-quo", "crises_severe"), KEPT["plain"]["forum"]["crises_severe"]
    assert yearly < 0.7 * six["mean"] < 0.0
    assert mean("forum-without-serbia", "status-quo", "crises_severe") > 0.3 * six["mean"]
    assert mean("forum-without-kosovo", "forum", "meetings_failed") > 0.0
    assert mean("forum-all-but-one", "forum", "items_adopted") > 0.5
    # What looks too good to be true, and is said to be.
    assert KEPT["policies"]["iisg-double-funds"]["status-quo"]["threat_burden"]["p_better"] == 1.0
    assert KEPT["policies"]["iisg-weakly-verified"]["iisg-results"]["support"]["p_better"] > 0.9
    assert KEPT["policies"]["iisg-conditional"]["iisg-results"]["war_worry"]["p_better"] > 0.99
    # Assumptions.
    taken = -KEPT["assumptions"]["american-withdrawal"]["forum"]["crises_severe"]["mean"]
    assert 0.65 < taken / change["american-withdrawal"]["crises_severe"]["mean"] < 0.85
    assert change["accession-restored"]["cooperation"]["mean"] > 0.0
    assert change["rising-rents"]["cooperation"]["mean"] < 0.0
    assert change["russian-escalation"]["war_worry"]["mean"] > 0.0
