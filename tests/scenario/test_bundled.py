"""Every scenario and file of assumptions that comes with the package: found, valid, and what it claims to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wbsim.cli.app import main
from wbsim.cli.run import DEFAULT_SCENARIOS
from wbsim.model.simulate import simulate
from wbsim.scenario.bundled import GROUPS, OTHERS, PAPER, grouped
from wbsim.scenario.diff import differences
from wbsim.scenario.load import load, load_assumptions, with_assumptions
from wbsim.scenario.override import with_run
from wbsim.scenario.resolve import available, available_assumptions, resolve, resolve_assumptions
from wbsim.scenario.text import UnreadableError
from wbsim.tables.outcomes import OUTCOME_INDEX

NAMES = tuple(name for group in GROUPS for name in group.names)
ASSUMPTIONS = ("accession-restored", "american-withdrawal", "rising-rents", "russian-escalation")
ALL_SIX = ["ALB", "BIH", "XKX", "MKD", "MNE", "SRB"]

#: What each scenario changes of the one that it varies: (parent, {key: (before, after)}).
CLAIMS = {
    "forum-asterisk": ("forum", {"forum.kosovo_seat": ("equal", "asterisk")}),
    "forum-without-kosovo": (
        "forum",
        {
            "forum.kosovo_seat": ("equal", "absent"),
            "forum.members": (ALL_SIX, ["ALB", "BIH", "MKD", "MNE", "SRB"]),
        },
    ),
    "forum-without-serbia": ("forum", {"forum.members": (ALL_SIX, ["ALB", "BIH", "XKX", "MKD", "MNE"])}),
    "forum-all-but-one": ("forum", {"forum.rule": ("consensus", "all-but-one")}),
    "forum-majority": ("forum", {"forum.rule": ("consensus", "qualified-majority")}),
    "forum-yearly": ("forum", {"forum.meetings_per_year": (4.0, 1.0)}),
    "iisg-weakly-verified": (
        "iisg-results",
        {"iisg-results.verification": (0.6, 0.2), "iisg-results.audit_cost": (2.0, 0.7)},
    ),
    "forum-led-outside": (
        "forum",
        {
            "forum.led": ("region", "outside"),
            "forum.kosovo_seat": ("equal", "asterisk"),
            "forum.meetings_per_year": (4.0, 1.0),
        },
    ),
    "forum-packages": ("forum", {"forum.agenda": ("items", "packages")}),
    "iisg-unearned-lost": ("iisg-results", {"iisg-results.unearned": ("earners", "lost")}),
    "iisg-conditional": ("iisg-results", {"iisg-results.conditionality": ("none", "political")}),
}


def policy_changes(parent: str, child: str) -> dict[str, tuple[object, object]]:
    """What differs between two scenarios apart from name and description, all of which must be in policies."""
    changes = [change for change in differences(load(parent), load(child)) if change.section != "scenario"]
    assert {change.section for change in changes} == {"policies"}
    return {change.key: (change.before, change.after) for change in changes}


def test_every_bundled_scenario_stands_in_one_group_and_the_papers_come_first() -> None:
    assert sorted(NAMES) == sorted(available())
    assert NAMES[:4] == PAPER == DEFAULT_SCENARIOS
    assert available_assumptions() == ASSUMPTIONS


def test_scenarios_of_a_user_come_last() -> None:
    groups = grouped(("forum-yearly", "mine", "status-quo", "another"))
    assert [(group.title, group.names) for group in groups] == [
        (GROUPS[0].title, ("status-quo",)),
        (GROUPS[1].title, ("forum-yearly",)),
        (OTHERS, ("another", "mine")),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_scenarios_are_found_from_any_folder_and_valid(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", name]) == 0
    assert f'valid scenario "{name}"' in capsys.readouterr().out


@pytest.mark.parametrize("name", ASSUMPTIONS)
def test_assumptions_are_found_from_any_folder_and_valid(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--as-assumptions", name]) == 0
    assert "valid assumptions" in capsys.readouterr().out
    file = load_assumptions(name)
    assert file.name == name
    assert file.origin in (f"repository: {name}", f"bundled: {name}")
    # They change paths and events and nothing else, so that parameters stay as uncertain as they are.
    changed = with_assumptions(load("status-quo"), file)
    changes = differences(load("status-quo"), changed)
    assert changes
    assert all(
        change.section == "events" or (change.section == "assumptions" and change.key.startswith("path."))
        for change in changes
    )


@pytest.mark.parametrize("name", NAMES[4:])
def test_scenarios_say_why_they_are_there_and_where_they_come_from(name: str) -> None:
    text = resolve(name).resource.read_text(encoding="utf-8")
    assert "# Why: " in text
    assert "# Source: " in text
    assert len(text.splitlines()) < 60


@pytest.mark.parametrize("name", ASSUMPTIONS)
def test_assumptions_say_why_and_what_is_assumed(name: str) -> None:
    text = resolve_assumptions(name).resource.read_text(encoding="utf-8")
    assert "# Why: " in text
    assert "# Source: " in text
    assert "assumed" in text.lower()


@pytest.mark.parametrize("name", CLAIMS)
def test_a_scenario_differs_from_what_it_varies_only_in_what_it_claims(name: str) -> None:
    parent, claimed = CLAIMS[name]
    assert policy_changes(parent, name) == claimed


@pytest.mark.parametrize(
    ("name", "mechanism", "lever", "default", "chosen"),
    [
        ("iisg-double-funds", "iisg", "funds", 12.0, 24.0),
        ("open-balkan-six", "open-balkan", "members", ("ALB", "MKD", "SRB"), tuple(ALL_SIX)),
    ],
)
def test_a_mechanism_of_the_status_quo_is_started_with_one_other_setting(
    name: str, mechanism: str, lever: str, default: object, chosen: object
) -> None:
    from wbsim.tables.mechanisms import MECHANISMS

    (key,) = policy_changes("status-quo", name)
    assert key == mechanism
    (policy,) = load(name).policies
    today = {item.name: item.default for item in MECHANISMS[mechanism].levers}
    assert {k: (today[k], v) for k, v in policy.levers.items() if today[k] != v} == {lever: (default, chosen)}


@pytest.fixture(scope="module")
def blocks() -> dict[str, np.ndarray]:
    """Outcomes (2 worlds, months, O) of all bundled scenarios, and of the status quo under all assumptions."""
    small = {name: with_run(load(name), citizens=40, years=3) for name in NAMES}
    shown = {}
    for block in simulate(list(small.values()), 3, 0, 2):
        assert not block.failed
        shown[block.scenario] = block.regional
    for name in ASSUMPTIONS:
        # Ten years: the assumptions' last steps lie in 2032.
        long = with_run(load("status-quo"), citizens=40)
        (block,) = simulate([with_assumptions(long, load_assumptions(name))], 3, 0, 2)
        assert not block.failed
        shown[name] = block.regional
    (block,) = simulate([with_run(load("status-quo"), citizens=40)], 3, 0, 2)
    shown["plain"] = block.regional
    return shown


@pytest.mark.parametrize("name", NAMES[1:])
def test_scenarios_simulate_and_change_something_from_2023_on_only(
    name: str, blocks: dict[str, np.ndarray]
) -> None:
    one, other = blocks["status-quo"], blocks[name]
    assert np.isfinite(other).all()
    assert np.array_equal(one[:, :24], other[:, :24])
    assert not np.array_equal(one[:, 24:], other[:, 24:])


@pytest.mark.parametrize("name", ASSUMPTIONS)
def test_assumptions_simulate_and_change_the_status_quo_itself(
    name: str, blocks: dict[str, np.ndarray]
) -> None:
    one, other = blocks["plain"], blocks[name]
    assert np.isfinite(other).all()
    assert np.array_equal(one[:, :24], other[:, :24])
    assert not np.array_equal(one[:, 24:], other[:, 24:])


def test_twice_the_money_costs_twelve_million_a_year_more(blocks: dict[str, np.ndarray]) -> None:
    money = OUTCOME_INDEX["money"]
    more = (blocks["iisg-double-funds"] - blocks["status-quo"])[:, :, money]
    # Money is what is spent in a month; three years are projected.
    assert np.allclose(more.sum(axis=1), 36.0, atol=1e-3)


def test_names_of_the_other_kind_say_what_to_do() -> None:
    with pytest.raises(UnreadableError, match="--assumptions american-withdrawal"):
        load("american-withdrawal")
    with pytest.raises(UnreadableError, match='"forum" is a scenario'):
        load_assumptions("forum")
    with pytest.raises(UnreadableError, match='did you mean "rising-rents"'):
        load_assumptions("rising-rent")
