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
EAGER = {
    "commitment_cost": 0.0,
    "acceptance_margin": 0.0001,
    "seat_veto": 0.0,
    "good_exponent": 1.0,
    "benefit_shared": 0.7,
}


def forum_of(levers=None, parameters=None, worlds=100, months=24, structures=None, years=YEARS):
    """A forum after `months` of its region, and the region."""
    case = scenario({"forum": levers or {}}, parameters, structures=structures, years=years)
    subject = region(case, worlds=worlds)
    run(subject, months)
    subject.look()
    return subject.mechanisms[-1], subject


def test_attendance_follows_readiness():
    assert parameter({"forum": {}}, "attend_base", -1.0, 5.0, "meetings_held") > 0.05
    assert parameter({"forum": {}}, "attend_base", -1.0, 5.0, "meetings_failed") < -0.05


def test_serbia_comes_less_often_when_kosovo_sits_as_an_equal():
    def presence(seat):
        forum, _ = forum_of({"kosovo_seat": seat})
        return forum._attend().mean(axis=0), forum.members

    present = {seat: presence(seat)[0] for seat in ("absent", "asterisk", "equal")}
    serbia, kosovo, bosnia = 5, 2, 1
    assert present["absent"][serbia] > present["asterisk"][serbia] > 0.1 + present["equal"][serbia]
    assert present["equal"][kosovo] > present["asterisk"][kosovo]
    assert present["equal"][bosnia] == present["asterisk"][bosnia]
    assert presence("absent")[1][kosovo] == 0.0


def test_more_come_in_a_crisis_where_the_format_is_led_from_outside():
    def presence(led, severity):
        forum, subject = forum_of({"led": led, "kosovo_seat": "asterisk"})
        subject.environment.severity = np.full((subject.worlds, 15), severity)
        subject.look()
        return forum._attend().mean()

    assert presence("outside", 0.0) >= presence("region", 0.0)
    assert presence("outside", 3.0) > presence("region", 3.0) + 0.2
    assert presence("region", 3.0) < presence("region", 0.0) - 0.3


def test_kosovos_kin_may_stay_away_with_it_and_nobody_else_does():
    albania, kosovo = 0, 2
    forum, _ = forum_of({"kosovo_seat": "absent"}, {"attend_solidarity": 0.0})
    alone = forum._attend()
    forum, _ = forum_of({"kosovo_seat": "absent"}, {"attend_solidarity": 3.0})
    together = forum._attend()
    assert together[:, albania].mean() < alone[:, albania].mean() - 0.3
    assert np.array_equal(together[:, [1, 3, 4, 5]], alone[:, [1, 3, 4, 5]])
    # Where Kosovo comes, its kin comes as if solidarity did not exist.
    forum, _ = forum_of({}, {"attend_solidarity": 3.0})
    there = forum._attend()
    forum, _ = forum_of({}, {"attend_solidarity": 0.0})
    free = forum._attend()
    came = there[:, kosovo]
    assert came.any() and not came.all()
    assert np.array_equal(there[came], free[came])
    assert there[~came, albania].mean() < free[~came, albania].mean()


def test_a_yearly_forum_led_from_outside_is_better_attended_than_one_of_the_region_that_seats_kosovo():
    def full(levers):
        forum, _ = forum_of({"meetings_per_year": 1.0, **levers}, worlds=200)
        return forum._attend().all(axis=1).mean()

    assert full({"led": "outside", "kosovo_seat": "asterisk"}) > full({}) + 0.2


SETTLED = {"kosovo_seat": "asterisk", "led": "outside", "meetings_per_year": 2.0}
CONTESTED = {"kosovo_seat": "equal", "led": "region", "meetings_per_year": 2.0}


def test_a_settled_seat_binds_all_six_soon_and_a_contested_one_is_blocked_for_years():
    """One set of priors for both regimes (M3)."""

    def first_shared(levers):
        subject = region(scenario({"forum": levers}, years=YEARS), worlds=100)
        forum, first = subject.mechanisms[-1], np.full(100, np.inf)
        for month in range(84):
            subject.step()
            first = np.where(forum.bound.all(axis=1).any(axis=1) & np.isinf(first), month - 24, first)
        return first

    settled, contested = first_shared(SETTLED), first_shared(CONTESTED)
    assert np.median(settled) <= 12
    assert np.mean(contested > 36) > 0.75
    assert np.isfinite(contested).any()


def test_what_a_contested_seat_costs_is_borne_by_those_who_contest_it():
    from wbsim.model.mechanisms.agreement import cost_of_being_bound

    fixed = {"seat_veto": 2.0, "commitment_cost": 0.1, "acceptance_margin": 0.05}
    forum, _ = forum_of({}, fixed, worlds=4)
    assert np.allclose(cost_of_being_bound(forum), [0.15, 1.15, 0.15, 0.15, 0.15, 2.15])
    for seat in ("asterisk", "absent"):
        forum, _ = forum_of({"kosovo_seat": seat}, fixed, worlds=4)
        assert np.allclose(cost_of_being_bound(forum), 0.15)


def test_a_refused_domain_makes_room_for_another():
    """M3: the domain of greatest concern cannot pass, and another one does at the same meeting."""
    fixed = {"commitment_cost": 0.01, "acceptance_margin": 0.0001, "seat_veto": 0.0, "good_exponent": 1.0}
    fixed |= {f"benefit_shared.{name}": 0.7 for name in ("terrorism", "borders", "cyber", "disasters")}
    fixed |= {"benefit_shared.organised-crime": 0.0}
    forum, subject = forum_of({"meetings_per_year": 12.0}, fixed, months=30)
    crime = 0
    assert not (forum.due[:, crime] > 0.0).any()
    assert (forum.due > 0.0).any(axis=1).mean() > 0.5
    first = subject.concern().sum(axis=1).argmax(axis=1) == crime
    assert first.any() and (forum.due[first] > 0.0).any()


def test_packages_pass_where_gains_in_one_domain_make_up_for_another():
    """M3: half of the domains bring nothing across borders, so that alone they never pass."""
    fixed = {"commitment_cost": 0.01, "acceptance_margin": 0.01, "seat_veto": 0.0, "good_exponent": 1.0}
    fixed |= {f"benefit_shared.{name}": 0.7 for name in ("borders", "cyber", "disasters")}
    fixed |= {f"benefit_shared.{name}": 0.0 for name in ("organised-crime", "terrorism")}
    levers = {"meetings_per_year": 12.0, "kosovo_seat": "asterisk"}
    one, _ = forum_of({**levers, "agenda": "items"}, fixed, months=25)
    package, _ = forum_of({**levers, "agenda": "packages"}, fixed, months=25)
    assert set(np.unique(one.passed.sum(axis=1))) == {0, 1}
    assert not one.passed[:, :2].any()
    assert set(np.unique(package.passed.sum(axis=1))) == {0, 5}
    # It may also fail as a whole where a part would pass: everybody has to gain by the whole.
    dear = {f"benefit_shared.{name}": 0.1 for name in ("organised-crime", "terrorism", "borders", "cyber")}
    dear |= {"commitment_cost": 0.5, "acceptance_margin": 0.01, "seat_veto": 0.0}
    one, _ = forum_of({**levers, "agenda": "items"}, dear, months=25)
    package, _ = forum_of({**levers, "agenda": "packages"}, dear, months=25)
    assert (one.passed.any(axis=1) & ~package.passed.any(axis=1)).any()


def test_nobody_pledges_what_staff_or_a_veto_player_forbid():
    from wbsim.model.mechanisms.agreement import efforts

    _, subject = forum_of({}, {"veto_cap": 0.05, "staff_budget": 1.0})
    alone, rise = efforts(subject)
    assert (alone + rise <= subject.staffed()[:, :, None] + 1e-12).all()
    assert (alone + rise)[:, 1].max() <= 0.05 + 1e-12
    assert (rise >= 0.0).all() and rise[:, 5].max() > 0.0


def test_pledges_that_are_acted_upon_in_full_are_kept_and_empty_ones_are_not():
    def kept(pull):
        fixed = {**EAGER, "commitment_pull": pull, "kept_bar": 0.5, "seat_veto": 0.0, "effort_noise": 0.0}
        subject = region(scenario({"forum": {"meetings_per_year": 12.0}}, fixed, years=YEARS), worlds=40)
        forum, seen, found = subject.mechanisms[-1], 0.0, 0.0
        for _ in range(84):
            subject.step()
            seen, found = seen + forum.reviewed.sum(), found + forum.found_kept.sum()
        return found / seen

    assert kept(1.0) > 0.75
    assert kept(0.0) < 0.4


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


# A line that works where it is used: all else of the forum is off.
LINE_ONLY = {"commitments": "none", "dialogue": 0.0, "meetings_per_year": 4.0}
LINE = {"line_effect": 2.0, "line_misfire": 0.0, "line_existing": 0.0, "line_answer": 4.0, "seat_equal": 0.0}
LINE |= {"attend_base": 5.0, "attend_crisis": 0.0, "channel_meeting": 0.0}
FIXED_CHANNEL = {"forum_channel": "none"}


def line_effect(parameters, outcome="crisis_months", levers=None, end=None):
    """What the line changes: mean paired difference of a count since the forum's start."""
    shown = []
    for strength in (0.0, 1.0):
        case = scenario(
            {"forum": {**LINE_ONLY, **(levers or {}), "crisis_line": strength}},
            {**LINE, **parameters},
            structures=FIXED_CHANNEL,
            years=YEARS,
        )
        if end:
            policies = tuple(p.model_copy(update={"end": end}) for p in case.policies)
            case = case.model_copy(update={"policies": policies})
        shown.append(simulate([case], 2, 0, 80)[0].regional[..., OUTCOME_INDEX[outcome]])
    return (shown[1] - shown[0])[:, 24:].mean()


def test_a_line_calms_or_inflames_by_the_sign_of_its_effect():
    assert line_effect({"line_effect": 2.0}) < -0.02 < 0.02 < line_effect({"line_effect": -2.0})
    assert line_effect({"line_effect": 2.0}, "crises_severe") < 0.0
    assert line_effect({"line_effect": 0.0}) == 0.0


def test_a_line_does_nothing_where_nobody_attends():
    used, seldom, never = (line_effect({"attend_base": base}) for base in (5.0, -0.5, -3.0))
    assert used < seldom <= 0.0
    assert abs(never) < 0.05 * abs(used)


def test_a_line_whose_calls_misfire_harms():
    assert line_effect({"line_misfire": 1.0}) > 0.02


def test_existing_contacts_leave_the_line_less_to_do():
    assert line_effect({"line_existing": 1.0}) == 0.0
    assert line_effect({"line_existing": 0.0}) < line_effect({"line_existing": 0.7}) < 0.0


def test_answers_need_trust_and_rents_keep_from_them():
    fixed = {"line_answer": 0.0, "line_trust": 8.0}
    assert line_effect({**fixed, "trust_level_base": 2.0}) < line_effect({**fixed, "trust_level_base": -2.0})
    assert line_effect({"line_rent": 0.0, "rent": 2.0}) < line_effect({"line_rent": 3.0, "rent": 2.0})


def test_a_forum_that_stops_loses_its_line_with_the_stated_half_life():
    stopped, _ = forum_of({"meetings_per_year": 12.0}, {"line_half_life": 6.0, "attend_base": 6.0}, months=25)
    assert stopped.contact.mean() > 0.9
    before = stopped.contact.copy()
    stopped.levers = {**stopped.levers, "meetings_per_year": 0.0}
    run(stopped.region, 12)
    assert np.allclose(stopped.contact, before / 4.0)
    # And what it does to a crisis fades with it.
    calls = [stopped._answer_calls() for _ in range(1)]
    assert np.abs(calls[0]).max() <= 0.26 * np.abs(stopped.region.draws["line_effect"]).max()


def test_a_forum_that_met_for_one_quarter_only_does_a_small_part_of_what_a_standing_one_does():
    standing = line_effect({"line_half_life": 3.0})
    brief = line_effect({"line_half_life": 3.0}, end="2023-04")
    assert standing < 0.0 and abs(brief) < 0.2 * abs(standing)


# The forum's own channel (X1), by structure.


@pytest.mark.parametrize(("structure", "opens"), [("none", False), ("grows", True), ("secretariat", True)])
def test_the_forum_opens_a_channel_where_its_structure_has_one(structure, opens):
    fixed = {"attend_base": 6.0, "seat_equal": 0.0, "channel_meeting": 0.1}
    on, _ = forum_of(
        {"meetings_per_year": 12.0}, fixed, worlds=20, months=40, structures={"forum_channel": structure}
    )
    assert (on.opened[:, 0, 5] > 0.1).all() == opens
    assert bool(on.opened.any()) == opens
    assert not on.opened[:, range(6), range(6)].any()


def test_a_channel_that_grows_follows_meetings_and_decays_without_them():
    grows = {"forum_channel": "grows"}
    fixed = {"attend_base": 6.0, "seat_equal": 0.0, "channel_practice": 0.0, "channel_half_life": 24.0}
    often, _ = forum_of({"meetings_per_year": 12.0}, fixed, worlds=20, months=48, structures=grows)
    seldom, _ = forum_of({"meetings_per_year": 2.0}, fixed, worlds=20, months=48, structures=grows)
    assert (often.opened[:, 0, 3] > seldom.opened[:, 0, 3]).all()
    before = often.opened.copy()
    often.levers = {**often.levers, "meetings_per_year": 0.0}
    run(often.region, 24)
    assert np.allclose(often.opened, before / 2.0)
    # Joint practice keeps it open.
    used, _ = forum_of(
        {"meetings_per_year": 2.0}, fixed | {"channel_practice": 1.0}, worlds=20, months=48, structures=grows
    )
    assert used.opened.mean() > seldom.opened.mean()


def test_a_channel_of_its_own_raises_cooperation_and_a_secretariat_costs_money_and_ownership():
    fixed = {"channel_forum": 0.6, "channel_meeting": 0.2, "attend_base": 4.0, "open_balkan_stall": 0.0}

    def with_channel(structure, outcome):
        shown = []
        for choice in ("none", structure):
            case = scenario({"forum": {}}, fixed, structures={"forum_channel": choice}, years=YEARS)
            shown.append(simulate([case], 2, 0, WORLDS)[0].regional[:, -12:, OUTCOME_INDEX[outcome]])
        return (shown[1] - shown[0]).mean()

    for structure in ("grows", "secretariat"):
        assert with_channel(structure, "cooperation") > 0.003
    assert with_channel("grows", "money") == 0.0
    assert with_channel("secretariat", "money") == pytest.approx(2.0 / 12.0, rel=1e-3)
    assert with_channel("grows", "owned_share") > with_channel("secretariat", "owned_share")


def test_existing_channels_grow_with_use_and_close_without_where_they_do():
    def change(growth, effort):
        case = scenario({}, {"use_growth": 0.8, "use_half_life": 6.0}, structures={"channel_growth": growth})
        subject = region(case, worlds=20)
        run(subject, 1)
        for _ in range(36):
            subject.governments.effort = subject.reference.effort * effort
            subject.look()
            subject.move_powers(), subject.move_threats(), subject.move_crises(), subject.move_mechanisms()
            subject.governments.judge()
            subject.cooperate()
        return subject.effects.closed.mean()

    fixed = change("fixed", 1.0)
    assert change("fixed", 1.5) == pytest.approx(fixed)
    assert change("with-use", 1.5) < fixed < change("with-use", 0.6)


def test_meetings_cost_money_and_staff_each():
    def money(meetings):
        levers = {"meetings_per_year": meetings, "commitments": "none"}
        case = scenario({"forum": levers}, {"open_balkan_stall": 0.0}, structures=FIXED_CHANNEL, years=2)
        return simulate([case], 2, 0, 4)[0].regional[:, 30, OUTCOME_INDEX["money"]]

    assert money(6.0) - money(2.0) == pytest.approx(4 * 0.25 / 12.0, rel=1e-4)
    costly = lever("forum", "meeting_staff", 0.0, 1.0, "cooperation", commitments="none")
    assert costly < -0.001


# Channels of result-based IISG.


def test_payment_raises_effort_where_it_is_measured_and_distortion_lowers_the_rest():
    results = {"iisg-results": {"paid_on_results": 1.0, "weights": (1.0, 0.0, 0.0, 0.0, 0.0)}}
    assert parameter(results, "incentive", 0.0, 3.0, "delivery_organised_crime") > 0.01
    fixed = [{"incentive": 3.0, "distortion": d} for d in (0.0, 1.0)]
    assert effect(results, results, "delivery_cyber", *fixed) < -0.001


def test_what_is_not_owned_crowds_out_own_motives():
    results = {"iisg-results": {"paid_on_results": 1.0}}
    assert parameter(results, "crowding_out", 0.0, 2.0, "cooperation") < -0.001


def test_publishing_what_is_achieved_moves_beliefs_and_with_them_support():
    hidden, shown = ({"iisg-results": {"publication": p, "paid_on_results": 1.0}} for p in (0.0, 1.0))
    now = {"visibility": 0.05, "entry_delay": 0.0}
    proud, modest = {**now, "belief_unseen": 0.9}, {**now, "belief_unseen": 0.0}
    assert effect(hidden, shown, "support", proud, proud) < -0.5
    assert effect(hidden, shown, "support", modest, modest) > 0.0


def test_league_tables_move_effort_and_rhetoric_in_either_direction():
    results = {"iisg-results": {"paid_on_results": 1.0}}
    assert parameter(results, "league_effort", -1.0, 1.5, "cooperation") != 0.0
    assert parameter(results, "league_rhetoric", -1.5, 1.0, "public_trust") != 0.0


def test_exposed_gaming_costs_trust():
    results = {"iisg-results": {"paid_on_results": 1.0, "verification": 0.5}}
    fixed = [{"gaming": 1.0, "exposure": e, "entry_delay": 0.0} for e in (0.0, 3.0)]
    assert effect(results, results, "government_trust", *fixed) < -0.005


def results_of(levers=None, parameters=None, months=30, worlds=40):
    """A result-based IISG after `months` of its region, and the region."""
    case = scenario({"iisg-results": {"paid_on_results": 1.0, **(levers or {})}}, parameters, years=YEARS)
    subject = region(case, worlds=worlds)
    run(subject, months)
    return subject.mechanisms[-1], subject


def test_the_same_money_is_spent_unless_what_is_not_earned_is_lost():
    def spent(unearned, outcome="money"):
        levers = {"paid_on_results": 1.0, "unearned": unearned, "audit_cost": 0.0}
        fixed = {"entry_delay": 0.0, "open_balkan_stall": 0.0}
        return effect({"iisg": {}}, {"iisg-results": levers}, outcome, fixed, fixed)

    assert spent("earners") == pytest.approx(0.0, abs=1e-6)
    assert spent("equally") == pytest.approx(0.0, abs=1e-6)
    assert spent("lost") < -0.1
    # What is kept for the next year is spent with a delay, and some of it is always on its way.
    assert spent("lost") < spent("next-year") < 0.05


def test_unearned_funds_shrink_capacity_unless_somebody_gets_them():
    lost, equally = ({"iisg-results": {"paid_on_results": 1.0, "unearned": u}} for u in ("lost", "equally"))
    fixed = {"capacity_money": 0.3, "capacity_half_life": 6.0, "incentive": 0.0}
    assert effect(lost, equally, "cooperation", fixed, fixed) > 0.001


def test_each_state_enters_after_its_own_delay_and_is_paid_as_today_before():
    delays = {"entry_delay.ALB": 0.0, "entry_delay.SRB": 12.0} | {
        f"entry_delay.{code}": 60.0 for code in ("BIH", "XKX", "MKD", "MNE")
    }
    results, subject = results_of({}, delays, months=30)
    assert results.entered[0].tolist() == [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert np.allclose(subject.effects.payment[:, 1:5], 0.0)
    assert not subject.effects.stake[:, 1:5].any() and (subject.effects.stake[:, 0] > 0.0).all()
    assert not subject.effects.publicity[:, 1:].any() and subject.effects.publicity[:, 0].any()
    run(subject, 12)
    assert results.entered[0].tolist() == [1.0, 0.0, 0.0, 0.0, 0.0, 1.0]


def test_results_are_measured_against_agreed_targets():
    fixed = {"entry_delay": 0.0, "exposure": 0.0}
    modest, bold = (results_of({"target": target}, fixed, months=26)[0] for target in (0.1, 0.9))
    assert (modest.agreed < bold.agreed).all()
    assert (modest.earned > bold.earned).all()
    assert (modest._achieved() <= 1.0).all()


def test_an_exposed_report_shows_nothing_and_is_not_paid_for_a_year():
    fixed = {"gaming": 1.0, "exposure": 3.0, "entry_delay": 0.0}
    results, subject = results_of({"verification": 0.5}, fixed, months=36)
    barred = results.barred > 0.0
    assert barred.any() and not barred.all()
    assert not results.earned[barred].any() and (results.earned[~barred] > 0.0).all()
    just = results.barred == 12.0
    assert just.any() and not subject.effects.published[just].any()
    assert (subject.effects.incentive[barred][:, :3] <= 0.0).all()


def test_money_at_stake_lifts_the_effort_that_a_veto_player_allows():
    tight = {
        "veto_cap": 0.05,
        "entry_delay": 0.0,
        "incentive": 0.0,
        "crowding_out": 0.0,
        "league_effort": 0.0,
    }
    _, still = results_of({}, {**tight, "veto_money": 0.0}, months=60)
    _, lifted = results_of({}, {**tight, "veto_money": 0.1}, months=60)
    assert (lifted.governments.effort[:, 1] > still.governments.effort[:, 1] + 0.02).all()
    assert np.allclose(lifted.governments.effort[:, 0], still.governments.effort[:, 0], atol=0.02)


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
    assert (format_.pact(subject.reference.effort).sum(axis=(1, 2)) > 0.0).tolist() == [
        True,
        False,
        True,
        False,
    ]
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


ENDING = {"open_balkan_end": 0.3, "open_balkan_stall": 0.5}


def test_open_balkan_that_ended_with_six_does_not_come_back_with_three():
    case = scenario({"open-balkan": {"members": SIX}}, parameters=ENDING, years=4)
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
