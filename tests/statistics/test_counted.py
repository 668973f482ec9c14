"""Shares of worlds and their difference, against published examples."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.counted import Counted, counted, newcombe


def of(hit: int, worlds: int) -> Counted:
    return counted(np.arange(worlds) < hit)


def test_a_share_has_its_wilson_interval():
    # Newcombe 1998 (Statistics in Medicine 17, 857), table I: 81 of 263 and 0 of 20.
    assert (of(81, 263).low, of(81, 263).high) == (
        pytest.approx(0.2553, abs=5e-5),
        pytest.approx(0.3662, abs=5e-5),
    )
    assert (of(0, 20).low, of(0, 20).high) == (0.0, pytest.approx(0.1611, abs=5e-5))


def test_a_difference_has_newcombes_interval():
    # Newcombe 1998 (Statistics in Medicine 17, 873), table II, method 10: 56/70 against 48/80.
    found = newcombe(of(56, 70), of(48, 80))
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_only_worlds_that_are_asked_about_count():
    hit, among = np.array([True, True, False, False]), np.array([True, False, True, True])
    assert (counted(hit, among).hit, counted(hit, among).worlds) == (1, 3)


def test_without_worlds_nothing_is_said():
    none = counted(np.array([], dtype=bool))
    assert none == Counted(0, 0, None, None, None)
    assert newcombe(none, of(1, 2)) is None
