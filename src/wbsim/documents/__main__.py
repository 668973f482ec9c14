"""`python -m wbsim.documents`: write the generated parts of the documents, or check them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wbsim.documents.write import out_of_date, write
from wbsim.errors import InputError

_ROOT = Path(__file__).resolve().parents[3]


def main(arguments: list[str] | None = None) -> int:
    """Write or check; 0 done or up to date, 1 out of date, 2 when the documents cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m wbsim.documents", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit code 1 if anything is out of date"
    )
    parser.add_argument(
        "--root", type=Path, default=_ROOT, help="the checkout [default: the one this runs from]"
    )
    options = parser.parse_args(arguments)
    try:
        stale = out_of_date(options.root) if options.check else write(options.root)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for path in stale:
        print(f"{path}: {'out of date: run `make docs`' if options.check else 'written'}")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
