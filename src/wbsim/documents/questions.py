"""Questions of surveys: how each is put to the simulated citizens, and which published figure answers it."""

from __future__ import annotations

from wbsim.documents.markdown import code, table
from wbsim.tables.questions import QUESTIONS, SURVEYS, figures, unmodelled


def surveys() -> str:
    """The surveys with the months that may hold their fieldwork."""
    return table(
        (
            "Survey",
            "Possible months",
            "What is known of the fieldwork",
            "Sample in a state",
            "Source of the sample",
        ),
        (
            (s.name, f"{s.first} to {s.last}", s.fieldwork, s.sample, s.sample_source)
            for s in SURVEYS.values()
        ),
    )


def questions() -> str:
    """Every question with its type and what it measures."""
    return table(
        ("Question", "Wording", "Type", "Measures", "Items", "Intercepts", "Why this reading"),
        (
            (
                code(q.id),
                q.wording,
                q.type,
                q.measures,
                ", ".join(q.items),
                f"{q.intercept}, sd {q.sd:g}" if q.intercepts else "none",
                q.reason,
            )
            for q in QUESTIONS.values()
        ),
    )


def published_figures() -> str:
    """Every figure that a question answers."""
    return table(
        ("Row", "Question", "Answers", "Population", "Percent", "Used", "Reading"),
        (
            (
                f.row,
                code(f.question),
                ", ".join(f.categories),
                f.population,
                f"{f.value:g}",
                _yes(f.used),
                f.reading,
            )
            for f in figures()
        ),
    )


def unmodelled_figures() -> str:
    """Every figure that no question answers."""
    return table(
        ("Row", "Population", "Percent", "Statement", "Collapsed or shown", "Reason"),
        ((r.row, r.population, f"{r.value:g}", r.statement, r.kind, r.reason) for r in unmodelled()),
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no: the other reading"
