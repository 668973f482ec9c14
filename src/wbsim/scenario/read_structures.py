"""Weights of the choices of structural alternatives, as `[assumptions.structures]` gives them."""

from __future__ import annotations

from math import fsum, isclose

from wbsim.scenario.issue import Issue, KeyPath, names, nearest, show
from wbsim.scenario.limits import Limits
from wbsim.scenario.reader import MAX_SUGGESTIONS, Reader
from wbsim.tables.record import Structure
from wbsim.tables.structures import STRUCTURES

WEIGHT = Limits(0.0, 1e6, whole=False)


def read_structures(reader: Reader | None) -> dict[str, tuple[float, ...]]:
    """Weights with sum 1 of the choices of every structural alternative; those of the table where none are given."""
    weights = {name: structure.weights for name, structure in STRUCTURES.items()}
    if reader is None:
        return weights
    reader.finish(tuple(STRUCTURES), "[assumptions.structures]")
    for name, structure in STRUCTURES.items():
        value = reader.take(name)
        found = None if value is None else read_weights(structure, value, (*reader.path, name), reader.issues)
        weights[name] = found or structure.weights
    return weights


def read_weights(
    structure: Structure, value: object, path: KeyPath, issues: list[Issue]
) -> tuple[float, ...] | None:
    """A choice, or a table of weights by choice, as weights with sum 1; None, with issues, if anything is wrong."""
    choices = structure.choices
    if isinstance(value, str) and value in choices:
        return structure.only(value)
    if not isinstance(value, dict):
        near = nearest(value, choices) if len(issues) < MAX_SUGGESTIONS else None
        example = f"weights such as {{ {choices[0]} = 0.2, {choices[1]} = 0.8 }}"
        issues.append(
            Issue(
                path,
                f"must be one of {names(choices)}, or a table of their weights; it is {show(value)}",
                near or f"write one of them in quotes, or {example}",
            )
        )
        return None
    before = len(issues)
    reader = Reader(value, path, issues)
    reader.finish(choices, f"the weights of {structure.name}")
    weights = tuple(reader.number(choice, WEIGHT, 0.0) for choice in choices)
    if len(issues) > before:
        return None
    total = fsum(weights)
    if total <= 0.0:
        issues.append(
            Issue(path, "must give a weight above 0 to at least one choice", f"choices: {names(choices)}")
        )
        return None
    # Weights that a record holds have sum 1 but for rounding, and are read back as they are.
    return weights if isclose(total, 1.0, abs_tol=1e-12) else tuple(weight / total for weight in weights)
