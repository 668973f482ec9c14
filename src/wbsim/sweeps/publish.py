"""Assembled results completed: summary, record and checksums beside the arrays, and the folder's final name."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from wbsim.results.record import environment
from wbsim.store.files import refusals_named, sync_folder
from wbsim.sweeps.assemble import RESULTS, Assembled
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.summary import Summary, summarise
from wbsim.sweeps.value import value_text

RECORD, FILES = "record.json", "files.json"
#: Failed worlds that are written out with their errors; all are counted.
MOST_WRITTEN = 1000


def publish(plan: SweepPlan, assembled: Assembled) -> Assembled:
    """Complete the draft and give it its name, in place of results that were there. DiskError if it can't be."""
    draft, final = assembled.folder, assembled.folder.with_name(RESULTS)
    with refusals_named(draft):
        summary = summarise(plan, draft, assembled)
        _write(draft / "summary.json", summary.plain())
        (draft / "summary.csv").write_text(summary_csv(summary), encoding="utf-8")
        (draft / "design.csv").write_text(design_csv(plan), encoding="utf-8")
        _write(draft / RECORD, record(plan, assembled))
        _write(draft / FILES, checksums(draft))
        _swap(draft, final)
    return replace(assembled, folder=final)


def record(plan: SweepPlan, assembled: Assembled) -> dict[str, Any]:
    """Where the results come from, how to get them again, and what is missing; holds no time."""
    written = assembled.failed[:MOST_WRITTEN]
    return {
        "command": plan.command,
        "results_sha256": assembled.results_sha256,
        "worlds": assembled.worlds,
        "worlds_planned": plan.worlds,
        "first_world": plan.first,
        "seed": plan.seed,
        "points": len(plan.design.points),
        "scenarios": [scenario.name for scenario in plan.scenarios],
        "missing": assembled.missing,
        "points_without_worlds": assembled.empty,
        "failed": len(assembled.failed),
        "failures": [
            {
                "design": each.point,
                "scenario": each.scenario,
                "world": each.world,
                "error": each.error,
                "replay": f"wbsim replay RESULTS --point {each.point} --scenario {each.scenario} "
                f"--world {each.world}",
            }
            for each in written
        ],
        **environment(),
    }


def checksums(folder: Path) -> dict[str, list[Any]]:
    """Size and SHA-256 of every file in `folder`, by its path: a file that is gone would read back as NaN."""
    return {
        file.relative_to(folder).as_posix(): [file.stat().st_size, sha256_of(file)]
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != FILES
    }


def design_csv(plan: SweepPlan) -> str:
    """The points as comma-separated text: their number, and the value of each key."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["design", *plan.design.keys])
    for number, point in enumerate(plan.design.points):
        writer.writerow([number, *map(value_text, point)])
    return text.getvalue()


def summary_csv(summary: Summary) -> str:
    """The summary as comma-separated text, one row for each point, scenario, outcome and kind."""
    text = io.StringIO(newline="")
    rows = summary.rows()
    first = next(rows, None)
    if first is not None:
        writer = csv.DictWriter(text, list(first), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
    return text.getvalue()


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(file: Path, content: Any) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    file.write_text(text + "\n", encoding="utf-8")


def _swap(draft: Path, final: Path) -> None:
    old = final.with_name(f".partial-old-{RESULTS}")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    draft.rename(final)
    sync_folder(final.parent)
    shutil.rmtree(old, ignore_errors=True)
