"""Peak memory of a whole comparison: the sum over its processes, sampled while it runs (Linux only)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PROC = Path("/proc")
_KILOBYTE = 1024


def peak(worlds: int, years: int, citizens: int, every: float = 0.1) -> dict[str, float] | None:
    """Megabytes at the peak of `wbsim compare` of the four main scenarios, None where /proc does not tell.

    `resident` counts pages shared by several processes once for each, `proportional` once in all.
    """
    if not (_PROC / "self" / "smaps_rollup").exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "wbsim", "compare", "--quiet", "--json", "--workers", "2"]
        command += ["--worlds", str(worlds), "--years", str(years), "--citizens", str(citizens)]
        start = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--out", str(Path(folder) / "results")],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "NUMBA_NUM_THREADS": "1"},
        )
        most = {"resident": 0.0, "proportional": 0.0}
        while process.poll() is None:
            for name, value in _used(process.pid).items():
                most[name] = max(most[name], value)
            time.sleep(every)
        seconds = time.perf_counter() - start
        if process.returncode != 0:
            raise RuntimeError(f"wbsim compare ended with exit code {process.returncode}")
    return {name: value / _KILOBYTE for name, value in most.items()} | {"seconds": seconds}


def _used(root: int) -> dict[str, float]:
    """Kilobytes in use by process `root` and all below it."""
    total = {"resident": 0.0, "proportional": 0.0}
    for process in _family(root):
        try:
            lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # It ended between the listing and the look.
        for line in lines:
            name, *rest = line.split()
            if name == "Rss:":
                total["resident"] += float(rest[0])
            elif name == "Pss:":
                total["proportional"] += float(rest[0])
    return total


def _family(root: int) -> list[int]:
    """`root` and its descendants."""
    parent = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                # The name in brackets may hold spaces: what counts comes after the last bracket.
                parent[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    family = [root]
    for member in family:
        family += [process for process, above in parent.items() if above == member]
    return family
