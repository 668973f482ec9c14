"""Published figures as what is fitted to: their errors, the names of their intercepts, and what never enters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calibration.prior_draws import figure
from wbsim.calibration.fit import Inputs
from wbsim.calibration.settings import ERRORS
from wbsim.calibration.targets import LEAST_REST, Targets, simulated_logit, targets, wording
from wbsim.inference.multinomial import logit
from wbsim.inference.observation import ALONE, independent_rows
from wbsim.instruments.figure import FITTED, OTHER, SPLITS, Figure, fitted
from wbsim.instruments.load import load_catalogue, load_figures

CATALOGUE = load_catalogue()
BUNDLED = load_figures()
AIM = targets(fitted(BUNDLED), CATALOGUE)


def parts(*values: float, **changes: object) -> list[Figure]:
    """Parts of one pick-one question: the outlook of Serbia, as better, same and worse."""
    answers = ("better", "same", "worse")
    return [
        figure(id=answer, question="securimeter-outlook", answers=(answer,), value=value, n=1000, **changes)
        for answer, value in zip(answers, values, strict=False)
    ]


def inputs(*figures: Figure) -> Inputs:
    return Inputs(CATALOGUE, tuple(replace(each, split="calibration") for each in figures), (), {})


def test_parts_of_one_pick_one_question_population_and_wave_are_one_multinomial() -> None:
    two = [*parts(30, 50), *parts(20, 60, population="ALB"), figure(id="alone", question="safe-in-home")]
    found = targets([replace(each, id=str(n)) for n, each in enumerate(two)], CATALOGUE)
    assert found.table.question.tolist() == [0, 0, 1, 1, ALONE]
    assert [rows.tolist() for rows in found.table.groups()] == [[0, 1], [2, 3]]
    # One wave has one number, whatever the populations; the same answers are the same columns.
    assert found.table.survey.tolist() == [0] * 5
    names = [[found.answers[n] for n in np.flatnonzero(row)] for row in found.table.inside]
    better, same = (f"securimeter-outlook.{answer}" for answer in ("better", "same"))
    assert names == [[better], [same], [better], [same], ["safe-in-home"]]
    assert found.table.outside.sum(axis=1).tolist() == [3, 3, 3, 3, 0]  # two other answers, and a rest


def test_one_published_answer_of_a_pick_one_question_is_a_share_like_any_other() -> None:
    found = targets(parts(30.0), CATALOGUE)
    assert found.table.question.tolist() == [ALONE]
    assert found.observed == pytest.approx(logit(np.array([0.3])))


def test_the_bundled_multinomials_are_those_of_the_file() -> None:
    groups = [{AIM.ids[row] for row in rows} for rows in AIM.table.groups()]
    assert {"E001", "E002"} in groups
    for rows in AIM.table.groups():
        assert len({AIM.figures[row].choice for row in rows}) == 1


def test_a_level_that_the_model_holds_has_no_intercept() -> None:
    error = AIM.error(ERRORS)
    assert AIM.levelled.any() and not AIM.levelled.all()
    assert not error.intercepts[AIM.levelled].any()
    assert error.intercepts[~AIM.levelled].any(axis=1).all()
    assert all(not AIM.questions[each.question].intercepts for each in np.array(AIM.figures)[AIM.levelled])


def columns_fit(found: Targets) -> None:
    """Every name is that of its column: rows load up on their own answers and down on the others."""
    loadings, names = found.error(ERRORS).intercepts, found.answers
    assert loadings.shape[1] == len(names) == len(set(names))
    for row, each in enumerate(found.figures):
        question = found.questions[each.question]
        if found.levelled[row]:
            assert not loadings[row].any()
            continue
        up = {names[n] for n in np.flatnonzero(loadings[row] > 0)}
        down = {names[n] for n in np.flatnonzero(loadings[row] < 0)}
        if question.exclusive:
            assert up == {f"{question.intercept}.{answer}" for answer in each.answers}
            others = {f"{question.intercept}.{answer}" for answer in question.answers} - up
            assert down in (others, others | {f"rest of {question.intercept}"})
        else:
            assert (up, down) == ({wording(question, each)}, set())


def test_names_of_intercepts_are_those_of_the_columns() -> None:
    whole = targets(fitted(BUNDLED), CATALOGUE)
    columns_fit(whole)
    columns_fit(whole.take(independent_rows(whole.table)))
    columns_fit(whole.take(np.arange(len(whole.figures)) % 3 == 0))


def test_complementary_answers_published_alone_have_opposite_intercepts() -> None:
    """ "Low" here and "high" there: what makes the one larger makes the other smaller."""
    question = CATALOGUE.question("assistance-from-SRB")
    assert question is not None and question.answers == ("disagree", "agree")
    two = [
        figure(id="low", question=question.id, population="XKX", answers=("disagree",), value=60.0, n=1000),
        figure(id="high", question=question.id, population="ALB", answers=("agree",), value=30.0, n=1000),
    ]
    intercepts = targets(two, CATALOGUE).error(ERRORS).intercepts
    shared = intercepts @ intercepts.T
    assert shared[0, 1] == pytest.approx(-(ERRORS.wording**2))
    assert np.diag(shared) == pytest.approx(ERRORS.wording**2)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_names_fit_whatever_is_taken(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.booleans(), min_size=len(AIM.figures), max_size=len(AIM.figures)))
    rows = np.array(chosen)
    rows[0] = True
    columns_fit(AIM.take(rows))


def test_what_is_taken_keeps_its_figures_and_its_numbers() -> None:
    rows = np.arange(len(AIM.figures)) % 2 == 1
    some = AIM.take(rows)
    assert some.ids == tuple(name for name, chosen in zip(AIM.ids, rows, strict=True) if chosen)
    np.testing.assert_array_equal(some.observed, AIM.observed[rows])
    np.testing.assert_array_equal(some.table.inside, AIM.table.inside[rows])
    np.testing.assert_array_equal(some.levelled, AIM.levelled[rows])


def test_nothing_and_everything_are_half_a_respondent_away() -> None:
    found = targets(
        [figure(id="0", value=0.0, n=50), figure(id="100", question="safe-in-home", value=100.0, n=50)],
        CATALOGUE,
    )
    assert found.table.share.tolist() == [0.01, 0.99]
    assert np.isfinite(found.observed).all() and np.isfinite(found.error(ERRORS).total()).all()
    assert np.isfinite(simulated_logit(np.array([0.0, 100.0]))).all()
    assert np.isnan(simulated_logit(np.array([np.nan]))).all()


def test_shares_of_a_model_leave_room_for_what_nobody_published() -> None:
    found = targets(parts(30, 50, 15), CATALOGUE)
    open_ = found.open(np.array([0.5, 0.6, 0.0]))
    assert open_.sum() == pytest.approx(1.0 - LEAST_REST)
    assert open_[2] == pytest.approx(0.5 / 1000)
    # What leaves room already stays as it is.
    np.testing.assert_allclose(found.open(np.array([0.2, 0.3, 0.4])), [0.2, 0.3, 0.4])


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ((30, 50, 20), ["better", "same"]),
        ((60, 40, 0), ["better"]),
        ((60.2, 40.2), ["better"]),
        ((100, 0, 0), ["better"]),
        ((33.4, 33.4, 33.4), ["same", "worse"]),
        ((30, 50, 19), ["better", "same", "worse"]),
    ],
)
def test_parts_that_add_up_to_all_do_not_make_the_likelihood_singular(
    values: tuple[float, ...], kept: list[str]
) -> None:
    aim = inputs(*parts(*values), figure(id="other")).aim
    assert list(aim.ids) == [*kept, "other"]
    total = aim.error(ERRORS).total()
    # Of shares that add up to one it cannot be made; with a rest of one percent it is 1.3e-4.
    assert np.linalg.eigvalsh(total).min() > 1e-4
    columns_fit(aim)


def test_nothing_of_the_validation_year_and_no_context_is_ever_fitted_to() -> None:
    aim = Inputs(CATALOGUE, BUNDLED, (), {}).aim
    never = {each.id for each in BUNDLED if each.split not in FITTED or not each.used}
    assert {"validation"} <= {each.split for each in BUNDLED if each.id in never}
    assert not never & set(aim.ids)
    assert max(each.months[-1] for each in aim.figures) <= "2022-12"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SPLITS), min_size=len(BUNDLED), max_size=len(BUNDLED)), st.integers(0, 9))
def test_whatever_the_splits_only_those_of_paper_and_calibration_are_fitted_to(
    splits: list[str], other: int
) -> None:
    figures = [replace(each, split=split) for each, split in zip(BUNDLED, splits, strict=True)]
    figures[other] = replace(figures[other], reading=OTHER + "a test")
    aim = Inputs(CATALOGUE, tuple(figures), (), {}).aim
    by_id = {each.id: each for each in figures}
    assert all(by_id[name].split in FITTED and by_id[name].used for name in aim.ids)
