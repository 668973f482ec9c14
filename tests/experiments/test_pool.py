"""Worker processes: any number gives the same, and none outlives its work."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.errors import InputError
from wbsim.experiments.blocks import spans
from wbsim.experiments.pool import WorkerLostError, run_tasks
from wbsim.experiments.windows import windows
from wbsim.experiments.work import Task, Work, model_reference
from wbsim.experiments.worker import ENVIRONMENT, PROGRAM, interrupts_held
from wbsim.results.chunk import Chunk
from wbsim.results.layout import months_between

SCENARIOS = (scenario(), scenario("forum", "forum"))
ROOT = Path(__file__).parents[2]


def chunks(simulate: Callable[..., object], workers: int, worlds: int = 10, block: int = 2) -> list[Chunk]:
    work = Work(
        (SCENARIOS,),
        seed=7,
        months=months_between("2021-01", SCENARIOS[0].horizon),
        measured=windows(SCENARIOS),
        model=model_reference(simulate),  # type: ignore[arg-type]
    )
    tasks = [Task(0, span) for span in spans(0, worlds, block)]
    done: list[Task] = []
    finished = list(run_tasks(tasks, work, workers, done.append))
    assert sorted(task.span.first for task in done) == [span.first for span in spans(0, worlds, block)]
    return finished


def children() -> set[int]:
    """Process numbers of this process's living children."""
    return {
        int(line) for line in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    }


def test_two_workers_give_the_same_as_one_in_the_order_of_the_worlds():
    alone, together = chunks(fake_model.simulate, 1), chunks(fake_model.slow_early_blocks, 2)

    assert [chunk.first for chunk in together] == [0, 2, 4, 6, 8]
    for one, other in zip(alone, together, strict=True):
        assert one.digests == other.digests
        np.testing.assert_array_equal(one.regional, other.regional)


def test_a_block_that_raises_is_repeated_world_by_world():
    for workers in (1, 2):
        finished = chunks(fake_model.world_5_raises, workers, block=4)
        failures = [failure for chunk in finished for failure in chunk.failures]

        assert [(failure.world, failure.scenario) for failure in failures] == [(5, "forum")]
        assert "ZeroDivisionError: an error in world 5" in failures[0].error
        assert np.isnan(finished[1].regional[1, 1]).all()
        sound = chunks(fake_model.simulate, 1, block=4)
        np.testing.assert_array_equal(finished[1].regional[:, [0, 2, 3]], sound[1].regional[:, [0, 2, 3]])
        np.testing.assert_array_equal(finished[1].regional[0], sound[1].regional[0])


def test_what_the_user_wrote_wrong_is_reported_as_such_from_a_worker():
    for workers in (1, 2):
        with pytest.raises(InputError) as caught:
            chunks(fake_model.refuses_the_input, workers)
        assert caught.value.problems[0].key == "policy.mechanism"


def test_a_killed_worker_is_an_error_that_names_its_block():
    with pytest.raises(WorkerLostError, match=r"killed by signal 9 while it held .*worlds 4 to 5"):
        chunks(fake_model.killed_at_world_4, 2)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")
def test_no_worker_outlives_an_error():
    before = children()
    with pytest.raises(WorkerLostError):
        chunks(fake_model.killed_at_world_4, 2)
    assert children() == before


def test_a_worker_has_one_thread_for_each_library():
    finished = chunks(fake_model.fails_with_its_threads, 2, worlds=2, block=1)

    assert all(
        chunk.failures[0].error.strip().endswith(f"threads: {['1'] * len(ENVIRONMENT)}") for chunk in finished
    )


def test_a_model_that_a_worker_could_not_find_is_refused():
    with pytest.raises(ValueError, match="importable module"):
        model_reference(lambda scenarios, seed, first, count, registry=None: ())


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_an_interrupt_ends_the_work_and_all_its_processes():
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in a background job
        "from tests.experiments import test_pool, fake_model\n"
        "try:\n"
        "    test_pool.chunks(fake_model.endless, 2)\n"
        "except KeyboardInterrupt:\n"
        "    raise SystemExit(130)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, start_new_session=True)
    workers = wait_for_children(process.pid, 2)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group

    assert process.wait(20) == 130
    assert not [pid for pid in workers if alive(pid)]


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_a_worker_minds_no_interrupt_even_while_it_starts(capfd: pytest.CaptureFixture[str]):
    with interrupts_held():
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    process.send_signal(signal.SIGINT)  # Before its first line ran.
    assert process.stdin is not None
    process.stdin.write(pickle.dumps(sys.path))
    process.stdin.write(pickle.dumps("work"))
    process.stdin.close()

    assert process.wait(20) == 0
    assert capfd.readouterr().err == ""
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.parametrize("sent", [b"", pickle.dumps(sys.path)[:20], pickle.dumps(sys.path)])
def test_a_worker_whose_parent_is_gone_before_there_is_work_ends_without_a_word(sent: bytes):
    started = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=sent, capture_output=True, timeout=20, check=True
    )

    assert started.stderr == started.stdout == b""


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_workers_end_in_the_middle_of_a_block_when_their_parent_is_killed():
    script = "from tests.experiments import test_pool, fake_model\ntest_pool.chunks(fake_model.endless, 2)\n"
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    workers = wait_for_children(process.pid, 2)
    process.kill()
    process.wait()

    deadline = time.monotonic() + 20
    while any(alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in workers if alive(pid)]


def wait_for_children(pid: int, count: int) -> list[int]:
    file = Path(f"/proc/{pid}/task/{pid}/children")
    if not file.exists():
        pytest.skip("no list of child processes on this system")
    deadline = time.monotonic() + 30
    while len(found := file.read_text().split()) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.0)
    return [int(each) for each in found]


def alive(pid: int) -> bool:
    """Whether the process runs; one that ended and waits to be collected doesn't."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
