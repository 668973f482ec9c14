from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.sweeps.value import LEAVE, point_text, value_text, weights_of, weights_text


def test_values_read_as_they_are_written() -> None:
    assert [value_text(value) for value in (4.0, 0.1 + 0.2, 3, "equal", ("ALB", "SRB"), LEAVE)] == [
        "4",
        "0.3",
        "3",
        "equal",
        "ALB+SRB",
        "as in the scenario",
    ]
    assert point_text(("a", "b"), (1.5, LEAVE)) == "a = 1.5"
    assert point_text(("a",), (LEAVE,)) == "every value as in the scenario"


@given(st.lists(st.floats(0.0, 1.0), min_size=5, max_size=5).filter(any))
def test_weights_come_back_from_their_text(weights: list[float]) -> None:
    assert weights_of(weights_text(weights)) == tuple(weights)


@pytest.mark.parametrize("text", ["", "borders", "money=1", "borders=x"])
def test_other_texts_are_no_weights(text: str) -> None:
    with pytest.raises(ValueError):
        weights_of(text)
