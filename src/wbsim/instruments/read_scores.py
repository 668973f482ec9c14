"""Reading calibration/scores.csv, and writing it from the data."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib import resources
from io import StringIO

from wbsim.instruments import cells
from wbsim.instruments.csvtext import Row, Table, read_table
from wbsim.instruments.score import FITTED, HIGHEST, KEPT_BACK, LOWEST, SPLITS, Score
from wbsim.scenario.limits import LATEST_HISTORY_END
from wbsim.scenario.resolve import Found
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.places import STATE_CODES

COLUMNS = ("id", "state", "year", "value", "split", "source", "note")
#: The edition that the reference month stands for, and the last one that can be predicted.
REFERENCE_YEAR, LAST_YEAR = 2021, int(LATEST_HISTORY_END[:4])
_VARIABLE = "oc_resilience_international_cooperation"


def read_scores(found: Found) -> tuple[Score, ...]:
    """The scores of the file. Raises InputError with everything that is wrong with it."""
    table = read_table(found, COLUMNS)
    cells.unique(table)
    read = [(row, score) for row in table.rows if (score := _score(table, row)) is not None]
    seen: dict[tuple[str, int], Row] = {}
    for row, score in read:
        earlier = seen.setdefault((score.state, score.year), row)
        if earlier is not row:
            message = f"scores {score.state} in {score.year} a second time, after line {earlier.line}"
            table.wrong(row, "state", message, "keep one of them")
    table.finish()
    return tuple(score for _, score in read)


def _score(table: Table, row: Row) -> Score | None:
    state = cells.choice(table, row, "state", STATE_CODES)
    year = cells.whole(table, row, "year", REFERENCE_YEAR, LAST_YEAR)
    value = cells.number(table, row, "value", LOWEST, HIGHEST)
    split = cells.choice(table, row, "split", SPLITS)
    cells.given(table, row, "source")
    if split == FITTED and year is not None and year != REFERENCE_YEAR:
        table.wrong(
            row,
            "split",
            f'must be "{KEPT_BACK}" in {year}: only scores of {REFERENCE_YEAR} are fitted',
            "the reference month stands for that edition; later scores test predictions",
        )
        return None
    if state is None or year is None or value is None or split is None:
        return None
    return Score(row["id"], state, year, value, split, row["source"], row["note"])


def published_scores() -> tuple[Score, ...]:
    """GI-TOC's scores of international cooperation in states.csv; those after the fitted history are kept back."""
    text = resources.files("wbsim.tables").joinpath("data", "states.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["variable"] == _VARIABLE]
    return tuple(
        Score(
            id=f"gi-toc-{row['state']}-{row['year']}",
            state=row["state"],
            year=int(row["year"]),
            value=float(row["value"]),
            split=FITTED if row["year"] <= HISTORY_END[:4] else KEPT_BACK,
            source=row["source"],
            note=row["note"],
        )
        for row in sorted(rows, key=lambda row: (row["year"], STATE_CODES.index(row["state"])))
    )


def write_scores(scores: Iterable[Score]) -> str:
    """The text of scores.csv."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for s in scores:
        writer.writerow((s.id, s.state, s.year, f"{s.value:g}", s.split, s.source, s.note))
    return out.getvalue()
