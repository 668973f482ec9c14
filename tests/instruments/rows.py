"""Published rows and catalogues for the tests of the instruments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.published import COLUMNS, Published
from wbsim.instruments.read_catalogue import read_catalogue
from wbsim.instruments.read_figures import COLUMNS as FIGURE_COLUMNS

ROW = Published(
    id="X1", value=50.0, population="MNE", year="2024", survey="Poll of Someone 2024", statement="Trusts Serbia",
    theme="trust", split="validation", kind="exact", sample_size="1200", fieldwork="Mar 2024", source="a test",
    note="", line=2,
)  # fmt: skip

#: A file of questions that is right; tests damage it.
QUESTIONS = """\
[synonyms.state]
SRB = ["Serbia"]
XKX = ["Kosovo"]

[[question]]
id = "trusts-{state}"
wording = "Do you trust {state}?"
type = "agree"
measures = "trust"
items = ["{state}"]
intercept = "trusts"
reason = "trust"
match = [{ statement = 'trusts {state}' }]

[[question]]
id = "joining"
wording = "For or against?"
type = "ordered"
measures = "support"
items = ["cyber", "borders"]
categories = ["against", "undecided", "for"]
cuts = [-0.5, 0.0]
reason = "support"
match = [
  { statement = 'in favour', answers = ["for"] },
  { statement = 'oppose', answers = ["against"], negative = true },
]

[[survey]]
name = "Poll"
first = "2022-03"
last = "2022-06"
fieldwork = "the season"
sample = 1000
sample_source = "assumed"

[[collapsed]]
rows = ["C1"]
reason = "in C2"

[[shown]]
statement = 'NATO'
reason = "no actor"
"""


def row(statement: str, **changes: object) -> Published:
    """A row of a survey that the catalogue does not know."""
    return replace(ROW, statement=statement, **changes)  # type: ignore[arg-type]


def catalogue(text: str = QUESTIONS) -> Catalogue:
    return read_catalogue(text, "questions.toml", "test")


def published_file(folder: Path, *lines: str) -> Path:
    path = folder / "survey.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path


def figures_file(folder: Path, *lines: str) -> Path:
    path = folder / "figures.csv"
    path.write_text("\n".join([",".join(FIGURE_COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path
