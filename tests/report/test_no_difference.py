"""A comparison of a scenario with itself says that there is no difference, and nothing else."""

from __future__ import annotations

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.experiments.summary import no_difference


def test_a_copy_makes_no_difference_and_its_variance_comes_from_nowhere():
    comparison = wbsim.compare(
        scenario(), scenario("copy"), worlds=16, workers=1, simulate=fake_model.simulate
    )

    text = " ".join(str(comparison).split())
    assert "No difference: under copy every world is the same as under status-quo, on all 10" in text
    rows = [line for line in str(comparison).splitlines() if line.startswith("  copy")]
    assert len(rows) == 10
    assert all(row.endswith("-") and "50 %" in row and "nan" not in row for row in rows)


def test_a_policy_that_changes_something_is_not_said_to_make_no_difference():
    comparison = wbsim.compare(
        scenario(), scenario("forum", "forum"), worlds=16, workers=1, simulate=fake_model.simulate
    )

    assert "No difference" not in str(comparison)
    assert not no_difference(comparison.table(), "forum", "cooperation")
    rows = [line for line in str(comparison).splitlines() if line.startswith("  forum")]
    assert rows and all(row.endswith("same everywhere") for row in rows)
