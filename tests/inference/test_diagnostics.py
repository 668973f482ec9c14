"""R-hat and effective sizes on chains whose answers are known."""

import numpy as np
import pytest

from wbsim.inference.diagnostics import (
    bulk_size,
    convergence,
    effective_size,
    r_hat,
    rank_normalise,
    rank_r_hat,
    split,
    tail_size,
)


def autoregressive(rho, chains, draws, seed):
    generator = np.random.default_rng(seed)
    out = np.empty((chains, draws))
    out[:, 0] = generator.standard_normal(chains)
    for t in range(1, draws):
        out[:, t] = rho * out[:, t - 1] + np.sqrt(1 - rho**2) * generator.standard_normal(chains)
    return out


def test_r_hat_by_hand():
    # Means 1 and 3, B = 3 * 2 = 6; variances 1 and 1, W = 1; ((3 - 1) * 1 + 6) / (3 * 1).
    assert r_hat(np.array([[0.0, 1.0, 2.0], [2.0, 3.0, 4.0]])) == pytest.approx(np.sqrt(8 / 3))
    assert np.isnan(r_hat(np.ones((2, 3))))


def test_chains_are_split_in_halves_and_an_odd_draw_goes():
    assert split(np.array([[1.0, 2.0, 3.0, 4.0, 5.0]])).tolist() == [[1.0, 2.0], [4.0, 5.0]]


def test_ranks_become_normal_scores():
    scores = rank_normalise(np.array([[10.0, 1000.0], [20.0, 20.0]]))

    assert scores[0, 0] == pytest.approx(-1.0489, abs=1e-3)  # quantile of (1 - 3/8) / 4.25
    assert scores[1, 0] == scores[1, 1] == pytest.approx(0.0)  # ranks 2 and 3, averaged
    assert scores[0, 1] == -scores[0, 0]


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9, -0.4])
def test_the_effective_size_of_an_autoregression_is_known(rho):
    found = [effective_size(autoregressive(rho, 4, 5000, seed)) for seed in range(10)]
    expected = 20_000 * (1 - rho) / (1 + rho)

    # The mean of ten estimates, each some per cent off.
    assert np.mean(found) == pytest.approx(expected, rel=0.12)


def test_independent_draws_are_all_effective_and_have_converged():
    found = convergence(np.random.default_rng(1).standard_normal((4, 2000, 2)))

    assert np.all(found.r_hat < 1.01)
    assert found.bulk == pytest.approx([8000] * 2, rel=0.1)
    assert found.tail == pytest.approx([8000] * 2, rel=0.15)


def test_chains_in_different_places_or_of_different_width_are_noticed():
    chains = np.random.default_rng(2).standard_normal((4, 1000))
    wide = chains * np.array([1.0, 1.0, 1.0, 3.0])[:, None]

    assert rank_r_hat(chains + np.arange(4)[:, None]) > 1.3
    assert rank_r_hat(wide) > 1.05  # the same mean: only the folded draws show it
    assert bulk_size(chains + np.arange(4)[:, None]) < 50


def test_a_trend_within_chains_is_noticed():
    chains = np.random.default_rng(3).standard_normal((4, 1000)) + np.linspace(-2, 2, 1000)

    assert rank_r_hat(chains) > 1.2


def test_heavy_tails_do_not_break_ranks():
    chains = np.random.default_rng(4).standard_cauchy((4, 2000))

    assert rank_r_hat(chains) < 1.01
    assert bulk_size(chains) > 6000
    assert tail_size(chains) > 5000


def test_too_short_chains_are_refused():
    with pytest.raises(ValueError, match="four draws"):
        effective_size(np.zeros((2, 3)))
