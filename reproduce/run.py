"""A run: something that is computed with the model, whose figures one or more blocks of the documents show."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reproduce.identity import (
    ROOT,
    code_of,
    files_sha256,
    model_sha256,
    posterior_sha256,
    scenarios_sha256,
    sources_sha256,
)

#: What a run found, as plain data that JSON can hold.
Facts = Any
Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Run:
    """`compute` takes `settings` and returns plain data.

    `seconds` is what it takes on two cores, roughly. `reads` names further sources of the package on which its figures
    depend, beside the model itself; `data` names further files of the checkout. `slow` runs are carried out only when
    asked for: what they found is kept in the repository. `timed` figures depend on the machine too.
    """

    name: str
    compute: Callable[[Settings], Facts]
    settings: Settings = field(default_factory=dict)
    seconds: int = 1
    reads: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    slow: bool = False

    def parts(self) -> dict[str, str]:
        """Short hashes of everything that its figures depend on, by what it is."""
        source = Path(inspect.getsourcefile(self.compute) or "").read_text(encoding="utf-8")
        parts = {
            "model": model_sha256(),
            "posterior": posterior_sha256(),
            "scenarios": scenarios_sha256(),
            "settings": _sha256(json.dumps(self.settings, sort_keys=True)),
            "run": _sha256(code_of(source)),
        }
        if self.reads:
            parts["analysis"] = sources_sha256(self.reads)
        if self.data:
            parts["data"] = files_sha256([ROOT / name for name in self.data])
        return {name: sha256[:12] for name, sha256 in parts.items()}

    def at_most(self, worlds: int | None) -> Run:
        """The same run in no more than so many worlds, for a first look; itself where none is given."""
        own = self.settings.get("worlds")
        if worlds is None or own is None:
            return self
        return replace(self, settings={**self.settings, "worlds": min(own, worlds)})


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
