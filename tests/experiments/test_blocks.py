import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.experiments.blocks import Span, spans


def test_worlds_are_cut_into_blocks_and_a_shorter_rest():
    assert spans(10, 7, 3) == (Span(10, 3), Span(13, 3), Span(16, 1))


@given(st.integers(0, 2**40), st.integers(1, 500), st.integers(1, 600))
def test_every_world_is_in_exactly_one_block(first: int, worlds: int, size: int):
    assert [world for span in spans(first, worlds, size) for world in span.worlds] == list(
        range(first, first + worlds)
    )


def test_a_span_is_named_by_its_worlds():
    assert str(Span(64, 64)) == "worlds 64 to 127"
    assert str(Span(3, 1)) == "world 3"


def test_a_block_without_worlds_is_refused():
    with pytest.raises(ValueError, match="at least one world"):
        spans(0, 10, 0)
