"""What an outsider needs to check a calibration: design points, simulated outputs, and the emulator made from them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.attitudes import Attitudes
from wbsim.calibration.space import Space, Surface
from wbsim.errors import InputError, Problem
from wbsim.inference.emulator import Quadratic, Whitening
from wbsim.paths import user_path

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Name of the archive beside a posterior.
EMULATOR = "emulator.npz"
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile, zlib.error)


@dataclass(frozen=True)
class Emulated:
    """The emulator `surface` of the logits of the figures `ids` (K,), and what it was made from.

    `design` (N, D): standard normal coordinates of `surface.space.keys`; `outputs` (N, K): simulated logits there;
    `wave` (N,): the number of the wave of runs, the last of which judges the emulator.
    """

    surface: Surface
    ids: tuple[str, ...]
    design: Floats
    outputs: Floats
    wave: Integers


def emulated(attitudes: Attitudes, ids: tuple[str, ...]) -> Emulated:
    """The emulator of a fit with the waves that it learnt from."""
    waves = attitudes.calibrated.waves
    return Emulated(
        attitudes.surface,
        ids,
        np.concatenate([wave.members for wave in waves]),
        np.concatenate([wave.outputs for wave in waves]),
        np.concatenate([np.full(len(wave.members), n) for n, wave in enumerate(waves)]),
    )


def write_emulated(kept: Emulated, folder: Path) -> None:
    """Write the archive into `folder`: plain arrays, those of the runs in single precision."""
    quadratic, space = kept.surface.quadratic, kept.surface.space
    path = folder / EMULATOR
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(
        partial,
        keys=np.array(space.keys),
        dynamic=space.dynamic,
        level=space.level,
        ids=np.array(kept.ids),
        centre=quadratic.whitening.centre,
        matrix=quadratic.whitening.matrix,
        order=quadratic.whitening.order,
        curved=np.array(quadratic.whitening.curved),
        coefficients=quadratic.coefficients,
        strength=quadratic.strength,
        freedom=quadratic.freedom,
        residual_covariance=quadratic.residual_covariance,
        design=kept.design.astype(np.float32),
        outputs=kept.outputs.astype(np.float32),
        wave=kept.wave,
    )
    partial.replace(path)


def read_emulated(path: str | Path) -> Emulated:
    """The emulator in the archive at `path`, or in the folder at `path`. InputError if there is none."""
    place = user_path(path)
    file = place / EMULATOR if place.is_dir() else place
    try:
        with np.load(file, allow_pickle=False) as archive:
            a = {name: archive[name] for name in archive.files}
        whitening = Whitening(a["centre"], a["matrix"], a["order"], int(a["curved"]))
        covariance = a["residual_covariance"]
        quadratic = Quadratic(whitening, a["coefficients"], a["strength"], a["freedom"], covariance)
        keys, ids = tuple(map(str, a["keys"])), tuple(map(str, a["ids"]))
        design, outputs = a["design"].astype(float), a["outputs"].astype(float)
        if design.shape != (len(a["wave"]), len(keys)) or outputs.shape != (len(design), len(ids)):
            raise ValueError("names and arrays do not belong together")
        space = Space(keys, a["dynamic"], a["level"])
    except _UNREADABLE as error:
        raise InputError(
            Problem(
                f"cannot be read as an emulator: {error}",
                str(path),
                suggestion="name a folder that `wbsim calibrate` wrote, or its emulator.npz",
            )
        ) from None
    return Emulated(Surface(space, quadratic), ids, design, outputs, a["wave"])
