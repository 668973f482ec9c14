"""What a policy changes, in words."""

from __future__ import annotations

import numpy as np
import pytest

from tests.experiments.planted import experiment, planted
from wbsim.report.sentences import headlines


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (0.1, "raises the cooperation index by 0.100 on average by December 2024 (90 %"),
        (
            -0.004,
            "lowers the cooperation index by 0.004 on average by December 2024, within the margin of 0.02 (90 %",
        ),
        (0.0001, "hardly changes the cooperation index on average by December 2024 (90 %"),
    ],
)
def test_a_change_is_said_to_be_small_where_it_is(change: float, said: str):
    table = planted({"cooperation": lambda draws, rng: np.full(draws["loss_weight"].size, change)}, 20)

    (headline,) = headlines(experiment(table), table)
    assert said in headline.lead
