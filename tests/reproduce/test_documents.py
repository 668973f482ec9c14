"""The documents hold what the present model gives, as far as it is quick to check."""

from __future__ import annotations

from pathlib import Path

import pytest

from reproduce.block import Block
from reproduce.catalogue import BLOCKS, CHECKS
from reproduce.identity import ROOT
from reproduce.kept import Store
from reproduce.stamps import read_stamps, stale
from reproduce.write import rendered
from wbsim.documents.markers import sections_in

#: Blocks that need no simulation, or some seconds of it.
QUICK = [block for block in BLOCKS if all(run.seconds <= 10 and not run.slow for run in block.runs)]
SLOW = [block for block in BLOCKS if any(run.slow for run in block.runs)]


def section(block: Block) -> str:
    return sections_in((ROOT / block.document).read_text(encoding="utf-8"), "reproduced")[block.name]


def test_names_are_unique_and_every_block_has_its_place() -> None:
    names = [each.name for each in (*BLOCKS, *CHECKS)]
    assert len(names) == len(set(names))
    for block in BLOCKS:
        section(block)


def test_runs_of_one_name_are_one_run() -> None:
    runs = {run.name: run for each in (*BLOCKS, *CHECKS) for run in each.runs}
    assert all(runs[run.name] is run for each in (*BLOCKS, *CHECKS) for run in each.runs)


def test_no_block_is_stale_or_was_edited_by_hand() -> None:
    assert not [str(problem) for problem in stale(ROOT, BLOCKS, CHECKS)]


@pytest.mark.parametrize("block", QUICK, ids=lambda block: block.name)
def test_what_is_quick_is_made_again(block: Block, tmp_path: Path) -> None:
    store = Store(tmp_path)
    found = {run.name: store.get(run, lambda *told: None) for run in block.runs}
    assert section(block) == rendered(block, found, {run.name: run for run in block.runs})


@pytest.mark.parametrize("block", SLOW, ids=lambda block: block.name)
def test_what_is_slow_is_what_was_kept(block: Block) -> None:
    store = Store()
    found = {run.name: store.find(run) for run in block.runs}
    if not all(found.values()):
        pytest.skip("never carried out: the test of stamps says so")
    shown = rendered(block, found, {run.name: run for run in block.runs})
    assert section(block).partition("\n\nMeasured with")[0] == shown.partition("\n\nMeasured with")[0]


@pytest.mark.parametrize("check", [check for check in CHECKS if not check.runs], ids=lambda check: check.name)
def test_numbers_in_prose_that_need_no_run(check) -> None:  # type: ignore[no-untyped-def]
    text = (ROOT / check.document).read_text(encoding="utf-8")
    assert check.problem(text, check.expected()) is None


def test_every_stamp_says_on_what_it_depends() -> None:
    stamps = read_stamps(ROOT)
    for block in BLOCKS:
        if block.name in stamps and block.runs:
            assert {run.name for run in block.runs} == set(stamps[block.name].parts)
