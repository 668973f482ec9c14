"""Files that are there whole or not at all, whenever the process or the machine stops."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from wbsim.errors import InputError, Problem

#: Files under this prefix are being written, or were when a process died; nobody reads them.
PARTIAL = ".partial-"
#: What a system says when a disk, a quota or the largest allowed file is full.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DiskError(InputError):
    """A file could not be written: the disk is full, or the folder cannot be written to."""


def write_whole(path: Path, parts: Sequence[bytes]) -> None:
    """Write `parts` as the file `path`: to the disk first, then under its name, then the folder's own entry.

    DiskError, with nothing left behind, if the system refuses.
    """
    partial = path.with_name(f"{PARTIAL}{path.name}-{secrets.token_hex(4)}")
    with refusals_named(path):
        try:
            with partial.open("xb") as file:
                for part in parts:
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
            sync_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            raise


def sync_folder(folder: Path) -> None:
    """Have the entries of `folder` on the disk; systems that cannot sync folders do without."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


@contextlib.contextmanager
def refusals_named(path: Path) -> Iterator[None]:
    """Turns what the system says of a write into a DiskError that tells what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            advice = "free some space there and go on with `wbsim resume`"
        else:
            advice = "give the folder back its rights, or copy it to where you may write"
        text = f"cannot be written: {error.strerror or error}"
        raise DiskError(Problem(text, file=str(path.parent), suggestion=advice)) from error


def remove_partial(folder: Path) -> None:
    """Remove what a killed process had begun to write in `folder`; whoever may not leaves it."""
    for file in folder.glob(f"{PARTIAL}*"):
        with contextlib.suppress(OSError):
            file.unlink()
