"""Points of the calibrated space, and which of them each world takes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr

from tests.model.small import scenario
from wbsim.chance.counter import Chance
from wbsim.chance.draws import Draws, draw_parameters
from wbsim.chance.posterior import Points, Posterior, coordinates
from wbsim.chance.priors import quantile
from wbsim.scenario.schema import Assumptions
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.places import STATE_CODES
from wbsim.tables.record import Prior

KEYS = coordinates()


def fitted(**parameters: object) -> Assumptions:
    base = scenario().assumptions
    return base.model_copy(update={"source": "posterior", "parameters": parameters})


def drawn(points: Points, first: int = 0, count: int = 6, seed: int = 1, **parameters: object) -> Draws:
    return draw_parameters(fitted(**parameters), Chance(seed, first, count), points)


def normals(count: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, len(KEYS)))


def test_every_calibrated_number_has_one_coordinate_and_trust_in_oneself_none():
    assert len(set(KEYS)) == len(KEYS)
    assert len([key for key in KEYS if ">" in key]) == 30
    assert not [key for key in KEYS for code in STATE_CODES if key.endswith(f"{code}>{code}")]
    blocks = [coordinates(block) for block in ("level", "dynamic", "event", "channel", "cooperation")]
    assert sorted(key for block in blocks for key in block) == sorted(KEYS)
    assert {key.partition(".")[0] for key in KEYS} == {p.name for p in PARAMETERS.values() if p.block}


def test_world_k_takes_point_k_whatever_block_it_is_in():
    points = Points(KEYS, normals(20))
    whole, part = drawn(points, 0, 20), drawn(points, 13, 4)
    for name in PARAMETERS:
        assert np.array_equal(whole[name][13:17], part[name]), name
    parameter, column = PARAMETERS["news_reaction"], KEYS.index("news_reaction")
    expected = quantile(parameter.prior, parameter.low, parameter.high, ndtr(points.z[:, column]))
    assert np.array_equal(whole["news_reaction"], expected)


def test_a_number_of_an_axis_takes_its_own_coordinate_and_its_centre():
    points = Points(("crisis_rate.calm",), np.array([[0.0]]))
    parameter = PARAMETERS["crisis_rate"]
    assert parameter.centres is not None
    place = elements(parameter).index("crisis_rate.calm")
    found = draw_parameters(fitted(), Chance(1, 0, 1), points)["crisis_rate"][0]
    # At the median of its prior, but for the little that the range cuts off.
    assert found[place] == pytest.approx(parameter.prior.a * parameter.centres[place], rel=1e-3)


@pytest.mark.parametrize("count", [1, 7, 50])
def test_draws_are_used_equally_often_in_an_order_that_the_seed_decides(count: int):
    posterior = Posterior(KEYS, np.zeros((count, len(KEYS))))
    rows = posterior.rows(Chance(5, 0, 3 * count))
    assert sorted(rows[:count]) == list(range(count))
    assert np.array_equal(rows, np.tile(rows[:count], 3))
    assert np.array_equal(posterior.rows(Chance(5, count + 1, 2)), np.tile(rows, 2)[count + 1 : count + 3])
    if count == 50:
        assert not np.array_equal(rows[:count], np.arange(count))
        assert not np.array_equal(rows, posterior.rows(Chance(6, 0, 3 * count)))


def test_a_world_of_a_posterior_is_the_same_in_every_block():
    posterior = Posterior(KEYS, normals(5))
    whole, part = drawn(posterior, 0, 12), drawn(posterior, 9, 2)
    assert all(np.array_equal(whole[name][9:11], part[name]) for name in PARAMETERS)


def test_what_a_scenario_says_of_a_number_comes_before_the_posterior():
    points = Points(KEYS, normals(6))
    free, fixed = drawn(points), drawn(points, news_reaction=Prior("fixed", 2.5), rent="prior")
    assert (fixed["news_reaction"] == 2.5).all() and not (free["news_reaction"] == 2.5).any()
    others = [name for name in PARAMETERS if name not in ("news_reaction", "rent")]
    assert all(np.array_equal(fixed[name], free[name]) for name in others)
    prior = draw_parameters(scenario().assumptions, Chance(1, 0, 6))
    assert np.array_equal(fixed["rent"], prior["rent"])


def test_a_number_without_a_coordinate_has_its_prior():
    prior = draw_parameters(scenario().assumptions, Chance(1, 0, 6))
    found = drawn(Points(KEYS, normals(6)))
    calibrated = {key.partition(".")[0] for key in KEYS}
    for name, values in found.values.items():
        assert np.array_equal(values, prior[name]) == (name not in calibrated), name


def test_one_number_may_come_from_the_posterior_while_the_rest_comes_from_priors():
    points = Points(KEYS, normals(6))
    mixed = scenario().assumptions.model_copy(update={"parameters": {"news_reaction": "posterior"}})
    found = draw_parameters(mixed, Chance(1, 0, 6), points)
    assert np.array_equal(found["news_reaction"], drawn(points)["news_reaction"])
    prior = draw_parameters(scenario().assumptions, Chance(1, 0, 6))
    assert all(np.array_equal(found[name], prior[name]) for name in PARAMETERS if name != "news_reaction")


def test_independent_normal_coordinates_are_draws_of_the_prior():
    worlds = 3000
    from_points = drawn(Points(KEYS, normals(worlds)), 0, worlds)
    from_prior = draw_parameters(scenario().assumptions, Chance(9, 0, worlds))
    limit = 2.6 * np.sqrt(2 / worlds)  # exceeded once in 400,000 comparisons
    for name in sorted({key.partition(".")[0] for key in KEYS}):
        one, other = (each[name].reshape(worlds, -1)[:, -2:] for each in (from_points, from_prior))
        for column in range(one.shape[1]):
            assert stats.ks_2samp(one[:, column], other[:, column]).statistic < limit, name
