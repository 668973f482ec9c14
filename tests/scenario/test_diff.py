from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wbsim.scenario.diff import Change, differences
from wbsim.scenario.load import load

Write = Callable[..., Path]


def test_a_scenario_does_not_differ_from_itself() -> None:
    assert differences(load("both"), load("both")) == ()


def test_sections_stand_apart(write: Write) -> None:
    one = load(
        write(
            """
            name = "mine"
            [[policy]]
            mechanism = "forum"
            [assumptions.parameters]
            influence = 0.1
            loss_weight = 2
            [[event]]
            month = "2025-01"
            kind = "external-war"
            size = 1
            """
        )
    )
    other = load(
        write(
            """
            name = "mine"
            run.years = 8
            [[policy]]
            mechanism = "nato"
            start = "2024-01"
            [[policy]]
            mechanism = "forum"
            quorum = 5
            [assumptions]
            variants.anchor = "adapting"
            parameters.loss_weight = 3
            """,
            "other.toml",
        )
    )
    found = differences(one, other)
    assert [(change.section, change.key, change.kind) for change in found] == [
        ("run", "years", "changed"),
        ("policies", "forum.quorum", "changed"),
        ("policies", "nato", "added"),
        ("assumptions", "parameters.influence", "removed"),
        ("assumptions", "parameters.loss_weight", "changed"),
        ("assumptions", "variants.anchor", "changed"),
        ("events", "2025-01 external-war", "removed"),
    ]
    assert found[1] == Change("policies", "forum.quorum", "changed", 4, 5)
    assert found[1].as_dict() == {
        "section": "policies",
        "key": "forum.quorum",
        "kind": "changed",
        "before": 4,
        "after": 5,
    }


def test_the_order_of_lists_makes_no_difference(write: Write) -> None:
    event = '[[event]]\nmonth = "{}"\nkind = "external-war"\nsize = 1\n'
    one = load(write('name = "a"\n' + event.format("2025-01") + event.format("2024-01")))
    other = load(write('name = "a"\n' + event.format("2024-01") + event.format("2025-01")))
    assert differences(one, other) == ()


def test_a_second_event_of_the_same_month_is_told_apart(write: Write) -> None:
    event = '[[event]]\nmonth = "2025-01"\nkind = "external-war"\nsize = 1\n'
    one = load(write('name = "a"\n' + event, "one.toml"))
    other = load(write('name = "a"\n' + event + event, "two.toml"))
    assert [(c.key, c.kind) for c in differences(one, other)] == [("2025-01 external-war (2)", "added")]
