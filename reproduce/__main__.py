"""`python -m reproduce`: carry out the runs that the documents' numbers rest on, and write or check these numbers.

    python -m reproduce                    everything but what is slow
    python -m reproduce --only audit       blocks and checks of docs/audit.md, or of one name
    python -m reproduce --slow             the slow ones too, which take hours
    python -m reproduce --worlds 8         a first look: few worlds, documents go to .reproduce/preview
    python -m reproduce --check            run nothing; say what is stale or edited by hand
    python -m reproduce --list             say what there is, and how long it takes

What runs found is kept in .reproduce/, so that a second call is quick and an interrupted one goes on.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from reproduce.block import Block, Check, Entry, entries, runs_of
from reproduce.identity import ROOT
from wbsim.errors import InputError, Problem, WbsimError


def main(arguments: list[str] | None = None) -> int:
    """0 done and up to date, 1 where a number in prose differs or something is stale, 2 where it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        return _carry_out(options)
    except WbsimError as error:
        print(error, file=sys.stderr)
        return 2


def _carry_out(options: argparse.Namespace) -> int:
    from reproduce.catalogue import BLOCKS, CHECKS
    from reproduce.stamps import stale

    blocks, checks = chosen(BLOCKS, CHECKS, options.only)
    if options.list:
        return _list(blocks, checks)
    if options.check:
        return _tell(stale(ROOT, blocks, checks))
    return _reproduce(blocks, checks, options)


def chosen(
    blocks: Sequence[Block], checks: Sequence[Check], only: Sequence[str]
) -> tuple[list[Block], list[Check]]:
    """Blocks and checks of the named documents, or of these names; all where nothing is named."""

    def is_meant(each: Entry) -> bool:
        return not only or bool({each.name, each.document, Path(each.document).stem.lower()} & set(only))

    found = [block for block in blocks if is_meant(block)], [check for check in checks if is_meant(check)]
    if not any(found):
        known = sorted({Path(each.document).stem.lower() for each in entries(blocks, checks)})
        raise InputError(
            Problem(
                f"nothing is called {', '.join(only)}", key="--only", suggestion=f"try {', '.join(known)}"
            )
        )
    return found


def _reproduce(blocks: Sequence[Block], checks: Sequence[Check], options: argparse.Namespace) -> int:
    from reproduce.kept import SLOW, WORK, Store
    from reproduce.write import reproduce

    def tell(name: str, seconds: float, kept: bool) -> None:
        print(f"{'kept' if kept else f'{seconds:.0f} s':>7}  {name}", flush=True)

    started = time.monotonic()
    preview = WORK / "preview" if options.worlds else None
    store = Store(kept=WORK / "slow" if options.worlds else SLOW, slow=options.slow)
    done = reproduce(ROOT, blocks, checks, store, tell, worlds=options.worlds, preview=preview)
    for name in done.changed:
        print(f"written: {preview / name if preview else name}")
    if done.left_out:
        print(f"left out, for their runs are slow or failed: {', '.join(done.left_out)}")
    print(f"{time.monotonic() - started:.0f} s in all")
    return _tell(done.problems)


def _tell(problems: Iterable[Problem]) -> int:
    found = list(problems)
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def _list(blocks: Sequence[Block], checks: Sequence[Check]) -> int:
    given = entries(blocks, checks)
    for each in given:
        kind = "check" if isinstance(each, Check) else "block"
        runs = ", ".join(f"{run.name} ({run.seconds} s{', slow' if run.slow else ''})" for run in each.runs)
        print(f"{kind}  {each.document}  {each.name}  from {runs or 'tables alone'}")
    every = runs_of(given).values()
    quick = sum(run.seconds for run in every if not run.slow)
    slow = sum(run.seconds for run in every if run.slow)
    print(f"{len(every)} runs: about {quick / 60:.0f} minutes, and {slow / 60:.0f} more with the slow ones")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reproduce", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="documents, blocks or checks")
    parser.add_argument("--slow", action="store_true", help="carry out slow runs too")
    parser.add_argument("--worlds", type=int, help="no more worlds than so many, and write no document")
    parser.add_argument("--check", action="store_true", help="run nothing; exit code 1 if something is stale")
    parser.add_argument("--list", action="store_true", help="what there is, and how long it takes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
