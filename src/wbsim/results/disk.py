"""Room on disk, asked for before a long run rather than missed at its end."""

from __future__ import annotations

import shutil
from pathlib import Path

from wbsim.errors import InputError, Problem

#: Share of the free space that a run may fill.
_FILL = 0.95


def check_room(needed: int, folder: Path) -> None:
    """InputError if the disk that will hold `folder` (which need not exist yet) lacks room for `needed`
    bytes."""
    home = folder.absolute()
    while not home.exists():
        home = home.parent
    free = shutil.disk_usage(home).free
    if needed > _FILL * free:
        raise InputError(
            Problem(
                f"the results need about {readable(needed)}, and only {readable(free)} is free",
                file=str(home),
                key="worlds",
                suggestion="run fewer worlds or scenarios, or write to another disk with --out",
            )
        )


def readable(size: float) -> str:
    """A number of bytes for people: "3.4 GB"."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit in ("bytes", "kB") else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
