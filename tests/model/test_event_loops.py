"""The compiled loops of crises, threat levels and help give the bytes of the rules written with NumPy (E1, E2, X3)."""

import numpy as np
import pytest

from wbsim.model.geography import geography
from wbsim.model.rules import basics, cooperation, crises, event_loops

WORLDS = 40
FACTS = geography()
FIRST, SECOND = FACTS.first, FACTS.second


@pytest.fixture
def chance():
    return np.random.default_rng(4)


@pytest.fixture
def some(chance):
    return lambda *shape: chance.normal(size=(WORLDS, *shape))


@pytest.mark.parametrize("width", [1, 15])
def test_crises_end_at_the_odds_of_their_length(chance, some, width):
    shift, u = 2.0 * some(width), chance.uniform(size=(WORLDS, 15, 4))
    protracted = (some(15) > 0.0).astype(float)
    short, long = 1.0 + np.abs(some()), 1.0 + 10.0 * np.abs(some())
    mean = np.where(protracted > 0.0, long[:, None], short[:, None])
    expected = u[:, :, 3] < crises.end_chance(mean, shift)
    over = event_loops.ends(np.exp(shift), protracted, short, long, u)
    assert np.array_equal(over, expected) and over.any() and not over.all()


def test_crises_break_out_climb_and_leave_the_worse_severity(chance, some):
    u, risk, shift = chance.uniform(size=(WORLDS, 15, 4)), chance.uniform(size=(WORLDS, 15)), some(15)
    steps, long_share = tuple(some() for _ in range(3)), chance.uniform(size=WORLDS)
    before = chance.integers(0, 4, (WORLDS, 15)).astype(float)
    lasting = (before > 0.0) * (some(15) > 0.0)
    climbs = crises.climbs(*(step[:, None] for step in steps), shift)
    new, reached = u[:, :, 0] < risk, crises.severity(u[:, :, 1], *climbs)
    long = (u[:, :, 2] < long_share[:, None]).astype(float)
    severity, protracted = before.copy(), lasting.copy()
    where, odds = event_loops.outbreaks(u, risk, steps, shift)
    assert np.array_equal(where, np.argwhere(new)) and 0 < len(where) < new.size
    event_loops.break_out(severity, protracted, where, np.exp(odds), u, long_share, 4.0)
    assert np.array_equal(severity, np.where(new, np.maximum(reached, before), before))
    assert np.array_equal(protracted, np.where(new & (before == 0.0), long, lasting))
    assert set(np.unique(severity)) == {0.0, 1.0, 2.0, 3.0, 4.0}


def test_the_hazard_adds_up_what_raises_and_lowers_it(some):
    rate, lull, excitation, armed = np.abs(some(15)), some(15), some(15), some(15)
    tone, usual_tone, known, usual_known = (some(6, 6) for _ in range(4))
    exposure, internal, severity = some(6), np.abs(some(6)), np.abs(some(15))
    spread, by_rhetoric, by_posture, strength, by_contagion, by_trust = (some() for _ in range(6))

    def change(now, before):
        moved = now - before
        return (moved[:, FIRST, SECOND] + moved[:, SECOND, FIRST]) / 2.0

    beside = severity[:, geography().sharing].max(axis=1)
    near = np.maximum(beside, np.maximum(internal[:, FIRST], internal[:, SECOND]))
    expected = crises.risk(
        rate,
        lull,
        spread[:, None],
        excitation,
        by_rhetoric[:, None] * change(tone, usual_tone),
        by_posture[:, None] * armed,
        strength[:, None] * ((exposure[:, FIRST] + exposure[:, SECOND]) / 2.0),
        by_contagion[:, None] * near,
        by_trust[:, None] * change(known, usual_known),
    )
    out = np.empty_like(rate)
    event_loops.log_hazard(
        out,
        np.log(np.maximum(rate, 1e-12) / 12.0),
        (spread, lull),
        excitation,
        (by_rhetoric, tone, usual_tone),
        (by_posture, armed),
        (strength, exposure),
        (by_contagion, severity, internal),
        (by_trust, known, usual_known),
        (FIRST, SECOND, geography().sharing),
    )
    assert np.array_equal(1.0 - np.exp(-np.exp(out)), expected)
    assert out.max() == 1.5


def test_crises_count_in_the_month_in_which_they_reach_a_severity():
    before, now = np.array([[0.0, 2.0, 3.0, 4.0]]), np.array([[3.0, 3.0, 3.0, 0.0]])
    assert event_loops.reached(now, before, 3.0).tolist() == [2.0]
    assert event_loops.reached(now, before, 4.0).tolist() == [0.0]


def test_a_crisis_is_felt_in_full_by_its_own_by_solidarity_by_kin_and_as_an_echo_by_the_rest():
    """C1: a crisis of severity 2 between Kosovo and Serbia, felt in Albania (kin) and Montenegro (not)."""
    severity, internal = np.zeros((1, 6, 6)), np.zeros((1, 6))
    severity[0, 2, 5] = severity[0, 5, 2] = 2.0
    felt = event_loops.felt(severity, internal, FACTS.kin, np.array([0.5]), np.array([0.25]))[0]
    assert felt[2] == felt[5] == 2.0
    assert felt[0] == 0.5 * 2.0
    assert felt[4] == 0.25 * 2.0
    internal[0, 3] = 4.0
    felt = event_loops.felt(0.0 * severity, internal, FACTS.kin, np.array([0.5]), np.array([0.25]))[0]
    assert felt.tolist() == [1.0, 1.0, 1.0, 4.0, 1.0, 1.0]


@pytest.mark.parametrize("chancy", [True, False])
def test_threat_levels_fade_spill_over_and_fall_by_what_is_delivered(some, chancy):
    level, shocks, able = some(6, 5), 3.0 * some(6, 5), some(6)
    delivery, usual = some(5), some(5)
    left, spillover, good, capacity, size = (some() for _ in range(5))
    neighbours = FACTS.borders / FACTS.borders.sum(axis=1, keepdims=True)
    normal = some(6, 5) if chancy else np.empty((0, 6, 5))
    around = basics.total(level[:, None] * neighbours[:, :, None], 2)
    moved = (
        left[:, None, None] * level
        + spillover[:, None, None] * (around - level)
        - good[:, None, None] * (delivery - usual)[:, None, :]
        - (capacity[:, None] * able)[..., None]
    )
    if chancy:
        moved = moved + size[:, None, None] * normal
    out = np.empty_like(level)
    event_loops.move_levels(
        out,
        level,
        left,
        spillover,
        neighbours,
        (good, delivery, usual),
        (capacity, able),
        (size, normal),
        shocks,
    )
    assert np.array_equal(out, np.clip(moved + shocks, -3.0, 3.0))
    assert np.abs(out).max() == 3.0


def test_shocks_come_by_chance_or_by_date_and_disasters_strike(chance, some):
    chances, u = chance.uniform(size=(WORLDS, 6, 5)), chance.uniform(size=(WORLDS, 6, 5))
    logs, mean, dated = np.log(chance.uniform(size=(WORLDS, 6, 5))), np.abs(some()), np.zeros((6, 5))
    dated[3, 4] = 0.7
    shocks, struck = np.empty((WORLDS, 6, 5)), np.empty((WORLDS, 6))
    event_loops.strike(shocks, struck, dated, chances, chances, mean, u, logs, 4)
    came, size = (u < chances).astype(float), -mean[:, None, None] * logs
    assert np.array_equal(shocks, dated + came * size - chances * mean[:, None, None])
    assert np.array_equal(struck, np.maximum(dated[:, 4] > 0.0, came[:, :, 4]))


def test_help_is_likelier_from_those_who_trust_and_whose_public_agrees(some):
    base, slope, by_support, refusal = (some() for _ in range(4))
    known, risen, pact = some(6, 6), some(6, 5), some(6, 6)
    expected = cooperation.aid_chance(
        base[:, None, None],
        slope[:, None, None],
        np.swapaxes(known, 1, 2),
        (by_support[:, None] * risen[:, :, 4])[:, None, :],
        refusal[:, None, None],
        FACTS.recognised,
        pact,
    )
    odds = np.empty((WORLDS, 6, 6))
    event_loops.against_aid(
        odds, base, (slope, known), (by_support, risen), refusal, FACTS.recognised, pact, 4
    )
    np.exp(odds, out=odds)
    event_loops.between_others(odds)
    assert np.array_equal(odds, expected * basics.OTHERS)
