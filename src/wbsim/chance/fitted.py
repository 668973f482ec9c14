"""A fitted posterior as it is kept: draws of parameters, intercepts, house effects and scales, with their names."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.posterior import Posterior
from wbsim.errors import InputError, Problem
from wbsim.scenario.posterior import DRAWS, RECORD, PosteriorFile

Singles = NDArray[np.float32]

_ARRAYS = ("z", "intercepts", "houses", "reported", "scale")
_NAMES = ("keys", "intercept_names", "surveys")
#: What NumPy raises at files that are no archives, or broken ones.
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile, zlib.error)


@dataclass(frozen=True)
class Fitted:
    """M joint draws.

    `z` (M, P): coordinates of the calibrated numbers `keys`; `intercepts` (M, W) and `houses` (M, S): standard normal
    coordinates of `intercept_names` and of `surveys`; `reported` (M,): share of crises that the list of events holds;
    `scale` (M, 2): level and slope of the scores of cooperation, (M, 0) where none was fitted.
    """

    keys: tuple[str, ...]
    z: Singles
    intercept_names: tuple[str, ...]
    intercepts: Singles
    surveys: tuple[str, ...]
    houses: Singles
    reported: Singles
    scale: Singles

    @property
    def posterior(self) -> Posterior:
        """What worlds draw from."""
        return Posterior(self.keys, self.z.astype(float))

    @property
    def sha256(self) -> str:
        """A hash over names and values."""
        digest = hashlib.sha256()
        for name in _NAMES:
            digest.update(json.dumps([name, list(getattr(self, name))]).encode())
        for name in _ARRAYS:
            array = np.ascontiguousarray(getattr(self, name), dtype="<f4")
            digest.update(json.dumps([name, array.shape]).encode())
            digest.update(array.tobytes())
        return digest.hexdigest()


def write(fitted: Fitted, record: dict[str, Any], folder: Path) -> None:
    """Write draws and record into `folder`; the draws first, so that a record never names draws that are not there."""
    names = {name: np.array(getattr(fitted, name)) for name in _NAMES}
    arrays = {name: np.asarray(getattr(fitted, name), dtype="<f4") for name in _ARRAYS}
    draws = folder / Path(RECORD).with_suffix(DRAWS)
    partial = draws.with_suffix(".partial.npz")
    np.savez_compressed(partial, **names, **arrays)  # type: ignore[arg-type]
    partial.replace(draws)
    whole = {"sha256": fitted.sha256, "draws": len(fitted.z), **record}
    text = folder / (RECORD + ".partial")
    text.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text.replace(folder / RECORD)


def read(path: str | Path, sha256: str | None = None) -> Fitted:
    """The draws in the archive at `path`. InputError if it is none, or not the one with this hash."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            keys, intercept_names, surveys = (tuple(map(str, archive[name])) for name in _NAMES)
            z, intercepts, houses, reported, scale = (archive[name].astype(np.float32) for name in _ARRAYS)
        shapes = [(len(z), len(names)) for names in (keys, intercept_names, surveys)] + [(len(z),)]
        scales = [(len(z), 0), (len(z), 2)]
        if [each.shape for each in (z, intercepts, houses, reported)] != shapes or scale.shape not in scales:
            raise ValueError("names and draws do not belong together")
    except _UNREADABLE as error:
        raise InputError(
            Problem(
                f"cannot be read as draws of a posterior: {error}",
                str(path),
                suggestion="run `wbsim calibrate`",
            )
        ) from None
    fitted = Fitted(keys, z, intercept_names, intercepts, surveys, houses, reported, scale)
    if sha256 is not None and fitted.sha256 != sha256:
        raise InputError(
            Problem(
                "holds other draws than its record says",
                str(path),
                suggestion="a posterior is two files that belong together: take both from one place",
            )
        )
    return fitted


@lru_cache(maxsize=4)
def posterior_of(file: PosteriorFile) -> Posterior:
    """What worlds draw from, read once a process. InputError as for `read`."""
    return read(file.path, file.sha256).posterior
