"""Finished pieces of a calibration, kept so that one that was stopped goes on where it was."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Folder of the pieces, in that of the calibration.
WORK = "work"


class Stages:
    """Arrays by name in `folder`, each under a fingerprint of all that it depends on.

    `identity` is what all stages depend on: inputs, settings, seed and version. What was kept for another identity
    is never used; a piece that cannot be read is made anew.
    """

    def __init__(self, folder: Path | None, identity: Mapping[str, object]) -> None:
        self.folder = None if folder is None else folder / WORK
        self.identity = json.dumps(identity, sort_keys=True, default=str)
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, given: Floats, make: Callable[[], Floats]) -> Floats:
        """What `make` makes of `given`, or made of the same earlier."""
        if self.folder is None:
            return make()
        digest = hashlib.sha256(self.identity.encode() + name.encode())
        digest.update(np.ascontiguousarray(given, dtype="<f8").tobytes())
        path = self.folder / f"{name}-{digest.hexdigest()[:24]}.npz"
        with (
            contextlib.suppress(OSError, ValueError, KeyError, EOFError, BadZipFile),
            np.load(path) as archive,
        ):
            return np.asarray(archive["values"], dtype=float)
        values = make()
        partial = path.with_suffix(f".{os.getpid()}.npz.partial")
        with partial.open("wb") as file:
            np.savez(file, values=values)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        return values
