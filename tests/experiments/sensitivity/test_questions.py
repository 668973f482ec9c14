"""Questions asked again: which, of whom, and that a world's answers are those of the same world."""

from __future__ import annotations

from pathlib import Path

import pytest
from scipy.stats import spearmanr

from wbsim.experiments.sensitivity.given import simulate_given
from wbsim.experiments.sensitivity.questions import asked_again, not_possible, simulated_answers
from wbsim.experiments.sensitivity.study import Asked, prepare
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.posterior import find_posterior
from wbsim.tables.places import STATE_CODES
from wbsim.tables.record import Prior


def test_published_questions_are_asked_of_every_state_that_can_be():
    questions, _ = asked_again(Path(find_posterior().path), 700)
    by_id = {each.id: each for each in questions}

    assert len(by_id) > 30
    assert by_id["asb-closer"].states == STATE_CODES
    assert "SRB" not in by_id["asb-with-SRB"].states
    assert {figure.n for each in questions for figure in each.figures} == {700}
    assert {figure.months for each in questions for figure in each.figures} == {("2022-12",)}


def test_answers_of_a_question_do_not_overlap():
    questions, _ = asked_again(Path(find_posterior().path), 1000)
    for each in questions:
        parts = [part for chosen in {figure.answers for figure in each.figures} for part in chosen]
        assert len(parts) == len(set(parts)), each.id


def test_why_a_question_cannot_be_valued():
    usual = load("status-quo")
    prior = usual.assumptions.model_copy(update={"source": "prior"})
    own = usual.assumptions.model_copy(update={"parameters": {"loss_weight": Prior("fixed", 2.0)}})

    assert not_possible(usual) == ""
    assert "priors" in not_possible(usual.model_copy(update={"assumptions": prior}))
    assert "parameters" in not_possible(usual.model_copy(update={"assumptions": own}))
    assert "policies" in not_possible(load("forum"))


@pytest.mark.slow
def test_a_world_answers_as_it_goes_on():
    """The answer about closer cooperation in 2022 foretells its level in 2032 in the same world, in no other."""
    scenarios = [with_run(load(name), citizens=40) for name in ("status-quo", "forum")]
    study = prepare(scenarios, Asked(worlds=100, workers=1))
    assert study.given is not None
    given = simulate_given(study.given, None)
    questions, catalogue = asked_again(Path(find_posterior().path), 1000)
    closer = [each for each in questions if each.id == "asb-closer"]

    answers = simulated_answers(scenarios[0], closer, catalogue, 100, study.seed, 1)
    assert answers is not None
    said, later = answers[0].mean(axis=1), given.target(0, "support_closer", "level")[0]
    assert spearmanr(said, later)[0] > 0.6
    assert abs(spearmanr(said[1:], later[:-1])[0]) < 0.35
