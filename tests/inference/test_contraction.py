import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.inference.contraction import contraction, effective_figures, effective_figures_by_block, label


def test_contraction_is_one_minus_the_ratio_of_spreads():
    draws = np.random.default_rng(1).standard_normal((20_000, 4)) * np.array([1.0, 0.95, 0.75, 0.3])
    found = contraction(draws)

    assert np.all(np.abs(found.value - [0.0, 0.05, 0.25, 0.7]) < 4 * found.error)
    # The error of an sd of M normal draws is sd / sqrt(2 M).
    assert found.error == pytest.approx(np.array([1.0, 0.95, 0.75, 0.3]) / np.sqrt(40_000), rel=0.05)
    assert found.labels == ("not identified by data", "not identified by data", "weak", "identified")
    assert found.identified.tolist() == [False, False, False, True]
    with pytest.raises(ValueError, match="two draws"):
        contraction(draws[:1])


def test_labels_change_at_a_tenth_and_at_four_tenths():
    assert [label(value) for value in (-0.2, 0.0999, 0.1, 0.3999, 0.4)] == [
        "not identified by data",
        "not identified by data",
        "weak",
        "weak",
        "identified",
    ]


def test_figures_count_by_what_the_parameters_explain():
    signal, noise = np.diag([9.0, 1.0, 0.0]), np.eye(3)

    assert effective_figures(signal, noise) == pytest.approx(0.9 + 0.5 + 0.0)
    assert effective_figures_by_block(signal, noise, {"a": np.array([0]), "b": np.array([1, 2])}) == {
        "a": pytest.approx(0.9),
        "b": pytest.approx(0.5),
    }


def test_two_figures_that_say_the_same_are_hardly_more_than_one():
    assert effective_figures(np.full((2, 2), 100.0), np.eye(2)) == pytest.approx(200 / 201)


@given(st.integers(0, 5000), st.floats(0.1, 10.0))
def test_it_does_not_depend_on_units_and_lies_between_none_and_all(seed, scale):
    generator = np.random.default_rng(seed)
    first, second, mixing = (generator.standard_normal((3, 3)) for _ in range(3))
    signal, noise = first @ first.T, second @ second.T + np.eye(3)
    mixing += 4 * np.eye(3)
    found = effective_figures(signal, noise)

    assert 0 <= found <= 3
    mixed = effective_figures(scale * mixing @ signal @ mixing.T, scale * mixing @ noise @ mixing.T)
    assert mixed == pytest.approx(found, rel=1e-6)
