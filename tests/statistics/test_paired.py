import numpy as np
import pytest

from wbsim.statistics.paired import Level, difference, level, monte_carlo_error, shares

BASELINE = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
POLICY = np.array([2.0, 2.0, 2.0, 4.5, 8.0])  # differences: 1, 0, -1, 0.5, 3


def test_a_difference_is_paired_world_by_world():
    figures = difference(POLICY, BASELINE, "higher", margin=0.5)

    assert figures.mean == pytest.approx(0.7)
    # Sorted differences -1, 0, 0.5, 1, 3: the 5 % quantile lies a fifth of the way from -1 to 0.
    assert figures.q05 == pytest.approx(-0.8)
    assert figures.q95 == pytest.approx(2.6)
    # Deviations from 0.7 squared: 2.89 + 0.49 + 0.04 + 0.09 + 5.29 = 8.8; sd = sqrt(8.8 / 4).
    assert figures.mcse == pytest.approx(np.sqrt(2.2) / np.sqrt(5))


def test_ties_count_half_and_the_margin_itself_is_no_practical_gain():
    figures = difference(POLICY, BASELINE, "higher", margin=0.5)

    assert figures.p_better == pytest.approx((3 + 0.5) / 5)
    assert figures.p_practical_better == pytest.approx(2 / 5)  # 1 and 3; 0.5 is on the margin
    assert figures.p_practical_worse == pytest.approx(1 / 5)


def test_lower_is_better_turns_chances_but_not_the_difference():
    figures = difference(POLICY, BASELINE, "lower", margin=0.5)

    assert figures.mean == pytest.approx(0.7)
    assert figures.p_better == pytest.approx((1 + 0.5) / 5)
    assert figures.p_practical_better == pytest.approx(1 / 5)
    assert figures.p_practical_worse == pytest.approx(2 / 5)


def test_the_same_values_make_no_difference_at_all():
    figures = difference(BASELINE, BASELINE, "higher", margin=0.1)

    assert (figures.mean, figures.q05, figures.q95, figures.mcse) == (0.0, 0.0, 0.0, 0.0)
    assert (figures.p_better, figures.p_practical_better, figures.p_practical_worse) == (0.5, 0.0, 0.0)


def test_gain_within_and_harm_are_all_worlds():
    counted = shares(POLICY, BASELINE, "higher", margin=0.5)

    assert counted.better == pytest.approx(0.7)
    assert (counted.practical_better, counted.within, counted.practical_worse) == (0.4, 0.4, 0.2)


def test_one_world_has_no_monte_carlo_error():
    figures = difference(POLICY[:1], BASELINE[:1], "higher", margin=0.5)

    assert figures.mcse is None
    assert (figures.mean, figures.q05, figures.q95, figures.p_better) == (1.0, 1.0, 1.0, 1.0)
    assert monte_carlo_error(POLICY[:1]) is None


def test_without_worlds_everything_is_undefined_and_nothing_is_nan():
    none = np.array([])

    assert level(none) == Level(None, None, None, None)
    assert set(vars_of(difference(none, none, "higher", 0.5))) == {None}
    assert set(vars_of(shares(none, none, "higher", 0.5))) == {None}


def test_values_of_different_worlds_cannot_be_paired():
    with pytest.raises(ValueError, match="one world each"):
        difference(POLICY, BASELINE[:4], "higher", 0.5)


def vars_of(record: object) -> list[object]:
    return [getattr(record, name) for name in record.__slots__]  # type: ignore[attr-defined]
