"""How far a sweep is, as data and in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wbsim.paths import user_path
from wbsim.store.chunks import Chunks
from wbsim.store.lock import is_locked
from wbsim.sweeps.assemble import RESULTS
from wbsim.sweeps.cases import cases_of
from wbsim.sweeps.folder import read_plan
from wbsim.sweeps.publish import RECORD
from wbsim.sweeps.run import common_worlds, worlds_done


def status_of(folder: str | Path, plugins: Sequence[str | Path] = ()) -> dict[str, Any]:
    """Plan, progress and results of the sweep in `folder`, as plain data. InputError if it holds none."""
    path = user_path(folder)
    plan = read_plan(path, same_model=False, plugins=plugins)
    chunks, cases = Chunks(path), cases_of(plan)
    done, total = worlds_done(plan, cases, chunks)
    record = path / RESULTS / RECORD
    results: dict[str, Any] = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    return {
        "name": plan.name,
        "command": plan.command,
        "keys": list(plan.design.keys),
        "design": plan.design.kind,
        "points": len(plan.design.points),
        "scenarios": [scenario.name for scenario in plan.scenarios],
        "worlds": plan.worlds,
        "cases": len(cases.keys),
        "done": done,
        "planned": total,
        "common_worlds": common_worlds(plan, cases, chunks),
        "running": is_locked(path),
        "chunks": len(chunks.kept),
        "bytes": sum(kept.size for kept in chunks.kept.values()),
        "results_sha256": results.get("results_sha256"),
        "results_worlds": results.get("worlds"),
        "failed_worlds": results.get("failed"),
        "missing_worlds": results.get("missing"),
    }


def status_rows(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The status in words, row by row."""
    from wbsim.results.disk import readable

    share = found["done"] / found["planned"] if found["planned"] else 1.0
    complete = found["done"] == found["planned"]
    yield "sweep", f"{found['name']}: {', '.join(found['keys'])}"
    yield "design", f"{found['design']}, {found['points']:,} points x {', '.join(found['scenarios'])}"
    yield "worlds", f"{found['worlds']:,} at each point, {found['cases']:,} different cases in all"
    yield "done", f"{found['done']:,} of {found['planned']:,} worlds of all cases ({100 * share:.1f} %)"
    yield "on disk", f"{found['chunks']:,} chunks, {readable(found['bytes'])}"
    running = "a process is at work on it" if found["running"] else "nobody is at work on it"
    yield "now", running if complete or found["running"] else f"{running}: `wbsim resume` goes on"
    if found["results_sha256"] is None:
        yield "results", "none yet"
        return
    yield "results", f"{found['results_worlds']:,} worlds, sha256 {found['results_sha256']}"
    yield "failed", f"{found['failed_worlds']:,} worlds failed, {found['missing_worlds']:,} are missing"
