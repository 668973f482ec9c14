from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.tables.calendar import HISTORY_END, HISTORY_START, is_month, month_number, month_text


def test_months_count_from_year_zero() -> None:
    assert month_number("2021-01") == 12 * 2021
    assert month_number("2022-12") - month_number("2021-01") == 23
    assert month_text(month_number("2022-12") + 1) == "2023-01"
    assert month_number(HISTORY_END) - month_number(HISTORY_START) == 23


@given(st.integers(12 * 1000, 12 * 3000 - 1))
def test_text_and_number_are_inverse(number: int) -> None:
    assert month_number(month_text(number)) == number


@pytest.mark.parametrize(
    "text", ["2021-13", "2021-00", "2021-1", "2021", "", "2021-01-01", "٢٠٢١-٠١", "2021-01\n"]
)
def test_impossible_months_are_refused(text: str) -> None:
    assert not is_month(text)
    with pytest.raises(ValueError, match="YYYY-MM"):
        month_number(text)
