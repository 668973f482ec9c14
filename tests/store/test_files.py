"""Files are there whole or not at all, and a refusal says what to do."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from wbsim.store.files import DiskError, write_whole


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path):
    write_whole(tmp_path / "a", [b"one", b"two"])

    assert (tmp_path / "a").read_bytes() == b"onetwo"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
def test_a_disk_that_refuses_leaves_the_file_that_was_there(tmp_path: Path, monkeypatch, number):
    write_whole(tmp_path / "a", [b"before"])

    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskError, match=r"wbsim resume|rights"):
        write_whole(tmp_path / "a", [b"after"])
    assert (tmp_path / "a").read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on the size of files")
def test_a_real_limit_of_the_system_is_told_as_such(tmp_path: Path):
    """A process that may write 1000 bytes writes a file of 5000."""
    program = (
        "import resource, signal; from pathlib import Path\n"
        "from wbsim.store.files import DiskError, write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "try:\n    write_whole(folder / 'a', [b'x' * 5000])\n"
        "except DiskError as error:\n    print(error, list(folder.iterdir()))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "free some space there and go on with `wbsim resume`" in done.stdout
    assert done.stdout.rstrip().endswith("[]")
