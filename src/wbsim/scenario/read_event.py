"""Dated events: shocks that a scenario imposes in a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wbsim.scenario import limits
from wbsim.scenario.issue import names, show
from wbsim.scenario.reader import Reader
from wbsim.scenario.schema import DatedEvent, RunSettings
from wbsim.tables.places import STATE_CODES
from wbsim.tables.record import MechanismRecord

_WHAT = {
    "parties": "two states in dispute",
    "severity": f"a whole number {limits.SEVERITY}",
    "state": f"one of {names(STATE_CODES)}",
    "domain": "the domain whose threat level changes",
    "size": "how large it is, a number",
    "change": "the change of accession credibility, a number",
    "mechanism": "the mechanism that ends",
}


def read_event(
    reader: Reader, run: RunSettings, mechanisms: Mapping[str, MechanismRecord]
) -> DatedEvent | None:
    """One `[[event]]` table; None, with issues recorded, if anything in it is wrong."""
    before = len(reader.issues)
    if not reader.has("month"):
        reader.missing("month", 'when it happens, such as "2024-06"')
    month = reader.month("month", run.start, run.horizon, None, "the simulated months")
    kind = reader.choice("kind", limits.EVENT_FIELDS, "")
    if kind not in limits.EVENT_FIELDS:
        if not reader.has("kind"):
            reader.missing("kind", f"one of {names(limits.EVENT_FIELDS)}")
        return None
    needed, optional = limits.EVENT_FIELDS[kind]
    reader.finish(("month", "kind", *needed, *optional), f'an event of kind "{kind}"')
    for key in needed:
        if not reader.has(key):
            reader.missing(key, _WHAT[key])
    values = {key: _field(reader, kind, key, mechanisms) for key in (*needed, *optional) if reader.has(key)}
    if len(reader.issues) > before:
        return None
    return DatedEvent.model_validate({"month": month, "kind": kind, **values})


def _field(reader: Reader, kind: str, key: str, mechanisms: Mapping[str, MechanismRecord]) -> object:
    readers: dict[str, Callable[[], object]] = {
        "parties": lambda: _parties(reader),
        "state": lambda: reader.state(key),
        "domain": lambda: reader.domain(key),
        "severity": lambda: reader.whole(key, limits.SEVERITY, 1),
        "months": lambda: reader.whole(key, limits.CRISIS_MONTHS, 1),
        "size": lambda: reader.number(key, limits.SHOCK_SIZE if kind == "shock" else limits.WAR_SIZE, 0.0),
        "change": lambda: reader.number(key, limits.ACCESSION_CHANGE, 0.0),
        "mechanism": lambda: reader.choice(key, mechanisms, ""),
    }
    return readers[key]()


def _parties(reader: Reader) -> tuple[str, ...]:
    value = reader.take("parties")
    if isinstance(value, list) and len(value) == 2 and value[0] == value[1] and value[0] in STATE_CODES:
        reader.wrong(
            "parties",
            f"must be two different states; {show(value[0])} cannot be in dispute with itself",
            'for a crisis within one state use kind = "internal-crisis"',
        )
        return ()
    before = len(reader.issues)
    parties = reader.members("parties", STATE_CODES, "state", 2, ())
    if len(reader.issues) == before and len(parties) > 2:
        reader.wrong(
            "parties", f"must be two states; it names {len(parties)}", "write one event for each pair"
        )
    return parties
