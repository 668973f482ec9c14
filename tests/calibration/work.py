"""Work for crews, in a module that worker processes can import."""

from __future__ import annotations

import os
import time


def slow_first(number: int) -> int:
    """Early tasks take longest, so that they are finished in another order than they were given."""
    time.sleep(0.3 if number == 0 else 0.0)
    return number * 10


def process_id(_: int) -> int:
    """Who works."""
    return os.getpid()
