"""Results folders: filled under a temporary name beside the final one, and renamed when they are whole."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.paths import user_path

#: Folder, in the current one, that results go to when no --out is given.
DEFAULT_PARENT = "wbsim-results"
_ATTEMPTS, _PAUSE = 40, 0.05


@dataclass(frozen=True, slots=True)
class Place:
    """Where results go: `final` if the user named it, else a name is made in `parent` when their hash is
    known."""

    parent: Path
    final: Path | None = None


def place_for(out: str | Path | None) -> Place:
    """The place for results; InputError if `out` exists, because results are never overwritten."""
    if out is None:
        return Place(Path(DEFAULT_PARENT).absolute())
    final = user_path(out).absolute()
    if final.exists() or final.is_symlink():
        raise InputError(
            Problem(
                "exists already; results are never overwritten",
                file=str(out),
                key="--out",
                suggestion="name a folder that doesn't exist, or leave --out away",
            )
        )
    return Place(final.parent, final)


@contextlib.contextmanager
def draft(place: Place) -> Iterator[Path]:
    """An empty folder in `place` that is gone afterwards, unless `publish` renamed it. InputError if none can
    be made.

    A process that is killed leaves at most a hidden folder called `.partial-...`, never one with a final
    name.
    """
    label = place.final.name if place.final else "results"
    folder = place.parent / f".partial-{label[:100]}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise InputError(
            Problem(
                f"cannot be written: {error.strerror or error}",
                file=str(place.parent),
                key="--out",
                suggestion="name a folder that can be written with --out",
            )
        ) from error
    try:
        yield folder
    finally:
        if folder.exists():
            discard(folder)


def discard(folder: Path) -> None:
    """Remove `folder`, if it is there, with all that writers still at work put into it in the meantime.

    After an interrupt Zarr's own threads finish the files that they began, and make their folders anew.
    """
    for _ in range(_ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(_PAUSE)
        if not folder.exists():
            return


def publish(folder: Path, place: Place, name: str, started: datetime, results_sha256: str) -> Path:
    """Give a draft its final name, and return it; one that appeared in the meantime is an InputError.

    Without a name from the user: NAME-YYYYmmddTHHMMSS-HASH8 (the time in UTC, the first eight digits of the
    hash).
    """
    if place.final is not None:
        place_for(place.final)
        return folder.rename(place.final)
    plain = re.sub(r"[^A-Za-z0-9._+-]+", "-", name).strip("-.") or "results"
    stem = f"{plain}-{started:%Y%m%dT%H%M%S}-{results_sha256[:8]}"
    final, number = place.parent / stem, 1
    while final.exists():
        number += 1
        final = place.parent / f"{stem}-{number}"
    return folder.rename(final)
