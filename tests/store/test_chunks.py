"""Chunks are found again after anything, and never read wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from wbsim.store.chunk_file import DamagedError, Entry, pack
from wbsim.store.chunks import FOLDER, MANIFEST, Chunks
from wbsim.store.files import PARTIAL


def entry(number: int) -> Entry:
    return Entry((f"{number:032x}",), 0, 4)


def add(chunks: Chunks, *numbers: int) -> None:
    for number in numbers:
        arrays = {"figures": np.full((1, 4, 2), float(number))}
        chunks.add(entry(number), pack(entry(number), arrays))


def value(chunks: Chunks, number: int) -> float:
    return float(chunks.read(entry(number).name).arrays["figures"][0, 0, 0])


def file_of(folder: Path, number: int) -> Path:
    name = entry(number).name
    return folder / FOLDER / name[:2] / name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chunks = Chunks(tmp_path)
    add(chunks, 1, 2, 3)
    chunks.write_manifest()
    return tmp_path


def test_what_was_kept_is_there_in_another_process(folder: Path):
    again = Chunks(folder)

    assert {kept.entry for kept in again.kept.values()} == {entry(1), entry(2), entry(3)}
    assert [value(again, number) for number in (1, 2, 3)] == [1.0, 2.0, 3.0]


def test_chunks_that_a_kill_kept_out_of_the_manifest_are_taken_in(folder: Path):
    add(Chunks(folder), 4)  # no manifest after it: the process is gone

    again = Chunks(folder)
    assert value(again, 4) == 4.0
    again.write_manifest()
    assert entry(4).name in json.loads((folder / MANIFEST).read_text())["chunks"]


@pytest.mark.parametrize(
    "content", [None, "", "{", '{"chunks": {}}', '{"sha256": "0", "chunks": {"a": 1}}', "[]"]
)
def test_without_a_whole_manifest_the_files_speak_for_themselves(folder: Path, content: str | None):
    if content is None:
        (folder / MANIFEST).unlink()
    else:
        (folder / MANIFEST).write_text(content)

    assert [value(Chunks(folder), number) for number in (1, 2, 3)] == [1.0, 2.0, 3.0]


def test_a_deleted_chunk_is_missing_and_a_truncated_one_too(folder: Path):
    file_of(folder, 1).unlink()
    content = file_of(folder, 2).read_bytes()
    file_of(folder, 2).write_bytes(content[: len(content) // 2])

    assert set(Chunks(folder).kept) == {entry(3).name}


def test_a_chunk_whose_bytes_changed_is_refused_when_it_is_read(folder: Path):
    content = bytearray(file_of(folder, 1).read_bytes())
    content[-40] ^= 4
    file_of(folder, 1).write_bytes(bytes(content))

    chunks = Chunks(folder)
    with pytest.raises(DamagedError):
        chunks.read(entry(1).name)
    chunks.drop(entry(1).name)
    assert set(Chunks(folder).kept) == {entry(2).name, entry(3).name}


def test_a_chunk_under_another_name_is_not_taken_for_it(folder: Path):
    file_of(folder, 1).write_bytes(file_of(folder, 2).read_bytes())

    with pytest.raises(DamagedError, match="manifest"):
        Chunks(folder).read(entry(1).name)
    (folder / MANIFEST).unlink()
    assert set(Chunks(folder).kept) == {entry(2).name, entry(3).name}


def test_half_written_files_are_never_read_and_are_tidied_away(folder: Path):
    half = file_of(folder, 1).with_name(f"{PARTIAL}{entry(1).name}-0")
    half.write_bytes(b"half")

    chunks = Chunks(folder)
    assert len(chunks.kept) == 3
    chunks.tidy()
    assert not half.exists()
