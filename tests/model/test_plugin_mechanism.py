"""A mechanism from outside the package runs from a scenario and changes what it claims to."""

from pathlib import Path

import numpy as np

from wbsim.model.simulate import simulate
from wbsim.scenario.load import load
from wbsim.scenario.plugin import load_plugins
from wbsim.tables.outcomes import OUTCOME_INDEX

PLUGIN = Path(__file__).with_name("plugin_observers.py")
SCENARIO = """
name = "observers"
description = "A mission of observers from 2023 on."
extends = "status-quo"

[run]
citizens = 80
years = 5

[[policy]]
mechanism = "observers"
observers = 120
"""


def test_a_third_partys_mechanism_runs_from_a_scenario(tmp_path):
    assert len(PLUGIN.read_text().splitlines()) <= 62
    path = tmp_path / "observers.toml"
    path.write_text(SCENARIO)
    registry = load_plugins((str(PLUGIN),))
    mission = load(str(path), plugins=registry)
    none = mission.model_copy(update={"name": "none", "policies": ()})
    without, with_observers = simulate([none, mission], 1, 0, 64, registry)
    change = with_observers.regional - without.regional
    assert np.array_equal(change[:, :24], np.zeros_like(change[:, :24]))
    assert change[:, 24:, OUTCOME_INDEX["crises_severe"]].sum() < 0
    assert np.isclose(np.median(change[:, 24:, OUTCOME_INDEX["money"]]), 4.0 / 12.0)
