"""Reading and writing calibration/figures.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from wbsim.errors import InputError, Problem
from wbsim.instruments import cells
from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.csvtext import Row, Table, read_table
from wbsim.instruments.fieldwork import EARLIEST, LATEST
from wbsim.instruments.figure import SPLITS, Figure, multinomials
from wbsim.instruments.question import Question
from wbsim.scenario.issue import names, nearest, show
from wbsim.scenario.resolve import Found
from wbsim.tables.calendar import is_month

COLUMNS = ("id", "question", "population", "month", "value", "n", "survey", "source", "split", "reading")
MOST_RESPONDENTS = 10_000_000
#: By how much each part of one multinomial may be rounded up, in percent.
ROUNDING = 0.5


def read_figures(
    found: Found, catalogue: Catalogue, faulty: list[Problem] | None = None
) -> tuple[Figure, ...]:
    """The figures of the file. Raises InputError with everything that is wrong with it.

    With a list `faulty`, what is wrong with rows is added to it, and the other rows are read all the same.
    """
    table = read_table(found, COLUMNS)
    cells.unique(table)
    read = [(row, figure) for row in table.rows if (figure := _figure(table, row, catalogue)) is not None]
    _check_repeats(table, read)
    _check_sums(table, read, catalogue)
    wrong = table.settle(faulty)
    return tuple(figure for row, figure in read if row.line not in wrong)


def write_figures(figures: Iterable[Figure], catalogue: Catalogue) -> str:
    """The text of figures.csv. Raises InputError for a figure whose months no [[survey]] of `catalogue` holds."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    problems = []
    for f in figures:
        survey = catalogue.survey(f.survey)
        if len(f.months) > 1 and (survey is None or survey.months != f.months):
            problems.append(Problem(f"{f.id}: several months, but no [[survey]] {show(f.survey)} with them"))
        month = f.months[0] if len(f.months) == 1 else ""
        writer.writerow(
            (
                f.id,
                f.subject,
                f.population,
                month,
                f"{f.value:g}",
                f.n,
                f.survey,
                f.source,
                f.split,
                f.reading,
            )
        )
    if problems:
        raise InputError(problems)
    return out.getvalue()


def _figure(table: Table, row: Row, catalogue: Catalogue) -> Figure | None:
    before = len(table.problems)
    subject = _subject(table, row, catalogue)
    population = cells.population(table, row)
    if subject and population and not subject[0].can_ask(population):
        table.wrong(
            row, "population", f"{population} would be asked about its own state", "choose another question"
        )
    value = cells.number(table, row, "value", 0.0, 100.0, " percent")
    n = cells.whole(table, row, "n", 1, MOST_RESPONDENTS)
    survey = cells.given(table, row, "survey", 300)
    split = cells.choice(table, row, "split", SPLITS)
    months = _months(table, row, catalogue)
    if len(table.problems) > before or None in (subject, population, value, n, split):
        return None
    assert subject and population and value is not None and n and split
    return Figure(
        id=row["id"],
        question=subject[0].id,
        answers=subject[1],
        population=population,
        months=months,
        value=value,
        n=n,
        survey=survey,
        source=row["source"],
        split=split,
        reading=row["reading"] or "as the statement says",
    )


def _subject(table: Table, row: Row, catalogue: Catalogue) -> tuple[Question, tuple[str, ...]] | None:
    """The question and the answers in a cell such as "open-balkan.somewhat+fully"."""
    name, dot, rest = row["question"].partition(".")
    question = catalogue.question(name)
    if question is None:
        near = catalogue.nearest(name)
        hint = f'did you mean "{near}"?' if near else "questions.toml has them all"
        table.wrong(row, "question", f"no question is called {show(name)}", hint)
        return None
    answers = tuple(part.strip() for part in rest.split("+")) if dot else ()
    if bool(answers) != bool(question.answers):
        what = (
            f'must say which answer: "{name}.{question.answers[0]}", or some of {names(question.answers)} joined by +'
            if question.answers
            else f'must be "{name}" alone: the figure is the share that agrees'
        )
        table.wrong(row, "question", what)
        return None
    for answer in answers:
        if answer not in question.answers:
            message = f"{name} has no answer {show(answer)}; it has {names(question.answers)}"
            table.wrong(row, "question", message, nearest(answer, question.answers))
            return None
    if len(set(answers)) < len(answers):
        table.wrong(row, "question", f"names an answer twice: {show(row['question'])}")
        return None
    if len(answers) > 1 and not question.exclusive:
        table.wrong(row, "question", "several answers can be given, so they cannot be summed: name one")
        return None
    return question, answers


def _months(table: Table, row: Row, catalogue: Catalogue) -> tuple[str, ...]:
    text = row["month"]
    if not text:
        survey = catalogue.survey(row["survey"])
        if survey is None:
            message = f"must be given: no [[survey]] of questions.toml is called {show(row['survey'])}"
            near = nearest(row["survey"], [survey.name for survey in catalogue.surveys])
            table.wrong(row, "month", message, near or 'write a month such as "2022-03", or add the survey')
            return ()
        return survey.months
    if not is_month(text) or not EARLIEST <= text <= LATEST:
        message = f"must be a month from {EARLIEST} to {LATEST}, or empty for all of the survey's; it is {show(text)}"
        table.wrong(row, "month", message)
        return ()
    return (text,)


def _check_repeats(table: Table, read: list[tuple[Row, Figure]]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for row, figure in read:
        key = (*figure.choice, figure.answers)
        if key in seen:
            message = f"{figure.subject} of {figure.population} in this survey and month stands in line {seen[key]} too"
            table.wrong(row, "question", message, "keep one of the two")
        else:
            seen[key] = row.line


def _check_sums(table: Table, read: list[tuple[Row, Figure]], catalogue: Catalogue) -> None:
    rows = {figure.id: row for row, figure in read}
    for parts in multinomials(figure for _, figure in read):
        question = catalogue.question(parts[0].question)
        if question is None or not question.exclusive:
            continue
        last = rows[parts[-1].id]
        lines = ", ".join(str(rows[part.id].line) for part in parts)
        answers = [answer for part in parts for answer in part.answers]
        if len(set(answers)) < sum(len(part.answers) for part in parts):
            message = f"an answer counts in two of the lines {lines}; each must be in one part only"
            table.wrong(last, "question", message, "keep the finer parts or the sum")
            continue
        total = sum(part.value for part in parts)
        if total > 100.0 + ROUNDING * len(parts):
            message = f"one answer a respondent, but the lines {lines} sum to {total:g} percent"
            table.wrong(last, "value", message, f"at most 100, and {ROUNDING:g} a line for rounding")
