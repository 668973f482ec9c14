from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wbsim.errors import InputError
from wbsim.scenario.load import load
from wbsim.tables.record import Prior

Write = Callable[..., Path]

PARENT = """
name = "parent"
description = "of the parent"

[run]
years = 5
seed = 7

[[policy]]
mechanism = "forum"
quorum = 3

[assumptions.parameters]
influence = { distribution = "uniform", low = 0.0, high = 0.1 }
"rent.SRB" = 1.0

[[assumptions.path]]
name = "mediation"
from = "2024-01"
value = 1

[[event]]
month = "2025-01"
kind = "external-war"
size = 2
"""


def test_tables_are_joined_and_lists_added_to(write: Write) -> None:
    parent = write(PARENT, "parent.toml")
    child = load(
        write(
            """
            name = "child"
            extends = "parent.toml"
            run.years = 8
            [[policy]]
            mechanism = "iisg-results"
            [assumptions.parameters]
            influence = { distribution = "normal", mean = 0.1, sd = 0.05 }
            rent.ALB = 2
            [[event]]
            month = "2024-01"
            kind = "external-war"
            size = 1
            """
        )
    )
    assert (child.run.years, child.run.seed) == (8, 7)
    assert child.description == ""
    assert [policy.mechanism for policy in child.policies] == ["forum", "iisg-results"]
    assert child.assumptions.parameters == {
        "influence": Prior("normal", 0.1, 0.05),
        "rent.ALB": Prior("fixed", 2.0),
        "rent.SRB": Prior("fixed", 1.0),
    }
    assert [event.size for event in child.events] == [1.0, 2.0]
    assert len(child.assumptions.paths) == 1
    assert child.extends == (str(parent),)


@pytest.mark.parametrize(
    ("replace", "policies", "events", "paths"),
    [
        ("[]", 1, 1, 1),
        ('["policy"]', 0, 1, 1),
        ('["event", "assumptions.path"]', 1, 0, 0),
        ('["policy", "event", "assumptions.path"]', 0, 0, 0),
    ],
)
def test_replace_discards_inherited_lists(
    write: Write, replace: str, policies: int, events: int, paths: int
) -> None:
    write(PARENT, "parent.toml")
    child = load(write(f'name = "child"\nextends = "parent.toml"\nreplace = {replace}'))
    assert len(child.policies) == policies
    assert len(child.events) == events
    assert len(child.assumptions.paths) == paths


def test_replace_names_lists_only(write: Write) -> None:
    write(PARENT, "parent.toml")
    with pytest.raises(InputError) as caught:
        load(write('name = "child"\nextends = "parent.toml"\nreplace = ["policies", 3]'))
    assert [(p.line, p.suggestion) for p in caught.value.problems] == [
        (3, 'did you mean "policy"?'),
        (3, None),
    ]


def test_inherited_problems_keep_the_file_and_line_where_they_were_written(write: Write) -> None:
    parent = write(
        'name = "parent"\n\n[[policy]]\nmechanism = "forum"\nquorum = 9\n[run]\nseed = -1', "p.toml"
    )
    child = write(
        'name = "child"\nextends = "p.toml"\n[[policy]]\nmechanism = "iisg-results"\nverification = 2\n'
        '[[policy]]\nmechanism = "nato"\nstaff = 7'
    )
    with pytest.raises(InputError) as caught:
        load(child)
    assert [(p.file, p.line, p.key) for p in caught.value.problems] == [
        (str(child), 5, "policy[2].verification"),
        (str(child), 8, "policy[3].staff"),
        (str(parent), 5, "policy[1].quorum"),
        (str(parent), 7, "run.seed"),
    ]


def test_a_value_that_the_child_gives_anew_is_no_problem_of_the_parent(write: Write) -> None:
    write('name = "parent"\nrun.seed = -1\nassumptions.parameters.influence = { mean = 3 }', "p.toml")
    child = load(
        write('name = "child"\nextends = "p.toml"\nrun.seed = 4\nassumptions.parameters.influence = 0.1')
    )
    assert child.run.seed == 4


def test_an_inherited_policy_that_overlaps_is_explained(write: Write) -> None:
    write(PARENT, "parent.toml")
    child = write('name = "child"\nextends = "parent.toml"\n\n[[policy]]\nmechanism = "forum"')
    with pytest.raises(InputError) as caught:
        load(child)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.key) == (str(child), 4, "policy[2]")
    assert 'drop inherited policies with replace = ["policy"]' in str(problem)


def test_paths_count_from_the_file_that_names_them(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write('name = "base"\nrun.years = 3', "deep/base.toml")
    write('name = "middle"\nextends = "./deep/base.toml"', "middle.toml")
    top = write('name = "top"\nextends = "../middle.toml"', "other/top.toml")
    monkeypatch.chdir("/")
    assert load(top).run.years == 3


def test_a_name_is_looked_for_among_scenarios_not_beside_the_file(write: Write) -> None:
    write('name = "forum"\nrun.years = 3', "forum.toml")
    assert load(write('name = "a"\nextends = "forum"')).run.years == 10
    write('name = "base"', "base.toml")
    with pytest.raises(
        InputError, match=r'mine.toml:2: extends: no scenario is called "base".*write "./base.toml"'
    ):
        load(write('name = "a"\nextends = "base"'))


def test_the_folder_of_scenarios_serves_extends_too(write: Write) -> None:
    base = write('name = "base"\nrun.years = 3', "folder/base.toml")
    assert load(write('name = "a"\nextends = "base"'), base.parent).run.years == 3


def test_loops_are_named(write: Write) -> None:
    a = write('name = "a"\nextends = "b.toml"', "a.toml")
    b = write('name = "b"\n\nextends = "./a.toml"', "b.toml")
    with pytest.raises(InputError) as caught:
        load(a)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.key) == (str(b), 3, "extends")
    assert problem.message.startswith(f"goes round in a loop: {a} -> {b} -> ")


def test_a_file_that_extends_itself_is_a_loop(write: Write) -> None:
    with pytest.raises(InputError, match="goes round in a loop"):
        load(write('name = "a"\nextends = "mine.toml"'))


def test_chains_of_sixteen_files_pass_and_longer_ones_do_not(write: Write) -> None:
    write('name = "last"\nrun.years = 3', "s15.toml")
    for number in range(15):
        write(f'name = "s"\nextends = "s{number + 1}.toml"', f"s{number}.toml")
    top = write('name = "top"\nextends = "s0.toml"')
    assert load(top.parent / "s0.toml").run.years == 3
    with pytest.raises(InputError, match=r"a chain of over 16 files: .*mine.toml -> .*s0.toml -> "):
        load(top)


def test_a_missing_or_broken_parent_is_named_with_the_line_that_asks_for_it(write: Write) -> None:
    with pytest.raises(InputError, match=r"mine.toml:2: extends: no such file: .*none.toml"):
        load(write('name = "a"\nextends = "none.toml"'))
    with pytest.raises(InputError, match=r'mine.toml:2: extends: .*did you mean "forum"'):
        load(write('name = "a"\nextends = "forrum"'))
    write("x = = 1", "bad.toml")
    with pytest.raises(InputError, match=r"bad.toml:1: is not valid TOML"):
        load(write('name = "a"\nextends = "bad.toml"'))


@pytest.mark.parametrize(
    "written", ["~nobody/x", "./" + "x" * 5000 + ".toml", "x" * 5000, "a\\u0000b", "./a\\u0000.toml"]
)
def test_what_no_file_can_be_called_is_refused_like_one_that_is_not_there(
    tmp_path: Path, written: str
) -> None:
    path = tmp_path / "mine.toml"
    for text in (f'extends = "{written}"', f'assumptions.posterior = "{written}"'):
        path.write_text(f'name = "mine"\n{text}\n', encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load(path)
        assert (caught.value.problems[0].file, caught.value.problems[0].line) == (str(path), 2)
