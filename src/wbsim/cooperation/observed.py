"""What is observed of cooperation by dyad and year, beside scores of states: trade, memberships, joint action days."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import resources

from wbsim.scenario.resolve import resolve_calibration
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

#: Institution in analogues.csv whose officers are counted, and the split of rows that may be looked at.
_ACTION_DAYS, _OPEN = "EMPACT joint action days SEE", "fit"


def trade() -> dict[str, float]:
    """Share of trade in percent by dyad: the mean of all shares published for it, of either side's ex- or imports.

    From dyads.csv, whole years (2018, 2019) alone: in November 2019 Kosovo's tariffs of 100 % were in force. A dyad
    without a published share is absent: shares were published where they are large.
    """
    found: dict[str, list[float]] = {}
    for row in _rows():
        if row["variable"] in ("export_share", "import_share") and re.fullmatch(r"\d{4}", row["year"]):
            found.setdefault(_dyad(row), []).append(float(row["value"].removesuffix("%")))
    return {name: sum(found[name]) / len(found[name]) for name in DYAD_NAMES if name in found}


def organisations() -> dict[str, float]:
    """Number of international organisations in which both states of each dyad were members in 2014 (dyads.csv)."""
    return _numbers("joint_igo_count")


def formats() -> dict[str, float]:
    """How many of NATO (2022) and Open Balkan (2021-2023) both states of each dyad belong to, 0 to 2 (dyads.csv)."""
    nato, open_balkan = _numbers("both_nato"), _numbers("both_open_balkan")
    return {name: nato[name] + open_balkan[name] for name in DYAD_NAMES}


def officers() -> dict[int, int]:
    """Officers in joint action days in South-East Europe by year, as far as the fitted history goes (analogues.csv).

    27 to 34 states took part; the six cannot be separated.
    """
    text = resolve_calibration("analogues.csv").resource.read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        number = re.search(r"(\d+) officers", row["value"])
        year = row["period"][:4]
        if (
            row["institution"] == _ACTION_DAYS
            and row["split"] == _OPEN
            and number
            and year <= HISTORY_END[:4]
        ):
            found[int(year)] = int(number[1])
    return dict(sorted(found.items()))


def _numbers(variable: str) -> dict[str, float]:
    found = {_dyad(row): float(row["value"]) for row in _rows() if row["variable"] == variable}
    return {name: found[name] for name in DYAD_NAMES}


def _dyad(row: dict[str, str]) -> str:
    return "-".join(sorted((row["state_a"], row["state_b"]), key=STATE_CODES.index))


def _rows() -> Iterator[dict[str, str]]:
    text = resources.files("wbsim.tables").joinpath("data", "dyads.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
