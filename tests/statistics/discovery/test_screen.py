from __future__ import annotations

import numpy as np

from tests.statistics.discovery.planted import cases, numbers
from wbsim.statistics.discovery.inputs import Input, Inputs
from wbsim.statistics.discovery.screen import screen


def test_few_inputs_are_all_kept_but_for_those_that_are_the_same_in_all_worlds():
    inputs = numbers(200, 1, 5)
    inputs.values[3] = 0.5

    found = screen(inputs, cases(inputs.values[0] > 0.5, 1), seed=1)

    assert (found.kept, found.same, found.screened) == ((0, 1, 2, 4), (3,), False)


def test_of_many_inputs_those_that_tell_something_are_kept_and_every_one_is_accounted_for():
    inputs = numbers(500, 2, 200)
    # Both ends are cases: no rank correlation, but another distribution.
    which = cases((np.abs(inputs.values[17] - 0.5) > 0.3) | (inputs.values[90] > 0.8), 2)

    found = screen(inputs, which, seed=2)

    assert found.screened and {17, 90} == set(found.kept[:2])
    assert len(found.kept) <= 40
    assert len(found.weak) > 150
    everyone = [
        *found.kept,
        *found.same,
        *found.weak,
        *found.beyond,
        *(double for double, _ in found.doubles),
    ]
    assert sorted(everyone) == list(range(200))


def test_an_input_that_follows_a_stronger_one_is_told_as_its_double():
    inputs = numbers(400, 3, 60)
    inputs.values[30] = inputs.values[5] + 1e-3 * np.random.default_rng(3).random(400)

    found = screen(inputs, cases(inputs.values[5] > 0.6, 3), seed=3)

    assert {30, 5} in [set(pair) for pair in found.doubles]
    assert len({5, 30} & set(found.kept)) == 1


def test_a_category_is_measured_whatever_the_order_of_its_codes():
    generator = np.random.default_rng(4)
    values = np.vstack([generator.random((50, 500)), generator.integers(0, 3, 500)])
    inputs = Inputs(
        (*(Input(f"x{n}", "") for n in range(50)), Input("c", "", categories=("a", "b", "c"))), values
    )

    found = screen(inputs, cases(values[50] == 1, 4), seed=4)

    assert found.kept[0] == 50


def test_most_is_a_limit():
    inputs = numbers(300, 5, 30)

    found = screen(inputs, cases(inputs.values[:8].mean(axis=0) > 0.5, 5), seed=5, most=3)

    assert len(found.kept) == 3 and len(found.beyond) > 0
