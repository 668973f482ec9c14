import pytest

from wbsim.report import numbers
from wbsim.tables.outcomes import OUTCOMES

COOPERATION, TRUST, MONEY = OUTCOMES["cooperation"], OUTCOMES["public_trust"], OUTCOMES["money"]


def test_values_have_the_digits_of_their_outcome():
    assert numbers.value(COOPERATION, 0.12345) == "0.123"
    assert numbers.value(TRUST, 56.789) == "56.79"
    assert numbers.value(MONEY, 12345.678) == "12,345.7"


def test_differences_have_a_sign_unless_they_round_to_zero():
    assert numbers.change(COOPERATION, 0.0123) == "+0.012"
    assert numbers.change(COOPERATION, -0.0123) == "-0.012"
    assert numbers.change(COOPERATION, -0.0001) == "0.000"
    assert numbers.change_interval(COOPERATION, -0.02, 0.03) == "-0.020 to +0.030"


def test_an_error_has_one_digit_more():
    assert numbers.error(COOPERATION, 0.00123) == "0.0012"


def test_what_is_undefined_says_so():
    texts = [
        numbers.value(COOPERATION, None),
        numbers.change(COOPERATION, None),
        numbers.error(COOPERATION, None),
        numbers.interval(COOPERATION, None, None),
        numbers.change_interval(COOPERATION, None, None),
        numbers.percent(None),
    ]
    assert set(texts) == {"n/a"}


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (0.001, "<1 %"), (0.5, "50 %"), (0.978, "98 %"), (0.999, ">99 %"), (1.0, "100 %")],
)
def test_only_what_is_certain_reads_so(share: float, text: str):
    assert numbers.percent(share) == text


def test_minus_signs_are_true_ones_and_hyphens_stay():
    assert numbers.typographic("iisg-results: -0.02 to +0.03 (-1)") == "iisg-results: −0.02 to +0.03 (−1)"
    assert numbers.typographic("index 0-1") == "index 0-1"


def test_months_and_durations_are_words():
    assert numbers.month_words("2032-12") == "December 2032"
    assert [numbers.duration(seconds) for seconds in (0.2, 40, 200, 7000, 400_000)] == [
        "about 1 second",
        "about 40 seconds",
        "about 3 minutes",
        "about 2 hours",
        "about 5 days",
    ]
