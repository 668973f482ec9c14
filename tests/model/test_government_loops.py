"""The compiled loops of governments give the bytes of the rules that are written with NumPy (G1 to G4)."""

import numpy as np
import pytest

from wbsim.model.geography import geography
from wbsim.model.rules import basics, effort, government_loops, trust

WORLDS = 7
DISPUTE = geography().dispute


@pytest.fixture
def some():
    chance = np.random.default_rng(3)
    return lambda *shape: chance.normal(size=(WORLDS, *shape))


def pairs(values):
    return values[:, None, None]


def test_records_fade_and_take_up_contact_help_arms_crises_and_what_mechanisms_show(some):
    kept, broken, joint, usual, helped, severity = (np.abs(some(6, 6)) for _ in range(6))
    shown, hidden, armed = some(6, 6), some(6, 6), some(6)
    fade, contact, help_weight, arms, crisis, loss = (some() for _ in range(6))
    gained = pairs(contact) * (joint - usual)
    gains = shown + np.maximum(gained, 0.0) + pairs(help_weight) * helped
    threat = np.maximum(armed[:, None, :] * DISPUTE / 3.0, 0.0)
    losses = pairs(loss) * (
        hidden + np.maximum(-gained, 0.0) + pairs(crisis) * severity + pairs(arms) * threat
    )
    new, worse, excess = kept.copy(), broken.copy(), np.empty_like(kept)
    government_loops.record(
        new,
        worse,
        excess,
        fade,
        (contact, joint, usual),
        (help_weight, helped),
        (arms, armed, DISPUTE),
        (shown, hidden),
        (crisis, severity),
        loss,
    )
    assert np.array_equal(new, pairs(fade) * kept + gains)
    assert np.array_equal(worse, pairs(fade) * broken + losses)
    assert np.array_equal(excess, gains - losses)
    out = np.empty_like(kept)
    alpha, beta = np.abs(some(6, 6)), np.abs(some(6, 6))
    government_loops.reputation(out, kept, broken, alpha, beta)
    assert np.array_equal(out, trust.reputation(kept, broken, alpha, beta))


def test_rhetoric_leans_on_trust_rents_and_pledges_and_crises_harden_it(some):
    known, rhetoric, severity, usual = (some(6, 6) for _ in range(4))
    rent, added, pledge = some(6), some(6), some(6, 5)
    slope, gain, pull, left, hardening = (some() for _ in range(5))
    whole = basics.total(pledge, -1) / 5.0 * pull[:, None] + added
    expected = trust.rhetoric_aim(
        known, pairs(slope), rent[:, :, None], pairs(gain), DISPUTE, whole[:, :, None]
    )
    aim = np.empty_like(known)
    government_loops.lean(aim, known, slope, rent, gain, DISPUTE, pledge, pull, added)
    assert np.array_equal(np.tanh(aim), expected)
    moved = rhetoric + (1.0 - pairs(left)) * (expected - rhetoric) - pairs(hardening) * (severity - usual)
    government_loops.speak(rhetoric, expected, left, hardening, severity, usual)
    assert np.array_equal(rhetoric, np.clip(moved, -1.0, 1.0))
    assert (np.abs(moved) > 1.0).any()


def test_salience_is_the_share_of_the_exponential_of_the_threat(some):
    threat, domain = 30.0 * some(6, 10), np.array([2, 0, 5, 1, 9])
    weights = np.empty((WORLDS, 6, 5))
    government_loops.clip_domains(weights, threat, domain)
    assert np.abs(weights).max() == 20.0
    np.exp(weights, out=weights)
    government_loops.share_out(weights)
    assert np.array_equal(weights, effort.salience(threat[:, :, domain]))


@pytest.mark.parametrize("chancy", [True, False])
def test_effort_follows_motive_reciprocity_and_pledges_within_staff_and_veto(some, chancy):
    push, draw, size, mutual, pull, left, budget, cap = (some() for _ in range(8))
    base = some(6, 5)
    heard, credibility, rent, scrutiny, capacity, staff = (np.abs(some(6)) for _ in range(6))
    importance, support, level, incentive, pledged = (20.0 * some(6, 5) for _ in range(5))
    done = np.clip(some(6, 5), 0.0, 1.0)
    normal = some(6, 5) if chancy else np.empty((0, 6, 5))
    budget = np.abs(budget)
    noise = pairs(size) * normal if chancy else 0.0
    alone = effort.motive(
        base,
        heard[:, :, None],
        importance,
        support,
        pairs(push),
        level,
        (draw[:, None] * credibility)[:, :, None],
        rent[:, :, None],
        scrutiny[:, :, None],
        incentive + noise,
    )
    wanted = effort.aim(alone, pairs(mutual), basics.others_mean(done), done, pairs(pull) * pledged)
    motive, odds = np.empty_like(done), np.empty_like(done)
    government_loops.want(
        motive,
        odds,
        base,
        (heard, importance, support),
        (push, level),
        (draw, credibility),
        (rent, scrutiny),
        incentive,
        (size, normal),
        (mutual, done),
        (pull, pledged),
    )
    assert np.array_equal(motive, alone)
    np.exp(odds, out=odds)
    assert np.array_equal(1.0 / (1.0 + odds), wanted)
    share = effort.staffed_share(budget[:, None] * capacity, basics.total(wanted, -1), staff)
    aim = wanted * share[:, :, None]
    aim[:, 1] = np.minimum(aim[:, 1], cap[:, None])
    expected = np.clip(done + (1.0 - pairs(left)) * (aim - done), 0.0, 1.0)
    moved, staffed = done.copy(), np.empty_like(staff)
    government_loops.decide(moved, staffed, odds, budget, capacity, staff, left, 1, cap)
    assert np.array_equal(moved, expected) and np.array_equal(staffed, share)


@pytest.mark.parametrize("chancy", [True, False])
def test_posture_follows_rivals_and_lost_trust_as_far_as_it_is_not_shown(some, chancy):
    posture, level, rivals = np.abs(some(6)), np.abs(some(6)), some(6)
    known, usual, shown = some(6, 6), some(6, 6), np.abs(some(6))
    rivalry, distrust, damping, left, size = (some() for _ in range(5))
    weights = DISPUTE / np.maximum(DISPUTE.sum(axis=1, keepdims=True), 1.0)
    normal = some(6, 1) if chancy else np.empty((0, 6, 1))
    aim = trust.posture_aim(
        level,
        rivalry[:, None],
        rivals,
        distrust[:, None],
        basics.total(weights * (usual - known), -1),
        np.minimum(damping[:, None] * shown, 1.0),
    )
    moved = posture + (1.0 - left[:, None]) * (aim - posture)
    if chancy:
        moved = moved + size[:, None] * normal[:, :, 0]
    government_loops.arm(
        posture,
        level,
        rivalry,
        rivals,
        distrust,
        weights,
        known,
        usual,
        (damping, shown),
        left,
        (size, normal),
    )
    assert np.array_equal(posture, np.clip(moved, 0.1, 6.0))
    assert (moved < 0.1).any()


@pytest.mark.parametrize("spoiled", ["cap", "odds", "staff"])
def test_what_is_not_a_number_stays_so_and_in_its_world(some, spoiled):
    given = {"odds": np.abs(some(6, 5)), "staff": np.abs(some(6)), "cap": np.abs(some())}
    given[spoiled][2, ...] = np.nan
    level, staffed = np.full((WORLDS, 6, 5), 0.5), np.empty((WORLDS, 6))
    one = np.ones(WORLDS)
    government_loops.decide(
        level,
        staffed,
        given["odds"],
        one,
        np.ones((WORLDS, 6)),
        given["staff"],
        0.5 * one,
        1,
        given["cap"],
    )
    assert np.isnan(level[2, 1]).all() and np.isfinite(np.delete(level, 2, axis=0)).all()
