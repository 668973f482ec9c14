"""Facts that runs found, kept in a folder so that a second call is quick and an interrupted one goes on."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reproduce.identity import ROOT
from reproduce.run import Facts, Run
from wbsim.errors import WbsimError

#: Where the facts of runs are kept, which git ignores; and those of slow runs, which belong to the repository.
WORK, SLOW = ROOT / ".reproduce", ROOT / "reproduce" / "kept"

#: Told about each run: its name, the seconds that it took, and whether its facts were there already.
Tell = Callable[[str, float, bool], None]


@dataclass(frozen=True)
class Found:
    """Facts of a run, and the hashes of what they depended on when it was carried out."""

    facts: Facts
    parts: dict[str, str]


class RunError(WbsimError):
    """A run could not be carried out; the others can."""

    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(f"the run {name} failed: {type(error).__name__}: {error}")


class Store:
    """Facts of runs: found in a folder, or computed and kept there. Slow runs only where `slow` says so."""

    def __init__(self, work: Path = WORK, kept: Path = SLOW, *, slow: bool = False) -> None:
        self.work, self.kept, self.slow = work, kept, slow

    def find(self, run: Run) -> Found | None:
        """What was kept of a run as it is now, of a slow one as it was when it was last carried out; else None."""
        path = self._path(run)
        if not path.is_file():
            return None
        content = json.loads(path.read_text(encoding="utf-8"))
        return Found(content["facts"], content["parts"])

    def get(self, run: Run, tell: Tell) -> Found | None:
        """The facts of a run, computed where they are not kept; None for a slow run that was never carried out."""
        started, found = time.monotonic(), self.find(run)
        wanted = self.slow or not run.slow
        if found is not None and (found.parts == run.parts() or not wanted):
            tell(run.name, 0.0, True)
            return found
        if not wanted:
            return None
        try:
            facts = json.loads(json.dumps(run.compute(run.settings), allow_nan=False))
        except Exception as error:
            raise RunError(run.name, error) from error
        found = Found(facts, run.parts())
        self._keep(run, found)
        tell(run.name, time.monotonic() - started, False)
        return found

    def _keep(self, run: Run, found: Found) -> None:
        path = self._path(run)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"run": run.name, "settings": run.settings, "parts": found.parts, "facts": found.facts}
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8", newline="\n")
        os.replace(unfinished, path)  # noqa: PTH105

    def _path(self, run: Run) -> Path:
        if run.slow:
            return self.kept / f"{run.name}.json"
        key = hashlib.sha256(json.dumps(run.parts(), sort_keys=True).encode()).hexdigest()
        return self.work / f"{run.name}-{key[:16]}.json"
