"""What a plain regression may know of a population: a handful of published facts about its state."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import numpy as np

from wbsim.instruments.question import REGION
from wbsim.tables.places import STATE_CODES

#: Names of the covariates, in the order of the numbers.
NAMES = ("population", "income", "NATO membership", "recognition of Kosovo", "perceived corruption")


@cache
def covariates() -> dict[str, tuple[float, ...]]:
    """The covariates of each population, with mean 0 and standard deviation 1 over the six states.

    Log population and log GDP a head of 2021 (World Bank), NATO membership and recognition of Kosovo in 2022, and the
    Corruption Perceptions Index of 2021; all known before the validation year. The region is the states' mean, 0.
    """
    people, gdp = _numbers("population", "2021"), _numbers("gdp_nominal", "2021")
    raw = np.array(
        [
            [np.log(people[code]) for code in STATE_CODES],
            [np.log(gdp[code] / people[code]) for code in STATE_CODES],
            _marked("nato_status", "member"),
            # Kosovo itself has no row.
            [
                1.0 if code == "XKX" else mark
                for code, mark in zip(STATE_CODES, _marked("recognises_kosovo", "yes"), strict=True)
            ],
            [_numbers("ti_cpi", "2021")[code] for code in STATE_CODES],
        ]
    )
    scaled = (raw - raw.mean(axis=1, keepdims=True)) / raw.std(axis=1, keepdims=True)
    by_state = {code: tuple(scaled[:, place].tolist()) for place, code in enumerate(STATE_CODES)}
    return by_state | {REGION: (0.0,) * len(NAMES)}


def _numbers(variable: str, year: str) -> dict[str, float]:
    return {
        row["state"]: float(row["value"])
        for row in _rows()
        if row["variable"] == variable and row["year"] == year
    }


def _marked(variable: str, value: str) -> list[float]:
    """1 for states whose `variable` has this value in 2022, else 0."""
    marked = {row["state"] for row in _rows() if row["variable"] == variable and row["value"] == value}
    return [float(code in marked) for code in STATE_CODES]


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = resources.files("wbsim.tables").joinpath("data", "states.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
