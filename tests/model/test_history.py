"""Months of the record and of chance follow one law: crises that are open, their ends, and what is usual (E2)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.model.small import region, scenario
from wbsim.model.agenda import ForcedCrisis
from wbsim.model.agents.publics import WAR
from wbsim.model.reference import ordinary_crises
from wbsim.model.region import Region
from wbsim.model.rules import crises
from wbsim.tables.calendar import HISTORY_START, month_number
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

SERBIA, KOSOVO = STATE_CODES.index("SRB"), STATE_CODES.index("XKX")
DYAD = DYAD_NAMES.index("XKX-SRB") if "XKX-SRB" in DYAD_NAMES else DYAD_NAMES.index("SRB-XKX")
START = month_number(HISTORY_START)
BANJSKA = month_number("2023-09") - START


def case(until: str = "2023-12", **parameters: float):
    """The status quo with the record forced until a month."""
    base = scenario(years=3, parameters=parameters)
    return base.model_copy(
        update={"assumptions": base.assumptions.model_copy(update={"history_until": until})}
    )


def run(some: Region, months: int) -> np.ndarray:
    """Fear of war (months, R, 6), after each month."""
    seen = []
    for _ in range(months):
        some.step()
        seen.append(some.publics.mean_threats()[:, :, WAR].copy())
    return np.array(seen)


def without(some: Region, first: int, last: int) -> Region:
    """The same region without the dated crises between two states that begin in these months."""
    some.agenda.dyads[:] = [c for c in some.agenda.dyads if not first <= c.start <= last]
    return some


def test_a_forced_banjska_raises_fear_of_war_in_serbia_and_in_kosovo() -> None:
    dated = run(region(case(), worlds=64), BANJSKA + 2)
    never = run(without(region(case(), worlds=64), BANJSKA, BANJSKA), BANJSKA + 2)
    np.testing.assert_array_equal(dated[:BANJSKA], never[:BANJSKA])
    gap = (dated - never)[-1]
    for state in (SERBIA, KOSOVO):
        assert gap[:, state].mean() > 0.05
        assert np.mean(gap[:, state] > 0.0) > 0.9


def test_the_record_of_2023_raises_fear_and_a_quiet_forced_year_lowers_it() -> None:
    """Against the same worlds in which 2023 comes by chance."""
    first, last = month_number("2023-01") - START, month_number("2023-12") - START
    chance = run(region(case("2022-12"), worlds=256), last + 1)[-3:].mean(axis=0)
    dated = run(region(case(), worlds=256), last + 1)[-3:].mean(axis=0)
    quiet = run(without(region(case(), worlds=256), first, last), last + 1)[-3:].mean(axis=0)
    for state in (SERBIA, KOSOVO):
        assert (dated - chance)[:, state].mean() > 0.0
        assert (quiet - chance)[:, state].mean() < 0.0
        assert (dated - quiet)[:, state].mean() > 0.05


def open_(severity: np.ndarray) -> np.ndarray:
    """Shares of worlds with an open crisis of severity 1, 2, 3 and 4 or more."""
    return np.array([(severity >= k).mean(axis=0) for k in (1, 2, 3, 4)])


def test_a_run_begins_in_the_law_that_a_month_leaves_unchanged() -> None:
    calm = {"excitation": 0.0, "contagion": 0.0, "lull_spread": 0.0}
    some = region(scenario(parameters=calm), worlds=6000, history=False)
    law = ordinary_crises(some.draws, some.geography)
    tails = np.array([tail.mean(axis=0) for tail in law.between(law.rate).tails])
    inside = np.array([tail.mean(axis=0) for tail in law.inside.tails])
    for _ in range(2):
        error = 4.5 * np.sqrt(np.maximum(tails, 1e-4) / some.worlds)
        assert np.all(np.abs(open_(some.environment.severity) - tails) < error)
        error = 4.5 * np.sqrt(np.maximum(inside, 1e-4) / some.worlds)
        assert np.all(np.abs(open_(some.environment.internal) - inside) < error)
        some.step()


def test_the_law_in_closed_form_is_that_of_simulated_months() -> None:
    """A place of high rate, so that outbreaks fall on open crises, followed for long."""
    onset, short, long, share = 0.2, 2.0, 10.0, 0.2
    steps = (0.6, 0.15, 0.01)
    law = crises.stationary(
        *(np.array([[x]]) for x in (onset, short, long, share)), tuple(np.array([[x]]) for x in steps)
    )
    generator, worlds = np.random.default_rng(1), 4000
    severity, protracted = np.zeros((2, worlds))
    kept = []
    for month in range(260):
        u = generator.random((4, worlds))
        over = u[3] < 1.0 / np.where(protracted > 0, long, short)
        severity, protracted = np.where(over, 0.0, severity), np.where(over, 0.0, protracted)
        new = u[0] < onset
        protracted = np.where(new & (severity == 0), u[2] < share, protracted)
        climbed = 1.0 + sum((u[1] < step).astype(float) for step in steps)
        severity = np.where(new, np.maximum(severity, climbed), severity)
        if month >= 60:
            kept.append(
                [severity >= k for k in (1, 2, 3, 4)] + [(severity >= k) & (protracted > 0) for k in (1, 2)]
            )
    found = np.mean(kept, axis=(0, 2))
    expected = [float(x[0, 0]) for x in (*law.tails, *law.long_tails[:2])]
    np.testing.assert_allclose(found, expected, rtol=0.04, atol=0.001)


def gaps(worlds: int, **switches: bool) -> tuple[np.ndarray, np.ndarray]:
    """Means over months and worlds, and their errors, of what is felt less what is usual, and of the worst likewise."""
    some = region(scenario(years=6), worlds=worlds, **switches)
    felt, worst, blamed = [], [], []
    for _ in range(some.agenda.months):
        some.step()
        felt.append(some.felt - some.reference.felt)
        worst.append(some.pair_severity().max(axis=2) - some.reference.worst_load)
        blamed.append(
            (some.blamed(some.pair_severity()) - some.publics.blamed_reference)[:, :, 0].reshape(worlds, -1)
        )
    found = np.concatenate([np.mean(each, axis=0) for each in (felt, worst, blamed)], axis=1)
    return found.mean(axis=0), found.std(axis=0) / np.sqrt(worlds)


@pytest.mark.parametrize("worlds", [150, pytest.param(2000, marks=pytest.mark.slow)])
def test_what_is_felt_by_chance_is_what_is_usual(worlds: int) -> None:
    """In every state, but for a twentieth of a unit of severity, which feedback through trust and arms may add."""
    mean, error = gaps(worlds, history=False)
    assert np.all(np.abs(mean) < 4.0 * error + 0.05)


def test_the_record_leaves_room_for_what_it_misses_and_for_nothing_severe() -> None:
    months = month_number("2022-12") - START + 1
    counts = {}
    for held in (0.4, 0.95):
        some = region(scenario(parameters={"record_held": held, "crisis_rate.calm": 0.5}), worlds=200)
        listed = {(c.place, c.start) for c in some.agenda.dyads}
        assert some.agenda.history == months and listed
        new = 0.0
        for month in range(months):
            before = some.environment.severity.copy()
            some.step()
            appeared = (some.environment.severity > 0) & (before == 0)
            for place, start in listed:
                if start == month:
                    appeared[:, place] = False
            new += appeared.sum() / some.worlds
            quiet = [d for d in range(15) if d not in {place for place, _ in listed}]
            assert some.environment.severity[:, quiet].max() < 3.0
        counts[held] = new
    # Twelve times as much is missed; crises that end in a month in which others begin blur it a little.
    assert counts[0.4] / counts[0.95] == pytest.approx(0.6 / 0.05, rel=0.5)


def forced(*some: ForcedCrisis, months: int, worlds: int = 400) -> np.ndarray:
    """Severity (months, R) on a dyad that nothing else happens on, after each month."""
    quiet = {"record_held": 1.0, "short_months": 2.0, "long_months": 11.0, "long_share": 0.1}
    model = region(case(**quiet), worlds=worlds)
    model.agenda.dyads[:] = list(some)
    model.agenda.states[:] = []
    seen = []
    for _ in range(months):
        model.step()
        seen.append(model.environment.severity[:, some[0].place].copy())
    return np.array(seen)


def test_a_crisis_without_a_recorded_end_ends_by_chance_as_others_do() -> None:
    severity = forced(ForcedCrisis(3, 2.0, 2, None), months=12, worlds=4000)
    assert not severity[:2].any() and (severity[2] == 2.0).all()
    one, n = np.ones(1), np.arange(9.0)
    alive = crises.survival(n, 2.0 * one, 11.0 * one, 0.1 * one)[0]
    np.testing.assert_allclose((severity[2:11] > 0).mean(axis=1), alive, atol=0.03)


def test_of_several_dated_crises_each_lasts_its_own_time_in_whatever_order() -> None:
    short, late = ForcedCrisis(3, 3.0, 1, 4), ForcedCrisis(3, 1.0, 2, 8)
    for order in ((short, late), (late, short)):
        severity = forced(*order, months=11, worlds=20)
        assert (severity[1:5] == 3.0).all()
        assert (severity[5:9] == 1.0).all()
        assert not severity[9:].any()


def test_one_without_an_end_goes_on_at_its_own_severity_after_one_with_an_end() -> None:
    known, open_end = ForcedCrisis(3, 3.0, 1, 4), ForcedCrisis(3, 2.0, 2, None)
    severity = forced(known, open_end, months=9, worlds=4000)
    assert (severity[1:5] == 3.0).all()
    assert set(np.unique(severity[5:])) == {0.0, 2.0}
    one = np.ones(1)
    for month in (5, 6, 8):
        alive = crises.survival(np.full(1, month - 2.0), 2.0 * one, 11.0 * one, 0.1 * one)[0][0]
        assert (severity[month] > 0).mean() == pytest.approx(alive, abs=0.03)


def test_a_crisis_of_before_the_start_is_as_old_as_it_is() -> None:
    quiet = {"record_held": 1.0, "short_months": 2.0, "long_months": 11.0, "long_share": 0.1}
    one = np.ones(1)
    some = region(case(**quiet), worlds=4000)
    # The last dated crisis of before the start, between Montenegro and Serbia, has no end on record.
    (earlier,) = [c for c in some.agenda.dyads if c.start < 0 and c.start > -6]
    alive = crises.survival(np.full(1, -1.0 - earlier.start), 2.0 * one, 11.0 * one, 0.1 * one)[0][0]
    at = some.environment.severity[:, earlier.place]
    assert (at == earlier.severity).mean() == pytest.approx(alive, abs=0.03)


def test_worlds_do_not_depend_on_how_many_there_are() -> None:
    many, few = region(case(), worlds=9), region(case(), worlds=3, first=4)
    for _ in range(30):
        many.step()
        few.step()
    for name in ("severity", "protracted", "internal", "level"):
        np.testing.assert_array_equal(getattr(many.environment, name)[4:7], getattr(few.environment, name))


def test_the_mean_worst_of_independent_places_is_counted_right() -> None:
    generator = np.random.default_rng(2)
    chances = np.sort(generator.random((3, 4)) * 0.5, axis=1)[:, ::-1]
    u = generator.random((200_000, 3))
    severity = sum((u[:, :, None] < chances[None]).astype(float)[:, :, k] for k in range(4))
    found = crises.expected_worst([[np.array([c]) for c in row] for row in chances])[0]
    assert severity.max(axis=1).mean() == pytest.approx(found, abs=0.01)
