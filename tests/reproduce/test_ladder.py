"""The ladder: steps are kept as they were simulated, and what moved is told from chance."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reproduce.ladder.__main__ import FOLDER, main
from reproduce.ladder.climb import climb, present_commit
from reproduce.ladder.files import read_ladder, replaced, with_step, write_ladder
from reproduce.ladder.step import Effect, Step
from reproduce.ladder.tables import is_moved, ladder_tables
from wbsim.errors import InputError
from wbsim.experiments.comparison import Comparison
from wbsim.tables.outcomes import HEADLINE_OUTCOMES

CRISES = Effect("forum", "crises_severe", -1.5, 0.1, 0.8, 0.02)
BEFORE = Step("before", 'because, "so"', "none", "abc", "m", "p", 200, 1, "r", (CRISES,))
AFTER = replace(BEFORE, label="line by attendance", effects=(replace(CRISES, mean=-0.4),))


def test_a_ladder_is_read_as_it_was_written(tmp_path: Path) -> None:
    undefined = Effect("forum", "cooperation", None, None, None, None)
    steps = (BEFORE, replace(AFTER, effects=(*AFTER.effects, undefined)))

    write_ladder(tmp_path, steps)

    assert read_ladder(tmp_path) == steps


def test_no_ladder_has_no_steps(tmp_path: Path) -> None:
    assert read_ladder(tmp_path) == ()
    assert ladder_tables(()) == "No step has been recorded."


def test_a_label_stands_once(tmp_path: Path) -> None:
    assert with_step((BEFORE,), AFTER) == (BEFORE, AFTER)
    with pytest.raises(InputError, match='has a step "before" already'):
        with_step((BEFORE,), BEFORE)
    again = replace(BEFORE, commit="def")
    assert replaced((BEFORE, AFTER), again) == (again, AFTER)
    with pytest.raises(InputError, match="no step"):
        replaced((BEFORE,), AFTER)


def test_all_mistakes_of_a_ladder_are_named(tmp_path: Path) -> None:
    write_ladder(tmp_path, (replace(BEFORE, why=""), AFTER))
    effects = tmp_path / "ladder-effects.csv"
    text = effects.read_text(encoding="utf-8")
    effects.write_text(text.replace("-1.5", "much") + "lost,forum,crises_severe,1,1,1,0\n", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_ladder(tmp_path)

    assert str(caught.value).splitlines() == [
        "ladder.csv:2: why: is empty (say it in a sentence)",
        'ladder-effects.csv:4: label: ladder.csv has no step "lost"',
        'ladder-effects.csv:2: mean: "much" is no number',
    ]


def test_only_what_is_beyond_chance_has_moved() -> None:
    assert is_moved(CRISES, replace(CRISES, mean=-1.1))
    assert not is_moved(CRISES, replace(CRISES, mean=-1.3))
    assert not is_moved(CRISES, replace(CRISES, mean=None))
    assert not is_moved(replace(CRISES, mean=0.0, mcse=0.0), replace(CRISES, mean=0.0, mcse=0.0))


def test_the_tables_show_reasons_effects_and_what_moved() -> None:
    shown = ladder_tables((BEFORE, AFTER))

    assert "| 1 | line by attendance |" in shown
    assert "| 0 before | -1.50 ± 0.100; 80 % |" in shown
    assert "forum on Crises of severity 3 or more from -1.50 to -0.40" in shown
    still = ladder_tables((BEFORE, replace(AFTER, effects=BEFORE.effects)))
    assert "moved: no effect beyond what chance would." in still


def test_a_step_without_a_reason_is_refused_before_anything_is_simulated() -> None:
    def never(worlds: int, seed: int) -> Comparison:
        raise AssertionError

    with pytest.raises(InputError, match="why: is empty"):
        climb("label", " ", "evidence", compare=never)


def test_a_tree_without_history_has_no_commit(tmp_path: Path) -> None:
    assert present_commit(tmp_path) == "unknown"


def test_a_step_is_simulated_once_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--folder", str(tmp_path), "add", "a change", "--why", "x", "--evidence", "y", "--worlds", "2"]

    assert main(words) == 0
    assert main(words) == 2

    assert 'has a step "a change" already' in capsys.readouterr().err
    (step,) = read_ladder(tmp_path)
    assert step.policies == ("forum", "iisg-results", "both")
    assert [each.outcome for each in step.effects] == list(HEADLINE_OUTCOMES) * 3
    assert main(["--folder", str(tmp_path), "show"]) == 0
    assert "| 0 | a change | x | y |" in capsys.readouterr().out


def test_the_ladder_that_comes_along_begins_before_any_change() -> None:
    steps = read_ladder(FOLDER)
    assert steps[0].label == "before"
    assert all((step.worlds, step.seed) == (200, 1) for step in steps)
