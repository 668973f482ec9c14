"""Every uncertain number of the model, one record each, by the subject that reads it."""

from __future__ import annotations

from wbsim.tables.parameters import citizens, cooperation, crises, forum, governments, mechanisms, threats
from wbsim.tables.places import DOMAIN_NAMES, DYADS, FORMATS, STATE_CODES, THREAT_NAMES
from wbsim.tables.record import Axis, Parameter

#: Names of the elements of each axis, in the order of the arrays.
AXES: dict[Axis, tuple[str, ...]] = {
    "state": STATE_CODES,
    "dyad": tuple(f"{a}-{b}" for a, b in DYADS),
    "directed-pair": tuple(f"{a}>{b}" for a in STATE_CODES for b in STATE_CODES),
    "domain": DOMAIN_NAMES,
    "threat": THREAT_NAMES,
    "state-threat": tuple(f"{a}.{k}" for a in STATE_CODES for k in THREAT_NAMES),
    "dyad-group": crises.DYAD_GROUPS,
    "format": FORMATS,
}

PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for subject in (citizens, governments, cooperation, threats, crises, mechanisms, forum)
    for parameter in subject.PARAMETERS
}


def elements(parameter: Parameter) -> tuple[str, ...]:
    """Keys of a parameter's numbers: its name, or `name.ELEMENT` for each element of its axis."""
    if parameter.axis is None:
        return (parameter.name,)
    return tuple(f"{parameter.name}.{element}" for element in AXES[parameter.axis])


def calibrated_table() -> dict[str, str]:
    """What a fitted posterior depends on, in words: the prior, range and block of every calibrated number, by key."""
    return {
        key: f"{p.block}: {p.prior}{'' if p.centres is None else f', centre {p.centres[n]:g}'}, {p.low:g} to {p.high:g}"
        for p in PARAMETERS.values()
        if p.block is not None
        for n, key in enumerate(elements(p))
    }
