"""A design: which keys are set, and to which values at each point."""

from __future__ import annotations

from dataclasses import dataclass

Value = float | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Design:
    """Points of a kind of design, each with a value for every one of `keys`.

    Keys are those that scenarios and `wbsim params` use: a parameter's name, or name and element.
    """

    kind: str
    keys: tuple[str, ...]
    points: tuple[tuple[Value, ...], ...]
