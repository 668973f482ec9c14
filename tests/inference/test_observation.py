"""How figures scatter: closed forms, and what may not depend on how a question is printed."""

import numpy as np
import pytest

from wbsim.inference.likelihood import log_density
from wbsim.inference.multinomial import logit, sampling_covariance, tilt_loadings
from wbsim.inference.observation import ALONE, Figures, Spread, independent_rows, observation_error

SPREAD = Spread()


def figures(share, survey=None, wording=None, question=None, size=1000.0, states=None):
    count = len(share)
    return Figures(
        np.array(share, dtype=float),
        np.full(count, size),
        np.array(survey if survey is not None else [0] * count),
        np.array(wording if wording is not None else range(count)),
        np.array(question if question is not None else [ALONE] * count),
        np.array(states if states is not None else [1] * count),
    )


def test_half_of_a_thousand_has_the_textbook_error():
    error = observation_error(figures([0.5]), SPREAD)

    assert error.sampling[0, 0] == pytest.approx(1.5 / (1000 * 0.25))
    assert error.gamma()[0, 0] == pytest.approx(0.006 + 0.01 + 0.01)
    # In points at 50 %: 0.25 sd on the logit scale, about the 4 that the notes on evidence give.
    assert 25 * np.sqrt(error.gamma()[0, 0]) == pytest.approx(4.03, abs=0.01)


def test_figures_of_one_survey_share_its_house_effect_and_those_of_two_do_not():
    gamma = observation_error(figures([0.5, 0.4, 0.3], survey=[0, 0, 1]), SPREAD).gamma()

    assert gamma[0, 1] == pytest.approx(0.1**2)
    assert gamma[0, 2] == 0.0


def test_a_wording_used_once_is_loose_and_a_shared_one_is_tight_and_common():
    error = observation_error(figures([0.5, 0.4, 0.3], survey=[0, 1, 2], wording=[0, 1, 1]), SPREAD)
    intercepts = error.total() - error.gamma()

    assert intercepts == pytest.approx(np.array([[0.49, 0, 0], [0, 0.09, 0.09], [0, 0.09, 0.09]]))


def test_discrepancies_of_states_average_out_in_their_mean():
    """Against what six states with independent discrepancies print on average (shares of a real question)."""
    share = np.array([0.94, 0.86, 0.83, 0.74, 0.67, 0.57])
    spread = Spread(discrepancy=0.15)
    tilted = logit(share) + 0.15 * np.random.default_rng(1).standard_normal((20_000, 6))
    mean = (1.0 / (1.0 + np.exp(-tilted))).mean(axis=1)

    regional = observation_error(figures([share.mean()], states=[6]), spread).discrepancy[0, 0]
    assert regional == pytest.approx(0.15**2 / 6)
    assert logit(mean).var() == pytest.approx(
        regional / 1.035, rel=0.02
    )  # with two standard errors of the draws


def test_answers_to_a_regional_pick_one_question_have_the_discrepancy_of_a_regional_figure():
    kinds = [
        observation_error(figures([0.7], question=question, states=[6]), Spread(house=0.0)).discrepancy
        for question in ([5], [ALONE])
    ]
    assert kinds[0] == pytest.approx(kinds[1])


def test_the_variance_is_a_function_of_the_share_it_is_evaluated_at():
    error = observation_error(figures([0.5]), SPREAD, share=np.array([0.1]))

    assert error.sampling[0, 0] == pytest.approx(1.5 / (1000 * 0.09))
    assert np.isfinite(observation_error(figures([0.5]), SPREAD, share=np.array([0.0])).sampling).all()


def test_multinomial_covariance_matches_simulated_samples():
    share = np.array([0.5, 0.2, 0.1])
    counts = np.random.default_rng(1).multinomial(2000, [0.5, 0.2, 0.1, 0.2], size=40_000)[:, :3]
    simulated = np.cov(logit(counts / 2000).T)

    expected = sampling_covariance(share, 2000)
    # Four standard errors of a covariance of 40,000 draws, and a delta method exact to order 1/(n p).
    error = 4 * np.sqrt((np.outer(np.diag(expected), np.diag(expected)) + expected**2) / 40_000)
    assert np.all(np.abs(simulated - expected) < error + 0.01 * np.abs(expected))


def test_a_yes_no_question_printed_in_two_ways_says_the_same():
    plain = observation_error(figures([0.7]), Spread(house=0.0))
    as_question = observation_error(figures([0.7], question=[5]), Spread(house=0.0))

    assert as_question.sampling == pytest.approx(plain.sampling)
    assert as_question.discrepancy == pytest.approx(plain.discrepancy)
    assert as_question.total() == pytest.approx(plain.total())


def test_it_does_not_matter_which_category_is_left_out():
    """Small residuals of the same question, each category left out in turn: quadratic forms agree."""
    share = np.array([0.5, 0.3, 0.15, 0.05])
    step = 1e-5 * np.array([3.0, -1.0, -1.5, -0.5])
    forms = []
    for left_out in range(4):
        kept = np.delete(np.arange(4), left_out)
        residual = logit(share[kept] + step[kept]) - logit(share[kept])
        covariance = observation_error(figures(share[kept], question=[0, 0, 0]), SPREAD).total()
        forms.append(residual @ np.linalg.solve(covariance, residual))

    assert forms == pytest.approx([forms[0]] * 4, rel=1e-3)


def test_tilts_move_shares_as_their_loadings_say():
    share = np.array([0.5, 0.3, 0.15])
    full = np.append(share, 0.05)
    tilt = 1e-6 * np.array([1.0, -2.0, 0.5, 3.0])
    tilted = full * np.exp(tilt) / np.sum(full * np.exp(tilt))
    jacobian = (np.eye(4) - full) / (1 - full)[:, None]
    scale = np.sqrt(np.mean(np.sum(jacobian**2, axis=1)))

    moved = logit(tilted[:3]) - logit(share)
    assert moved == pytest.approx(scale * tilt_loadings(share) @ tilt, rel=1e-4)


def test_a_question_that_adds_up_loses_its_smallest_row_and_only_that():
    some = figures([0.6, 0.3, 0.1, 0.6, 0.3], question=[0, 0, 0, 1, 1])

    assert independent_rows(some).tolist() == [True, True, False, True, True]
    with pytest.raises(ValueError, match="add up to 1"):
        observation_error(some, SPREAD)
    total = observation_error(some.take(independent_rows(some)), SPREAD).total()
    assert np.linalg.eigvalsh(total).min() > 0


def test_the_same_question_in_two_states_shares_intercepts_category_by_category():
    share = [0.5, 0.3, 0.5, 0.3]
    some = figures(share, survey=[0, 0, 1, 1], wording=[0, 1, 0, 1], question=[0, 0, 1, 1])
    error = observation_error(some, SPREAD)
    intercepts = error.intercepts @ error.intercepts.T

    assert error.intercepts.shape == (4, 3)  # two categories and the rest, for both states
    assert intercepts[:2, 2:] == pytest.approx(intercepts[:2, :2])


def test_impossible_figures_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        figures([1.2])
    with pytest.raises(ValueError, match="one value each"):
        figures([0.5], states=[1, 6])
    with pytest.raises(ValueError, match="one state or more"):
        figures([0.5], states=[0])


def test_densities_agree_with_the_formula_for_one_covariance_and_for_many():
    residuals = np.array([[0.3, -0.2], [1.0, 0.5]])
    covariance = np.array([[2.0, 0.3], [0.3, 1.0]])
    by_hand = [
        -0.5 * r @ np.linalg.inv(covariance) @ r - 0.5 * np.log((2 * np.pi) ** 2 * np.linalg.det(covariance))
        for r in residuals
    ]

    assert log_density(residuals, covariance) == pytest.approx(by_hand)
    assert log_density(residuals, np.stack([covariance, covariance])) == pytest.approx(by_hand)


def test_large_tilts_are_right_to_second_order_with_the_shares_at_both_ends() -> None:
    """Exact tilts p_i exp(s e_i), rescaled: the error of one end alone falls with the tilt, that of both squared."""
    said = np.array([0.2, 0.5])
    whole, tilt = np.array([0.2, 0.5, 0.3]), np.array([1.0, -0.4, 0.2])
    errors = []
    for size in (0.2, 0.1):
        scale = tilt_loadings(said)[0, 0]  # the first derivative is one before it is scaled
        moved = whole * np.exp(size * scale * tilt)
        tilted = (moved / moved.sum())[:2]
        exact = logit(tilted) - logit(said)
        errors.append(
            [
                np.abs(loadings @ (size * tilt) - exact).max()
                for loadings in (tilt_loadings(said), tilt_loadings(said, tilted))
            ]
        )
    (one_large, both_large), (one_small, both_small) = errors
    assert both_large < 0.01 * one_large
    assert one_large / one_small == pytest.approx(4.0, rel=0.1)
    assert both_large / both_small == pytest.approx(8.0, rel=0.1)
