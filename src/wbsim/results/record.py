"""Provenance: what gave these results, and what is needed to get them again. Holds no time."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
from dataclasses import asdict
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import wbsim
from wbsim.tables.parameters import PARAMETERS

#: Packages whose versions may matter to a value or to the files.
PACKAGES = (
    "mesa",
    "numpy",
    "scipy",
    "numba",
    "llvmlite",
    "xarray",
    "zarr",
    "matplotlib",
    "pydantic",
    "jinja2",
)


def environment() -> dict[str, Any]:
    """Versions of wbsim, Python and packages, the commit of a checkout, the platform, and hashes of data and
    tables."""
    return {
        "wbsim": wbsim.__version__,
        "git_commit": commit(Path(wbsim.__file__).resolve().parents[2]),
        "python": platform.python_version(),
        "packages": {name: version for name in PACKAGES if (version := _version(name)) is not None},
        "platform": {
            "system": platform.system(),
            "release": platform.release(),
            "machine": platform.machine(),
            "byte_order": sys.byteorder,
        },
        "data_sha256": data_hashes(),
        "parameters_sha256": parameters_hash(),
    }


def data_hashes() -> dict[str, str]:
    """SHA-256 of each data file of the package, by name."""
    folder = resources.files("wbsim.tables").joinpath("data")
    return {
        entry.name: hashlib.sha256(entry.read_bytes()).hexdigest()
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.is_file()
    }


def parameters_hash() -> str:
    """SHA-256 over the whole table of parameters: priors, ranges, centres and texts."""
    records = {name: asdict(parameter) for name, parameter in PARAMETERS.items()}
    return hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()


def commit(root: Path) -> str | None:
    """The commit of the checkout at `root`, with "-dirty" if files differ from it; None without one."""
    if not (root / ".git").exists() or not (root / "pyproject.toml").is_file():
        return None
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
