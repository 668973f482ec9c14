"""The command: runs once, writes blocks, checks prose, stamps, and says what is stale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reproduce.__main__ import chosen
from reproduce.block import Block, Check
from reproduce.kept import Store
from reproduce.run import Run
from reproduce.stamps import read_stamps, stale
from reproduce.write import Done, reproduce
from wbsim.errors import InputError

CALLS: list[int] = []
TEXT = "# T\n\n<!-- reproduced: double -->\n<!-- end -->\n\nTwice two worlds are 4 and\nhalf are 1.\n"


def double(settings: Mapping[str, Any]) -> int:
    CALLS.append(settings["worlds"])
    return 2 * int(settings["worlds"])


def broken(settings: Mapping[str, Any]) -> int:
    raise ValueError("no such lever")


RUN = Run("double", double, {"worlds": 2})
BLOCK = Block("double", "a.md", lambda facts: f"It is {facts}.", (RUN,))
CHECK = Check("half", "a.md", "are {} and half are {}.", lambda facts: (str(facts), str(facts // 4)), (RUN,))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    CALLS.clear()
    (tmp_path / "docs").mkdir()
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def carried_out(root: Path, *each: Block | Check, slow: bool = False, **options: Any) -> Done:
    store = Store(root / "work", root / "kept", slow=slow)
    blocks = [one for one in each if isinstance(one, Block)]
    checks = [one for one in each if isinstance(one, Check)]
    return reproduce(root, blocks, checks, store, lambda *told: None, **options)


def read(root: Path) -> str:
    return (root / "a.md").read_text(encoding="utf-8")


def messages(root: Path, *each: Block | Check) -> list[str]:
    blocks = [one for one in each if isinstance(one, Block)]
    checks = [one for one in each if isinstance(one, Check)]
    return [str(problem) for problem in stale(root, blocks, checks)]


def test_a_block_is_written_and_its_run_made_once(root: Path) -> None:
    first, second = carried_out(root, BLOCK, CHECK), carried_out(root, BLOCK, CHECK)

    assert first == Done(("a.md",), (), ())
    assert second == Done((), (), ())
    assert "<!-- reproduced: double -->\n\nIt is 4.\n\n<!-- end -->" in read(root)
    assert CALLS == [2]
    assert messages(root, BLOCK, CHECK) == []


def test_a_number_in_prose_that_differs_is_named_with_its_place(root: Path) -> None:
    wrong = replace(CHECK, expected=lambda facts: ("4", "2"))

    (problem,) = carried_out(root, wrong).problems

    assert str(problem).startswith("a.md:6: half: says 4, 1; the runs say 4, 2")
    assert messages(root, wrong) == ["a.md: half: was never checked (run `make reproduce`)"]


def test_a_text_that_a_check_does_not_find_is_named(root: Path) -> None:
    (problem,) = carried_out(root, replace(CHECK, text="a third is {}")).problems
    assert 'has the text "a third is {}" 0 times' in str(problem)


def test_what_has_changed_since_is_stale(root: Path) -> None:
    assert messages(root, BLOCK) == ["a.md: double: was never reproduced (run `make reproduce`)"]
    carried_out(root, BLOCK)
    more = replace(BLOCK, runs=(replace(RUN, settings={"worlds": 3}),))

    assert messages(root, more) == [
        "a.md: double: is stale: settings of the run double changed (run `make reproduce`)"
    ]


def test_a_block_that_was_edited_by_hand_is_named(root: Path) -> None:
    carried_out(root, BLOCK)
    (root / "a.md").write_text(read(root).replace("It is 4", "It is 5"), encoding="utf-8")

    assert "was edited by hand" in messages(root, BLOCK)[0]
    carried_out(root, BLOCK)
    assert messages(root, BLOCK) == []


def test_a_stamp_of_nothing_is_named(root: Path) -> None:
    carried_out(root, BLOCK)
    assert messages(root, CHECK)[1:] == [
        'docs/reproduced.json: a stamp of "double", which is neither block nor check (run `make reproduce`)'
    ]


def test_a_first_look_writes_elsewhere_and_stamps_nothing(root: Path) -> None:
    carried_out(root, BLOCK, worlds=1, preview=root / "preview")

    assert read(root) == TEXT
    assert "It is 2." in (root / "preview" / "a.md").read_text(encoding="utf-8")
    assert read_stamps(root) == {}


def test_a_slow_run_waits_until_it_is_asked_for_and_says_its_model(root: Path) -> None:
    slow = replace(BLOCK, runs=(replace(RUN, slow=True),))

    assert carried_out(root, slow) == Done((), (), ("double",))
    carried_out(root, slow, slow=True)

    model = RUN.parts()["model"]
    assert f"It is 4.\n\nMeasured with the model `{model}`.\n" in read(root)
    later = replace(BLOCK, runs=(replace(RUN, slow=True, settings={"worlds": 5}),))
    carried_out(root, later)
    assert f"Measured with the model `{model}`, which has changed since." in read(root)
    assert CALLS == [2]


def test_a_run_that_fails_does_not_stop_the_others(root: Path) -> None:
    other = Block("lost", "a.md", str, (Run("broken", broken),))

    done = carried_out(root, other, BLOCK)

    assert done.left_out == ("lost",)
    assert "the run broken failed: ValueError: no such lever" in str(done.problems[0])
    assert "It is 4." in read(root)


def test_a_document_without_a_marker_does_not_stop_the_others(root: Path) -> None:
    (root / "b.md").write_text("# B\n", encoding="utf-8")
    lost = Block("lost", "b.md", str, (RUN,))

    done = carried_out(root, lost, BLOCK)

    assert str(done.problems[0]) == 'b.md: no marker for section "lost"'
    assert done.changed == ("a.md",)
    assert messages(root, lost, BLOCK) == [
        "b.md: lost: has no place in the document (add <!-- reproduced: lost -->)"
    ]


def test_documents_and_blocks_are_chosen_by_name() -> None:
    assert chosen([BLOCK], [CHECK], []) == ([BLOCK], [CHECK])
    assert chosen([BLOCK], [CHECK], ["a"]) == ([BLOCK], [CHECK])
    assert chosen([BLOCK], [CHECK], ["half"]) == ([], [CHECK])
    with pytest.raises(InputError, match=r"nothing is called b \(try a\)"):
        chosen([BLOCK], [CHECK], ["b"])
