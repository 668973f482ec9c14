"""A row of a file of published survey percentages, with the columns of survey_figures.csv."""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = (
    "id", "value_percent", "population", "year", "survey", "statement", "theme", "split", "value_kind",
    "sample_size", "fieldwork", "source", "note",
)  # fmt: skip
#: A value that is a point and not a bound, a fraction in words, an estimate or ambiguous.
EXACT = "exact"
KINDS = (EXACT, "approximate", "fraction_in_words", "lower_bound", "upper_bound", "ambiguous")


@dataclass(frozen=True, slots=True)
class Published:
    """A published percentage as its source words it; `value` in percent, `line` its line in the file."""

    id: str
    value: float
    population: str
    year: str
    survey: str
    statement: str
    theme: str
    split: str
    kind: str
    sample_size: str
    fieldwork: str
    source: str
    note: str
    line: int
