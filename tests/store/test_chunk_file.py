"""A chunk file gives back what was written, or refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wbsim.store.chunk_file import DamagedError, Entry, Failed, pack, parse, read
from wbsim.store.files import write_whole

ENTRY = Entry(("a" * 32, "b" * 32), 64, 100)
ARRAYS = {
    "figures": np.arange(2 * 100 * 3, dtype=np.float64).reshape(2, 100, 3) / 7,
    "regional": np.linspace(0, 1, 2 * 3 * 100 * 12, dtype=np.float32).reshape(2, 3, 100, 12),
    "states": np.empty((2, 100, 0, 0), np.float32),
}
FAILED = (Failed(1, 70, "ValueError: no\nsecond line"),)


def whole() -> bytes:
    return b"".join(pack(ENTRY, ARRAYS, FAILED))


def test_what_was_packed_comes_back_byte_by_byte():
    content = parse(whole())

    assert (content.entry, content.failed) == (ENTRY, FAILED)
    for name, array in ARRAYS.items():
        assert content.arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(content.arrays[name], array)


def test_large_arrays_are_packed_and_some_can_be_read_alone():
    content = parse(whole(), ("figures",))

    assert list(content.arrays) == ["figures"]
    assert len(whole()) < sum(array.nbytes for array in ARRAYS.values())


def test_the_name_says_what_a_chunk_holds_and_nothing_else():
    assert ENTRY.name == Entry(ENTRY.cases, 64, 100).name
    others = {
        Entry(ENTRY.cases, 64, 99).name,
        Entry(ENTRY.cases, 0, 100).name,
        Entry(("a" * 32,), 64, 100).name,
    }
    assert len({ENTRY.name} | others) == 4


@pytest.mark.parametrize("place", range(0, len(whole()), 997))
def test_one_wrong_bit_anywhere_is_noticed(place):
    content = bytearray(whole())
    content[place] ^= 1

    with pytest.raises(DamagedError):
        parse(bytes(content))


@pytest.mark.parametrize("length", [0, 7, 16, 40, 1000, -33, -1])
def test_a_file_cut_short_is_noticed(length):
    with pytest.raises(DamagedError):
        parse(whole()[:length])


def test_another_whole_chunk_in_its_place_is_noticed(tmp_path: Path):
    path = tmp_path / "x.chunk"
    other = pack(Entry(("c" * 32,), 0, 1), {"figures": np.zeros((1, 1, 3))})
    write_whole(path, other)

    read(path)
    with pytest.raises(DamagedError, match="manifest"):
        read(path, None, parse(whole()) and pack(ENTRY, ARRAYS, FAILED)[-1].hex())


def test_a_missing_file_is_damage_too(tmp_path: Path):
    with pytest.raises(DamagedError, match="cannot be read"):
        read(tmp_path / "none.chunk")
