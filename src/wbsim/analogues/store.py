"""Surfaces as they are kept beside a posterior, so that an institution can be left out without simulating again."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Count, Events, Interval, Observation, Order, Share, Value
from wbsim.analogues.fit import Evidence
from wbsim.analogues.surface import Surface
from wbsim.errors import InputError, Problem

#: Name of the archive beside draws and record of a posterior.
CHANNELS = "channels.npz"
#: Folder beside a posterior that holds copies of the institutions that it was fitted to.
KEPT = "fitted-to/analogues"
_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (Count, Share, Interval, Events, Order)}
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile, zlib.error)


def write(evidence: Evidence, folder: Path) -> None:
    """Write the surfaces into `folder`."""
    rows = [
        {
            "analogue": surface.analogue,
            "observation": asdict(surface.observation)
            | {
                "value": {"kind": type(surface.observation.value).__name__}
                | asdict(surface.observation.value)
            },
            **{name: getattr(surface, name) for name in ("spread", "error", "discrepancy", "worlds")},
        }
        for surface in evidence.surfaces
    ]
    head = {
        "keys": evidence.keys,
        "use": evidence.use.tolist(),
        "silent": evidence.silent,
        "multiple": evidence.multiple,
        "surfaces": rows,
    }
    arrays: dict[str, NDArray[Any]] = {
        f"coefficients_{number}": surface.coefficients for number, surface in enumerate(evidence.surfaces)
    }
    partial = folder / f"{CHANNELS}.partial"
    with partial.open("wb") as file:
        np.savez_compressed(file, head=np.array(json.dumps(head, ensure_ascii=False)), **arrays)  # type: ignore[arg-type]
    partial.replace(folder / CHANNELS)


def read(folder: Path) -> Evidence:
    """The surfaces in `folder`. InputError if there are none, or they cannot be read."""
    path = folder / CHANNELS
    if not path.is_file():
        raise InputError(
            Problem(
                f"no such file: {path}",
                suggestion="the posterior was fitted without institutions: run `wbsim calibrate`, or name a file to "
                "predict",
            )
        )
    try:
        with np.load(path, allow_pickle=False) as archive:
            head = json.loads(str(archive["head"]))
            surfaces = tuple(
                Surface(
                    row["analogue"],
                    _observation(row["observation"]),
                    archive[f"coefficients_{number}"],
                    row["spread"],
                    row["error"],
                    row["discrepancy"],
                    row["worlds"],
                )
                for number, row in enumerate(head["surfaces"])
            )
        return Evidence(
            tuple(head["keys"]),
            surfaces,
            np.array(head["use"], dtype=bool),
            tuple((name, key) for name, key in head["silent"]),
            float(head["multiple"]),
        )
    except _UNREADABLE as error:
        raise InputError(
            Problem(
                f"cannot be read as what institutions say: {error}",
                str(path),
                suggestion="run `wbsim calibrate`",
            )
        ) from None


def _observation(row: dict[str, Any]) -> Observation:
    value = dict(row.pop("value"))
    kind = _KINDS[value.pop("kind")]
    if kind is Order:
        value["groups"] = tuple(tuple(group) for group in value["groups"])
    read: Value = kind(**value)
    return Observation(**(row | {"who": tuple(row["who"]), "value": read}))
