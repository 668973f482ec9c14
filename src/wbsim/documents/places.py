"""Tables of the states, domains and threats, and of the streams of chance."""

from __future__ import annotations

from wbsim.chance.counter import Stream
from wbsim.documents.markdown import code, table
from wbsim.tables.places import DOMAIN_THREAT, DOMAINS, IISG_DOMAINS, STATES, THREATS


def places() -> str:
    """States, domains and threats."""
    states = ", ".join(f"{state.name} ({code(state.code)})" for state in STATES)
    domains = table(
        ("Domain", "Meaning", "Threat item whose salience belongs to it", "Covered by IISG"),
        (
            (code(name), label, code(DOMAIN_THREAT[name]), "yes" if name in IISG_DOMAINS else "no")
            for name, label in DOMAINS.items()
        ),
    )
    threats = table(
        ("Threat item", "Meaning", "Domain whose level it follows"),
        ((code(t.name), t.label, code(t.domain) if t.domain else "none") for t in THREATS),
    )
    return f"States, in the order of every axis of states: {states}.\n\n{domains}\n\n{threats}"


def streams() -> str:
    """Every stream of chance with its number."""
    used = (f"{stream.name.lower().replace('_', ' ')} {stream.value}" for stream in Stream)
    return f"Streams: {', '.join(used)}."
