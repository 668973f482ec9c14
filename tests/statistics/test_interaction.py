import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wbsim.statistics.interaction import Union, interaction, unions
from wbsim.statistics.paired import Values


def sets(*policies: str) -> list[frozenset[str]]:
    return [frozenset(each) for each in policies]


def test_both_is_found_whatever_the_order():
    assert unions(sets("", "f", "i", "fi")) == (Union(3, (1, 2)),)
    assert unions(sets("", "fi", "i", "f")) == (Union(1, (2, 3)),)


def test_only_what_is_added_to_the_baseline_counts():
    assert unions(sets("b", "bf", "bi", "bfi")) == (Union(3, (1, 2)),)
    assert unions(sets("b", "f", "bi", "bfi")) == ()  # the second lacks the baseline's policy


def test_every_way_of_putting_it_together_is_found_but_none_that_counts_twice():
    assert unions(sets("", "a", "b", "c", "ab", "abc")) == (
        Union(4, (1, 2)),
        Union(5, (1, 2, 3)),
        Union(5, (3, 4)),
    )
    assert unions(sets("", "ab", "bc", "abc")) == ()
    assert unions(sets("", "a", "ab")) == ()
    assert unions(sets("", "a", "a")) == ()


def test_interaction_by_hand():
    values = np.array([[1.0, 1.0], [2.0, 1.5], [1.0, 0.0], [4.0, 1.0]])

    # Effects: 1 and 0.5, 0 and -1, together 3 and 0.
    np.testing.assert_array_equal(interaction(values, Union(3, (1, 2))), [2.0, 0.5])


@given(arrays(np.float64, 5, elements=st.integers(-9, 9).map(float)))
def test_effects_that_add_up_do_not_interact(base: Values):
    values = np.stack([base, base + 1, base - 3, base - 2])

    np.testing.assert_array_equal(interaction(values, Union(3, (1, 2))), np.zeros(5))
