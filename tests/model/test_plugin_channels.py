"""A third party's mechanism declares channels of its own, and a comparison divides its effect among them."""

from pathlib import Path

import pytest

import wbsim
from wbsim.scenario.load import load
from wbsim.scenario.plugin import load_plugins
from wbsim.tables.record import Prior

PLUGIN = '''
"""A hotline and joint patrols."""

from wbsim.model.mechanisms.base import Mechanism
from wbsim.tables.record import Channel, Lever, MechanismRecord
from wbsim.tables.places import STATE_CODES


class Patrols(Mechanism):
    record = MechanismRecord(
        "patrols", "Patrols", "Joint patrols with a hotline.", "a test",
        (
            Lever("members", "member states", "states", "states", STATE_CODES, "all six"),
            Lever("staff", "staff", "desks", "number", 0.0, "none", 0.0, 3.0),
            Lever("cost", "running cost", "EUR m a year", "number", 6.0, "fuel", 0.0, 200.0),
        ),
        channels=(
            Channel("hotline", "hotline", "Nobody calls."),
            Channel("effort", "joint effort", "Nobody goes out."),
        ),
    )

    def act(self):
        super().act()
        if self.works("hotline"):
            self.region.effects.ending += 1.0
        if self.works("effort"):
            self.region.effects.incentive += 0.3
'''
SCENARIO = """
name = "patrols"
extends = "status-quo"

[run]
citizens = 40
years = 3

[[policy]]
mechanism = "patrols"
"""


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    path = tmp_path / "patrols.py"
    path.write_text(PLUGIN)
    return path


def write(tmp_path: Path, more: str = "") -> str:
    path = tmp_path / "patrols.toml"
    path.write_text(SCENARIO + more)
    return str(path)


def test_its_effect_is_divided_among_its_channels(tmp_path: Path, plugin: Path) -> None:
    registry = load_plugins((str(plugin),))
    patrols = load(write(tmp_path), plugins=registry)
    # Nothing else that costs money hangs on crises.
    fixed = {"open_balkan_stall": Prior("fixed", 0.0)}
    assumptions = patrols.assumptions.model_copy(update={"parameters": fixed})
    patrols = patrols.model_copy(update={"assumptions": assumptions})
    none = patrols.model_copy(update={"name": "none", "policies": ()})
    found = wbsim.compare(none, patrols, worlds=6, workers=1, channels=True).channels
    assert found is not None and found.runs == 5
    (division,) = found.divisions
    cooperation = division.outcomes["cooperation"]
    assert [part.name for part in division.parts] == ["hotline", "effort"]
    assert cooperation.cost is not None and cooperation.cost.mean == 0.0
    hotline, effort = (share.share.mean for share in cooperation.shares)
    assert effort is not None and hotline is not None and cooperation.effect.mean is not None
    assert effort > 0.002 and effort > 2.0 * abs(hotline)
    assert hotline + effort == pytest.approx(cooperation.effect.mean, abs=1e-12)
    money = division.outcomes["money"]
    assert money.cost is not None and money.effect.mean == pytest.approx(money.cost.mean, abs=1e-6)


def test_a_scenario_may_switch_them_off(tmp_path: Path, plugin: Path) -> None:
    registry = load_plugins((str(plugin),))
    patrols = load(write(tmp_path, 'without = ["effort"]\n'), plugins=registry)
    assert patrols.policies[0].without == ("effort",)
