"""What each row of events.csv does to the model: one table, one line a row, with a reason where it does nothing.

A coder's severity of 1, 2 or 3 is read as the model's severity of the same number; 4 (25 deaths or more) never
occurred. Effects: `crisis` between two states, `internal-crisis` of one, `shock` to a state's threat level in a
domain (log points: 0.25 for a coder's 1, 0.5 for 3), `accession` credibility of a state, `external-war`,
`peacekeepers` (their new strength), `mechanism-end`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

EffectKind = Literal[
    "crisis", "internal-crisis", "shock", "accession", "external-war", "peacekeepers", "mechanism-end"
]


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of a dated event: `states` concerned, and a `size` (severity, log points, share or strength).

    `target` is the domain of a shock or the mechanism that ends.
    """

    kind: EffectKind
    states: tuple[str, ...] = ()
    size: float = 0.0
    target: str | None = None


@dataclass(frozen=True, slots=True)
class HistoricalEvent:
    """A row of events.csv: `start` and `end` months (YYYY-MM), its effects, or the reason for having none.

    `end` is None where no end is recorded.
    """

    identifier: str
    start: str
    end: str | None
    description: str
    effects: tuple[Effect, ...]
    reason: str


def _crisis(a: str, b: str, severity: float) -> Effect:
    return Effect("crisis", (a, b), severity)


def _internal(state: str, severity: float) -> Effect:
    return Effect("internal-crisis", (state,), severity)


def _cyber(state: str, size: float) -> Effect:
    return Effect("shock", (state,), size, "cyber")


#: Effects of each mapped row.
EFFECTS: dict[str, tuple[Effect, ...]] = {
    "E01": (_crisis("SRB", "XKX", 2),),
    "E02": (_internal("MKD", 2), _crisis("MKD", "SRB", 2)),
    "E03": (_crisis("MKD", "SRB", 2),),
    "E05": (_crisis("SRB", "XKX", 2),),
    "E06": (_crisis("BIH", "SRB", 1),),
    "E07": (_crisis("XKX", "MNE", 1),),
    "E08": (_crisis("SRB", "XKX", 2),),
    "E11": (_crisis("SRB", "XKX", 2), _crisis("BIH", "XKX", 2)),
    "E12": (_crisis("SRB", "XKX", 2),),
    "E14": (_crisis("SRB", "XKX", 1),),
    "E15": (Effect("accession", ("MKD",), -0.1), Effect("accession", ("ALB",), -0.1)),
    "E18": (Effect("shock", ("ALB",), 0.5, "disasters"),),
    "E20": (_internal("MNE", 2), _crisis("MNE", "SRB", 2)),
    "E22": (_cyber("MKD", 0.25),),
    "E24": (Effect("accession", ("MKD",), -0.15),),
    "E25": (_crisis("MNE", "SRB", 2),),
    "E27": (_internal("MNE", 1), _crisis("MNE", "SRB", 1)),
    "E28": (_internal("BIH", 2),),
    "E30": (_internal("MNE", 2), _crisis("MNE", "SRB", 2)),
    "E31": (_crisis("SRB", "XKX", 2),),
    "E32": (_crisis("SRB", "XKX", 2),),
    "E33": (_internal("BIH", 3), _crisis("BIH", "SRB", 3)),
    "E34": (_crisis("MNE", "SRB", 1),),
    "E35": (_internal("BIH", 1), _crisis("BIH", "SRB", 1)),
    "E36": (Effect("peacekeepers", (), 1.2),),
    "E38": (_internal("MKD", 1), Effect("accession", ("MKD",), 0.1), Effect("accession", ("ALB",), 0.1)),
    "E39": (_cyber("ALB", 0.5),),
    "E40": (_crisis("SRB", "XKX", 2),),
    "E41": (_cyber("MNE", 0.5),),
    "E42": (_cyber("MKD", 0.25),),
    "E45": (_crisis("SRB", "XKX", 2),),
    "E46": (_crisis("SRB", "XKX", 3),),
    "E48": (_crisis("SRB", "XKX", 1),),
    "E49": (_crisis("SRB", "XKX", 3),),
    "E50": (_crisis("SRB", "XKX", 2),),
    "E51": (Effect("mechanism-end", (), 0.0, "open-balkan"),),
    "E52": (_internal("BIH", 2),),
    "E53": (_crisis("SRB", "XKX", 3),),
    "E54": (_crisis("SRB", "XKX", 3),),
    "E57": (Effect("external-war", (), 1.0),),
}

_PART_OF_MECHANISM = "a step of a mechanism that the status quo holds already"
_BEFORE = "before the simulated span; it shaped the reference month"
_AID = "help between states is an outcome of the model (X3), not a forcing; used as a check"
_SETTLEMENT = "a settlement: the model's crises end by themselves and no lasting effect is documented"
_OUTPUT = "an output of policing under European lead, outside the mechanisms of the model"

#: Why a row has no effect.
UNMAPPED: dict[str, str] = {
    "E04": _PART_OF_MECHANISM,
    "E09": _OUTPUT,
    "E10": _PART_OF_MECHANISM,
    "E13": _BEFORE,
    "E16": _PART_OF_MECHANISM,
    "E17": _PART_OF_MECHANISM,
    "E19": _AID,
    "E21": _PART_OF_MECHANISM,
    "E23": _SETTLEMENT,
    "E26": _PART_OF_MECHANISM,
    "E29": _PART_OF_MECHANISM,
    "E37": _PART_OF_MECHANISM,
    "E43": _OUTPUT,
    "E44": "agreements on mobility, outside security cooperation",
    "E47": _SETTLEMENT,
    "E55": _OUTPUT,
    "E56": _SETTLEMENT,
}


def _month(text: str) -> str:
    """The month of a date; a year without a month is read as its June, as the middle of what is known."""
    return text[:7] if len(text) >= 7 else f"{text}-06"


@cache
def historical_events() -> tuple[HistoricalEvent, ...]:
    """All rows of events.csv in their order. Raises KeyError where a row is neither mapped nor explained."""
    text = resources.files("wbsim.tables").joinpath("data", "events.csv").read_text(encoding="utf-8")
    return tuple(
        HistoricalEvent(
            identifier=row["id"],
            start=_month(row["date_start"]),
            end=_month(row["date_end"]) if row["date_end"] else None,
            description=row["description"],
            effects=EFFECTS.get(row["id"], ()),
            reason="" if row["id"] in EFFECTS else UNMAPPED[row["id"]],
        )
        for row in csv.DictReader(text.splitlines())
    )
