"""The files of a search: data, table, scenarios and pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wbsim.optimum.study import Optimum
from wbsim.report.draw_optimum import goals_figure, levers_figure
from wbsim.report.optimum_plain import as_csv, plain, scenario_files
from wbsim.results.record import environment
from wbsim.store.files import refusals_named, write_whole

OPTIMUM = "optimum.json"


def write_optimum(found: Optimum, folder: Path, command: str) -> dict[str, Any]:
    """Write everything into `folder`, over what an earlier run left; returns the object in optimum.json."""
    content = plain(found) | {"command": command, "record": environment()}
    with refusals_named(folder / OPTIMUM):
        for name in ("scenarios", "figures"):
            (folder / name).mkdir(exist_ok=True)
    for name, text in scenario_files(found):
        write_whole(folder / "scenarios" / name, [text.encode()])
    write_whole(folder / "members.csv", [as_csv(found).encode()])
    for name, figure in (("goals", goals_figure(found)), ("levers", levers_figure(found))):
        for suffix in ("png", "svg"):
            figure.savefig(folder / "figures" / f"{name}.{suffix}", dpi=150)
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(folder / OPTIMUM, [text.encode(), b"\n"])
    return content
