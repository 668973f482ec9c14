"""Surveys that go along with a run: every figure in the months of its fieldwork, every world in one of them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.model.small import region, scenario
from wbsim.instruments.figure import Figure
from wbsim.instruments.load import load_catalogue, load_figures
from wbsim.model.interviews import Interviews, fieldwork_month, step_of
from wbsim.model.questionnaire import answers
from wbsim.model.region import Region

FIGURES = load_figures()
QUESTIONS = {f.question: q for f in FIGURES if (q := load_catalogue().question(f.question))}
NUMBER = {figure.id: number for number, figure in enumerate(FIGURES)}
WORLDS = 40


def held(figures: tuple[Figure, ...], subject: Region, months: int) -> Interviews:
    interviews = Interviews(figures, QUESTIONS, subject.chance)
    interviews.hold(subject)
    for _ in range(months):
        subject.step()
        interviews.hold(subject)
    return interviews


@pytest.fixture(scope="module")
def interviews() -> Interviews:
    """All figures until December 2022, 40 worlds under the prior."""
    return held(FIGURES, region(scenario(citizens=120), worlds=WORLDS), 24)


def test_a_figure_is_answered_once_its_fieldwork_is_over(interviews: Interviews) -> None:
    asked = np.isfinite(interviews.values).all(axis=0)
    over = [figure.months[-1] <= "2022-12" for figure in FIGURES]
    assert asked.tolist() == over
    assert len(over) - sum(over) == 15
    assert interviews.last == step_of("2023-10") == 34


def test_each_world_is_asked_in_its_own_month() -> None:
    figure = FIGURES[NUMBER["S006"]]
    assert figure.months == tuple(f"2022-{month:02d}" for month in range(3, 12))
    subject = region(worlds=60)
    own = fieldwork_month(figure.survey, figure.months, subject.chance)
    interviews = Interviews((figure,), QUESTIONS, subject.chance)
    expected = np.zeros(60)
    for month in range(1, 24):
        subject.step()
        interviews.hold(subject)
        now = answers(subject, [figure], QUESTIONS)[figure.id]
        expected = np.where(own == month - step_of("2022-03"), now, expected)
        assert np.isfinite(interviews.values[:, 0]).tolist() == (own + step_of("2022-03") <= month).tolist()
    assert np.array_equal(interviews.values[:, 0], expected)


def test_what_was_asked_before_the_first_month_is_asked_in_the_reference_month() -> None:
    subject = region(worlds=3)
    earlier = tuple(figure for figure in FIGURES if figure.months[-1] < "2021-01")
    assert {"E150", "E171"} <= {figure.id for figure in earlier}
    expected = answers(subject, earlier, QUESTIONS)
    interviews = held(earlier, subject, 0)
    for number, figure in enumerate(earlier):
        assert np.array_equal(interviews.values[:, number], expected[figure.id])


def test_a_world_has_one_month_for_all_figures_of_a_survey_whatever_the_block() -> None:
    months = FIGURES[NUMBER["S001"]].months
    survey = FIGURES[NUMBER["S001"]].survey
    chosen = fieldwork_month(survey, months, region(worlds=200).chance)
    assert np.bincount(chosen, minlength=4).min() > 25
    assert chosen[3] == fieldwork_month(survey, months, region(worlds=1, first=3).chance)[0]
    assert (chosen != fieldwork_month("another survey", months, region(worlds=200).chance)).any()


def test_months_count_from_the_reference() -> None:
    assert [step_of(month) for month in ("2019-11", "2020-12", "2021-01", "2022-02")] == [0, 0, 1, 14]


def test_the_papers_pattern_appears_under_the_prior(interviews: Interviews) -> None:
    """Support of 60 to 85 % and a worry about war that rises from 2021 to 2022, in most worlds."""
    support = interviews.values[:, NUMBER["S002"]]
    assert 60.0 < np.median(support) < 85.0
    assert ((support > 60.0) & (support < 90.0)).mean() > 0.8
    rise = interviews.values[:, NUMBER["S006"]] - interviews.values[:, NUMBER["S007"]]
    assert (rise > 0.0).mean() > 0.8
    assert 5.0 < np.median(rise) < 40.0
