"""The pooled rate of others."""

from __future__ import annotations

import numpy as np
import pytest

from tests.analogues.fake import attendance, bosnia_last, crises, first_item
from tests.analogues.rules import observed
from wbsim.analogues.pooled import pooled


def draws(observation, others) -> np.ndarray:
    found = pooled(observation, others, 20_000, np.random.default_rng(1))
    assert found is not None
    return found


def test_each_other_institution_counts_once_however_many_trials_it_had() -> None:
    others = [attendance(90, 100), attendance(3, 10)]
    found = draws(attendance(1, 10), others)
    assert found.mean() == pytest.approx((0.5 + 0.9 + 0.3) / 3.0, abs=0.01)
    assert found.std() > 0.2


def test_only_what_has_the_same_measure_is_pooled() -> None:
    strict, lenient = (observed(indicator="kept", bar=bar) for bar in ("strict", "lenient"))
    assert pooled(strict, [lenient, attendance(3, 10)], 10, np.random.default_rng(1)) is None
    assert pooled(strict, [strict], 10, np.random.default_rng(1)) is not None


def test_times_are_pooled_as_logarithms_and_events_by_exposure() -> None:
    times = draws(first_item(5, 6), [first_item(4, 6), first_item(20, 20)])
    assert np.median(times) == pytest.approx(10.0, rel=0.05)
    assert draws(crises(2), [crises(6)]).mean() == pytest.approx(6.5, abs=0.1)


def test_an_order_that_nobody_knows_is_any() -> None:
    found = draws(bosnia_last(), [])
    assert found.mean() == pytest.approx(2.5, abs=0.05)
    assert set(found) == set(range(6))
