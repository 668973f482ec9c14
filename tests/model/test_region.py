"""What must hold of the region as a whole (C1 to C5, G1 to G4, X1 to X3, E1 to E3, M1 to M5)."""

import gc
import multiprocessing
import subprocess
import sys
import weakref

import numpy as np
import pytest

from tests.model.small import region, run, scenario
from wbsim.model.agenda import ForcedCrisis
from wbsim.model.region import Region
from wbsim.model.schedule import SCHEDULE
from wbsim.model.simulate import simulate
from wbsim.model.threats import aid_chances
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOME_NAMES
from wbsim.tables.places import DYAD_NAMES

SERBIA_KOSOVO = DYAD_NAMES.index("XKX-SRB")
SHARES = ("support", "public_trust", "war_worry", "feeling_safe", "support_closer", "deny_harm")


def column(shown, name):
    return shown[..., OUTCOME_INDEX[name]]


def test_without_chance_and_events_nothing_moves():
    shown = run(region(chancy=False, eventful=False), 60)
    steady = [n for n, name in enumerate(OUTCOME_NAMES) if name != "part_inclusive"]
    # The citizens are float32: a millionth of a point is their rounding.
    assert np.abs(shown - shown[:, :1])[..., steady].max() < 1e-5


def test_with_chance_but_without_events_and_moods_shares_stay_put_over_ten_years():
    still = scenario({}, {"mood_shared": 0.0, "mood_own": 0.0}, citizens=1000, years=10)
    shown = run(region(still, worlds=24, eventful=False), 120)
    for name in SHARES:
        years = column(shown, name).mean(axis=0)
        assert np.abs(years - years[0]).max() < 0.5, name


def test_a_world_is_the_same_however_many_run_beside_it():
    cases = [scenario(years=1), scenario({"forum": {}, "iisg-results": {}}, years=1, name="both")]
    whole = simulate(cases, 3, 0, 257)
    for first, count in ((0, 1), (4, 2), (9, 7), (100, 64), (256, 1)):
        part = simulate(cases, 3, first, count)
        for one, many in zip(part, whole, strict=True):
            rows = slice(first, first + count)
            assert np.array_equal(one.regional, many.regional[rows])
            assert np.array_equal(one.states, many.states[rows])
            assert np.array_equal(one.dyads, many.dyads[rows])


def test_a_policy_equals_the_status_quo_before_its_start_and_alone():
    cases = [scenario(name="none"), scenario({"forum": {}}, name="forum")]
    none, forum = simulate(cases, 1, 0, 6)
    (alone,) = simulate(cases[1:], 1, 0, 6)
    assert np.array_equal(alone.regional, forum.regional)
    assert np.array_equal(none.regional[:, :24], forum.regional[:, :24])
    assert not np.array_equal(none.regional[:, 24:], forum.regional[:, 24:])


@pytest.mark.parametrize(
    "policies",
    [
        {"iisg-results": {"paid_on_results": 0.0}},
        {"iisg": {}},
        {"open-balkan": {}},
        {"forum": {"meetings_per_year": 0.0, "staff": 0.0}},
    ],
)
def test_a_policy_that_does_nothing_equals_the_status_quo_bit_for_bit(policies):
    none, idle = simulate([scenario(name="none"), scenario(policies, name="idle")], 1, 0, 6)
    assert np.array_equal(none.regional, idle.regional)
    assert np.array_equal(none.dyads, idle.dyads)


def test_forum_without_commitments_dialogue_and_line_never_raises_cooperation_by_what_it_adopts():
    """M3: what is left of it are its costs, in staff, and transparency, switched off here too."""
    bare = {"commitments": "none", "dialogue": 0.0, "crisis_line": 0.0, "transparency": 0.0}
    shut = {"forum_channel": "none"}
    cases = [scenario(name="none", structures=shut), scenario({"forum": bare}, name="bare", structures=shut)]
    none, forum = simulate(cases, 1, 0, 60)
    change = column(forum.regional - none.regional, "cooperation")[:, -12:].mean(axis=1)
    assert change.max() <= 1e-4 and change.mean() < 0


def test_cooperation_of_the_status_quo_moves_within_a_world_and_stays_on_average():
    shown = column(run(region(scenario(years=8), worlds=100), 120), "cooperation")
    yearly = shown.reshape(100, 10, 12).mean(axis=2)
    assert yearly.std(axis=1).mean() > 0.03 * yearly.mean()
    assert abs(yearly[:, -2:].mean() / yearly[:, :2].mean() - 1.0) < 0.15


def test_the_joint_optimum_is_one_on_the_cooperation_index():
    subject = region(worlds=10)
    subject.step()
    subject.environment.joint = subject.reference.ideal_joint
    subject.measure()
    assert np.allclose(column(subject.outcomes[:, None], "cooperation"), 1.0)


def test_relabelling_like_states_relabels_the_results(monkeypatch):
    """Six like states: a crisis between the first two does to them what one between the last two does to those."""
    import wbsim.model.region as module

    like = _alike(module.geography())
    monkeypatch.setattr(module, "geography", lambda: like)
    monkeypatch.setattr(module, "ELECTIONS", (0,) * 6)
    one, two = _like_region("ALB-BIH", like), _like_region("MNE-SRB", like)
    run(one, 18)
    run(two, 18)
    swap = [4, 5, 2, 3, 0, 1]
    for name in ("effort", "trust", "rhetoric", "posture"):
        left = np.stack([getattr(g, name) for g in one.governments], axis=1)
        right = np.stack([getattr(g, name) for g in two.governments], axis=1)
        right = right[:, swap]
        if name in ("trust", "rhetoric"):
            right = right[:, :, swap]
        assert np.allclose(left, right, atol=1e-6), name
        assert not np.allclose(left[:, 0], left[:, 2], atol=1e-6) or name in ("posture",)
    worry = np.stack([public.shares[:, 11] for public in one.publics], axis=1)
    mirror = np.stack([public.shares[:, 11] for public in two.publics], axis=1)[:, swap]
    assert np.allclose(worry, mirror, atol=2e-4)
    assert (worry[:, 0] > worry[:, 2]).all()


def _alike(facts):
    from dataclasses import replace

    ring = 1.0 - np.eye(6)
    same = tuple((type(facts.communities[0][0])("Only", 1.0, (i,)),) for i in range(6))
    return replace(
        facts,
        recognised=np.ones((6, 6)),
        borders=ring,
        dispute=ring,
        allies=np.zeros((6, 6)),
        kin=np.zeros((6, 6)),
        population=np.ones(6),
        capability=np.ones(6),
        level=np.ones((6, 5)),
        communities=same,
        dyad_group=np.zeros(15, int),
    )


def _open_to_all(classes):
    """The same mechanisms with all six as members."""

    def opened(kind):
        def start(self, model, policy=None):
            kind.__init__(self, model, policy)
            self.members = np.ones(6)
            if hasattr(self, "founded"):
                # Who founded Open Balkan sets states apart: all did.
                self.founded, self.joined = self.founded + self.joined, np.zeros_like(self.joined)

        return type(kind.__name__, (kind,), {"__init__": start})

    return {name: opened(kind) for name, kind in classes.items()}


def _like_region(name, like):
    from wbsim.chance.counter import Chance
    from wbsim.chance.draws import Draws, draw_parameters
    from wbsim.model.mechanisms import CLASSES
    from wbsim.model.region import Switches
    from wbsim.model.traits import traits

    case = scenario({"forum": {"meetings_per_year": 0.0}}, citizens=64)
    chance = Chance(1, 0, 4)
    values = dict(draw_parameters(case.assumptions, chance).values)
    for key, value in values.items():
        if value.ndim == 2 and value.shape[1] == 6:
            values[key] = np.repeat(value[:, :1], 6, axis=1)
        elif value.shape[1:] in ((6, 6), (6, 10), (15,)):
            values[key] = np.zeros_like(value)
    values["veto_cap"] = np.ones(4)
    people = traits(64, chance, like)
    for array in (people.scores, people.attention, people.attachment):
        array[:] = array[:1]
    # Trust rows must be alike too: every row of trust holds the same scores.
    people.scores[:, :, 10:] = people.scores[:, :, 10:11]
    subject = Region(
        case, chance, Draws(values), people, _open_to_all(CLASSES), switches=Switches(chancy=False)
    )
    subject.agenda.dyads[:] = [ForcedCrisis(DYAD_NAMES.index(name), 3.0, 2, 8)]
    subject.agenda.states[:] = []
    subject.agenda.shocks[:] = 0.0
    subject.agenda.accession[:] = 0.0
    return subject


def test_crisis_counts_of_2017_to_2022_lie_inside_what_the_model_expects():
    """E2: counts, longest lull, dispersion and severe crises of the six years, against the central 90 %."""
    subject = region(scenario(citizens=40, years=5), worlds=400, seed=5, history=False)
    onsets = np.zeros((400, 72, 15))
    severe = np.zeros(400)
    for month in range(72):
        before = subject.environment.severity.copy()
        subject.step()
        onsets[:, month] = subject.environment.severity > before
        severe += subject.environment.new_severe
    observed = {
        "XKX-SRB": 11,
        "MNE-SRB": 5,
        "BIH-SRB": 3,
        "MKD-SRB": 2,
        "BIH-XKX": 1,
        "XKX-MNE": 1,
        "ALB-SRB": 0,
    }
    counts = onsets.sum(axis=1)
    for name, count in observed.items():
        low, high = np.quantile(counts[:, DYAD_NAMES.index(name)], [0.05, 0.95])
        assert low <= count <= high, (name, low, high)
    low, high = np.quantile(counts.sum(axis=1), [0.05, 0.95])
    assert low <= sum(observed.values()) <= high
    assert np.quantile(severe, 0.05) <= 2 <= np.quantile(severe, 0.95)
    serbia_kosovo = onsets[:, :, SERBIA_KOSOVO]
    lulls = [np.diff(np.flatnonzero(np.r_[1, world, 1])).max() - 1 for world in serbia_kosovo]
    assert np.quantile(lulls, 0.05) <= 32 <= np.quantile(lulls, 0.95)
    yearly = serbia_kosovo.reshape(400, 6, 12).sum(axis=2)
    dispersion = yearly.var(axis=1, ddof=1) / np.maximum(yearly.mean(axis=1), 0.2)
    history = np.array([1, 4, 0, 0, 2, 4])  # events.csv, severity 1 or more, by year 2017 to 2022
    assert (
        np.quantile(dispersion, 0.05) <= history.var(ddof=1) / history.mean() <= np.quantile(dispersion, 0.95)
    )


def test_a_crisis_breeds_fewer_than_one_other():
    """E2: branching by pairs of worlds with and without one forced crisis, through every feedback."""
    base = region(scenario(citizens=40), worlds=200, seed=6, history=False)
    forced = region(scenario(citizens=40), worlds=200, seed=6, history=False)
    forced.agenda.dyads.append(ForcedCrisis(SERBIA_KOSOVO, 3.0, 6, None))
    offspring = np.zeros(200)
    for _ in range(48):
        base.step()
        forced.step()
        offspring += (forced.risk - base.risk).sum(axis=1)
    # All descendants of one crisis number b / (1 - b).
    branching = np.maximum(offspring, 0.0) / (1.0 + np.maximum(offspring, 0.0))
    assert offspring.mean() > 0
    assert np.quantile(branching, 0.95) < 0.8


def test_all_help_albania_after_the_earthquake_and_kosovo_and_serbia_rarely_each_other():
    """X3: Durrës, 26 November 2019 (events.csv E18, E19)."""
    subject = region(worlds=600)
    subject.look()
    chances = aid_chances(subject)
    u = np.random.default_rng(1).uniform(size=chances.shape)
    helpers = (u < chances)[:, 0, 1:].sum(axis=1)
    assert (helpers >= 4).mean() > 0.8
    assert chances[:, 2, 5].mean() < 0.5 * chances[:, 0, 5].mean()
    assert chances[:, 5, 2].mean() < 0.5


def test_albania_and_serbia_share_open_balkan_and_mistrust():
    """Threat beside membership: fewer than half of Albanians trust Serbia, and both are members."""
    subject = region(scenario(citizens=400), worlds=100)
    albanians = np.array(subject.publics[0].shares[:, 10])
    others = np.array(subject.publics[0].shares[:, [7, 8, 9]])
    assert albanians.mean() < 0.45 < others.mean()
    assert subject.mechanisms[2].members[[0, 5]].tolist() == [1.0, 1.0]


def test_the_status_quo_shows_the_papers_pattern():
    """As it comes, so under the bundled posterior: large support beside little cooperation, and worry about war that
    jumps in 2022."""
    (block,) = simulate([with_run(load("status-quo"), citizens=200, years=1)], 1, 0, 800)
    shown = block.regional[:, :24]
    support = column(shown, "support")[:, 12:].mean(axis=1)
    assert 60 <= support.mean() <= 85 and ((support > 55) & (support < 92)).mean() > 0.95
    assert (column(shown, "cooperation").max(axis=1) < 0.25).mean() > 0.97
    worry = column(shown, "war_worry")
    assert ((worry[:, 16] - worry[:, 0]) > 5).mean() > 0.8


def test_individuals_differ_from_the_mean_field():
    """The share of a divided public is not the share of its mean: closure by the mean citizen misses points."""
    subject = region(scenario(citizens=1000), worlds=50)
    run(subject, 17)
    worry = np.stack([p.shares[:, 11].astype(float) for p in subject.publics], axis=1)
    mean = np.stack([p.mean_threats()[:, 0] for p in subject.publics], axis=1)
    assert np.abs(100 * (worry - 1 / (1 + np.exp(-mean)))).mean() > 2.0


def test_the_schedule_is_what_the_region_does():
    seen = []
    subject = region(worlds=1)
    for stage in SCHEDULE:
        method = getattr(subject, stage.method)
        setattr(subject, stage.method, lambda method=method, name=stage.method: (seen.append(name), method()))
    subject.step()
    assert seen == [stage.method for stage in SCHEDULE]
    assert all(stage.text for stage in SCHEDULE)


def test_a_finished_region_is_freed():
    """Mesa 3.3.1 keeps every model in a register of its own; `forget` takes it out."""
    subject = region(worlds=1)
    subject.step()
    subject.forget()
    watch = weakref.ref(subject)
    del subject
    gc.collect()
    assert watch() is None


def test_the_citizens_memory_is_free_at_once_without_a_collection():
    gc.collect()
    gc.disable()
    try:
        subject = region(worlds=1)
        watch = weakref.ref(subject.publics.attitudes)
        subject.forget()
        assert watch() is None
    finally:
        gc.enable()


def test_importing_the_model_leaves_no_trace_in_multiprocessing_of_others():
    """Mesa sets the process-wide start method: wbsim imports it lazily, and asks for its own context."""
    code = "import wbsim, multiprocessing as m; assert m.get_start_method(allow_none=True) is None"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert multiprocessing.get_context("fork") is not None


def test_a_world_that_goes_wrong_is_named_and_leaves_the_others_alone(monkeypatch):
    import wbsim.model.simulate as module

    good = simulate([scenario(years=1)], 1, 0, 5)[0]
    draw = module.draw_parameters

    def broken(assumptions, chance):
        draws = draw(assumptions, chance)
        draws.values["loss_weight"][3] = np.nan
        return draws

    monkeypatch.setattr(module, "draw_parameters", broken)
    with np.errstate(invalid="ignore"):
        (block,) = simulate([scenario(years=1)], 1, 0, 5)
    assert set(block.failed) == {3} and "not finite" in block.failed[3] and "loss_weight" in block.failed[3]
    assert np.isnan(block.regional[3]).all()
    rest = [0, 1, 2, 4]
    assert np.array_equal(block.regional[rest], good.regional[rest])
