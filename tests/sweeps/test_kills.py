"""kill -9 of the whole sweep or of a worker, at any moment: nothing finished is lost, and the bytes are the same.

The sweep runs as a user's would, as a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sweeps.tiny import PLUGIN
from wbsim.store.chunks import FOLDER, Chunks

WBSIM = [sys.executable, "-m", "wbsim"]
#: 8 points of the forum and one status quo, 60 worlds each in chunks of 10, two workers: about 1.2 s of work.
SWEEP = [
    *("sweep", "forum", "status-quo", "--vary", "forum.meetings_per_year=1:8:8", "--worlds", "60"),
    *("--seed", "9", "--plugin", str(PLUGIN), "--model", "slow", "--workers", "2", "--json", "--quiet"),
]


def begin(folder: Path) -> subprocess.Popen[bytes]:
    """The sweep, begun; its folder is there when this returns."""
    process = subprocess.Popen(
        [*WBSIM, *SWEEP, "--out", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    wait_for(folder.is_dir, process)
    return process


def wait_for(condition, process: subprocess.Popen[bytes]) -> None:
    for _ in range(6000):
        if condition() or process.poll() is not None:
            return
        time.sleep(0.005)
    raise AssertionError("nothing happened in 30 s")


def finished(process: subprocess.Popen[bytes]) -> str:
    """The hash that the process printed."""
    out, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints.decode()
    assert b"Traceback" not in complaints
    return json.loads(out)["results_sha256"]


def resume(folder: Path) -> str:
    return finished(
        subprocess.Popen(
            [*WBSIM, "resume", str(folder), "--plugin", str(PLUGIN), "--workers", "2", "--json", "--quiet"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    )


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    tasks = Path(f"/proc/{process.pid}/task")
    return [int(number) for task in tasks.iterdir() for number in (task / "children").read_text().split()]


def chunks_in(folder: Path) -> int:
    return len(list((folder / FOLDER).rglob("*.chunk")))


@pytest.fixture(scope="module")
def untouched(tmp_path_factory) -> str:
    """The hash of the sweep that nobody kills."""
    return finished(begin(tmp_path_factory.mktemp("untouched") / "sweep"))


def kill_and_resume(folder: Path, chance: random.Random, untouched: str) -> None:
    """Kill the parent after a random number of chunks and a random while, perhaps twice, and go on."""
    process = begin(folder)
    count, pause = chance.randrange(50), 0.03 * chance.random()
    wait_for(lambda: chunks_in(folder) >= count, process)
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    finished_before = {name: kept.sha256 for name, kept in Chunks(folder).kept.items()}
    assert resume(folder) == untouched
    kept = Chunks(folder).kept
    assert {name: kept[name].sha256 for name in finished_before} == finished_before


def kill_a_worker(folder: Path, chance: random.Random, untouched: str) -> None:
    """Kill one worker, at a random moment, in a sweep that goes on by itself."""
    process = begin(folder)
    wait_for(lambda: chunks_in(folder) >= chance.randrange(1, 40), process)
    time.sleep(0.03 * chance.random())
    workers = workers_of(process) if process.poll() is None else []
    if workers:
        os.kill(chance.choice(workers), signal.SIGKILL)
    assert finished(process) == untouched


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds workers in /proc")


@pytest.mark.parametrize("number", [1, 2])
def test_a_killed_sweep_goes_on_to_the_same_bytes(tmp_path: Path, untouched: str, number: int):
    kill_and_resume(tmp_path / "sweep", random.Random(number), untouched)


@needs_proc
def test_a_sweep_whose_worker_is_killed_goes_on_by_itself(tmp_path: Path, untouched: str):
    kill_a_worker(tmp_path / "sweep", random.Random(3), untouched)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(100, 114))
def test_sweeps_killed_at_random_moments_go_on_to_the_same_bytes(tmp_path: Path, untouched: str, number: int):
    kill_and_resume(tmp_path / "sweep", random.Random(number), untouched)


@needs_proc
@pytest.mark.slow
@pytest.mark.parametrize("number", range(200, 206))
def test_workers_killed_at_random_moments_are_replaced(tmp_path: Path, untouched: str, number: int):
    kill_a_worker(tmp_path / "sweep", random.Random(number), untouched)


def test_ctrl_c_says_how_to_go_on(tmp_path: Path, untouched: str):
    command = [each for each in SWEEP if each != "--quiet"]
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in a background job
        "import sys; from wbsim.cli.app import main; sys.exit(main())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, *command, "--out", str(tmp_path / "sweep")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wait_for(lambda: chunks_in(tmp_path / "sweep") > 3, process)
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=60)

    assert process.returncode == 130
    assert f"wbsim resume {tmp_path / 'sweep'}" in complaints.decode()
    assert resume(tmp_path / "sweep") == untouched
