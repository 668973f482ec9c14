"""One process at a time writes into a folder; the lock goes with the process, however it ends."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.store.files import refusals_named

LOCK_NAME = "lock"
#: How often, and after how many seconds, a held lock is asked for again.
_TRIES, _PAUSE = 5, 0.02


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the lock of `folder`. InputError if another process has it, DiskError if it cannot be written."""
    path = folder / LOCK_NAME
    with refusals_named(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken_soon(handle):
            holder = os.pread(handle, 20, 0).decode(errors="replace") if hasattr(os, "pread") else ""
            raise InputError(
                Problem(
                    f"another process is at work on it{f' (number {holder})' if holder else ''}",
                    file=str(folder),
                    suggestion="wait until it is done, or stop it; `wbsim status` shows how far it is",
                )
            )
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def is_locked(folder: Path) -> bool:
    """Whether a process is writing into `folder` now, as far as can be told without a lock of one's own."""
    try:
        handle = os.open(folder / LOCK_NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _take(handle)
    finally:
        os.close(handle)


def _taken_soon(handle: int) -> bool:
    """Take the lock; somebody who only looks whether it is held has it for an instant."""
    for _ in range(_TRIES):
        if _take(handle):
            return True
        time.sleep(_PAUSE)
    return False


def _take(handle: int) -> bool:
    """Take the lock, which is given back when `handle` is closed; False if another process has it."""
    try:
        import fcntl
    except ImportError:  # Windows
        return _take_bytes(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _take_bytes(handle: int) -> bool:
    import msvcrt

    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
