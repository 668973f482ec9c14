"""A second look finds every changed byte, and worlds that another model gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sweeps.tiny import PLUGIN, plan, run
from tests.sweeps.tiny_model import simulate
from wbsim.store.chunk_file import pack, parse
from wbsim.store.chunks import FOLDER, Chunks
from wbsim.sweeps import work
from wbsim.sweeps.verify import verify_sweep


def flip(file: Path, place: int = -50) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(bytes(content))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run(plan("slow", points=2, worlds=20), tmp_path / "a")
    return tmp_path / "a"


def test_a_sweep_as_it_was_written_has_no_problem(folder: Path):
    found = verify_sweep(folder, rerun=7, plugins=[PLUGIN])

    assert found.problems == ()
    assert found.rerun == 7
    assert found.checked[0] == "6 chunks with 60 of 60 worlds of all cases"


@pytest.mark.parametrize("number", range(3))
def test_a_changed_chunk_is_found(folder: Path, number: int):
    chunk = sorted((folder / FOLDER).rglob("*.chunk"))[number]
    flip(chunk)

    (problem,) = verify_sweep(folder, plugins=[PLUGIN]).problems
    assert chunk.name in problem


def test_a_changed_or_missing_file_of_the_results_is_found(folder: Path):
    flip(folder / "results" / "summary.csv", 20)
    (folder / "results" / "design.csv").unlink()

    assert sorted(verify_sweep(folder, plugins=[PLUGIN]).problems) == [
        "results: design.csv is gone",
        "results: summary.csv is not what was written",
    ]


def test_values_that_the_model_does_not_give_are_found(folder: Path):
    """A chunk that is whole, but holds other values than its scenario and seed give."""
    chunks = Chunks(folder)
    name = sorted(chunks.kept)[0]
    content = chunks.read(name)
    arrays = {key: array.copy() for key, array in content.arrays.items()}
    arrays["figures"] += 0.001
    chunks.add(content.entry, pack(content.entry, arrays))
    chunks.write_manifest()

    assert verify_sweep(folder, plugins=[PLUGIN]).problems == ()
    found = verify_sweep(folder, rerun=60, plugins=[PLUGIN])
    assert len(found.problems) == 10
    assert "has other figures now" in found.problems[0]


def test_chunks_hold_what_a_world_alone_gives(folder: Path):
    """What `verify` compares with is not the chunk itself."""
    made = plan("slow", points=2, worlds=20)
    alone = work.work_of(made).ready()
    from wbsim.experiments.blocks import Span
    from wbsim.sweeps.cases import cases_of

    cases = cases_of(made)
    task = work.SweepTask((cases.scenarios[0],), (cases.keys[0],), (1,), Span(13, 1))
    figures = parse(b"".join(alone(task).parts)).arrays["figures"]
    (block,) = simulate([cases.scenarios[0]], 9, 13, 1)
    assert figures[0, 0, 2] == block.regional[0, -1, 2]
