"""Dated events of the data: what each does to the model, or why it does nothing."""

from __future__ import annotations

from wbsim.documents.markdown import table
from wbsim.tables.calendar import HISTORY_END, HISTORY_START
from wbsim.tables.events import Effect, historical_events

_KINDS = {
    "crisis": "crisis between {states}, severity {size:g}",
    "internal-crisis": "internal crisis of {states}, severity {size:g}",
    "shock": "shock to the {target} threat of {states}, {size:+g} log points",
    "accession": "accession credibility of {states}, {size:+g}",
    "external-war": "external war of size {size:g}",
    "peacekeepers": "strength of peacekeepers {size:g} from then on",
    "mechanism-end": "end of {target}",
}


def events() -> str:
    """Mapped rows, with whether a default run forces them."""
    return table(
        ("Row", "From", "To", "What happened", "What it does", "Forced by default"),
        (
            (
                event.identifier,
                event.start,
                event.end or "",
                event.description,
                "; ".join(map(_effect, event.effects)),
                "yes" if HISTORY_START <= event.start <= HISTORY_END else "no",
            )
            for event in historical_events()
            if event.effects
        ),
    )


def unmapped_events() -> str:
    """Rows without effect, with the reason."""
    return table(
        ("Row", "Month", "What happened", "Why it does nothing"),
        (
            (event.identifier, event.start, event.description, event.reason)
            for event in historical_events()
            if not event.effects
        ),
    )


def _effect(effect: Effect) -> str:
    states = " and ".join(effect.states)
    return _KINDS[effect.kind].format(states=states, size=effect.size, target=effect.target)
