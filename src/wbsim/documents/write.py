"""Which document holds which generated sections, and the writing of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from wbsim.documents.calibration import calibration
from wbsim.documents.data import data_files
from wbsim.documents.entities import entities
from wbsim.documents.events import events, unmapped_events
from wbsim.documents.learnt import learnt
from wbsim.documents.markers import fill
from wbsim.documents.mechanisms import mechanisms, structures, variants
from wbsim.documents.outcomes import outcomes, state_and_dyad_outcomes
from wbsim.documents.parameters import grades, parameter_counts, parameters, would_change
from wbsim.documents.places import places, streams
from wbsim.documents.questions import (
    event_rates,
    further_questions,
    published_figures,
    questions,
    register_counts,
    surveys,
    unmodelled_figures,
)
from wbsim.documents.schedule import schedule
from wbsim.documents.variance import group_correlations
from wbsim.errors import InputError, Problem

#: Sections by document; each is a function without arguments that returns Markdown.
DOCUMENTS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "docs/model.md": {
        "places": places,
        "entities": entities,
        "schedule": schedule,
        "streams": streams,
        "parameter-counts": parameter_counts,
        "variants": variants,
        "structures": structures,
        "data-files": data_files,
    },
    "docs/parameters.md": {"grades": grades, "parameters": parameters},
    "docs/outcomes.md": {"outcomes": outcomes, "states-and-dyads": state_and_dyad_outcomes},
    "docs/mechanisms.md": {"mechanisms": mechanisms},
    "docs/events.md": {"events": events, "unmapped-events": unmapped_events, "event-rates": event_rates},
    "docs/questions.md": {
        "register-counts": register_counts,
        "surveys": surveys,
        "questions": questions,
        "further-questions": further_questions,
        "figures": published_figures,
        "unmodelled-figures": unmodelled_figures,
    },
    "docs/calibration.md": {"calibration": calibration},
    "docs/limits.md": {"would-change": would_change},
    "docs/variance.md": {"group-correlations": group_correlations},
    "README.md": {"learnt": learnt},
}


def out_of_date(root: Path) -> list[str]:
    """Documents of the checkout `root` that differ from what the code says now."""
    return [name for name, old, new in _documents(root) if old != new]


def write(root: Path) -> list[str]:
    """Bring the documents of the checkout `root` up to date; returns those that changed."""
    changed = [(name, new) for name, old, new in _documents(root) if old != new]
    for name, new in changed:
        (root / name).write_text(new, encoding="utf-8", newline="\n")
    return [name for name, _ in changed]


def _documents(root: Path) -> list[tuple[str, str, str]]:
    """Name, present and new text of every document. Raises InputError with the problems of all."""
    problems: list[Problem] = []
    out: list[tuple[str, str, str]] = []
    for name, sections in DOCUMENTS.items():
        try:
            old = (root / name).read_text(encoding="utf-8")
        except OSError as error:
            reason = error.strerror or "cannot be read"
            problems.append(Problem(reason, name, suggestion="run this in a checkout of the project"))
            continue
        try:
            out.append((name, old, fill(old, {key: make() for key, make in sections.items()}, name)))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return out
