"""Paths as users write them."""

from __future__ import annotations

from pathlib import Path


def user_path(written: str | Path) -> Path:
    """The path that a user wrote, with ~ as the home folder; as it is where there is no such user."""
    try:
        return Path(written).expanduser()
    except RuntimeError:
        return Path(written)


def exists(path: Path) -> bool:
    """Whether there is a file or folder at `path`; no for what can be no path at all."""
    try:
        return path.exists()
    except (OSError, ValueError):  # names that no file system takes: too long, or with a zero byte
        return False
