"""One hash over names, coordinates and values: the same for any workers, threads and blocks.

Each world is condensed by itself, where it was simulated; the digests are combined in the order of the
worlds, so no process ever holds all values. Layout of a digest: the world's number as eight little-endian
bytes, then for each scenario in alphabetical order its name and its values (regional, states, dyads) as
little-endian float32 in C order. All NaN are one NaN and negative zero is zero, because their bits carry no
result.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wbsim.results.layout import Layout

Array = NDArray[np.float32]


def canonical(values: Array) -> bytes:
    """`values` as little-endian float32 bytes in C order, with one NaN and one zero."""
    plain = np.ascontiguousarray(values, dtype="<f4") + np.float32(0.0)
    plain[np.isnan(plain)] = np.float32("nan")
    return plain.tobytes()


def world_digest(world: int, arrays: Mapping[str, Sequence[Array]]) -> bytes:
    """Digest of one world: for each scenario's name, its arrays without the axis of worlds. 32 bytes."""
    state = hashlib.sha256(world.to_bytes(8, "little"))
    for name in sorted(arrays):
        state.update(name.encode() + b"\0")
        for values in arrays[name]:
            state.update(canonical(values))
    return state.digest()


class WorldsHash:
    """The hash of one store, fed with digests in the order of the worlds."""

    def __init__(self, layout: Layout) -> None:
        labels: dict[str, object] = {
            name: sorted(labels) if name == "scenario" else list(labels)
            for name, labels in layout.coordinates.items()
            if name != "window"
        }
        labels |= {"first": layout.first, "worlds": layout.worlds}
        self._state = hashlib.sha256(json.dumps(labels, sort_keys=True).encode())

    def add(self, digests: bytes) -> None:
        """Take the next worlds, 32 bytes each."""
        self._state.update(digests)

    def hexdigest(self) -> str:
        """The hash as 64 hexadecimal digits."""
        return self._state.hexdigest()


def combine(hashes: Iterable[str]) -> str:
    """One hash over the hashes of several stores, whatever their order; a single store's is its own."""
    parts = sorted(hashes)
    return parts[0] if len(parts) == 1 else hashlib.sha256("\n".join(parts).encode()).hexdigest()
