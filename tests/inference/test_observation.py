"""How figures scatter: closed forms, and what may not depend on how a question is printed."""

from dataclasses import replace

import numpy as np
import pytest

from tests.inference.plain import choice, plain
from wbsim.inference.likelihood import log_density
from wbsim.inference.multinomial import logit, sampling_covariance
from wbsim.inference.observation import (
    ALONE,
    Spread,
    answer_loadings,
    answer_shares,
    independent_rows,
    observation_error,
    tilt_scale,
)

SPREAD = Spread()
#: Nothing but intercepts.
BARE = Spread(house=0.0, discrepancy=0.0)
DRIFT = Spread(drift=0.2, drift_own=0.3)


def drifted(figures, spread=DRIFT):
    """Covariance of the drifts alone."""
    drifts = observation_error(figures, spread).drifts
    return drifts @ drifts.T


def test_half_of_a_thousand_has_the_textbook_error():
    error = observation_error(plain([0.5]), SPREAD)

    assert error.sampling[0, 0] == pytest.approx(1.5 / (1000 * 0.25))
    assert error.gamma()[0, 0] == pytest.approx(0.006 + 0.01 + 0.01)
    # In points at 50 %: 0.25 sd on the logit scale, about the 4 that the notes on evidence give.
    assert 25 * np.sqrt(error.gamma()[0, 0]) == pytest.approx(4.03, abs=0.01)


def test_figures_of_one_survey_share_its_effect_and_those_of_two_do_not():
    gamma = observation_error(plain([0.5, 0.4, 0.3], survey=[0, 0, 1]), SPREAD).gamma()

    assert gamma[0, 1] == pytest.approx(0.1**2)
    assert gamma[0, 2] == 0.0


def test_a_wave_moves_an_answer_in_all_publics_and_no_other_answer():
    figures = plain([0.5, 0.4, 0.3, 0.3], survey=[0, 0, 0, 1], answer=[0, 0, 1, 0], publics=[0, 1, 0, 0])
    error = observation_error(figures, Spread(house=0.0, wave=0.2, discrepancy=0.0))
    shared = error.houses @ error.houses.T

    assert shared[0, :] == pytest.approx([0.04, 0.04, 0.0, 0.0])
    assert [tuple(each) for each in error.waves] == [(0, 0), (0, 1), (1, 0)]


def test_an_answer_has_one_intercept_however_often_it_is_asked():
    error = observation_error(plain([0.5, 0.4, 0.3], survey=[0, 1, 2], answer=[0, 1, 1]), SPREAD)
    intercepts = error.total() - error.gamma()

    assert intercepts == pytest.approx(0.49 * np.array([[1, 0, 0], [0, 1, 1], [0, 1, 1]]))


def test_discrepancies_of_states_average_out_in_their_mean():
    """Against what six states with independent discrepancies print on average (shares of a real question)."""
    share = np.array([0.94, 0.86, 0.83, 0.74, 0.67, 0.57])
    spread = Spread(discrepancy=0.15)
    tilted = logit(share) + 0.15 * np.random.default_rng(1).standard_normal((20_000, 6))
    mean = (1.0 / (1.0 + np.exp(-tilted))).mean(axis=1)

    regional = observation_error(plain([share.mean()], publics=[None]), spread).discrepancy[0, 0]
    assert regional == pytest.approx(0.15**2 / 6)
    assert logit(mean).var() == pytest.approx(
        regional / 1.035, rel=0.02
    )  # with two standard errors of the draws


def test_the_variance_is_a_function_of_the_share_it_is_evaluated_at():
    error = observation_error(plain([0.5]), SPREAD, share=np.array([0.1]))

    assert error.sampling[0, 0] == pytest.approx(1.5 / (1000 * 0.09))
    assert np.isfinite(observation_error(plain([0.5]), SPREAD, share=np.array([0.0])).sampling).all()


def test_multinomial_covariance_matches_simulated_samples():
    share = np.array([0.5, 0.2, 0.1])
    counts = np.random.default_rng(1).multinomial(2000, [0.5, 0.2, 0.1, 0.2], size=40_000)[:, :3]
    simulated = np.cov(logit(counts / 2000).T)

    expected = sampling_covariance(share, 2000)
    # Four standard errors of a covariance of 40,000 draws, and a delta method exact to order 1/(n p).
    error = 4 * np.sqrt((np.outer(np.diag(expected), np.diag(expected)) + expected**2) / 40_000)
    assert np.all(np.abs(simulated - expected) < error + 0.01 * np.abs(expected))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.7])
@pytest.mark.parametrize("public", [0, None])
def test_a_yes_no_question_printed_in_two_ways_says_the_same(share, public):
    spread = Spread(house=0.0, wave=0.06, drift=0.2, drift_own=0.3)
    alone = observation_error(plain([share], publics=[public]), spread)
    for printed in ([0], [1]):
        asked = choice([share], 2, rows=[printed], question=[ALONE], publics=[public])
        error = observation_error(asked, spread)
        for part in ("sampling", "discrepancy"):
            assert getattr(error, part) == pytest.approx(getattr(alone, part))
        assert error.total() == pytest.approx(alone.total())


def test_complementary_answers_published_alone_move_against_each_other():
    """ "Low" here and "high" there: one intercept, wave and drift, of opposite sign."""
    two = choice([0.3, 0.6], 2, rows=[[0], [1]], question=[ALONE, ALONE], publics=[0, 1])
    error = observation_error(two, Spread(wave=0.2, house=0.0))
    for part in (error.intercepts, error.houses):
        shared = part @ part.T
        assert shared[0, 1] == pytest.approx(-shared[0, 0])
        assert shared[0, 0] == pytest.approx(shared[1, 1])
    later = choice([0.3, 0.6, 0.3], 2, rows=[[0], [1], [0]], question=[ALONE] * 3, month=[0, 12, 12])
    moved = drifted(later)
    assert moved[0] == pytest.approx(0.0)
    assert moved[1, 2] == pytest.approx(-moved[1, 1])


def test_a_row_alone_and_the_same_row_beside_others_speak_of_the_same_answers():
    """Two answers summed say what both say apart, to first order."""
    share = np.array([0.2, 0.3])
    apart = answer_loadings(choice(share, 4), share)
    summed = answer_loadings(choice([0.5], 4, rows=[[0, 1]], question=[ALONE]), np.array([0.5]))[0]
    # d logit(p + q) by tilts, from those of p and q.
    slopes = share * (1.0 - share) / (0.5 * 0.5)
    # Alone, the sum is shared out evenly between its answers; the rest of the question moves as before.
    assert (slopes @ apart)[2:] == pytest.approx(summed[2:])
    assert (slopes @ apart)[:2].sum() == pytest.approx(summed[:2].sum())


def test_it_does_not_matter_which_category_is_left_out():
    """Small residuals of the same question, each category left out in turn: quadratic forms agree."""
    share = np.array([0.5, 0.3, 0.15, 0.05])
    step = 1e-5 * np.array([3.0, -1.0, -1.5, -0.5])
    forms = []
    for left_out in range(4):
        kept = np.delete(np.arange(4), left_out)
        residual = logit(share[kept] + step[kept]) - logit(share[kept])
        asked = choice(share[kept], 4, rows=[[n] for n in kept])
        covariance = observation_error(asked, SPREAD).total()
        forms.append(residual @ np.linalg.solve(covariance, residual))

    assert forms == pytest.approx([forms[0]] * 4, rel=1e-3)


def test_tilts_move_shares_as_their_loadings_say():
    asked = choice([0.5, 0.3, 0.15], 3)
    full = answer_shares(asked, np.arange(3), asked.share)
    assert full == pytest.approx([0.5, 0.3, 0.15, 0.05])
    tilt = 1e-6 * np.array([1.0, -2.0, 0.5, 3.0])
    tilted = full * np.exp(tilt) / np.sum(full * np.exp(tilt))

    moved = logit(tilted[:3]) - logit(asked.share)
    assert moved == pytest.approx(answer_loadings(asked, asked.share) @ tilt / tilt_scale(asked, 0), rel=1e-4)


def test_what_is_unpublished_is_that_of_the_other_answers_before_it_is_a_rest():
    asked = choice([0.5], 3, question=[ALONE])
    assert answer_shares(asked, np.array([0]), np.array([0.5])) == pytest.approx([0.5, 0.25, 0.25, 0.0])
    whole = choice([0.5, 0.2, 0.2], 3)
    assert answer_shares(whole, np.arange(3), whole.share) == pytest.approx([0.5, 0.2, 0.2, 0.1])


def test_a_question_that_adds_up_loses_its_smallest_row_and_only_that():
    some = choice([0.6, 0.3, 0.1, 0.6, 0.3], 3, rows=[[0], [1], [2], [0], [1]], question=[0, 0, 0, 1, 1])

    assert independent_rows(some).tolist() == [True, True, False, True, True]
    with pytest.raises(ValueError, match="add up to 1"):
        observation_error(some, SPREAD)
    total = observation_error(some.take(independent_rows(some)), SPREAD).total()
    assert np.linalg.eigvalsh(total).min() > 0


def test_the_same_question_in_two_states_shares_intercepts_answer_by_answer():
    some = choice([0.5, 0.3, 0.5, 0.3], 3, rows=[[0], [1]] * 2, survey=[0, 0, 1, 1], question=[0, 0, 1, 1])
    intercepts = observation_error(some, SPREAD).intercepts
    shared = intercepts @ intercepts.T

    assert shared[:2, 2:] == pytest.approx(shared[:2, :2])


def test_a_drift_grows_with_time_and_is_nothing_when_an_answer_is_first_asked():
    figures = plain([0.5] * 4, answer=[0, 0, 0, 1], publics=[0, 0, 0, 0], month=[0, 12, 48, 48])
    moved = drifted(figures)
    a_year = 0.2**2 + 0.3**2

    assert moved[0] == pytest.approx(0.0) and moved[3] == pytest.approx(0.0)
    assert moved[1, 1] == pytest.approx(a_year)
    assert moved[2, 2] == pytest.approx(4 * a_year)
    assert moved[1, 2] == pytest.approx(a_year)  # what has come by then stays


def test_publics_share_the_drift_of_an_answer_and_have_one_of_their_own():
    figures = plain([0.5] * 4, answer=[0] * 4, publics=[0, 1, 0, 1], month=[0, 0, 12, 12])
    moved = drifted(figures)
    assert moved[2, 3] == pytest.approx(0.2**2)
    assert moved[2, 2] == pytest.approx(0.2**2 + 0.3**2)


def test_the_own_drifts_of_publics_average_out_in_their_mean():
    figures = plain([0.5] * 3, answer=[0] * 3, publics=[None, None, 0], month=[0, 12, 12])
    moved = drifted(figures)
    assert moved[1, 1] == pytest.approx(0.2**2 + 0.3**2 / 6)
    assert moved[1, 2] == pytest.approx(0.2**2 + 0.3**2 / 6)  # the mean of six has a sixth of its drift


def test_answers_picked_from_a_list_drift_faster_by_a_factor():
    figures = plain([0.5] * 2, answer=[0] * 2, month=[0, 12])
    listed = replace(figures, listed=np.ones(2, dtype=bool))
    faster = replace(DRIFT, drift_listed=2.0)
    assert drifted(listed, faster) == pytest.approx(4 * drifted(figures, faster))


def test_drifts_have_the_covariance_of_walks_that_were_walked():
    """Against simulated walks of two publics and their mean, months in no order."""
    publics, month = [0, None, 1, 0, None], [30, 0, 6, 18, 42]
    moved = drifted(plain([0.5] * 5, answer=[0] * 5, publics=publics, month=month))
    generator, count = np.random.default_rng(4), 40_000
    steps = generator.standard_normal((7, count, 43)) / np.sqrt(12)
    walks = np.concatenate([np.zeros((7, count, 1)), np.cumsum(steps[:, :, 1:], axis=2)], axis=2)
    # The region was asked first, so that all publics begin in month 0.
    own = [walks[1 + public] if public is not None else walks[1:].mean(axis=0) for public in publics]
    seen = np.array([0.2 * walks[0][:, m] + 0.3 * each[:, m] for each, m in zip(own, month, strict=True)])
    assert np.cov(seen) == pytest.approx(moved, abs=0.03 * moved.max())


def test_impossible_figures_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        plain([1.2])
    figures = plain([0.5, 0.5])
    with pytest.raises(ValueError, match="one value each"):
        replace(figures, survey=np.array([0]))
    with pytest.raises(ValueError, match="column for each answer"):
        replace(figures, rest=np.zeros(5, dtype=bool))
    with pytest.raises(ValueError, match="add up to one"):
        replace(figures, publics=figures.publics / 2)
    with pytest.raises(ValueError, match="about one answer or more"):
        replace(figures, inside=np.zeros_like(figures.inside))


def test_densities_agree_with_the_formula_for_one_covariance_and_for_many():
    residuals = np.array([[0.3, -0.2], [1.0, 0.5]])
    covariance = np.array([[2.0, 0.3], [0.3, 1.0]])
    by_hand = [
        -0.5 * r @ np.linalg.inv(covariance) @ r - 0.5 * np.log((2 * np.pi) ** 2 * np.linalg.det(covariance))
        for r in residuals
    ]

    assert log_density(residuals, covariance) == pytest.approx(by_hand)
    assert log_density(residuals, np.stack([covariance, covariance])) == pytest.approx(by_hand)


def test_large_tilts_are_right_to_second_order_with_the_shares_at_both_ends():
    """Exact tilts p_i exp(s e_i), rescaled: the error of one end alone falls with the tilt, that of both squared."""
    asked = choice([0.2, 0.5], 3)
    whole, tilt = np.array([0.2, 0.5, 0.3, 0.0]), np.array([1.0, -0.4, 0.2, 0.0])
    errors = []
    for size in (0.2, 0.1):
        moved = whole * np.exp(size * tilt_scale(asked, 0) * tilt)
        tilted = (moved / moved.sum())[:2]
        exact = logit(tilted) - logit(asked.share)
        ends = (
            observation_error(asked, replace(BARE, wording=size), share, asked.share)
            for share in (asked.share, tilted)
        )
        errors.append([np.abs(end.intercepts @ tilt - exact).max() for end in ends])
    (one_large, both_large), (one_small, both_small) = errors
    assert both_large < 0.02 * one_large
    assert one_large / one_small == pytest.approx(4.0, rel=0.1)
    assert both_large / both_small == pytest.approx(8.0, rel=0.15)
