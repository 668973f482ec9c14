"""The same chunks on a real Dask cluster, with a worker killed in the middle of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.sweeps.tiny import plan, run
from wbsim.errors import InputError

distributed = pytest.importorskip("distributed")

from wbsim.sweeps.cluster import on_cluster  # noqa: E402


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(tmp_path: Path, cluster):
    made = plan("slow", points=4, worlds=100)
    expected = run(made, tmp_path / "here").results.results_sha256
    killed = []

    def kill_once(done: int, total: int) -> None:
        if not killed and done >= total // 4:
            killed.append(cluster.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    with on_cluster(cluster.scheduler_address) as execute:
        there = run(made, tmp_path / "there", execute=execute, progress=kill_once)
    assert killed
    assert there.lost == ()
    assert there.results.results_sha256 == expected


@pytest.mark.slow
def test_a_chunk_that_kills_workers_is_lost_and_the_rest_is_there(tmp_path: Path):
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        on_cluster("local:2") as execute,
    ):
        done = run(plan("deadly", points=1, worlds=80), tmp_path / "a", execute=execute)

    assert len(done.lost) >= 2
    assert any("died over it" in reason for reason in done.lost)
    assert 2 * 4 <= done.results.missing < 2 * 80


@pytest.mark.parametrize("address", ["", "local", "local:0", "nowhere", "tcp//x"])
def test_what_is_no_address_is_refused(address: str):
    with pytest.raises(InputError, match="must be the address"), on_cluster(address):
        pass


def test_an_address_where_nobody_answers_is_refused(monkeypatch):
    from wbsim.sweeps import cluster as module

    monkeypatch.setattr(module, "_PATIENCE", "1s")
    with pytest.raises(InputError, match="no Dask scheduler answers"), on_cluster("tcp://127.0.0.1:9"):
        pass
