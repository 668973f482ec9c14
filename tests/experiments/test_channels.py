"""Effects divided among channels: a game worked out by hand, failed worlds, one world, policies as players."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

import wbsim
from tests.experiments import fake_channels
from tests.experiments.fake_model import scenario
from wbsim.errors import InputError
from wbsim.experiments.channels import ORDERS, plan_channels
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.division import Channels, Division
from wbsim.experiments.execute import Settings, plan
from wbsim.experiments.sets import AssumptionSet
from wbsim.results.open import read_record
from wbsim.scenario.schema import Scenario
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import OUTCOME_NAMES
from wbsim.tables.record import Channel, MechanismRecord

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")
RESULTS = scenario("iisg-results", "iisg-results")
BOTH = scenario("both", "forum", "iisg-results")


def compared(*scenarios: Scenario, **settings: Any) -> Comparison:
    defaults = {"workers": 1, "worlds": 4, "channels": True, "simulate": fake_channels.simulate}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM)), **{**defaults, **settings})


def divided(*scenarios: Scenario, **settings: Any) -> Channels:
    found = compared(*scenarios, **settings).channels
    assert found is not None
    return found


def shares(division: Division, outcome: str = "cooperation") -> dict[str, float]:
    return {
        part.name: share.share.mean
        for part, share in zip(division.parts, division.outcomes[outcome].shares, strict=True)
        if share.share.mean is not None
    }


def test_a_game_worked_out_by_hand() -> None:
    """Commitments and transparency split the 0.06 that takes both; dialogue gets its own; the line adds nothing."""
    (division,) = divided().divisions
    found = division.outcomes["cooperation"]
    assert found.effect.mean == pytest.approx(0.11, abs=1e-6)
    assert found.cost is not None and found.cost.mean == pytest.approx(-0.01, abs=1e-6)
    expected = {
        "dialogue": 0.04,
        "commitments": 0.02 + 0.03,
        "transparency": 0.03,
        "crisis-line": 0.0,
        "channel": 0.0,
    }
    assert shares(division) == pytest.approx(expected, abs=1e-6)
    commitments = found.shares[1]
    assert commitments.missed.mean == pytest.approx(0.08, abs=1e-6)
    assert commitments.alone.mean == pytest.approx(0.02, abs=1e-6)
    assert (division.method, division.combinations, division.compared_with) == ("exact", 32, "no policy")


def test_priorities_are_nil_without_a_result_based_iisg_and_need_no_runs() -> None:
    alone = divided()
    assert [part.name for part in alone.divisions[0].inert] == ["priorities"]
    # 32 combinations, and the status quo.
    assert alone.runs == 33
    together = divided(STATUS_QUO, BOTH)
    assert not together.divisions[0].inert
    assert shares(together.divisions[0])["priorities"] == pytest.approx(0.08, abs=1e-6)


def test_policies_of_one_scenario_are_players_too_and_share_what_takes_both() -> None:
    forum, results, policies = divided(STATUS_QUO, FORUM, RESULTS, BOTH).divisions[2:]
    assert [each.policy for each in (forum, results, policies)] == ["forum", "iisg-results", None]
    assert forum.compared_with == "both without forum" and policies.compared_with == "none of its policies"
    assert policies.outcomes["cooperation"].cost is None
    assert shares(policies) == pytest.approx({"forum": 0.11 + 0.04, "iisg-results": 0.05 + 0.04}, abs=1e-6)


def test_a_run_that_several_divisions_need_is_made_once() -> None:
    # 1 status quo, 32 of the forum, 16 of IISG, 64 + 16 of both, which share the one with all channels on.
    assert divided(STATUS_QUO, FORUM, RESULTS, BOTH).runs == 1 + 32 + 16 + 64 + 16 - 1


def test_shares_and_cost_sum_to_the_effect_on_every_outcome() -> None:
    for division in divided(STATUS_QUO, FORUM, BOTH).divisions:
        for name in OUTCOME_NAMES:
            found = division.outcomes[name]
            assert found.effect.mean is not None
            cost = found.cost.mean if found.cost else 0.0
            assert cost is not None
            assert cost + sum(shares(division, name).values()) == pytest.approx(found.effect.mean, abs=1e-12)


def test_errors_come_from_the_worlds() -> None:
    """Worlds take 1.5 and 0.5 of each share in turn: of four worlds the standard error is sd / 2."""
    dialogue = divided().divisions[0].outcomes["cooperation"].shares[0].share
    assert dialogue.mcse == pytest.approx(0.02 * (4 / 3) ** 0.5 / 2, rel=1e-4)
    assert dialogue.q05 == pytest.approx(0.02, abs=1e-6) and dialogue.q95 == pytest.approx(0.06, abs=1e-6)


def test_a_policy_against_itself_has_an_effect_all_the_same_because_it_is_compared_with_no_policy() -> None:
    found = compared(FORUM, scenario("again", "forum"))
    assert found.channels is not None
    (division,) = found.channels.divisions
    assert division.outcomes["cooperation"].effect.mean == pytest.approx(0.11, abs=1e-6)
    assert found.summary()["outcomes"]["cooperation"]["policies"]["again"]["mean"] == 0.0


def test_a_forum_whose_channels_are_all_off_shares_nothing() -> None:
    off = FORUM.policies[0].model_copy(
        update={"without": tuple(c.name for c in MECHANISMS["forum"].channels)}
    )
    (division,) = divided(STATUS_QUO, FORUM.model_copy(update={"policies": (off,)})).divisions
    assert division.parts == () and len(division.inert) == 6
    found = division.outcomes["cooperation"]
    assert found.cost == found.effect and found.shares == ()


def test_a_world_that_fails_in_any_run_leaves_all_of_them() -> None:
    whole, less = divided(), divided(simulate=fake_channels.world_2_fails_without_dialogue)
    assert (whole.failed_worlds, less.failed_worlds) == (0, 1)
    # Worlds 0, 1 and 3 take 1.5, 0.5 and 0.5.
    assert shares(less.divisions[0])["dialogue"] == pytest.approx(0.04 * 2.5 / 3, abs=1e-6)
    assert "1 of 4 worlds failed" in str(compared(simulate=fake_channels.world_2_fails_without_dialogue))


def test_without_sound_worlds_nothing_is_said_but_that() -> None:
    found = compared(worlds=1, first_world=2, simulate=fake_channels.world_2_fails_without_dialogue)
    assert found.channels is not None
    share = found.channels.divisions[0].outcomes["cooperation"].shares[0].share
    assert (share.mean, share.mcse) == (None, None)
    json.dumps(found.summary(), allow_nan=False)
    assert "n/a" in str(found)


def test_one_world_has_shares_and_no_error() -> None:
    share = divided(worlds=1).divisions[0].outcomes["cooperation"].shares[0].share
    assert share.mean == pytest.approx(0.06, abs=1e-6) and share.mcse is None


def test_worlds_are_those_of_the_comparison_and_as_many_as_asked_for() -> None:
    found = divided(worlds=6, worlds_each=2, first_world=4, seed=9)
    assert (found.worlds, found.first_world, found.seed) == (2, 4, 9)
    assert divided(worlds=6).worlds == 6


def test_workers_and_blocks_never_show() -> None:
    assert divided(STATUS_QUO, BOTH) == divided(STATUS_QUO, BOTH, workers=2, block=1)


def many(count: int) -> MechanismRecord:
    channels = tuple(Channel(f"c{n}", f"channel {n}", "It is off.") for n in range(count))
    return MechanismRecord("many", "Many", "It has many channels.", "a test", (), channels=channels)


def test_past_six_channels_orders_are_drawn_and_every_run_that_is_shown_is_made() -> None:
    case = scenario("many", "many")
    main = plan([AssumptionSet("own", (STATUS_QUO, case))], Settings(3, 1, workers=1))
    planned = plan_channels(main.sets[0], main, 3, {"many": many(8)})
    (game,) = planned.games
    assert len(game.orders) == ORDERS
    assert {255 ^ 1 << part for part in range(8)} | {1 << part for part in range(8)} <= set(game.runs)
    assert planned.runs < 1 + 2**8
    (exact,) = plan_channels(main.sets[0], main, 3, {"many": many(6)}).games
    assert not exact.orders and len(exact.runs) == 64


@pytest.mark.parametrize(
    ("scenarios", "settings", "said"),
    [
        ((STATUS_QUO, scenario("nato", "nato")), {}, "has a policy that declares channels"),
        ((STATUS_QUO, FORUM), {"worlds_each": 0}, "--worlds-each"),
        ((STATUS_QUO, FORUM), {"worlds_each": 5, "channels": False}, "none are asked for"),
    ],
)
def test_what_cannot_be_run_is_refused(scenarios: Any, settings: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        compared(*scenarios, **settings)


def test_a_results_folder_holds_them_and_the_command_that_makes_them(tmp_path: Path) -> None:
    found = compared(worlds_each=3, out=tmp_path / "a")
    plain = json.loads((tmp_path / "a" / "channels.json").read_text(encoding="utf-8"))
    assert Channels.of(plain) == found.channels
    assert json.loads((tmp_path / "a" / "summary.json").read_text())["channels"] == plain
    assert Comparison(found.experiment, found.request, tmp_path / "a").channels == found.channels
    words = shlex.split(read_record(tmp_path / "a")["command"])
    assert words[-3:] == ["--channels", "--worlds-each", "3"]
    assert "--channels" not in found.request.command(world=1)
    compared(worlds_each=3, out=tmp_path / "b")
    assert (tmp_path / "a" / "channels.json").read_bytes() == (tmp_path / "b" / "channels.json").read_bytes()


def test_a_damaged_file_is_said_to_be_one(tmp_path: Path) -> None:
    found = compared(out=tmp_path / "a")
    (tmp_path / "a" / "channels.json").write_text('{"worlds": 3}')
    with pytest.raises(InputError, match="cannot be read as what extra runs found"):
        _ = Comparison(found.experiment, found.request, tmp_path / "a").channels


def test_without_them_there_are_none_and_no_keys() -> None:
    found = compared(channels=False)
    assert found.channels is None and found.robustness is None
    assert "channels" not in found.summary()


def test_an_interrupt_in_extra_runs_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        compared(out=tmp_path / "a", simulate=fake_channels.interrupted_in_extra_runs)
    assert not list(tmp_path.iterdir())


def test_progress_is_told_of_everything_once() -> None:
    told: list[tuple[int, int]] = []
    compared(progress=lambda done, total: told.append((done, total)))
    # Four worlds of the comparison; 33 runs in nine groups of at most four.
    assert told[-1] == (4 + 4 * 9, 4 + 4 * 9)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
