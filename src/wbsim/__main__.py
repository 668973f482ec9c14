"""`python -m wbsim` is `wbsim`."""

from __future__ import annotations

import sys

from wbsim.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
