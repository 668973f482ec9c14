"""What is observed of cooperation: the rows of the data, and none that is kept back."""

from __future__ import annotations

import pytest

from wbsim.cooperation.observed import formats, officers, organisations, trade
from wbsim.tables.places import DYAD_NAMES


def test_trade_is_the_mean_of_the_shares_of_whole_years() -> None:
    found = trade()
    # Montenegro's ex- and imports with Serbia in 2019: 17 and 30 percent.
    assert found["MNE-SRB"] == pytest.approx(23.5)
    # Kosovo's in 2018; those of November 2019, under tariffs, do not enter.
    assert found["XKX-SRB"] == pytest.approx((9.1 + 11.6) / 2)
    # Of both sides where both are published.
    assert found["BIH-SRB"] == pytest.approx((11 + 13 + 7) / 3)
    assert len(found) == 8 and "ALB-MKD" not in found


def test_memberships_are_known_of_every_dyad() -> None:
    assert tuple(organisations()) == tuple(formats()) == DYAD_NAMES
    assert organisations()["ALB-SRB"] == 53 and organisations()["XKX-SRB"] == 5
    assert formats()["ALB-MKD"] == 2 and formats()["ALB-MNE"] == 1 and formats()["MNE-SRB"] == 0


def test_officers_are_those_of_years_that_may_be_looked_at() -> None:
    assert officers() == {2018: 8300, 2020: 8838, 2021: 11000, 2022: 16000}
