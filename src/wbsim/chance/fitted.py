"""A fitted posterior as it is kept: draws of parameters and of all that lies between citizens and print, by name."""

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

_ARRAYS = ("z", "intercepts", "houses", "drifts", "drift_months", "scale")
_NAMES = ("keys", "intercept_names", "house_names", "drift_names")
#: What NumPy raises at files that are no archives, or broken ones.
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile, zlib.error)


@dataclass(frozen=True)
class Fitted:
    """M joint draws.

    `z` (M, P): coordinates of the calibrated numbers `keys`; `intercepts` (M, A) and `houses` (M, H): standard normal
    coordinates of answers (`intercept_names`) and of surveys and their waves (`house_names`); `drifts` (M, N): random
    walks that gain a variance of one a year, by name (`drift_names`) and month (`drift_months`, counted from year 0),
    those of one name side by side and ascending; `scale` (M, 2): level and slope of the scores of cooperation, (M, 0)
    where none was fitted.
    """

    keys: tuple[str, ...]
    z: Singles
    intercept_names: tuple[str, ...]
    intercepts: Singles
    house_names: tuple[str, ...]
    houses: Singles
    drift_names: tuple[str, ...]
    drift_months: Singles
    drifts: Singles
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
            names = {name: tuple(map(str, archive[name])) for name in _NAMES}
            arrays = {name: archive[name].astype(np.float32) for name in _ARRAYS}
        fitted = Fitted(**names, **arrays)  # type: ignore[arg-type]
        if not _fits(fitted):
            raise ValueError("names and draws do not belong together")
    except _UNREADABLE as error:
        raise InputError(
            Problem(
                f"cannot be read as draws of a posterior: {error}",
                str(path),
                suggestion="run `wbsim calibrate`",
            )
        ) from None
    if sha256 is not None and fitted.sha256 != sha256:
        raise InputError(
            Problem(
                "holds other draws than its record says",
                str(path),
                suggestion="a posterior is two files that belong together: take both from one place",
            )
        )
    return fitted


def _fits(fitted: Fitted) -> bool:
    """Whether there is a draw for each name."""
    draws = len(fitted.z)
    named = {
        "z": fitted.keys,
        "intercepts": fitted.intercept_names,
        "houses": fitted.house_names,
        "drifts": fitted.drift_names,
    }
    return (
        all(getattr(fitted, array).shape == (draws, len(names)) for array, names in named.items())
        and fitted.drift_months.shape == (len(fitted.drift_names),)
        and fitted.scale.shape in ((draws, 0), (draws, 2))
    )


@lru_cache(maxsize=4)
def posterior_of(file: PosteriorFile) -> Posterior:
    """What worlds draw from, read once a process. InputError as for `read`."""
    return read(file.path, file.sha256).posterior
