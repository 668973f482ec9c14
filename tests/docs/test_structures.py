"""The guide to structure: its scenario loads and says what the text says, and its commands are known."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from wbsim.cli.app import COMMANDS
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.under import side_by_side
from wbsim.scenario.load import load
from wbsim.statistics.structure import APART
from wbsim.sweeps.prepare import SweepOptions, prepare_sweep
from wbsim.tables.structures import STRUCTURES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "structures.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_scenario_fixes_one_alternative_and_weighs_another(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(block("toml"), encoding="utf-8")
    assumptions = load(path).assumptions
    assert assumptions.fixed("forum_channel") == "none"
    assert assumptions.structures["forum_weighs"] == (0.2, 0.8)
    assert assumptions.structures["channel_growth"] == STRUCTURES["channel_growth"].weights


def test_the_commands_can_be_prepared() -> None:
    compare, sweep = (shlex.split(line) for line in block("sh").splitlines())
    assert {compare[1], sweep[1]} <= {name for name, *_ in COMMANDS}
    under = [compare[place + 1] for place, word in enumerate(compare) if word == "--under"]
    laid = side_by_side([AssumptionSet("own", (load(compare[2]), load(compare[3])))], under)
    assert [each.scenarios[0].assumptions.fixed("forum_channel") for each in laid] == ["none", "grows"]
    design = prepare_sweep(SweepOptions(tuple(sweep[2:4]), (sweep[-1],))).plan.design
    assert design.points == (("none",), ("grows",), ("secretariat",))


def test_the_threshold_in_words_is_that_of_the_code() -> None:
    assert APART == 3.0 and "three Monte Carlo errors" in TEXT
