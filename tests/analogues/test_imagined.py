"""What more institutions would teach, on a simulator in closed form."""

from __future__ import annotations

import numpy as np

from tests.analogues.fake import attendance, bosnia_last, crises, evidence, first_item, institution
from wbsim.analogues.analogue import Count, Interval
from wbsim.analogues.imagined import PATIENCE, Imagined, expected_contraction, imagine

FOUND = evidence(institution("council", attendance(30, 40), first_item(4, 9)))
TRUTH = np.array([0.5, 0.0])


def generator() -> np.random.Generator:
    return np.random.default_rng(6)


def test_more_of_a_kind_narrows_what_that_kind_is_about_and_nothing_else() -> None:
    def narrowed(indicator: str) -> list[float]:
        wanted = Imagined((indicator,), 6)
        return expected_contraction(FOUND, wanted, TRUTH[None], 1000, generator()).tolist()

    now = expected_contraction(FOUND, Imagined((), 0), TRUTH[None], 1000, generator())
    presence, pace = narrowed("attendance")
    assert presence > now[0] + 0.2 and abs(pace - now[1]) < 0.08
    presence, pace = narrowed("months-to-first-item")
    assert pace > now[1] + 0.1 and abs(presence - now[0]) < 0.08


def test_what_is_imagined_is_what_the_model_would_show() -> None:
    high, low = (
        imagine(FOUND, Imagined(("attendance",), 200), np.array([presence, 0.0]), generator())
        for presence in (1.5, -1.5)
    )
    shares = []
    for found in (high, low):
        values = [surface.observation.value for surface in found.surfaces[len(FOUND.surfaces) :]]
        assert len(values) == 200 and all(isinstance(value, Count) for value in values)
        shares.append(np.mean([value.successes / value.trials for value in values]))  # type: ignore[union-attr]
    # The logistic of 1 + 1.5 and of 1 - 1.5 is 0.92 and 0.38; scatter and discrepancy draw them to the middle.
    assert 0.8 < shares[0] < 0.95 and 0.3 < shares[1] < 0.5


def test_nobody_waits_for_ever_for_a_first_item() -> None:
    slow = imagine(FOUND, Imagined(("months-to-first-item",), 50), np.array([0.0, 4.0]), generator())
    values = [each.observation.value for each in slow.surfaces[len(FOUND.surfaces) :]]
    assert Interval(PATIENCE, None) in values


def test_what_is_fitted_nowhere_and_orders_have_no_copies() -> None:
    kept_back = evidence(
        institution("council", attendance(30, 40), bosnia_last()),
        institution("board", crises(3), use="validation"),
    )
    wanted = Imagined(("attendance", "order-acting", "crises"), 3)
    more = imagine(kept_back, wanted, TRUTH, generator())
    assert [each.observation.indicator for each in more.surfaces[len(kept_back.surfaces) :]] == [
        "attendance"
    ] * 3
    assert more.use.sum() == kept_back.use.sum() + 3
