"""One process at a time writes into a folder, and its lock dies with it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from wbsim.errors import InputError
from wbsim.store.lock import is_locked, locked

HOLD = """
import sys, time
from pathlib import Path
from wbsim.store.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_told_and_a_killed_one_holds_nothing(tmp_path: Path):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        assert is_locked(tmp_path)
        with pytest.raises(InputError, match=rf"another process.*{holder.pid}"), locked(tmp_path):
            pass
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    for _ in range(100):
        if not is_locked(tmp_path):
            break
        time.sleep(0.01)
    with locked(tmp_path):
        pass
    assert not is_locked(tmp_path)


def test_a_lock_that_is_held_for_an_instant_is_waited_for(tmp_path: Path):
    """As `wbsim status` holds it, to see whether it is free."""
    held = threading.Event()

    def look() -> None:
        with locked(tmp_path):
            held.set()
            time.sleep(0.03)

    looker = threading.Thread(target=look)
    looker.start()
    held.wait()
    with locked(tmp_path):
        pass
    looker.join()
