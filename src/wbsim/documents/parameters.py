"""Every parameter, grouped by the subject that reads it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from wbsim.documents.markdown import code, table
from wbsim.tables.grades import GRADES
from wbsim.tables.parameters import (
    AXES,
    PARAMETERS,
    citizens,
    cooperation,
    crises,
    forum,
    governments,
    mechanisms,
    threats,
)
from wbsim.tables.record import Kind, Parameter

_SUBJECTS = (
    ("Citizens", citizens.PARAMETERS),
    ("Governments", governments.PARAMETERS),
    ("Cooperation, public goods and aid", cooperation.PARAMETERS),
    ("Threat levels and external powers", threats.PARAMETERS),
    ("Crises", crises.PARAMETERS),
    ("Mechanisms", mechanisms.PARAMETERS),
    ("Forum", forum.PARAMETERS),
)
_KINDS: tuple[Kind, ...] = ("observed", "derived", "calibrated", "assumed")


def parameters() -> str:
    """A table for each subject, with every field of every parameter."""
    return "\n\n".join(f"## {title}\n\n{_table(group)}" for title, group in _SUBJECTS)


def parameter_counts() -> str:
    """How many parameters each subject has, by how their priors are founded."""
    rows = []
    for title, group in _SUBJECTS:
        kinds = Counter(parameter.kind for parameter in group)
        rows.append((title, len(group), *(kinds[kind] for kind in _KINDS)))
    kinds = Counter(parameter.kind for parameter in PARAMETERS.values())
    rows.append(("All", len(PARAMETERS), *(kinds[kind] for kind in _KINDS)))
    unread = ", ".join(code(name) for name in PARAMETERS if name not in read_by_model())
    note = f"\n\nIn the tables but read by no rule yet: {unread}." if unread else ""
    return table(("Subject", "Parameters", *_KINDS), rows) + note


def grades() -> str:
    """The grades of evidence: what each means, and how many parameters have it, policies' own and imposed signs."""
    rows = [
        (grade.label, grade.definition, *_counts([p for p in PARAMETERS.values() if p.grade == name]))
        for name, grade in GRADES.items()
    ]
    rows.append(("all", "", *_counts(list(PARAMETERS.values()))))
    return table(
        ("Evidence", "What the number rests on", "Parameters", "Move policies", "Effects", "Sign imposed"),
        rows,
    )


def _counts(group: list[Parameter]) -> tuple[int, int, int, int]:
    return (
        len(group),
        sum(p.moves_policies for p in group),
        sum(p.neutral is not None for p in group),
        sum(p.sign_imposed for p in group),
    )


def would_change() -> str:
    """What evidence would change the parameters, and how many rest on its absence."""
    named: dict[str, list[str]] = {}
    for parameter in PARAMETERS.values():
        named.setdefault(parameter.would_change, []).append(parameter.name)
    ranked = sorted(named.items(), key=lambda item: (-len(item[1]), item[0]))
    return table(
        ("Evidence", "Parameters that it would change"),
        ((evidence, ", ".join(map(code, names))) for evidence, names in ranked),
    )


@cache
def read_by_model() -> frozenset[str]:
    """Names that occur as texts in the model's source: the parameters that some rule asks for."""
    names: set[str] = set()
    for file in _python_files(resources.files("wbsim").joinpath("model")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return frozenset(names & PARAMETERS.keys())


def _python_files(folder: Traversable) -> Iterable[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _python_files(entry)
        elif entry.name.endswith(".py"):
            yield entry


def _table(group: tuple[Parameter, ...]) -> str:
    return table(
        (
            "Parameter",
            "Meaning",
            "Prior",
            "Range and unit",
            "Kind",
            "Evidence",
            "Sign",
            "Moves policies",
            "Equation",
            "Source",
            "Reason",
            "What would change it",
        ),
        (
            (
                f"{code(p.name)} {p.symbol}",
                p.label,
                _prior(p),
                f"{p.low:g} to {p.high:g} {p.unit}",
                p.kind if p.name in read_by_model() else f"{p.kind}; read by no rule yet",
                GRADES[p.grade].label,
                "" if p.neutral is None else "imposed" if p.sign_imposed else "free",
                "yes" if p.moves_policies else "",
                p.equation,
                p.source,
                p.reason,
                p.would_change,
            )
            for p in group
        ),
    )


def _prior(parameter: Parameter) -> str:
    if parameter.axis is None:
        return str(parameter.prior)
    if parameter.centres is None:
        return f"{parameter.prior}; for each {parameter.axis}"
    placed = "median times" if parameter.prior.family == "lognormal" else "shifted by"
    centres = ", ".join(
        f"{name} {centre:.3g}" for name, centre in zip(AXES[parameter.axis], parameter.centres, strict=True)
    )
    return f"{parameter.prior}; for each {parameter.axis}, {placed}: {centres}"
