"""Models by name: wbsim's own, and those that plugins register."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import nearest
from wbsim.scenario.model import MODEL, OWN, Model
from wbsim.scenario.plugin import Registry

#: What a world's values depend on, in the package: sources, tables and data.
_PARTS = (
    "kernels.py",
    "chance",
    "model",
    "tables",
    "scenario/schema.py",
    "sweeps/kept.py",
    "sweeps/measure.py",
)


def model_of(name: str, registry: Registry) -> Model:
    """The model called `name`. InputError if there is none."""
    if name == OWN:
        return MODEL
    if name not in registry.models:
        known = (OWN, *registry.models)
        raise InputError(
            Problem(
                f'no model is called "{name}"; there are {", ".join(known)}',
                key="--model",
                suggestion=nearest(name, known) or "--plugin FILE.py loads the file that defines it",
            )
        )
    return registry.models[name]


def simulate_of(model: Model) -> Callable[..., Sequence[Any]]:
    """The function that simulates, imported if it is only named."""
    if not isinstance(model.simulate, str):
        return model.simulate
    module, name = model.simulate.split(":")
    found: Callable[..., Sequence[Any]] = getattr(importlib.import_module(module), name)
    return found


def model_sha256(model: Model, plugins: Sequence[str]) -> str:
    """A hash over everything but scenarios, draws and seeds that a world depends on: sources, tables, data, plugins."""
    digest = hashlib.sha256(_package_sha256().encode())
    digest.update(model.name.encode())
    for file in sorted(plugins):
        digest.update(hashlib.sha256(Path(file).read_bytes()).digest())
    return digest.hexdigest()


@cache
def _package_sha256() -> str:
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for part in _PARTS:
        place = root / part
        for path in sorted([place] if place.is_file() else place.rglob("*")):
            if path.suffix in (".py", ".csv"):
                digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
