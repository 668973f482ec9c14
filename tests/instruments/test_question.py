from __future__ import annotations

import pytest

from wbsim.instruments.load import load_catalogue
from wbsim.instruments.question import prior
from wbsim.tables.places import STATE_CODES

QUESTIONS = load_catalogue().questions


def test_intercepts_are_one_a_question_a_cut_or_an_item() -> None:
    assert QUESTIONS["asb-closer"].intercepts == QUESTIONS["securimeter-outlook"].intercepts == ()
    assert QUESTIONS["regional-cooperation"].intercepts == ("regional-cooperation",)
    cuts = ("open-balkan.in-between", "open-balkan.somewhat", "open-balkan.fully")
    assert QUESTIONS["open-balkan"].intercepts == cuts
    assert QUESTIONS["greatest-threatening-state"].intercepts == (
        "greatest-threatening-state.russia",
        "greatest-threatening-state.SRB",
    )
    assert len(QUESTIONS["asb-obstacle"].intercepts) == 3


def test_places_of_a_ranking_and_states_in_one_wording_share_their_intercepts() -> None:
    assert QUESTIONS["asb-most-serious"].intercepts == QUESTIONS["asb-second-most-serious"].intercepts
    assert QUESTIONS["opinion-ALB"].intercepts == QUESTIONS["opinion-SRB"].intercepts
    assert QUESTIONS["safe-in-home"].intercepts != QUESTIONS["safe-in-country"].intercepts


def test_answers_of_one_respondent_exclude_each_other_but_for_a_multiple_choice() -> None:
    assert QUESTIONS["open-balkan"].exclusive
    assert not QUESTIONS["securimeter-impact"].exclusive
    assert not QUESTIONS["regional-cooperation"].exclusive


@pytest.mark.parametrize(
    ("question", "population", "can"),
    [
        ("opinion-SRB", "MNE", True),
        ("opinion-SRB", "SRB", False),
        ("opinion-SRB", "WB6", False),
        ("what-unites", "WB6", True),
        ("open-balkan", "SRB", True),
        ("greatest-threatening-state", "SRB", False),
        ("threat-russia", "WB6", True),
        ("threat-from-SRB", "SRB", False),
    ],
)
def test_no_public_is_asked_about_its_own_state_alone(question: str, population: str, can: bool) -> None:
    assert QUESTIONS[question].can_ask(population) is can


def test_a_template_is_filled_for_every_state() -> None:
    assert {f"opinion-{code}" for code in STATE_CODES} <= set(QUESTIONS)
    assert QUESTIONS["opinion-XKX"].items == ("XKX",)
    assert QUESTIONS["opinion-XKX"].wording.startswith("Your opinion of Kosovo")


def test_priors_are_printed() -> None:
    assert str(prior(0.3)) == "normal, mean 0, sd 0.3"
