"""A search finds a front that is known, takes off its luck, goes on after a kill, and says what it did not find."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import wbsim
from wbsim.errors import InputError, WbsimError
from wbsim.optimum import search
from wbsim.optimum.confirm import choose, confirm
from wbsim.optimum.goal import Goal, read_goals, worth
from wbsim.optimum.study import Asked, carry_out, prepare, variants
from wbsim.report.optimum_plain import as_csv, beyond_own, plain, scenario_files
from wbsim.report.optimum_words import sentences
from wbsim.scenario.load import load
from wbsim.scenario.plugin import load_plugins
from wbsim.sweeps.apply import apply
from wbsim.tables.outcomes import OUTCOMES

pytest.importorskip("pymoo")

PLUGIN = Path(__file__).with_name("conflict_model.py")
MODELS = load_plugins([PLUGIN]).models
FORUM = load("forum", plugins=[PLUGIN])
VARY = ("forum.transparency=0:1", "forum.meetings_per_year=1:12", "forum.quorum=2:6")
ASKED = Asked(
    VARY,
    goals=("cooperation", "delivery"),
    worlds=16,
    population=24,
    generations=14,
    seed=3,
    workers=1,
)


def study(model: str = "conflict", **changes):
    return prepare(FORUM, replace(ASKED, **changes), MODELS[model])


@pytest.fixture(scope="module")
def found():
    return carry_out(study())


def test_the_known_front_is_found(found):
    """t and 1 - t² with one meeting and a quorum of 4: within 0.03 of it, from one end to the other."""
    fresh = np.array([member.fresh for member in found.members[1:]])

    assert len(fresh) == 10
    distance = np.abs((1 - fresh[:, 0] ** 2) - fresh[:, 1])
    assert distance.max() < 0.08
    assert fresh[:, 0].min() < 0.1
    assert fresh[:, 0].max() > 0.9
    for point in found.points[1:]:
        levers = apply(FORUM, found.study.space.keys, point).policies[0].levers
        assert levers["quorum"] == 4
        assert levers["meetings_per_year"] <= 2


def test_common_chance_cancels_and_every_member_is_surely_on_the_front(found):
    for member in found.members[1:]:
        np.testing.assert_allclose(member.optimism, 0.0, atol=1e-6)
        np.testing.assert_allclose(member.mcse, 0.0, atol=1e-6)
        assert member.on_front
        assert member.share == 1.0
        assert member.alike == 0


def test_the_own_levers_are_shown_and_beaten(found):
    assert found.points[0] == found.study.space.own
    own = found.members[0]
    assert not own.on_front
    np.testing.assert_allclose(own.fresh, [0.5 - 0.06, 0.75 - 0.06], atol=1e-6)
    ahead = beyond_own(found)
    assert ahead["cooperation"]
    assert ahead["delivery"]


def test_luck_is_taken_off_in_fresh_worlds():
    """Each candidate has luck of its own (sd 0.5 a world): 8 worlds promise too much, fresh worlds don't."""
    found = carry_out(study("noisy", worlds=8, fresh=400, generations=6))
    optimism = np.array([member.optimism for member in found.members[1:]])
    truth = []
    for point in found.points[1:]:
        levers = apply(FORUM, found.study.space.keys, point).policies[0].levers
        cost = 0.02 * (levers["meetings_per_year"] - 1) + 0.1 * (levers["quorum"] != 4)
        truth.append([levers["transparency"] - cost, 1 - levers["transparency"] ** 2 - cost])
    fresh = np.array([member.fresh for member in found.members[1:]])
    error = np.array([member.mcse for member in found.members[1:]])

    assert optimism.mean() > 0.05
    assert np.abs(fresh - truth).max() < 0.1
    assert (np.abs(fresh - truth) < 3.5 * error).all()
    np.testing.assert_allclose(error.mean(), 0.5 / np.sqrt(400), rtol=0.15)


def test_the_same_seed_gives_the_same_set_whoever_simulates(found, tmp_path: Path):
    again = carry_out(study(workers=2), tmp_path / "a")
    assert plain(again) == plain(found)
    other = carry_out(study(seed=4))
    assert other.points != found.points


def test_a_killed_search_goes_on_and_simulates_nothing_twice(found, tmp_path: Path):
    class KilledError(Exception):
        pass

    def kill(done: int, total: int) -> None:
        if done > 100:
            raise KilledError

    with pytest.raises(KilledError):
        carry_out(study(), tmp_path / "a", kill)
    before = {file.name for file in (tmp_path / "a").rglob("*.chunk")}
    again = carry_out(study(), tmp_path / "a")

    assert before
    assert before <= {file.name for file in (tmp_path / "a").rglob("*.chunk")}
    assert plain(again) == plain(found)


def test_combinations_that_break_a_rule_are_never_simulated():
    vary = (*VARY, "forum.members=ALB+SRB,ALB+BIH+XKX+MKD+MNE+SRB")
    found = carry_out(study(vary=vary, generations=4))

    assert found.refused > 0
    for point in found.points:
        levers = apply(FORUM, found.study.space.keys, point).policies[0].levers
        assert levers["quorum"] <= len(levers["members"])


def test_candidates_whose_worlds_fail_are_counted_and_left_out():
    found = carry_out(study("failing-conflict", generations=4))

    assert found.unsound > 0
    for point in found.points:
        assert apply(FORUM, found.study.space.keys, point).policies[0].levers["transparency"] <= 0.5


def test_a_policy_that_fails_itself_is_refused():
    open_forum = FORUM.model_copy(
        update={
            "policies": (
                FORUM.policies[0].model_copy(
                    update={"levers": {**FORUM.policies[0].levers, "transparency": 0.9}}
                ),
            )
        }
    )
    with pytest.raises(WbsimError, match="of the scenario itself failed"):
        carry_out(prepare(open_forum, ASKED, MODELS["failing-conflict"]))


def test_nothing_better_is_said_so():
    """One lever that does nothing for the goals beyond what it costs."""
    found = carry_out(
        prepare(
            FORUM,
            replace(ASKED, vary=("forum.quorum=4,5",), goals=("cooperation", "delivery"), generations=3),
            MODELS["conflict"],
        )
    )
    said = " ".join(sentences(found))

    assert "No member is better than the scenario's own levers" in said
    assert "driven by priors" in said


def test_other_assumptions_are_counted_too():
    found = carry_out(study(generations=2, population=8, members=3, robustness=True))

    assert [held.name for held in found.held] == list(variants(True))
    assert found.held[0].name == "prior"
    assert all(len(held.on_front) == len(found.points) for held in found.held)


def test_scenario_files_load_back_as_the_members(found, tmp_path: Path):
    files = dict(scenario_files(found))
    assert len(files) == len(found.points) - 1
    for (name, text), point in zip(files.items(), found.points[1:], strict=True):
        (tmp_path / name).write_text(text)
        read = load(tmp_path / name)
        expected = apply(FORUM, found.study.space.keys, point)
        assert [each.resolved() for each in read.policies] == [each.resolved() for each in expected.policies]
        assert read.assumptions.resolved() == FORUM.assumptions.resolved()


def test_plain_data_is_json_and_the_table_has_a_row_for_each_goal(found):
    json.dumps(plain(found), allow_nan=False)
    assert as_csv(found).count("\n") == 1 + 2 * len(found.points)


@pytest.mark.parametrize("robust, expected", [("mean", 5.5), ("p10", 1.9), ("cvar", 1.0)])
def test_what_counts_of_worlds(robust, expected):
    assert worth(np.arange(1.0, 11.0), robust) == pytest.approx(expected)


def test_robust_goals_prefer_what_is_sure():
    sure, wild = np.full(100, 1.0), np.concatenate([np.full(80, 3.0), np.full(20, -3.0)])
    assert worth(wild, "mean") > worth(sure, "mean")
    assert worth(wild, "p10") < worth(sure, "p10")
    assert worth(wild, "cvar") < worth(sure, "cvar")


def test_a_set_is_thinned_to_its_ends_and_what_lies_apart():
    t = np.linspace(0, 1, 101)
    chosen = choose(np.stack([t, 1 - t], axis=1), 5)
    assert {0, 100} <= set(chosen)
    assert max(np.diff(sorted(chosen))) <= 50
    assert choose(np.zeros((3, 2)), 5) == [0, 1, 2]


def test_shares_on_the_front_are_those_of_coins_for_what_is_equal():
    """Two candidates that differ by luck alone, on one goal; the third is worse on all."""
    generator = np.random.default_rng(1)
    gains = generator.normal(0, 1, (3, 2, 400))
    gains[:, 1] = gains[0, 1]
    gains[2] -= 5
    goals = tuple(Goal(OUTCOMES[name], "higher") for name in ("cooperation", "delivery"))
    members = confirm(np.zeros((3, 2)), gains, goals, "mean", 1)

    assert members[2].share == 0.0
    assert members[0].share + members[1].share == pytest.approx(1.0, abs=0.01)
    assert members[0].alike == 1
    few = confirm(np.zeros((3, 2)), gains[..., :5], goals, "mean", 1)
    assert few[0].share is None


@pytest.mark.parametrize(
    "texts, said",
    [
        (("cooperation",), "2 to 5"),
        (("cooperation", "peace"), "no outcome"),
        (("cooperation", "cooperation"), "given twice"),
        (("cooperation", "money:less"), ":max or :min"),
    ],
)
def test_goals_that_make_no_sense_are_refused(texts, said):
    with pytest.raises(InputError, match=said):
        read_goals(texts, OUTCOMES)


def test_goals_take_their_way_from_the_outcome_unless_told():
    cooperation, money, other = read_goals(("cooperation", "money", "crises_severe:max"), OUTCOMES)
    assert (cooperation.better, money.better, other.better) == ("higher", "lower", "higher")


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"vary": ()}, "nothing to search among"),
        ({"vary": ("loss_weight=1:2",)}, "is no lever"),
        ({"vary": ("forum.quorums=2:6",)}, "quorum"),
        ({"worlds": 1}, "--worlds"),
        ({"population": 1}, "--population"),
        ({"robust": "median"}, "--robust"),
        ({"baseline": "status"}, "status-quo"),
    ],
)
def test_what_is_wrong_is_said(changes, said):
    with pytest.raises(InputError, match=said):
        study(**changes)


def test_without_the_library_the_extra_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"wbsim\[optimise\]"):
        search.check_library()


def test_from_python_the_same_is_found(monkeypatch, tmp_path: Path):
    from wbsim.optimum import study as module

    monkeypatch.setattr(module, "MODEL", MODELS["conflict"])
    monkeypatch.setattr(module.prepare, "__defaults__", (MODELS["conflict"],))
    asked = {
        "vary": {"forum.transparency": "0:1", "forum.meetings_per_year": "1:12", "forum.quorum": "2:6"},
        "goals": ("cooperation", "delivery"),
        **{"worlds": 16, "population": 24, "generations": 3, "seed": 3, "workers": 1},
    }
    found = wbsim.optimise(FORUM, out=tmp_path / "a", **asked)

    assert plain(found) == plain(carry_out(study(generations=3)))
    assert list((tmp_path / "a").rglob("*.chunk"))


@pytest.mark.parametrize(
    "goals", [("cooperation", "delivery"), ("cooperation", "delivery", "money", "public_trust")]
)
def test_candidates_that_fail_leave_nothing_to_unseeded_chance(goals):
    def again():
        return plain(carry_out(study("failing-conflict", generations=5, population=12, goals=goals)))

    assert again() == again()
