import io
import re
from typing import Any

from rich.console import Console

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.report.panel_tables import panel_tables
from wbsim.report.panel_texts import MEASURES
from wbsim.report.terminal import WIDTH
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")
LONG = "a-policy-whose-name-is-as-long-as-a-name-of-a-scenario-may-be-64"
SCENARIOS = (STATUS_QUO, FORUM, scenario("iisg", "iisg-results"), scenario(LONG, "iisg-results", "forum"))


def text_of(*scenarios: Any, **settings: Any) -> str:
    settings = {"worlds": 12, "workers": 1, "simulate": fake_model.simulate, **settings}
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None)
    console.print(panel_tables(wbsim.compare(*(scenarios or SCENARIOS), **settings).experiment))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_panel_names_every_headline_outcome_and_says_what_each_measure_means():
    text = flat(text_of())

    for name in HEADLINE_OUTCOMES:
        assert OUTCOMES[name].label.split()[0] in text
    for name, meaning in MEASURES.items():
        assert f"{name}: {meaning}" in text
    assert "it is no forecast" in text
    assert "over 12 sound worlds" in text


def test_figures_stand_in_their_columns():
    text = text_of(STATUS_QUO, FORUM)

    # The forum is 0.1 better on cooperation in each world, so the baseline's regret is 0.1 in each.
    assert re.search(r"status-quo +0 % +no +0\.100 +0\.100 +50 %", text)
    assert re.search(r"forum +100 % +yes +0\.000 +0\.000 +", text)
    assert re.search(r"forum +\+0\.100 +\+0\.100 to \+0\.100 +1st better", text.replace("−", "-"))


def test_nothing_is_wider_than_a_hundred_columns_or_cut_off():
    text = text_of()

    assert max(len(line.rstrip()) for line in text.splitlines()) <= WIDTH
    assert "Pairing" in text and "…" not in text


def test_interaction_is_shown_where_a_scenario_puts_others_together():
    assert "beyond the sum" in text_of()
    assert "Interaction: effect of policies together" not in text_of(STATUS_QUO, FORUM)


def test_a_copy_of_the_baseline_is_said_to_make_no_difference():
    text = text_of(STATUS_QUO, scenario("copy"))

    assert re.search(r"copy +0\.000 +no difference +none +n/a +n/a +0 %$", text, re.MULTILINE)
    assert "its extra money is about nil" in flat(text)


def test_one_world_no_sound_world_and_several_sets_stand():
    for settings in ({"worlds": 1}, {"simulate": fake_model.all_worlds_fail}):
        text = text_of(**settings)
        assert "lead and dominance are unknown" in flat(text)
        assert "nan" not in re.findall(r"[a-z]+", text.lower()) and "None" not in text
    text = flat(text_of(STATUS_QUO, FORUM, scenario("gloomy", "forum", assumptions=gloomy())))
    assert "under the assumptions of gloomy" in text
