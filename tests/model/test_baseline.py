"""A frozen baseline of results: the same worlds give the same numbers until somebody decides otherwise.

After a deliberate change of a rule, a prior or the data: `WBSIM_UPDATE_BASELINE=1 pytest tests/model/test_baseline.py`,
read the difference, and say why in the commit.
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from wbsim.model.simulate import simulate
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.tables.outcomes import OUTCOME_NAMES, OUTCOMES

BASELINE = Path(__file__).with_name("baseline.json")
NAMES = ("status-quo", "forum", "iisg-results", "both")


def results():
    """Outcomes of eight worlds: means of the last year, or sums for counts, by scenario and outcome."""
    scenarios = [_from_the_prior(with_run(load(name), citizens=80, years=4)) for name in NAMES]
    shown = {}
    for block in simulate(scenarios, 12, 0, 8):
        shown[block.scenario] = {}
        for number, name in enumerate(OUTCOME_NAMES):
            monthly = block.regional[:, :, number].astype(float)
            values = monthly.sum(axis=1) if OUTCOMES[name].summary == "sum" else monthly[:, -12:].mean(axis=1)
            shown[block.scenario][name] = values.tolist()
    return shown


def _from_the_prior(scenario):
    """A new posterior is no change of the model."""
    assumptions = scenario.assumptions.model_copy(update={"source": "prior", "posterior": None})
    return scenario.model_copy(update={"assumptions": assumptions})


@pytest.fixture(scope="module")
def now():
    shown = results()
    if os.environ.get("WBSIM_UPDATE_BASELINE") == "1":
        BASELINE.write_text(json.dumps(shown, indent=1) + "\n")
    return shown


@pytest.mark.parametrize("scenario", NAMES)
def test_results_are_those_of_the_frozen_baseline(now, scenario):
    frozen = json.loads(BASELINE.read_text())[scenario]
    assert list(frozen) == list(OUTCOME_NAMES)
    for name, values in frozen.items():
        if OUTCOMES[name].unit in ("crises", "meetings", "items", "member-items", "dyad-months"):
            assert now[scenario][name] == values, name
        else:
            # Vector units differ in the last bits of exponentials between processor types.
            assert np.allclose(now[scenario][name], values, rtol=1e-5, atol=1e-6), name
