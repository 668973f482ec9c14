"""`python -m reproduce.ladder`: add a step to the ladder of docs/audit.md, or show the ladder.

After each change of a rule or of a prior:

    python -m reproduce.ladder add "a line between those who met" --why "..." --evidence "..."
    python -m reproduce.ladder show

`add` simulates the headline (200 worlds from seed 1, a minute) in the present tree and appends it to docs/ladder.csv
and docs/ladder-effects.csv. `replace` does so again for a step that stands there. docs/audit.md takes the tables
over with `make reproduce ONLY=ladder`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reproduce.identity import ROOT
from reproduce.ladder.files import STEPS, read_ladder, replaced, with_step, write_ladder
from reproduce.ladder.step import SEED, WORLDS, Step
from wbsim.errors import InputError, Problem, WbsimError

#: The folder that keeps the ladder.
FOLDER = ROOT / "docs"


def main(arguments: list[str] | None = None) -> int:
    """Add, replace or show; 0 done, 2 where it cannot be."""
    options = _parser().parse_args(arguments)
    try:
        return _show(options.folder) if options.do == "show" else _record(options)
    except WbsimError as error:
        print(error, file=sys.stderr)
        return 2


def _show(folder: Path) -> int:
    from reproduce.ladder.tables import ladder_tables

    print(ladder_tables(read_ladder(folder)))
    return 0


def _record(options: argparse.Namespace) -> int:
    from reproduce.ladder.climb import climb

    if not options.folder.is_dir():
        raise InputError(Problem("no such folder", str(options.folder), suggestion="make it"))
    put = with_step if options.do == "add" else replaced
    steps = read_ladder(options.folder)
    place = Step(options.label, options.why, options.evidence, "", "", "", options.worlds, options.seed, "")
    put(steps, place)  # a label that will not do is refused before a minute of simulation
    step = climb(options.label, options.why, options.evidence, worlds=options.worlds, seed=options.seed)
    write_ladder(options.folder, put(read_ladder(options.folder), step))
    print(f'{options.folder / STEPS}: step "{step.label}" of commit {step.commit}, model {step.model}')
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reproduce.ladder",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--folder", type=Path, default=FOLDER, help="where the ladder is kept [default: docs]"
    )
    kinds = parser.add_subparsers(dest="do", required=True)
    kinds.add_parser("show", help="print the ladder as Markdown")
    for name, words in (("add", "append a step"), ("replace", "simulate a step again")):
        kind = kinds.add_parser(name, help=words)
        kind.add_argument("label", help="a few words for the change")
        kind.add_argument("--why", required=True, help="the reason, in a sentence")
        kind.add_argument("--evidence", required=True, help="what it rests on, with its source")
        kind.add_argument("--worlds", type=int, default=WORLDS, help=f"[default: {WORLDS}]")
        kind.add_argument("--seed", type=int, default=SEED, help=f"[default: {SEED}]")
    return parser


if __name__ == "__main__":
    sys.exit(main())
