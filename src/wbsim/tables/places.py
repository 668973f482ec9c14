"""The six states, their pairs, the security domains and the threats that citizens judge."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class State:
    """A state: its code in data and scenario files, and its name for people."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Threat:
    """One threat item that citizens judge; `domain` is the security domain whose level it follows, if any."""

    name: str
    label: str
    domain: str | None


STATES = (
    State("ALB", "Albania"),
    State("BIH", "Bosnia and Herzegovina"),
    State("XKX", "Kosovo"),
    State("MKD", "North Macedonia"),
    State("MNE", "Montenegro"),
    State("SRB", "Serbia"),
)
STATE_CODES = tuple(state.code for state in STATES)
STATE_INDEX = {code: number for number, code in enumerate(STATE_CODES)}

#: The 15 unordered pairs, in the order of every array with an axis of dyads.
DYADS = tuple(combinations(STATE_CODES, 2))
DYAD_NAMES = tuple(f"{a}-{b}" for a, b in DYADS)

#: Security domains, with the labels that people read.
DOMAINS = {
    "organised-crime": "organised crime",
    "terrorism": "terrorism",
    "borders": "borders and migration",
    "cyber": "cyber and hybrid threats",
    "disasters": "disasters and climate",
}
DOMAIN_NAMES = tuple(DOMAINS)
#: Domains that the pillars of IISG cover.
IISG_DOMAINS = ("organised-crime", "terrorism", "borders")

#: Who convenes and chairs a format of meetings: a member of the region, or a power outside it.
FORMATS = ("region", "outside")

THREATS = (
    Threat("war", "war or political instability", None),
    Threat("organised-crime", "organised crime", "organised-crime"),
    Threat("corruption", "corruption", "organised-crime"),
    Threat("terrorism", "terrorism", "terrorism"),
    Threat("migration", "migration", "borders"),
    Threat("disasters", "natural disasters and climate change", "disasters"),
    Threat("cyber", "cyber attacks and disinformation", "cyber"),
    Threat("pandemic", "pandemics", None),
    Threat("poverty", "poverty and economic crisis", None),
    Threat("russia", "Russia as a threat", None),
)
THREAT_NAMES = tuple(threat.name for threat in THREATS)
#: For each domain, the threat item whose salience belongs to it.
DOMAIN_THREAT = {
    "organised-crime": "organised-crime",
    "terrorism": "terrorism",
    "borders": "migration",
    "cyber": "cyber",
    "disasters": "disasters",
}
