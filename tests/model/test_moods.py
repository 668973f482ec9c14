"""Support that moves from year to year, and publics that differ in their levels of safety and outlook (C3, C4)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.model.small import region, scenario
from wbsim import kernels
from wbsim.instruments.load import load_catalogue
from wbsim.model.citizens import Citizens
from wbsim.model.region import Region
from wbsim.tables.places import STATE_CODES

SERBIA, KOSOVO = STATE_CODES.index("SRB"), STATE_CODES.index("XKX")


def yearly(some: Region, years: int) -> np.ndarray:
    """Support (years + 1, R, 6) in percent at the end of each year, mean of domains."""
    seen = [100.0 * some.publics.shares[:, :, :5].mean(axis=2)]
    for month in range(12 * years):
        some.step()
        if month % 12 == 11:
            seen.append(100.0 * some.publics.shares[:, :, :5].mean(axis=2))
    return np.array(seen)


@pytest.mark.parametrize("worlds", [60, pytest.param(400, marks=pytest.mark.slow)])
def test_support_changes_by_one_to_three_points_a_year(worlds: int) -> None:
    support = yearly(region(scenario(citizens=400, years=8), worlds=worlds), 9)
    change = np.diff(support.mean(axis=2), axis=0)[1:]
    assert 1.0 < change.std() < 3.0
    own = np.diff(support, axis=0)[1:]
    assert own.std() > change.std()
    # It does not wander off: a mood fades, so that the spread between worlds grows less than a random walk's would.
    late, early = (support.mean(axis=2)[n].std() for n in (-1, 2))
    assert late < early * np.sqrt(len(support) - 1) / np.sqrt(2)


def test_without_chance_there_is_no_mood_and_none_moves_support_if_none_is_asked_for() -> None:
    still = region(worlds=4, chancy=False)
    for _ in range(6):
        still.step()
    assert not still.publics.mood.any()
    quiet = region(scenario(parameters={"mood_shared": 0.0, "mood_own": 0.0}), worlds=4)
    quiet.step()
    assert not quiet.publics.mood.any()


def test_publics_share_a_part_of_their_mood() -> None:
    shared, own = ({"mood_shared": a, "mood_own": b} for a, b in ((0.3, 0.0), (0.0, 0.3)))
    moods = []
    for sizes in (shared, own):
        some = region(scenario(parameters=sizes), worlds=2000, eventful=False)
        for _ in range(12):
            some.step()
        moods.append(np.corrcoef(some.publics.mood.T)[0, 1])
    assert moods[0] == pytest.approx(1.0)
    assert abs(moods[1]) < 0.1


def test_all_policies_of_a_world_have_its_moods() -> None:
    none, forum = region(), region(scenario({"forum": {}}))
    for _ in range(30):
        none.step()
        forum.step()
    np.testing.assert_array_equal(none.publics.mood, forum.publics.mood)


def test_publics_differ_by_tens_of_points_in_feeling_safe_where_their_residuals_do() -> None:
    levels = {"safety_residual.SRB": 0.7, "safety_residual.XKX": -0.7}
    some, alike = region(scenario(parameters=levels)), region(scenario(parameters=dict.fromkeys(levels, 0.0)))

    def safe(one: Region, state: int) -> float:
        return float((1.0 / (1.0 + np.exp(-Citizens(one, state).safety))).mean())

    assert 100.0 * (safe(some, SERBIA) - safe(some, KOSOVO)) > 20.0
    assert abs(safe(alike, SERBIA) - safe(alike, KOSOVO)) < 0.05
    # The kernel's read-out, which is an outcome, has the same level as the question of a survey.
    at = kernels.READOUTS.index("safe")
    gap = some.publics.shares[:, :, at] - alike.publics.shares[:, :, at]
    assert (gap[:, SERBIA] > 0.05).all() and (gap[:, KOSOVO] < -0.05).all()


def test_publics_differ_in_their_outlook_where_their_residuals_do() -> None:
    levels = {"outlook_residual.SRB": -0.7, "outlook_residual.XKX": 0.7}
    some = region(scenario(parameters=levels))
    assert load_catalogue().question("securimeter-outlook") is not None
    gap = Citizens(some, KOSOVO).outlook - Citizens(some, SERBIA).outlook
    assert gap.mean() == pytest.approx(1.4, abs=0.05)


@pytest.mark.parametrize(("months", "least", "most"), [(3, 0.25, 0.95), (24, 0.0, 0.6)])
def test_acute_hostility_fades_within_months_and_the_rest_over_years(
    months: int, least: float, most: float
) -> None:
    """Trust of Serbia's public in Kosovo after a severe crisis of one month, as a share of the loss at its worst."""
    fixed = {
        "resentment_share": 0.7,
        "resentment_half_life": 3.0,
        "trust_half_life": 60.0,
        "crisis_reaction": 0.1,
    }
    base = scenario(parameters=fixed)
    losses = []
    for severity in (3.0, 0.0):
        some = region(base, worlds=16, eventful=False)
        g = some.geography
        dyad = next(d for d in range(15) if {int(g.first[d]), int(g.second[d])} == {SERBIA, KOSOVO})
        trust = []
        for month in range(40):
            some.environment.severity[:, dyad] = severity if month == 2 else 0.0
            some.step()
            trust.append(some.publics.means[:, SERBIA, 10 + KOSOVO, 0].mean())
        losses.append(np.array(trust))
    loss = losses[1] - losses[0]
    worst = int(np.argmax(loss))
    assert loss[worst] > 0.02
    left = loss[min(worst + months, len(loss) - 1)] / loss[worst]
    assert least < left < most
