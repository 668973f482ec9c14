import numpy as np
import pytest

from tests.experiments.fake_model import scenario
from wbsim.experiments.windows import Windows, month_after_end, summarise, windows
from wbsim.results.layout import months_between
from wbsim.scenario.schema import Policy
from wbsim.tables.outcomes import OUTCOME_INDEX

MONTHS = months_between("2021-01", "2024-12")
#: Every outcome has the number of the month as its value, from 0 for January 2021.
NUMBERED = np.broadcast_to(np.arange(48.0, dtype=np.float32)[:, None], (48, len(OUTCOME_INDEX)))


def figure(measured: Windows, outcome: str, window: int = 0) -> float:
    return float(summarise(NUMBERED, MONTHS, measured)[window, OUTCOME_INDEX[outcome]])


def test_a_level_is_the_mean_of_the_last_twelve_months():
    assert figure(Windows("2023-01", ("2024-12",)), "cooperation") == np.mean(range(36, 48))


def test_a_count_is_summed_since_the_policies_start():
    assert figure(Windows("2023-01", ("2024-12",)), "crises_severe") == sum(range(24, 48))


def test_a_state_is_read_in_the_last_month():
    assert figure(Windows("2023-01", ("2024-12",)), "cooperative_security") == 47


def test_an_earlier_window_ends_earlier_for_all_three():
    measured = Windows("2022-01", ("2024-12", "2023-06"))

    assert figure(measured, "cooperation", 1) == np.mean(range(18, 30))
    assert figure(measured, "crises_severe", 1) == sum(range(12, 30))
    assert figure(measured, "cooperative_security", 1) == 29


def test_leading_axes_are_kept():
    worlds = np.stack([NUMBERED, NUMBERED + 1])

    assert summarise(worlds, MONTHS, Windows("2023-01", ("2024-12",))).shape == (2, 1, len(OUTCOME_INDEX))


def test_a_window_outside_the_months_is_refused():
    with pytest.raises(ValueError, match="2030-01"):
        summarise(NUMBERED, MONTHS, Windows("2023-01", ("2030-01",)))


def test_counts_run_from_the_earliest_start_of_all_compared_policies():
    early = scenario("early", policies=(Policy(mechanism="forum", start="2022-06"),))

    assert windows([scenario(), early, scenario("late", "forum")]).since == "2022-06"
    assert windows([scenario()]).since == "2023-01"


def test_effects_are_measured_again_two_years_after_a_policys_end():
    passing = scenario(
        "passing",
        policies=(Policy(mechanism="forum", start="2023-01", end="2025-01"),),
        run={"years": 10},
    )

    assert month_after_end(passing) == "2027-01"
    assert windows([scenario(run={"years": 10}), passing]) == Windows("2023-01", ("2032-12", "2027-01"))


def test_a_policy_that_ends_too_late_or_never_is_not_measured_again():
    late = scenario("late", policies=(Policy(mechanism="forum", start="2023-01", end="2023-06"),))

    assert month_after_end(late) is None
    assert month_after_end(scenario("lasting", "forum")) is None
