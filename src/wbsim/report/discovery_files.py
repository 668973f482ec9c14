"""The files of a discovery: JSON, CSV and pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wbsim.experiments.discovery import Discovered
from wbsim.report.discovery_plain import (
    BOX_COLUMNS,
    INPUT_COLUMNS,
    TRAJECTORY_COLUMNS,
    as_csv,
    box_rows,
    input_rows,
    plain,
    trajectory_rows,
    world_columns,
    world_rows,
)
from wbsim.report.discovery_words import event
from wbsim.report.draw_discovery import draw_ranges, draw_trajectory, draw_worlds, height, leading
from wbsim.report.figures import both

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DISCOVERY = "discovery.json"


def write_discovery(found: Discovered, folder: Path, more: dict[str, Any] | None = None) -> tuple[Path, ...]:
    """Write all files into `folder`, which exists, and return their paths. `more` is added to the JSON object."""
    texts = {
        DISCOVERY: json.dumps(plain(found) | (more or {}), indent=1, ensure_ascii=False, allow_nan=False)
        + "\n",
        "boxes.csv": as_csv(BOX_COLUMNS, box_rows(found)),
        "trajectory.csv": as_csv(TRAJECTORY_COLUMNS, trajectory_rows(found)),
        "inputs.csv": as_csv(INPUT_COLUMNS, input_rows(found)),
        "worlds.csv": as_csv(world_columns(found), world_rows(found)),
    }
    written = []
    for name, text in texts.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    for name, (draw, size, title) in _figures(found).items():
        drawn = both(draw, size, None, source="wbsim discover", title=title)
        for form, content in (("png", drawn["png"]), ("svg", drawn["titled"])):
            path = folder / f"{name}.{form}"
            path.write_bytes(content)
            written.append(path)
    return tuple(written)


_Drawing = tuple[Callable[["Axes"], object], tuple[float, float], str]


def _figures(found: Discovered) -> dict[str, _Drawing]:
    case = f"Case: {event(found.target)}."
    figures: dict[str, _Drawing] = {}
    if found.discovery.trajectory:
        figures["trajectory"] = (
            lambda ax: draw_trajectory(found, ax),
            (5.2, 3.9),
            f"PRIM peels searched worlds away: boxes (dots) get denser, and hold fewer of all cases. {case} "
            "Lines: 95 % Monte Carlo intervals.",
        )
    lead = leading(found)
    if lead is not None:
        kept = "" if lead[0].retest.holds else "; it did not hold"
        more = len(lead[0].box.places) - len({lead[1], lead[2]} & set(lead[0].box.places))
        also = f" The box restricts {more} more {'input' if more == 1 else 'inputs'}." if more else ""
        figures["worlds"] = (
            lambda ax: draw_worlds(found, ax),
            (5.2, 4.2),
            f"Fresh worlds, which no search has seen, and the first box (shaded){kept}. {case}{also}",
        )
        figures["ranges"] = (
            lambda ax: draw_ranges(found, ax),
            (5.2, height(found)),
            f"What each box asks of the inputs: the coloured part of the worlds. {case} Shares are of fresh worlds.",
        )
    return figures
