"""One value of a design point: what it may be, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wbsim.tables.places import DOMAIN_NAMES

#: Numbers, whole numbers, texts (choices, months, weights as `weights_text` writes them), and sets of names.
Value = float | int | str | tuple[str, ...]

#: Stands for "as the scenario has it": the scenario's own lever, a parameter drawn as its assumptions say. No set of
#: states or domains is empty, so that the empty one is free to mean this; as JSON it is an empty list.
LEAVE: tuple[str, ...] = ()

#: The end of a policy that stays: a scenario file leaves the key out.
NEVER = "never"


def value_text(value: Value) -> str:
    """A value as messages, tables and axes show it; numbers with up to six digits."""
    if value == LEAVE:
        return "as in the scenario"
    if isinstance(value, tuple):
        return "+".join(value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def point_text(keys: Sequence[str], point: Sequence[Value]) -> str:
    """The values of a point, each with its key; those left as the scenario has them are not named."""
    named = [f"{key} = {value_text(value)}" for key, value in zip(keys, point, strict=True) if value != LEAVE]
    return ", ".join(named) or "every value as in the scenario"


def weights_text(weights: Sequence[float]) -> str:
    """Weights (one for each domain, in the order of the domains) as one text: `borders=0.5+cyber=0.5`."""
    named = zip(DOMAIN_NAMES, weights, strict=True)
    return "+".join(f"{domain}={weight!r}" for domain, weight in named if weight)


def weights_of(text: str) -> tuple[float, ...]:
    """The weights that `weights_text` wrote, one for each domain; ValueError for anything else."""
    given: Mapping[str, str] = dict(part.split("=", 1) for part in text.split("+"))
    if set(given) - set(DOMAIN_NAMES):
        raise ValueError(f"no weights of domains: {text}")
    return tuple(float(given.get(domain, 0.0)) for domain in DOMAIN_NAMES)
