"""Questions of surveys: how each is put to the simulated citizens, and which published figure answers it."""

from __future__ import annotations

from wbsim.documents.markdown import code, table
from wbsim.instruments.figure import SPLITS, Figure, fitted
from wbsim.instruments.load import load_catalogue, load_figures, load_rates, load_register
from wbsim.instruments.question import Question
from wbsim.instruments.register import FATES


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
            (
                s.name,
                s.first if s.first == s.last else f"{s.first} to {s.last}",
                s.fieldwork,
                s.sample,
                s.sample_source,
            )
            for s in load_catalogue().surveys
        ),
    )


def questions() -> str:
    """Every question that a figure answers, with its type and what it measures."""
    return table(
        ("Question", "Wording", "Type", "Measures", "Items", "Intercepts", "Why this reading"),
        (
            (
                code(q.id),
                q.wording,
                q.type,
                q.measures,
                ", ".join(q.items),
                q.intercept if q.intercepts else "none",
                q.reason,
            )
            for q in _asked()
        ),
    )


def further_questions() -> str:
    """Questions and templates of the file that no figure of the package answers, for rows that users bring."""
    used = {question.id.partition("~")[0] for question in _asked()}
    return table(
        ("Question", "Wording", "Type", "Measures", "Why this reading"),
        (
            (code(t.question.id), t.question.wording, t.question.type, t.question.measures, t.question.reason)
            for t in load_catalogue().templates
            if not {t.filled(value).id for value in load_catalogue().synonyms.get(t.placeholder or "", ("",))}
            & used
        ),
    )


def published_figures() -> str:
    """Every figure that a question answers."""
    figures = load_figures()
    used = set(fitted(figures))
    return table(
        ("Row", "Question", "Answers", "Population", "Percent", "Split", "Fitted", "Reading"),
        (
            (
                f.row,
                code(f.question),
                ", ".join(f.answers) or "agree",
                f.population,
                f"{f.value:g}",
                f.split,
                _fitted(f, f in used),
                f.reading,
            )
            for f in figures
        ),
    )


def unmodelled_figures() -> str:
    """Every figure that no question answers."""
    return table(
        ("Row", "Population", "Percent", "Statement", "Split", "Collapsed or shown", "Reason"),
        (
            (r.row, r.population, f"{r.value:g}", r.statement, r.split, r.fate, r.reason)
            for r in load_register().rest
        ),
    )


def register_counts() -> str:
    """Number of published rows by what became of them and by split."""
    counts = load_register().counts()
    numbers = {fate: [counts[fate, split] for split in SPLITS] for fate in FATES}
    numbers["all"] = [sum(column) for column in zip(*numbers.values(), strict=True)]
    return table(("Rows", *SPLITS, "All"), ((name, *row, sum(row)) for name, row in numbers.items()))


def event_rates() -> str:
    """Counts of crises with their rates."""
    return table(
        ("Subject", "Severity at least", "Window", "Crises", "Years", "A year", "Read as"),
        (
            (
                r.subject,
                r.minimum_severity,
                r.window,
                r.count,
                f"{r.years:g}",
                f"{r.a_year:.3g}",
                "upper bound" if r.is_upper_bound else "rate",
            )
            for r in load_rates()
        ),
    )


def _asked() -> tuple[Question, ...]:
    """The questions of the figures, in the order in which the file holds them."""
    catalogue = load_catalogue()
    order = list(catalogue.questions)
    found = {figure.question: catalogue.question(figure.question) for figure in load_figures()}
    asked = [question for question in found.values() if question is not None]
    return tuple(sorted(asked, key=lambda question: order.index(question.id.partition("~")[0])))


def _fitted(figure: Figure, fits: bool) -> str:
    if not figure.used:
        return "no: the other reading"
    return "yes" if fits else f"no: {figure.split}"
