"""Draws of parameters through the quantile functions of their priors."""

import numpy as np
import pytest
from scipy import stats

from tests.model.small import scenario
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.chance.priors import quantile
from wbsim.errors import InputError
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Prior

U = np.linspace(0.001, 0.999, 999)


@pytest.mark.parametrize(
    ("prior", "reference"),
    [
        (Prior("normal", 1.0, 2.0), stats.norm(1, 2)),
        (Prior("lognormal", 0.5, 0.7), stats.lognorm(0.7, scale=0.5)),
        (Prior("uniform", -1.0, 3.0), stats.uniform(-1, 4)),
        (Prior("loguniform", 0.1, 10.0), stats.loguniform(0.1, 10)),
        (Prior("beta", 0.3, 8.0), stats.beta(2.4, 5.6)),
    ],
)
def test_quantiles_are_those_of_the_named_distribution(prior, reference):
    low, high = (0.0, 1.0) if prior.family == "beta" else (-1e9, 1e9)
    low = 1e-12 if prior.family in ("lognormal", "loguniform") else low
    assert np.allclose(quantile(prior, low, high, U), reference.ppf(U), rtol=1e-6, atol=1e-9)


def test_a_range_truncates_instead_of_piling_up_at_its_ends():
    values = quantile(Prior("normal", 0.0, 1.0), -0.5, 2.0, U)
    assert values.min() >= -0.5 and values.max() <= 2.0
    assert np.allclose(values, stats.truncnorm(-0.5, 2.0).ppf(U), atol=1e-6)


def test_every_draw_lies_in_its_declared_range():
    draws = draw_parameters(scenario().assumptions, Chance(1, 0, 500))
    for name, parameter in PARAMETERS.items():
        assert (draws[name] >= parameter.low - 1e-12).all() and (
            draws[name] <= parameter.high + 1e-12
        ).all(), name


def test_fixing_one_parameter_leaves_every_other_draw_as_it_is():
    free = draw_parameters(scenario().assumptions, Chance(1, 0, 20))
    fixed = draw_parameters(scenario(parameters={"rent.SRB": 2.0}).assumptions, Chance(1, 0, 20))
    assert (fixed["rent"][:, 5] == 2.0).all()
    assert np.array_equal(fixed["rent"][:, :5], free["rent"][:, :5])
    assert all(np.array_equal(fixed[name], free[name]) for name in PARAMETERS if name != "rent")


def test_draw_k_is_the_same_in_every_block():
    whole = draw_parameters(scenario().assumptions, Chance(1, 0, 40))
    part = draw_parameters(scenario().assumptions, Chance(1, 33, 2))
    assert all(np.array_equal(whole[name][33:35], part[name]) for name in PARAMETERS)


def test_a_posterior_that_does_not_exist_is_refused():
    case = scenario()
    asked = case.assumptions.model_copy(update={"source": "posterior"})
    with pytest.raises(InputError, match="prior"):
        draw_parameters(asked, Chance(1, 0, 2))
