import os
from pathlib import Path

import pytest

from tests.experiments.fake_model import scenario
from wbsim.experiments import estimate
from wbsim.experiments.estimate import estimated_seconds, is_compiled
from wbsim.experiments.execute import Plan, Settings, plan
from wbsim.experiments.sets import sort_into_sets


def planned(worlds: int = 1000, workers: int = 1, citizens: int = 1000) -> Plan:
    scenarios = [scenario(run={"citizens": citizens}), scenario("forum", "forum", run={"citizens": citizens})]
    return plan(sort_into_sets(scenarios, scenarios[0]), Settings(worlds, 1, workers=workers))


def test_more_worlds_and_citizens_take_longer_and_more_workers_less():
    base = estimated_seconds(planned())

    assert estimated_seconds(planned(worlds=2000)) > base
    assert estimated_seconds(planned(citizens=4000)) > base
    assert estimated_seconds(planned(workers=2)) < base


def test_the_first_run_is_known_to_compile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not is_compiled()
    cold = estimated_seconds(planned())

    index = tmp_path / "wbsim_0123" / "kernels.update-1.py311.nbi"
    index.parent.mkdir()
    index.touch()
    assert is_compiled()
    assert estimated_seconds(planned()) == pytest.approx(cold - estimate.COMPILE)

    os.utime(index, (0, 0))  # older than the source: compiled again
    assert not is_compiled()
