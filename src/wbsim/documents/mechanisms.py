"""Mechanisms with their levers, structural variants and structural alternatives."""

from __future__ import annotations

from wbsim.documents.markdown import code, table
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.places import DOMAIN_NAMES
from wbsim.tables.record import Channel, Lever, MechanismRecord
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS


def mechanisms() -> str:
    """A section for each kind of mechanism."""
    return "\n\n".join(map(_mechanism, MECHANISMS.values()))


def variants() -> str:
    """A row for each choice of each variant; the default comes first."""
    return table(
        ("Variant", "Choice", "Meaning", "Equation", "Source"),
        (
            (
                code(variant.name) if number == 0 else "",
                f"{code(choice)}{' (default)' if number == 0 else ''}",
                variant.descriptions[number],
                variant.equation if number == 0 else "",
                variant.source if number == 0 else "",
            )
            for variant in VARIANTS.values()
            for number, choice in enumerate(variant.choices)
        ),
    )


def structures() -> str:
    """A row for each choice of each structural alternative, with its weight."""
    return table(
        ("Alternative", "Choice", "Weight", "Meaning", "Equation", "Why these weights", "Source"),
        (
            (
                f"{code(each.name)} {each.label}" if number == 0 else "",
                code(choice),
                f"{each.weights[number]:g}",
                each.descriptions[number],
                each.equation if number == 0 else "",
                each.reason if number == 0 else "",
                each.source if number == 0 else "",
            )
            for each in STRUCTURES.values()
            for number, choice in enumerate(each.choices)
        ),
    )


def _mechanism(record: MechanismRecord) -> str:
    standing = "Part of the status quo." if record.in_status_quo else "Started by a policy."
    replaced = f" Takes the place of `{record.replaces}`." if record.replaces else ""
    levers = table(
        ("Lever", "Meaning", "Unit", "Default", "Allowed", "Why this default"),
        ((code(x.name), x.label, x.unit, _default(x), _allowed(x), x.reason) for x in record.levers),
    )
    return (
        f"## {record.label} (`{record.name}`)\n\n{record.description} {standing}{replaced}\n\n"
        f"Source: {record.source}.\n\n{levers}{_channels(record)}"
    )


def _channels(record: MechanismRecord) -> str:
    if not record.channels:
        return ""
    rows = ((code(each.name), each.label, each.off, _needs(each)) for each in record.channels)
    drawn = table(("Channel", "What it is", "What is left out when it is off", "Needs"), rows)
    return f"\n\nChannels, each of which `without` switches off:\n\n{drawn}"


def _needs(channel: Channel) -> str:
    return f"a policy that starts {code(channel.needs)}" if channel.needs else ""


def _default(lever: Lever) -> str:
    value = lever.default
    if lever.kind == "weights" and isinstance(value, tuple):
        return ", ".join(f"{name} {part}" for name, part in zip(DOMAIN_NAMES, value, strict=True))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _allowed(lever: Lever) -> str:
    if lever.choices:
        return ", ".join(map(code, lever.choices))
    if lever.kind == "states":
        return "codes of states"
    if lever.kind == "weights":
        return "shares that sum to 1"
    return f"{lever.low:g} to {lever.high:g}" if lever.low is not None and lever.high is not None else "any"
