"""Worker processes: order, errors, and what is left of them."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.calibration.work import process_id, slow_first
from wbsim.calibration.crew import Crew, spans
from wbsim.experiments.pool import WorkerLostError
from wbsim.experiments.worker import ENVIRONMENT


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    told: list[int] = []
    with Crew(workers) as crew:
        assert list(crew.map(slow_first, range(9), lambda task: task, told.append)) == [
            n * 10 for n in range(9)
        ]
        assert told == list(range(9))
        # The same processes work on what comes next.
        assert len(set(crew.map(process_id, range(6), int))) <= workers


def test_one_worker_is_thisprocess_id_and_many_are_others() -> None:
    with Crew(1) as crew:
        assert list(crew.map(process_id, [0], int)) == [os.getpid()]
    with Crew(2) as crew:
        assert os.getpid() not in crew.map(process_id, [0], int)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_work_is_that_of_the_call(workers: int) -> None:
    with Crew(workers) as crew, pytest.raises(ValueError, match="math domain"):
        list(crew.map(math.sqrt, [1.0, -1.0, 4.0], lambda _: 1))


def test_a_worker_that_dies_is_said_to_have() -> None:
    with Crew(2) as crew, pytest.raises(WorkerLostError, match="worker process was killed"):
        list(crew.map(os._exit, [1, 1], lambda _: 1))


#: A crew that tells who works, and then waits for ever.
_WAITING = """
import time
from tests.calibration.work import process_id
from wbsim.calibration.crew import Crew
if __name__ == "__main__":
    with Crew(2) as crew:
        print(*crew.map(process_id, range(20), int), flush=True)
        time.sleep(600)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed at once")
def test_no_worker_outlives_a_process_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "waiting.py"
    script.write_text(_WAITING, encoding="utf-8")
    path = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
    ) as process:
        assert process.stdout is not None
        workers = {int(number) for number in process.stdout.readline().split()}
        process.send_signal(signal.SIGKILL)
    assert workers
    until = time.monotonic() + 60
    while any(map(_lives, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(_lives, workers))


def _lives(number: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, 0)
        return True
    return False


def test_workers_have_one_thread_each_and_thisprocess_id_keeps_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with Crew(2) as crew:
        assert set(crew.map(os.getenv, list(ENVIRONMENT), len)) == {"1"}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


def test_blocks_cover_everything_once() -> None:
    assert spans(10, 4) == [(0, 4), (4, 4), (8, 2)]
    assert spans(4, 4) == [(0, 4)]
    assert spans(0, 4) == []
