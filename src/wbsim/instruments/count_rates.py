"""Event rates counted from the dated events of the data, by the mapping that the model itself uses."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from wbsim.instruments.rate import GROUPS, Rate
from wbsim.instruments.read_rates import COLUMNS, LAST_YEAR
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.events import Effect, historical_events
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

FIRST_YEAR = 2017
SEVERITIES = (1, 2, 3)
_SOURCE = "events.csv, rows mapped to crises in docs/events.md"
_NOTE = (
    "severity is a coder's judgement; a list made by searching for known crises, so a lower bound of what happened, "
    "with Serbia-Kosovo and recent years over-represented"
)


def count_rates() -> tuple[Rate, ...]:
    """Counts of new crises from 2017 to 2022 by group of dyads and by state, at severity 1, 2 and 3 or more.

    Events of 2023 test predictions and are left out. A month of an event without one is read as June. Groups
    are counted rather than dyads because they are what the model's rates stand for.
    """
    effects = list(_effects())
    years = LAST_YEAR - FIRST_YEAR + 1
    window = f"{FIRST_YEAR}-{LAST_YEAR}"
    rates = []
    for severity in SEVERITIES:
        for group, dyads in GROUPS.items():
            count = sum(crisis_dyad(effect) in dyads for effect in effects if effect.size >= severity)
            name = f"{group}-{severity}"
            note = f"{len(dyads)} dyads; {_NOTE}" if len(dyads) > 1 else _NOTE
            rates.append(Rate(name, group, severity, window, count, float(years * len(dyads)), _SOURCE, note))
        for state in STATE_CODES:
            count = sum(crisis_state(effect) == state for effect in effects if effect.size >= severity)
            rates.append(
                Rate(f"{state}-{severity}", state, severity, window, count, float(years), _SOURCE, _NOTE)
            )
    return tuple(rates)


def crisis_dyad(effect: Effect) -> str | None:
    """The dyad whose crisis an effect is; None for other effects."""
    if effect.kind != "crisis":
        return None
    a, b = sorted(effect.states, key=STATE_CODES.index)
    name = f"{a}-{b}"
    assert name in DYAD_NAMES
    return name


def crisis_state(effect: Effect) -> str | None:
    """The state whose internal crisis an effect is; None for other effects."""
    return effect.states[0] if effect.kind == "internal-crisis" else None


def write_rates(rates: Iterable[Rate]) -> str:
    """The text of rates.csv."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for r in rates:
        years = f"{r.years:g}"
        writer.writerow((r.id, r.subject, r.minimum_severity, r.window, r.count, years, r.source, r.note))
    return out.getvalue()


def _effects() -> Iterator[Effect]:
    for event in historical_events():
        if f"{FIRST_YEAR}-01" <= event.start <= HISTORY_END:
            yield from event.effects
