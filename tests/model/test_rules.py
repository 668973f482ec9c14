"""The rules as pure functions: published examples, limits and signs (G1 to G4, X1 to X3, E2, M2, M3)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.model.rules import basics, cooperation, crises, effort, forum, payment, trust


def one(*values):
    return np.array(values, dtype=float)


# ---------------------------------------------------------------- published examples


def test_eight_kept_and_two_broken_give_three_quarters():
    """G3; Jøsang & Ismail 2002."""
    assert trust.reputation(one(8), one(2), one(1), one(1)) == pytest.approx(0.75)


# Emission standards for cars (Bueno de Mesquita 1994): capability, position in years, salience.
EMISSIONS = {
    "NL": (0.08, 7, 40), "BE": (0.08, 4, 80), "LU": (0.03, 4, 20), "DE": (0.16, 4, 80), "FR": (0.16, 10, 60),
    "IT": (0.16, 10, 60), "UK": (0.16, 10, 90), "IE": (0.05, 7, 10), "DK": (0.05, 4, 100), "GR": (0.08, 7, 70),
}  # fmt: skip


def test_the_compromise_model_gives_the_published_mean_and_median():
    """M3; Bueno de Mesquita 1994."""
    capability, position, salience = (
        np.array(column, float) for column in zip(*EMISSIONS.values(), strict=True)
    )
    assert forum.weighted_mean(position, capability * salience) == pytest.approx(7.390, abs=5e-4)
    assert forum.weighted_median(position, capability * salience) == 7


def test_a_proposal_passes_under_unanimity_only_if_the_status_quo_lies_outside_the_ideals():
    """M3; Tsebelis 2002, in one dimension."""
    ideals = np.linspace(2.0, 6.0, 6)
    proposals = np.linspace(-2, 10, 241)
    for status_quo in (1.0, 2.0, 4.3, 6.0, 7.5):
        passing = [
            p for p in proposals if forum.accepts_spatial(ideals, np.full(6, status_quo), np.full(6, p)).all()
        ]
        assert bool(passing) == (not 2.0 <= status_quo <= 6.0)


@pytest.mark.parametrize(("exponent", "limit"), [(-400.0, np.min), (1.0, np.mean), (400.0, np.max)])
def test_the_public_good_has_its_three_limits(exponent, limit):
    """X2; Hirshleifer 1983."""
    inputs = np.array([[0.1, 0.4, 0.2, 0.9, 0.3, 0.5]])
    assert cooperation.public_good(inputs, one(exponent)) == pytest.approx(limit(inputs), rel=0.01)


@given(st.lists(st.floats(0, 1), min_size=6, max_size=6), st.floats(-20, 10))
def test_the_public_good_lies_between_worst_and_best(inputs, exponent):
    """X2, also where inputs are zero and exponents extreme."""
    values = np.maximum(np.array([inputs]), 1e-6)
    good = cooperation.public_good(values, one(exponent))[0]
    assert values.min() * (1 - 1e-9) <= good <= values.max() * (1 + 1e-9)


def test_cooperation_crosses_one_half_of_the_possible_at_the_trust_threshold():
    """X1; Kydd 2005."""
    level = np.ones((1, 6, 5))
    closed = np.zeros((1, 6, 6, 5))
    at = cooperation.practice(level, np.full((1, 6, 6), 0.4), np.full((1, 5), 0.4), one(0.01), closed)
    above = cooperation.practice(level, np.full((1, 6, 6), 0.5), np.full((1, 5), 0.4), one(0.01), closed)
    below = cooperation.practice(level, np.full((1, 6, 6), 0.3), np.full((1, 5), 0.4), one(0.01), closed)
    assert at[0, 0, 1, 0] == pytest.approx(0.5)
    assert above[0, 0, 1, 0] > 0.999 and below[0, 0, 1, 0] < 0.001
    assert at[0, 2, 2, 0] == 0.0


def test_the_lower_trust_of_a_pair_decides():
    """X1."""
    one_sided = np.full((1, 6, 6), 0.9)
    one_sided[0, 0, 1] = 0.1
    level, closed = np.ones((1, 6, 5)), np.zeros((1, 6, 6, 5))
    x = cooperation.practice(level, one_sided, np.full((1, 5), 0.5), one(0.1), closed)
    assert x[0, 0, 1, 0] == x[0, 1, 0, 0] < x[0, 0, 2, 0]


# ---------------------------------------------------------------- the forum's votes


def situation(own, trust_level, exponent, shared=0.5, delivered=0.0, gate=None, intended=1.0):
    """Like or unlike states (N, 6) before a vote; full gates between all unless it is said otherwise."""
    worlds = len(own)
    ones = np.ones(worlds)
    benefit = forum.marginal_benefit(own, np.full((worlds, 1), shared))
    known = np.full((worlds, 6, 6), trust_level)
    open_gates = np.tile(basics.OTHERS, (worlds, 1, 1)) if gate is None else gate
    return forum.Situation(
        own, benefit, exponent * ones, ones, known, open_gates, delivered * ones, intended * ones
    )


def gains(own, trust_level, exponent, ambition=1.0, bound=None, **others):
    """Expected gains (N, 6) of a proposal."""
    known = situation(own, trust_level, exponent, **others)
    target = own + ambition * np.maximum(forum.joint_ideal(known.benefit) - own, 0.0)
    return forum.expected_gain(known, target[None], np.ones_like(own) if bound is None else bound)[0]


LIKE = np.full((1, 6), 0.3)


@pytest.mark.parametrize("delivered", [0.0, 1.0])
def test_nothing_passes_where_no_benefit_crosses_borders(delivered):
    """M3."""
    for t in (0.2, 1.0):
        for nu in (-5, 1, 4):
            for a in (0.3, 1.0):
                gain = gains(LIKE, t, nu, a, shared=0.0, delivered=delivered)
                assert gain.max() <= 1e-12
                known = situation(LIKE, t, nu, shared=0.0, delivered=delivered)
                unit = forum.unit_of_gain(known, forum.joint_ideal(known.benefit), np.ones((1, 6)))
                assert not forum.accepts(gain, np.zeros((1, 6)), unit).any()


@pytest.mark.parametrize("delivered", [0.0, 1.0])
def test_passing_rises_with_trust_and_is_rarer_for_a_weak_link_good(delivered):
    """M3: share of random six-state situations in which everybody's gain covers a tenth of that of full cooperation."""
    own = np.random.default_rng(3).uniform(0.1, 0.4, (2000, 6))

    def share(trust_level, exponent):
        known = situation(own, trust_level, exponent, delivered=delivered)
        ideal = forum.joint_ideal(known.benefit)
        unit = forum.unit_of_gain(known, ideal, np.ones_like(own))
        gain = forum.expected_gain(known, (own + 0.5 * (ideal - own))[None], np.ones_like(own))[0]
        return forum.accepts(gain, np.full((2000, 6), 0.1), unit).all(axis=1).mean()

    levels = [share(t, 1.0) for t in (0.1, 0.3, 0.6, 0.9)]
    assert levels == sorted(levels) and levels[-1] > levels[0] + 0.2
    assert share(0.6, -6.0) < 0.5 * share(0.6, 1.0)


def test_who_weighs_delivery_gains_only_through_open_gates():
    """M3: through closed gates others' efforts are worth nothing, and each still bears its own cost."""
    shut = np.zeros((1, 6, 6))
    assert gains(LIKE, 0.9, 1.0, gate=shut, delivered=1.0).max() < 0.0
    assert gains(LIKE, 0.9, 1.0, delivered=1.0).min() > 0.0
    # Where all gates are alike, how open they are does not matter: the value of today's effort is the unit.
    half = np.tile(0.5 * basics.OTHERS, (1, 1, 1))
    assert gains(LIKE, 0.7, 1.0, gate=half, delivered=1.0) == pytest.approx(
        gains(LIKE, 0.7, 1.0, delivered=1.0)
    )
    # A state whose gates alone are shut makes a weakest link that no promise mends.
    apart = basics.OTHERS.copy()
    apart[2], apart[:, 2] = 0.0, 0.0
    assert gains(LIKE, 0.9, -8.0, gate=apart[None], delivered=1.0).max() < 0.0


def test_who_means_to_keep_little_of_a_pledge_signs_more_easily():
    """M3: the cost is that of what one means to do, the gain that of what one expects of others."""
    wary = 0.2
    assert gains(LIKE, wary, 1.0, intended=1.0).max() < 0.0 < gains(LIKE, wary, 1.0, intended=0.1).min()
    # Its worth is counted as if everybody kept everything.
    units = [
        forum.unit_of_gain(known, forum.joint_ideal(known.benefit), np.ones((1, 6)))
        for known in (situation(LIKE, wary, 1.0, intended=share) for share in (0.3, 1.0))
    ]
    assert units[0] == units[1]


def test_costs_are_counted_in_units_of_what_full_cooperation_would_bring():
    """M3: the same share of it decides for a small good as for a large one."""
    small, large = np.full((1, 6), 0.1), np.full((1, 6), 0.3)
    votes = []
    for own in (small, large):
        known = situation(own, 0.8, 1.0)
        unit = forum.unit_of_gain(known, forum.joint_ideal(known.benefit), np.ones((1, 6)))
        gain = gains(own, 0.8, 1.0, 0.5)
        votes.append([forum.accepts(gain, np.full((1, 6), cost), unit).all() for cost in (0.05, 0.3, 5.0)])
    assert votes[0] == votes[1]
    assert votes[0][0] and not votes[0][-1]


def test_the_rules_of_adoption_count_as_they_say():
    """M3."""
    population = np.array([2.5, 3.2, 1.8, 1.8, 0.6, 6.8])
    there = np.ones((4, 6), bool)
    yes = np.ones((4, 6), bool)
    yes[1, 4] = False  # the smallest says no
    yes[2, [1, 5]] = False  # two large ones say no
    yes[3, :4] = False
    assert forum.adopted(yes, there, "consensus", population).tolist() == [True, False, False, False]
    assert forum.adopted(yes, there, "all-but-one", population).tolist() == [True, True, False, False]
    assert forum.adopted(yes, there, "qualified-majority", population).tolist() == [True, True, False, False]


def test_those_who_would_not_be_bound_stay_alone():
    """M3: a state outside gains from others' effort without giving any."""
    bound = one(1, 1, 1, 1, 1, 0)[None]
    known = situation(LIKE, 1.0, 1.0)
    known = forum.Situation(**{**vars(known), "benefit": np.full((1, 6), 1.0)})
    gain = forum.expected_gain(known, (LIKE + 0.2)[None], bound)[0, 0]
    assert gain[5] == pytest.approx(5 / 6 * 0.2)
    assert gain[0] < gain[5]


# ---------------------------------------------------------------- signs of partial derivatives


def rises(function, name, low, high, **others):
    return (
        np.asarray(function(**{name: one(high)}, **others)) > function(**{name: one(low)}, **others)
    ).all()


MOTIVE = {
    "base": one(-1), "responsiveness": one(0.2), "importance": one(1), "support_rise": one(0.5),
    "threat_push": one(0.4), "level": one(1.1), "accession": one(0.1), "rent": one(0.5), "scrutiny": one(0.4),
    "incentive": one(0.1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "sign"),
    [("support_rise", 1), ("level", 1), ("accession", 1), ("rent", -1), ("scrutiny", 1), ("incentive", 1)],
)
def test_motives_push_effort_the_way_they_are_said_to(name, sign):
    """G1."""
    others = {key: value for key, value in MOTIVE.items() if key != name}
    assert rises(effort.motive, name, 0.2, 0.6, **others) == (sign > 0)


def test_effort_rises_with_others_effort_and_with_pledges():
    """G1."""
    base = {"own": one(-1), "reciprocity": one(1), "effort": one(0.3)}
    assert rises(effort.aim, "others", 0.2, 0.5, pledge=one(0), **base)
    assert rises(effort.aim, "pledge", 0.0, 0.5, others=one(0.3), **base)


def test_a_new_mechanism_takes_staff_from_effort():
    """G1, X1."""
    assert (
        effort.staffed_share(one(2), one(1.2), one(0.9))
        < effort.staffed_share(one(2), one(1.2), one(0.8))
        == 1
    )


def test_governments_with_more_supportive_publics_make_more_effort():
    """G1: by the level of support, not by its changes alone."""
    level = np.zeros((1, 6, 5))
    level[0, 3] = 1.0
    gap = effort.support_gap(level)
    assert gap.sum(axis=1) == pytest.approx(0.0) and (gap[0, 3] > 0.0).all() and (gap[0, 0] < 0.0).all()
    none, calm = one(0.0), np.zeros((1, 6))
    base = effort.base(one(-1.0), calm, np.full((1, 6), 0.2), gap, calm, none, calm, none, calm)
    assert (base[0, 3] > -1.0).all() and (base[0, 0] < -1.0).all()


def test_a_residual_moves_the_effort_of_its_own_state_in_every_domain():
    """G1."""
    none, calm, gap = one(0.0), np.zeros((1, 6)), np.zeros((1, 6, 5))
    residual = np.array([[0.0, 0.0, 0.0, 0.0, 0.0, 0.7]])
    base = effort.base(one(-1.0), residual, calm, gap, calm, none, calm, none, calm)
    assert base[0, 5] == pytest.approx(-0.3) and base[0, :5] == pytest.approx(-1.0)


def test_priorities_wars_outside_and_crises_move_effort():
    """G1: a war outside by the sign of its weight, crises downwards."""
    gap, heard = np.zeros((1, 6, 5)), np.zeros((1, 6))
    calm, war = np.zeros((1, 6)), np.ones((1, 6))

    def base(priority=calm, weight=0.3, crisis=calm):
        return effort.base(one(-1.0), calm, heard, gap, priority, one(weight), war, one(0.1), crisis)[0, 0, 0]

    assert base() == pytest.approx(-0.7)
    assert base(weight=-0.3) < -1.0 < base()
    assert base(priority=0.5 * war) == pytest.approx(base() + 0.5)
    assert base(crisis=2.0 * war) == pytest.approx(base() - 0.2)


def test_an_internal_crisis_tightens_the_veto():
    """G1."""
    assert effort.veto_cap(one(0.4), one(4), one(0), one(0)) == pytest.approx(0.2)


def test_money_at_stake_loosens_the_veto():
    """G1, M2: as the Transport Community Treaty was signed when money for four projects was about to be lost."""
    assert effort.veto_cap(one(0.4), one(0), one(0.05), one(2)) == pytest.approx(0.5)
    assert effort.veto_cap(one(0.9), one(0), one(0.5), one(2)) == pytest.approx(1.0)


def test_trust_rises_with_kept_and_falls_with_broken_commitments():
    """G3."""
    assert rises(trust.reputation, "kept", 0, 1, broken=one(1), alpha=one(2), beta=one(2))
    assert not rises(trust.reputation, "broken", 0, 1, kept=one(1), alpha=one(2), beta=one(2))


@given(st.floats(0.02, 0.98), st.floats(4, 20), st.floats(0, 3), st.floats(0, 0.5))
def test_the_ordinary_record_leaves_a_dyad_at_its_own_level(level, strength, broken, kept):
    """G3: wherever α stays inside its range."""
    alpha, beta = trust.prior_counts(one(level), one(strength), one(broken), one(kept))
    stands = trust.reputation(one(kept), one(broken), alpha, beta)[0]
    if 0.001 * strength < alpha[0] < 0.999 * strength:
        assert stands == pytest.approx(level)
    assert alpha[0] + beta[0] == pytest.approx(strength)


def test_a_belief_rises_with_good_signals_and_returns_to_its_level():
    """G3, variant two-types."""
    assert trust.belief(one(0), one(0), one(0.95), one(1), one(0.3)) == pytest.approx(0.3)
    value = one(2.0)
    for _ in range(400):
        value = trust.belief(value, one(-1.0), one(0.95), one(0), one(0.3))
    assert value == pytest.approx(-1.0, abs=1e-6)


def test_rhetoric_hardens_with_rent_where_a_dispute_offers_it():
    """G2."""

    def aim(rent, dispute, known=0.5, pledge=0.0):
        return trust.rhetoric_aim(one(known), one(1.5), one(rent), one(0.6), one(dispute), one(pledge))[0]

    assert aim(1.0, 3) < aim(0.2, 3) < 0 == aim(1.0, 0)
    assert aim(0.5, 2, known=0.7) > aim(0.5, 2, known=0.5)
    assert aim(0.5, 2, pledge=0.3) > aim(0.5, 2)


def test_posture_follows_rivals_unless_it_is_shown():
    """G4."""

    def aim(rivals, lost, shown):
        return trust.posture_aim(one(1), one(0.3), one(rivals), one(0.5), one(lost), one(shown))[0]

    assert aim(0.2, 0, 0) > aim(0.2, 0, 0.5) > aim(0, 0, 0) == 1
    assert aim(0, 0.1, 0) > 1


def test_aid_needs_trust_and_suffers_without_recognition():
    """X3."""

    def chance(known, recognised, pact=0.0):
        zero = one(0.0)
        return cooperation.aid_chance(
            one(1.9), one(2.5), one(known), zero, one(2.0), one(recognised), one(pact)
        )[0]

    assert chance(0.7, 1) > chance(0.4, 1) > chance(0.4, 0)
    assert chance(0.4, 0, pact=0.5) > chance(0.4, 0)


RISK = dict.fromkeys(
    ("lull", "spread", "excitation", "rhetoric", "posture", "pressure", "contagion", "trust"), one(0.0)
) | {"rate": one(1.0)}


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        *(("rate", 1), ("excitation", 1), ("posture", 1), ("pressure", 1), ("contagion", 1)),
        *(("rhetoric", -1), ("trust", -1)),
    ],
)
def test_the_risk_of_a_crisis_moves_as_said(name, sign):
    """E2."""
    others = {key: value for key, value in RISK.items() if key != name}
    assert rises(crises.risk, name, 0.1, 0.4, **others) == (sign > 0)


def test_the_slow_change_of_risk_leaves_its_mean():
    """E2: the correction for the spread makes the mean hazard the background rate."""
    lull = np.random.default_rng(2).normal(size=200_000)
    others = {key: value for key, value in RISK.items() if key not in ("lull", "spread", "rate")}
    hazard = -np.log1p(-crises.risk(lull=lull, spread=one(0.6), rate=one(0.6), **others))
    assert hazard.mean() == pytest.approx(0.05, rel=0.02)


def test_severity_climbs_in_steps_and_what_lowers_escalation_lowers_each():
    """E2."""
    calm = crises.climbs(one(1), one(-1.8), one(-4), one(-0.5))
    base = crises.climbs(one(1), one(-1.8), one(-4), one(0.0))
    assert all(c < b for c, b in zip(calm, base, strict=True))
    assert base[0] > base[1] > base[2]
    assert crises.severity(one(1e-6), *base) == 4 and crises.severity(one(0.999), *base) == 1


def test_durations_have_their_mean_and_shorten_with_a_line():
    """E2."""
    assert crises.end_chance(one(11.0), one(0.0)) == pytest.approx(1 / 11)
    assert crises.end_chance(one(11.0), one(0.5)) > 1 / 11


def test_payment_buys_most_effort_where_verification_hangs_in_the_balance():
    """M2."""

    def pay(chance, gaming=0.0, share=0.5):
        return payment.marginal_payment(one(share), one(0.4), one(2), one(gaming), one(chance), one(8))[0]

    assert pay(0.5) > pay(0.1) > 0
    assert pay(0.5, gaming=0.3) < pay(0.5) and pay(0.5, share=0.0) == 0


def test_capacity_follows_payment_in_either_direction():
    """M2: what lets weak states spiral."""
    poor, rich = (payment.capacity_aim(one(1), one(0.03), one(paid), one(0)) for paid in (-1, 1))
    assert poor < 1 < rich


def test_sums_do_not_depend_on_the_axis_they_share_an_array_with():
    x = np.random.default_rng(1).normal(size=(9, 6, 5))
    for n in range(9):
        assert np.array_equal(basics.total(x, 1)[n], basics.total(x[n : n + 1], 1)[0])
        assert np.array_equal(basics.total(x[n], 0), basics.total(x, 1)[n])
