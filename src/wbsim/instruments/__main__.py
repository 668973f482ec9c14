"""`python -m wbsim.instruments`: write figures.csv, rates.csv and scores.csv of calibration/ from the data."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wbsim.errors import InputError
from wbsim.instruments.count_rates import count_rates, write_rates
from wbsim.instruments.load import load_catalogue, load_register
from wbsim.instruments.read_figures import write_figures
from wbsim.instruments.read_scores import published_scores, write_scores

_ROOT = Path(__file__).resolve().parents[3]


def made(root: Path) -> dict[Path, str]:
    """The texts of the files of the checkout `root`, from its own questions.toml. Raises InputError."""
    catalogue = load_catalogue(root / "calibration" / "questions.toml")
    figures = load_register(catalogue=catalogue).figures
    folder = root / "calibration"
    return {
        folder / "figures.csv": write_figures(figures, catalogue),
        folder / "rates.csv": write_rates(count_rates()),
        folder / "scores.csv": write_scores(published_scores()),
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the files; 0 done, 2 when something that they are made from is wrong."""
    parser = argparse.ArgumentParser(prog="python -m wbsim.instruments", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=_ROOT, help="the checkout [default: the one this runs from]"
    )
    options = parser.parse_args(arguments)
    try:
        texts = made(options.root)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(options.root)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
