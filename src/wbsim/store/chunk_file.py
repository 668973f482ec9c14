"""One chunk as one plain file that says itself what it holds, and whether it is whole.

Layout: eight magic bytes; the length of the header, eight bytes, little-endian; the header, JSON; the arrays as the
header describes them; the SHA-256 of all before, 32 bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"wbsim\x00c1"
_START, _DIGEST = len(MAGIC) + 8, 32
#: Arrays below this size are kept as they are (bytes; packing them gains nothing).
_SMALL = 4096

Array = NDArray[Any]


class DamagedError(ValueError):
    """A file that is no whole chunk; the message says why."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A world that did not finish: `case` is its row in the chunk."""

    case: int
    world: int
    error: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a chunk holds: worlds `first` to `first + count - 1` of each of `cases` (keys), in that order."""

    cases: tuple[str, ...]
    first: int
    count: int

    @property
    def name(self) -> str:
        """Name of the chunk's file: by what it holds."""
        text = json.dumps([list(self.cases), self.first, self.count])
        return hashlib.sha256(text.encode()).hexdigest()[:40] + ".chunk"


@dataclass(frozen=True, slots=True)
class Content:
    """A chunk read back: its entry, its failed worlds, and arrays of shape (cases, ...) by name."""

    entry: Entry
    failed: tuple[Failed, ...]
    arrays: Mapping[str, Array]


def pack(entry: Entry, arrays: Mapping[str, Array], failed: Sequence[Failed] = ()) -> list[bytes]:
    """The parts of the file, to be written one after the other."""
    payload, described, offset = list[bytes](), list[dict[str, Any]](), 0
    for name, array in arrays.items():
        plain = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        packed, codec = _packed(plain)
        described.append(
            {"name": name, "dtype": plain.dtype.str, "shape": plain.shape, "codec": codec}
            | {"offset": offset, "bytes": len(packed)}
        )
        payload.append(packed)
        offset += len(packed)
    header = json.dumps(
        {
            "cases": entry.cases,
            "first": entry.first,
            "count": entry.count,
            "arrays": described,
            "failed": [[each.case, each.world, each.error] for each in failed],
        }
    ).encode()
    parts = [MAGIC, len(header).to_bytes(8, "little"), header, *payload]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return [*parts, digest.digest()]


def digest_of(parts: Sequence[bytes]) -> str:
    """The SHA-256 that the packed `parts` end with: of all of the file before it."""
    return parts[-1].hex()


def read(path: Path, names: Sequence[str] | None = None, sha256: str | None = None) -> Content:
    """The chunk in the file `path`, with the arrays called `names` (all, by default).

    Raises DamagedError unless every byte is as it was written, and, with `sha256`, as the manifest says.
    """
    try:
        whole = path.read_bytes()
    except OSError as error:
        raise DamagedError(f"cannot be read: {error.strerror or error}") from error
    return parse(whole, names, sha256)


def parse(whole: bytes, names: Sequence[str] | None = None, sha256: str | None = None) -> Content:
    """The chunk whose file holds the bytes `whole`; as `read`."""
    if len(whole) < _START + _DIGEST or not whole.startswith(MAGIC):
        raise DamagedError("is no chunk, or its end is missing")
    stated = whole[-_DIGEST:]
    if hashlib.sha256(memoryview(whole)[:-_DIGEST]).digest() != stated:
        raise DamagedError("does not hold what was written: its checksum is wrong")
    if sha256 is not None and stated.hex() != sha256:
        raise DamagedError("is another file than the manifest says")
    length = int.from_bytes(whole[len(MAGIC) : _START], "little")
    header = json.loads(whole[_START : _START + length])
    base = _START + length
    arrays = {
        item["name"]: _unpacked(whole, base + item["offset"], item)
        for item in header["arrays"]
        if names is None or item["name"] in names
    }
    failed = tuple(Failed(*each) for each in header["failed"])
    return Content(Entry(tuple(header["cases"]), header["first"], header["count"]), failed, arrays)


def warm_up() -> None:
    """Pack something, so that the packer has its lock before Mesa is imported.

    A lock that is made after it, under the start method that Mesa chooses, is said to leak when a worker is ended.
    """
    _packed(np.zeros(_SMALL, np.float32))


def _packed(array: Array) -> tuple[bytes, str | None]:
    if array.nbytes < _SMALL:
        return array.tobytes(), None
    from numcodecs import Blosc

    # Bits of equal weight together: most of a series' leading bits are alike.
    codec = Blosc("lz4", clevel=3, shuffle=Blosc.BITSHUFFLE)
    packed = bytes(codec.encode(array))
    return (packed, "blosc") if len(packed) < array.nbytes else (array.tobytes(), None)


def _unpacked(whole: bytes, start: int, item: Mapping[str, Any]) -> Array:
    content = memoryview(whole)[start : start + item["bytes"]]
    dtype, shape = np.dtype(item["dtype"]), tuple(item["shape"])
    if item["codec"] is None:
        return np.frombuffer(content, dtype).reshape(shape)
    from numcodecs import Blosc

    return np.frombuffer(Blosc().decode(content), dtype).reshape(shape)
