import re
from typing import Any

from rich.console import Console

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.report.terminal import WIDTH, shares_tables
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")


def compared(*scenarios: Any, **settings: Any) -> wbsim.Comparison:
    settings = {"worlds": 5, "workers": 1, "simulate": fake_model.simulate, **settings}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM)), **settings)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_a_comparison_prints_every_headline_outcome_with_all_its_figures():
    text = str(compared())

    for name in HEADLINE_OUTCOMES:
        assert OUTCOMES[name].label.split()[0] in text
    assert re.search(r"forum +\+0\.100 +\+0\.100 to \+0\.100 +100 % +0 % +0\.0000", text)
    assert "Change from status-quo, twelve months to December 2024" in flat(text)
    assert "Where the variance of effects comes from was not found out" in flat(text)
    assert "it is no forecast" in flat(text)
    assert "standard error of the mean" in flat(text)


def test_no_line_is_longer_than_a_hundred_columns():
    long_name = "a-policy-whose-name-is-as-long-as-a-name-of-a-scenario-may-be-64"
    text = str(compared(STATUS_QUO, FORUM, scenario(long_name, "forum", "iisg-results")))

    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert long_name[:20] in text


def test_failed_worlds_and_a_single_world_are_named():
    assert "1 world of 5 failed" in flat(str(compared(simulate=fake_model.world_3_is_not_finite)))
    assert "One world shows one course of events" in flat(str(compared(worlds=1)))


def test_a_comparison_without_one_sound_world_still_prints():
    text = str(compared(simulate=fake_model.all_worlds_fail))

    assert "n/a" in text
    assert "nan" not in text.lower()


def test_each_set_of_assumptions_has_its_table():
    text = flat(str(compared(STATUS_QUO, FORUM, scenario("gloomy-forum", "forum", assumptions=gloomy()))))

    assert "under the assumptions of status-quo" in text
    assert "under the assumptions of gloomy-forum" in text


def test_a_run_prints_every_outcome():
    text = flat(str(wbsim.run(FORUM, worlds=3, workers=1, simulate=fake_model.simulate)))

    assert all(outcome.label.split()[0] in text for outcome in OUTCOMES.values())
    assert "forum, twelve months to December 2024" in text


def test_shares_of_worlds_are_a_table_of_their_own():
    console = Console(width=WIDTH, record=True, quiet=True)
    with console.capture() as captured:
        console.quiet = False
        console.print(shares_tables(compared().experiment))

    text = captured.get()
    # 0.1 more of cooperation is beyond its margin in every world, 0.1 points of trust within.
    assert re.search(
        r"Cooperation index .*?0\.02 *\n +forum +100 % +100 % +0 % +0 %", captured.get(), re.DOTALL
    )
    assert re.search(r"Public trust .*?forum +100 % +0 % +100 % +0 %", text, re.DOTALL)
