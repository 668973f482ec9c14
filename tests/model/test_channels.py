"""One test for each channel: at the ends of its range it moves the outcome that it claims to move (M1 to M5)."""

import numpy as np
import pytest

from tests.model.small import region, run, scenario
from wbsim.model.simulate import simulate
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES

WORLDS, YEARS = 32, 5


def effect(policies_low, policies_high, outcome, low=None, high=None):
    """Mean paired difference (high minus low) of an outcome over the last year, or since the start for counts."""
    cases = [
        scenario(policies_low, low, years=YEARS, citizens=80, name="low"),
        scenario(policies_high, high, years=YEARS, citizens=80, name="high"),
    ]
    # Different parameters are different assumptions: simulated apart, in the same worlds.
    one, two = (simulate([case], 2, 0, WORLDS)[0].regional[..., OUTCOME_INDEX[outcome]] for case in cases)
    months = slice(24, None) if OUTCOMES[outcome].summary == "sum" else slice(-12, None)
    return (two - one)[:, months].mean()


def lever(mechanism, name, low, high, outcome, **others):
    return effect({mechanism: {**others, name: low}}, {mechanism: {**others, name: high}}, outcome)


def parameter(policies, name, low, high, outcome):
    return effect(policies, policies, outcome, {name: low}, {name: high})


# Channels of the forum. Commitments are made cheap and trusted, so that there is something to keep.
EAGER = {"commitment_cost": 0.0, "acceptance_margin": 0.0001, "good_exponent": 1.0, "benefit_shared": 0.7}


def test_attendance_follows_readiness():
    assert parameter({"forum": {}}, "attend_base", -1.0, 5.0, "meetings_held") > 0.05
    assert parameter({"forum": {}}, "attend_base", -1.0, 5.0, "meetings_failed") < -0.05


def test_serbia_comes_less_often_when_kosovo_sits_as_an_equal():
    def presence(seat):
        case = scenario({"forum": {"kosovo_seat": seat, "meetings_per_year": 12.0}}, {"seat_serbia": 4.0})
        subject = region(case, worlds=100)
        run(subject, 24)
        forum = subject.mechanisms[-1]
        subject.look()
        return np.mean([forum._attend()[:, 5].mean()]), forum.members[2]

    assert presence("absent")[0] > presence("asterisk")[0] > presence("equal")[0]
    assert presence("absent")[1] == 0.0


def test_commitments_kept_raise_cooperation_and_broken_ones_cost_trust():
    def change(pull, outcome):
        none = {"forum": {"commitments": "none"}}
        binding = {"forum": {"commitments": "binding"}}
        fixed = {**EAGER, "commitment_pull": pull}
        return effect(none, binding, outcome, fixed, fixed)

    assert change(1.0, "cooperation") > 0.01 > change(0.0, "cooperation")
    assert change(0.0, "government_trust") < -0.01


def test_those_who_were_absent_may_join_an_item_later_if_they_gain():
    subject = region(scenario({"forum": {"meetings_per_year": 12.0}}, EAGER, years=YEARS), worlds=40)
    forum = next(m for m in subject.mechanisms if m.record.name == "forum")
    grew = 0
    for _ in range(72):
        before, due = forum.bound.copy(), forum.due.copy()
        subject.step()
        running = (due > 1.0) & (forum.due > 0.0)
        joined = (forum.bound > before) & running[:, None, :]
        assert not ((forum.bound < before) & running[:, None, :]).any()
        grew += joined.sum()
    assert grew > 0


def test_monitoring_decides_what_is_known_of_commitments():
    case = [{"forum": {"transparency": t}} for t in (0.0, 1.0)]
    fixed = {**EAGER, "commitment_pull": 0.0, "transparency_posture": 0.0}
    assert effect(*case, "government_trust", fixed, fixed) < -0.005


def test_dialogue_raises_trust_or_lowers_it():
    forum = {"forum": {"dialogue": 1.0, "commitments": "none"}}
    assert parameter(forum, "dialogue_contact", 0.0, 0.3, "government_trust") > 0.01
    assert parameter(forum, "dialogue_contact", 0.0, -0.05, "government_trust") < 0.0


def test_a_failed_meeting_costs_trust():
    rare = {"forum": {"quorum": 6, "meetings_per_year": 12.0, "dialogue": 0.0, "commitments": "none"}}
    assert parameter(rare, "failed_meeting", 0.0, 1.0, "government_trust") < -0.01


def test_transparency_lowers_posture():
    # In an arms race: rivals' posture is felt strongly.
    fixed = {"posture_rivalry": 0.7, "posture_distrust": 3.0, "transparency_posture": 1.0}
    levels = ({"forum": {"transparency": t, "commitments": "none"}} for t in (0.0, 1.0))
    assert abs(effect(*levels, "posture", fixed, fixed)) > 1e-4


def test_the_crisis_line_shortens_crises_and_keeps_them_small():
    bare = {"commitments": "none", "dialogue": 0.0}
    fixed = {"line_escalation": 2.0, "line_duration": 2.0}
    with_line = ({"forum": {**bare, "crisis_line": strength}} for strength in (0.0, 1.0))
    assert effect(*with_line, "crisis_months", fixed, fixed) < 0
    with_line = ({"forum": {**bare, "crisis_line": strength}} for strength in (0.0, 1.0))
    assert effect(*with_line, "crises_severe", fixed, fixed) < 0


def test_the_forum_takes_staff_from_other_mechanisms():
    assert lever("forum", "staff", 0.0, 3.0, "cooperation", commitments="none") < -0.001


# Channels of result-based IISG.


def test_payment_raises_effort_where_it_is_measured_and_distortion_lowers_the_rest():
    results = {"iisg-results": {"paid_on_results": 1.0, "weights": (1.0, 0.0, 0.0, 0.0, 0.0)}}
    assert parameter(results, "incentive", 0.0, 3.0, "delivery_organised_crime") > 0.01
    fixed = [{"incentive": 3.0, "distortion": d} for d in (0.0, 1.0)]
    assert effect(results, results, "delivery_cyber", *fixed) < -0.001


def test_what_is_not_owned_crowds_out_own_motives():
    results = {"iisg-results": {"paid_on_results": 1.0}}
    assert parameter(results, "crowding_out", 0.0, 2.0, "cooperation") < -0.001


def test_publishing_what_is_delivered_moves_beliefs_and_with_them_support():
    hidden, shown = ({"iisg-results": {"publication": p, "paid_on_results": 1.0}} for p in (0.0, 1.0))
    proud, modest = {"belief_unseen": 0.9, "visibility": 0.05}, {"belief_unseen": 0.0, "visibility": 0.05}
    assert effect(hidden, shown, "support", proud, proud) < -0.5
    assert effect(hidden, shown, "support", modest, modest) > 0.0


def test_league_tables_move_effort_and_rhetoric_in_either_direction():
    results = {"iisg-results": {"paid_on_results": 1.0}}
    assert parameter(results, "league_effort", -1.0, 1.5, "cooperation") != 0.0
    assert parameter(results, "league_rhetoric", -1.5, 1.0, "public_trust") != 0.0


def test_exposed_gaming_costs_trust():
    results = {"iisg-results": {"paid_on_results": 1.0, "verification": 0.5}}
    fixed = [{"gaming": 1.0, "exposure": e} for e in (0.0, 3.0)]
    assert effect(results, results, "government_trust", *fixed) < -0.005


def test_unearned_funds_shrink_capacity_unless_they_are_spread():
    strict = {"iisg-results": {"paid_on_results": 1.0, "redistribution": 0.0}}
    spread = {"iisg-results": {"paid_on_results": 1.0, "redistribution": 1.0}}
    fixed = {"capacity_money": 0.3, "capacity_half_life": 6.0, "incentive": 0.0}
    assert effect(strict, spread, "cooperation", fixed, fixed) > 0.001
    assert effect(strict, spread, "money") > 0.1


def test_money_buys_capacity():
    poor, rich = ({"iisg": {"funds": f}} for f in (0.0, 60.0))
    fixed = {"capacity_money": 0.1, "capacity_half_life": 6.0}
    assert effect(poor, rich, "threat_burden", fixed, fixed) < -0.001


def test_conditions_withhold_funds():
    def paid(condition):
        case = {"iisg-results": {"conditionality": condition, "paid_on_results": 0.5}}
        return effect({"iisg-results": {"paid_on_results": 0.5}}, case, "money")

    assert paid("political") < paid("none") == 0.0


def test_political_conditions_soften_rhetoric():
    none, political = ({"iisg-results": {"conditionality": c}} for c in ("none", "political"))
    fixed = {"condition_rhetoric": 0.5, "crowding_out": 0.0, "capacity_money": 0.0}
    assert effect(none, political, "public_trust", fixed, fixed) > 0.0


def test_an_unfunded_imposed_mechanism_loses_its_value_and_an_owned_one_does_not():
    unfunded, funded = ({"iisg": {"funds": f}} for f in (0.0, 12.0))
    fixed = [{"owned_today": o, "capacity_money": 0.0} for o in (0.0, 1.0)]
    imposed = effect(unfunded, funded, "cooperation", fixed[0], fixed[0])
    owned = effect(unfunded, funded, "cooperation", fixed[1], fixed[1])
    assert imposed > 0.001 and owned == pytest.approx(0.0, abs=1e-9)


def test_the_forums_priorities_make_results_owned_and_move_their_weights():
    forum_first = scenario({"forum": {}, "iisg-results": {}}, {**EAGER, "owned_priorities": 0.9}, citizens=80)
    subject = region(forum_first, worlds=20)
    run(subject, 60)
    results = next(m for m in subject.mechanisms if m.record.name == "iisg-results")
    chosen = results.prioritised > 0
    assert chosen.any()
    assert (results.ownership()[chosen] > subject.draws["owned_today"][chosen]).all()
    assert not np.allclose(results.weights[chosen], (0.4, 0.3, 0.3, 0.0, 0.0))
    assert np.allclose(results.weights.sum(axis=1), 1.0)


def test_the_auditors_of_results_watch_over_the_forums_commitments():
    fixed = {**EAGER, "commitment_pull": 0.0, "exposure": 0.0, "incentive": 0.0}

    def both(verification):
        return {"forum": {"transparency": 0.0}, "iisg-results": {"verification": verification}}

    assert effect(both(0.0), both(1.0), "government_trust", fixed, fixed) < 0.0


# External powers (E3) and the status quo's own mechanisms (M1).


@pytest.mark.parametrize(
    ("path", "value", "outcome", "sign"),
    [
        ("russian-pressure", 3.0, "crisis_months", 1),
        ("mediation", 0.0, "crisis_months", 1),
        ("peacekeepers", 0.0, "crises_severe", 1),
        ("accession", 1.0, "cooperation", 1),
    ],
)
def test_external_powers_move_what_they_claim(path, value, outcome, sign):
    from wbsim.scenario.schema import PathStep

    plain = scenario(years=YEARS, citizens=40)
    step = PathStep(name=path, since="2023-01", value=value)
    changed = plain.model_copy(
        update={"assumptions": plain.assumptions.model_copy(update={"paths": (step,)})}
    )
    shown = [
        simulate([case], 2, 0, 100)[0].regional[..., OUTCOME_INDEX[outcome]] for case in (plain, changed)
    ]
    difference = (shown[1] - shown[0])[:, 24:].mean()
    assert sign * difference > 0


def open_balkan(parameters, worlds=60):
    """Today's Open Balkan after seven years."""
    subject = region(scenario(parameters=parameters, years=YEARS), worlds=worlds)
    run(subject, 84)
    return subject.mechanisms[2]


def test_a_crisis_among_its_members_stalls_open_balkan_and_calm_lets_it_resume():
    often, never = {"open_balkan_stall": 2.0, "open_balkan_end": 0.0}, {"open_balkan_stall": 0.0}
    endless = open_balkan(often | {"open_balkan_pause": 36.0})
    brief = open_balkan(often | {"open_balkan_pause": 1.0})
    assert endless.stalled.mean() > 0.2 + brief.stalled.mean()
    assert brief.alive.all() and not open_balkan(never).stalled.any()


def test_open_balkan_does_nothing_while_it_is_stalled():
    subject = region(worlds=4)
    run(subject, 1)
    format_ = subject.mechanisms[2]
    format_.stalled = np.array([0.0, 1.0, 0.0, 1.0])
    assert (format_.staff().sum(axis=1) > 0.0).tolist() == [True, False, True, False]
    assert (format_.pact(subject.reference.effort).sum(axis=(1, 2)) > 0.0).tolist() == [True, False, True, False]
    subject.effects = type(subject.effects).none(4)
    format_.connect()
    assert (subject.effects.openness.sum(axis=(1, 2, 3)) > 0.0).tolist() == [True, False, True, False]


def test_only_a_stalled_open_balkan_ends():
    sure = {"open_balkan_end": 0.3}
    assert 0.0 < open_balkan(sure | {"open_balkan_stall": 0.5}).alive.mean() < 1.0
    assert open_balkan(sure | {"open_balkan_stall": 0.0}).alive.all()
    assert open_balkan({"open_balkan_end": 0.0, "open_balkan_stall": 2.0}).alive.all()


SIX = ("ALB", "BIH", "XKX", "MKD", "MNE", "SRB")
BORDERS, CYBER = 2, 3


@pytest.mark.parametrize("mechanism", ["open-balkan", "iisg", "bilateral", "nato"])
def test_a_policy_that_starts_what_there_is_with_todays_settings_changes_nothing(mechanism):
    cases = [scenario(years=2, name="today"), scenario({mechanism: {}}, years=2, name="again")]
    today, again = simulate(cases, 5, 0, 12)
    assert np.array_equal(today.regional, again.regional)
    assert np.array_equal(today.dyads, again.dyads)


def open_balkan_part(levers):
    """What Open Balkan adds to the channel on borders, (6, 6), in the first month of the policy: mean of worlds."""
    subject = region(scenario({"open-balkan": {"members": SIX, **levers}}), worlds=20)
    run(subject, 25)
    bare = region(scenario({"open-balkan": {"members": ("ALB", "MKD"), "staff": 0.1}}), worlds=20)
    run(bare, 25)
    return (subject.effects.openness - bare.effects.openness)[..., BORDERS].mean(axis=0), subject


def test_open_balkan_opens_little_where_recognition_is_missing_unless_it_is_bridged():
    closes, subject = open_balkan_part({})
    bridged, _ = open_balkan_part({"non_recognition": "bridged"})
    kosovo, serbia, bosnia, montenegro = 2, 5, 1, 4
    for pair in ((kosovo, serbia), (kosovo, bosnia)):
        assert 0.0 < closes[pair] < 0.3 * bridged[pair]
    assert np.isclose(closes[kosovo, montenegro], bridged[kosovo, montenegro])
    # It reaches borders and disasters only.
    assert subject.mechanisms[-1].record.name == "open-balkan"


def test_the_pact_of_open_balkan_needs_recognition_too():
    subject = region(scenario({"open-balkan": {"members": SIX}}), worlds=20)
    pact = subject.mechanisms[-1].pact(subject.reference.effort).mean(axis=0)
    bridged = region(scenario({"open-balkan": {"members": SIX, "non_recognition": "bridged"}}), worlds=20)
    full = bridged.mechanisms[-1].pact(bridged.reference.effort).mean(axis=0)
    assert 0.0 < pact[2, 5] < 0.3 * full[2, 5]
    assert np.isclose(pact[0, 2], full[0, 2])


def test_members_that_join_own_open_balkan_less_and_make_its_channel_worth_less():
    def six(owned):
        return {"open-balkan": {"members": SIX, "joiners_own": owned}}

    assert effect(six(0.0), six(1.0), "owned_share") > 0.005
    assert effect(six(0.0), six(1.0), "delivery_disasters") > 0.0
    # Founders own it wholly in either case.
    one, other = (open_balkan_part({"joiners_own": owned})[0] for owned in (0.0, 1.0))
    assert np.isclose(one[0, 5], other[0, 5])
    assert one[0, 2] < other[0, 2]


def test_open_balkan_with_kosovo_ends_by_the_crises_of_serbia_and_kosovo():
    fixed = {"open_balkan_end": 0.05, "open_balkan_stall": 0.5}
    ended = []
    for policies in ({}, {"open-balkan": {"members": SIX}}):
        subject = region(scenario(policies, parameters=fixed, years=YEARS), worlds=60)
        run(subject, 84)
        ended.append(1.0 - subject.mechanisms[-1 if policies else 2].alive.mean())
    assert ended[1] > ended[0] + 0.1


def test_open_balkan_that_ended_with_six_does_not_come_back_with_three():
    case = scenario({"open-balkan": {"members": SIX}}, parameters={"open_balkan_end": 0.3, "open_balkan_stall": 0.5}, years=4)
    (policy,) = case.policies
    case = case.model_copy(update={"policies": (policy.model_copy(update={"end": "2025-01"}),)})
    subject = region(case, worlds=60)
    run(subject, 60)
    six, today = subject.mechanisms[-1], subject.mechanisms[2]
    assert 0.0 < six.alive.mean() < 1.0
    assert (today.alive <= six.alive).all()
    assert today in subject.active_mechanisms()
    assert six not in subject.active_mechanisms()


# Rents over time (G5).


def with_rents(case, value, states=SIX):
    from wbsim.scenario.schema import PathStep

    step = PathStep(name="rent", since="2023-01", value=value, states=states)
    return case.model_copy(update={"assumptions": case.assumptions.model_copy(update={"paths": (step,)})})


def test_rents_brake_effort_harden_words_and_keep_from_meetings():
    plain = scenario({"forum": {}}, years=YEARS, citizens=40)
    shown = []
    for case in (plain, with_rents(plain, 3.0)):
        subject = region(case, worlds=WORLDS)
        outcomes = run(subject, 84)
        shown.append((subject.governments.effort.mean(), subject.governments.rhetoric.mean(), outcomes))
    assert shown[1][0] < shown[0][0] - 0.01
    assert shown[1][1] < shown[0][1] - 0.01
    failed = OUTCOME_INDEX["meetings_failed"]
    assert shown[1][2][..., failed].sum() > shown[0][2][..., failed].sum()


def test_rents_of_one_state_are_its_own():
    plain = scenario(years=1)
    one, other = region(plain, worlds=8), region(with_rents(plain, 2.0, ("SRB",)), worlds=8)
    for subject in (one, other):
        run(subject, 25)
    one.month = other.month = 24
    assert np.array_equal(other.rent()[:, :5], one.rent()[:, :5])
    assert np.array_equal(other.rent()[:, 5], 2.0 * one.rent()[:, 5])


def test_rents_of_factor_one_change_nothing():
    plain = scenario({"forum": {}}, years=1)
    one, other = (simulate([case], 4, 0, 8)[0].regional for case in (plain, with_rents(plain, 1.0)))
    assert np.array_equal(one, other)


def test_non_recognition_closes_the_bilateral_channel_and_iisg_stays_open():
    subject = region(worlds=30)
    run(subject, 1)
    open_share = 1.0 - subject.effects.closed[:, :, :, 0]
    bilateral_only = 1.0 - subject.effects.closed[:, :, :, 3]
    assert (bilateral_only[:, 2, 5] < 0.4 * bilateral_only[:, 0, 2]).all()
    assert (open_share[:, 2, 5] > bilateral_only[:, 2, 5]).all()


# Structural variants.


@pytest.mark.parametrize(
    ("variant", "choice"),
    [
        ("trust_rule", "two-types"),
        ("opinion", "bounded-confidence"),
        ("gains", "prior-congruent"),
        ("anchor", "adapting"),
        ("public_good", "sum"),
        ("public_good", "weakest-link"),
        ("acceptance", "loss-averse"),
        ("acceptance", "spatial"),
    ],
)
def test_every_structural_variant_runs_and_changes_something(variant, choice):
    policies = {"forum": {"meetings_per_year": 12.0}}
    fixed = {} if variant == "public_good" else EAGER
    default = simulate([scenario(policies, fixed, years=4)], 1, 0, 24)[0].regional
    other = simulate([scenario(policies, fixed, {variant: choice}, years=4)], 1, 0, 24)[0].regional
    assert np.isfinite(other).all()
    assert not np.array_equal(default, other)
