"""Published rows bound to questions: every row ends in the register, with the question or the reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from wbsim.instruments.catalogue import Catalogue, Template, own_wording
from wbsim.instruments.fieldwork import fieldwork
from wbsim.instruments.figure import FITTED, OTHER, Figure
from wbsim.instruments.match import Match, is_of_a_part, is_without_opinion, spaced, turning_words
from wbsim.instruments.pattern import meaning
from wbsim.instruments.published import EXACT, Published
from wbsim.instruments.question import POPULATIONS, REGION, Question
from wbsim.instruments.register import Fate, Register, Unbound
from wbsim.instruments.survey import Survey
from wbsim.instruments.vocabulary import from_wording, strange_words, words
from wbsim.scenario.issue import names
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.places import STATE_CODES

#: Respondents of a state where a row gives no number: the usual size of a national sample. Assumed.
USUAL_SAMPLE = 1000

_NO_QUESTION = "no question and no [[shown]] rule of questions.toml fits"
_INSTEAD = (
    "reword the statement, or give the figure with its question in the columns of figures.csv, or write a pattern that "
    "names the words"
)
#: Words of a statement that a reason lists at most.
_MOST_WORDS = 6
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Binding:
    """What a row answers: `answers` of `question`, by the pattern `match` of `template`."""

    question: Question
    answers: tuple[str, ...]
    match: Match
    template: Template


def bind(rows: Iterable[Published], catalogue: Catalogue, vetted: Collection[str] = ()) -> Register:
    """Every row bound to a question, collapsed, shown with the reason, or unmatched with the reason.

    A row is bound only if all words of its statement are known. `vetted` statements, as `same_statement` writes them,
    were read by people: their words are not looked at.
    """
    figures: list[Figure] = []
    rest: list[Unbound] = []
    questions: dict[str, Question] = {}
    taken: dict[tuple[object, ...], str] = {}
    outcomes = [(row, _outcome(row, catalogue, vetted)) for row in rows]
    split = _split_items(outcomes, catalogue)
    for row, found in outcomes:
        if row.id in split:
            rest.append(_unbound(row, "unmatched", split[row.id]))
            continue
        if isinstance(found, Unbound):
            rest.append(found)
            continue
        bindings, survey = found
        made = [_figure(row, binding, survey) for binding in bindings]
        first = next((taken[key] for key in map(_key, made) if key in taken), None)
        if first is not None:
            reason = f"answers the same question of the same survey as {first}; give one of them a question of its own"
            rest.append(_unbound(row, "unmatched", reason))
            continue
        taken |= {_key(figure): row.id for figure in made}
        questions |= {binding.question.id: binding.question for binding in bindings}
        figures += made
    others = [figure for figure in figures if not figure.used]
    return Register(
        (*(figure for figure in figures if figure.used), *others), tuple(rest), tuple(questions.values())
    )


def _split_items(
    outcomes: Sequence[tuple[Published, Unbound | tuple[list[Binding], Survey]]], catalogue: Catalogue
) -> dict[str, str]:
    """Ids of rows that are answers to one pick-one item, but fit different questions; each with the reason.

    Statements are of one item if they are the same but for the names in them, in one survey and population.
    """
    every = sorted(_all_names(catalogue), key=len, reverse=True)
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, every))})\b", re.IGNORECASE) if every else None
    items: dict[tuple[str, str, str, str], list[tuple[Published, Question]]] = {}
    for row, found in outcomes:
        if not isinstance(found, Unbound):
            text = same_statement(row.statement)
            frame = text if named is None else named.sub("*", text)
            key = frame, row.population, found[1].name, found[1].first
            items.setdefault(key, []).append((row, found[0][0].question))
    wrong: dict[str, str] = {}
    for members in items.values():
        ids = sorted({question.id for _, question in members})
        if len(ids) > 1 and any(question.listed for _, question in members):
            reason = f"one item, whose answers fit different questions: {names(ids)}; give them a question of their own"
            wrong |= {row.id: reason for row, _ in members}
    return wrong


def _all_names(catalogue: Catalogue) -> list[str]:
    """All names that [synonyms] holds, of states, threats, domains and places."""
    return [name for group in catalogue.synonyms.values() for each in group.values() for name in each]


def same_statement(statement: str) -> str:
    """A statement as it is compared with vetted ones: without capitals and doubled spaces."""
    return spaced(statement).lower()


def candidates(row: Published, catalogue: Catalogue) -> list[Binding]:
    """The best bindings of `row`: one, none, or several of different questions that fit alike."""
    found = [binding for template in catalogue.templates if (binding := _best(row, template, catalogue))]
    best = min((binding.match.priority for binding in found), default=0)
    return [binding for binding in found if binding.match.priority == best]


def _outcome(
    row: Published, catalogue: Catalogue, vetted: Collection[str]
) -> Unbound | tuple[list[Binding], Survey]:
    """What becomes of a row: its bindings, the reading that is used first, with its survey; or why it has none."""
    for rule in catalogue.collapsed:
        if rule.holds(row):
            return _unbound(row, "collapsed", rule.reason)
    bindings = candidates(row, catalogue)
    if not bindings:
        return _without_question(row, catalogue)
    reason = _shown_anyway(row, bindings[0])
    if reason:
        return _unbound(row, "shown", reason)
    survey = survey_of(row, catalogue)
    wrong = _wrong(row, bindings, survey) or _unread(row, bindings[0], catalogue, vetted)
    if wrong or isinstance(survey, str):
        return _unbound(row, "unmatched", wrong)
    others = [_best(row, template, catalogue, other=True) for template in catalogue.templates]
    return [*bindings, *(binding for binding in others if binding is not None)], survey


def _wrong(row: Published, bindings: Sequence[Binding], survey: Survey | str) -> str:
    """Why a row that fits a question has to be looked at; "" where it can be bound."""
    if len(bindings) > 1:
        fitting = names(binding.question.id for binding in bindings)
        return f"fits several questions alike: {fitting}; give one a lower priority"
    if isinstance(survey, str):
        return survey
    if row.split in FITTED and survey.last > HISTORY_END:
        return f'is later than {HISTORY_END} and so never fitted: its split must be "validation" or "context"'
    return ""


def _unread(row: Published, binding: Binding, catalogue: Catalogue, vetted: Collection[str]) -> str:
    """Why the words of a row that fits a question forbid to bind it; "" where they do not."""
    if same_statement(row.statement) in vetted:
        return ""
    strange = _strange(row, binding, catalogue)
    if not strange:
        return ""
    said = ", ".join(f'"{word}"' for word in strange[:_MOST_WORDS])
    return f"fits {binding.question.id}, but {said} may change what it says: {_INSTEAD}"


def _strange(row: Published, binding: Binding, catalogue: Catalogue) -> tuple[str, ...]:
    """Words that no pattern of the question with this answer names, and that are neither the question's nor neutral."""
    text, match = spaced(row.statement), binding.match
    named, left_open = [False] * len(text), [False] * len(text)
    for each in binding.template.matches:
        alike = (each.answers, each.negative, each.other) == (match.answers, match.negative, match.other)
        marks = each.marks(row) if alike else None
        if marks is not None:
            named = [a or b for a, b in zip(named, marks[0], strict=True)]
            left_open = [a or b for a, b in zip(left_open, marks[1], strict=True)]
    known = from_wording(binding.question.wording, () if match.wording == "same" else _all_names(catalogue))
    # A public may be named by its own state.
    known |= words(" ".join(catalogue.synonyms.get("state", {}).get(row.population, ())))
    return strange_words(text, named, left_open, known, negative=match.negative)


def survey_of(row: Published, catalogue: Catalogue) -> Survey | str:
    """The wave that a row comes from: one of the catalogue, or what its own columns say; or what is wrong."""
    known = catalogue.survey(row.survey, row.year)
    if known is not None:
        return known
    span = fieldwork(row.fieldwork, row.year)
    if span.problem:
        return f"{span.problem}; correct the row or add a [[survey]]"
    sample, source = _sample(row.sample_size, row.population)
    said = row.fieldwork or row.year
    return Survey(row.survey, (), "", span.first, span.last, said, sample, source)


def _best(row: Published, template: Template, catalogue: Catalogue, other: bool = False) -> Binding | None:
    """The binding of `row` by the first of the patterns of lowest priority that fit."""
    for match in sorted(template.matches, key=lambda match: match.priority):
        groups = match.groups(row) if match.other == other else None
        if groups is None:
            continue
        binding = _binding(row, template, match, groups, catalogue)
        if binding is not None:
            return binding
    return None


def _binding(
    row: Published, template: Template, match: Match, groups: dict[str, str], catalogue: Catalogue
) -> Binding | None:
    """The binding by one pattern; None where its groups mean nothing that the question knows."""
    meant = {
        group: meaning(word, catalogue.synonyms[group])
        for group, word in groups.items()
        if group in catalogue.synonyms
    }
    value = meant.get(template.placeholder) if template.placeholder else ""
    if value is None:
        return None
    question = template.filled(value)
    answers = tuple(_PLACEHOLDER.sub(lambda m: str(meant.get(m[1])), answer) for answer in match.answers)
    if not set(answers) <= set(question.answers):
        return None
    if match.wording == "new":
        question = catalogue.question(own_wording(question, row.survey)) or question
    return Binding(question, answers, match, template)


def _shown_anyway(row: Published, binding: Binding) -> str:
    """Why a row that fits a question is not bound to it; "" where it is."""
    reasons = (
        (
            row.population not in POPULATIONS,
            f"a part of a population that the model does not hold: {row.population}",
        ),
        (is_of_a_part(row.statement), "speaks of a part of a population, which the model does not hold"),
        (
            is_without_opinion(row.statement),
            "counts those without an opinion, who are no answer of the model's citizens",
        ),
        (row.kind != EXACT, f"no exact value: {row.kind.replace('_', ' ')}"),
        (row.split == "context", f"context, not for fitting{': ' + row.note if row.note else ''}"),
        (not binding.question.can_ask(row.population), "asks a public about its own state"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _without_question(row: Published, catalogue: Catalogue) -> Unbound:
    for rule in catalogue.shown:
        if rule.holds(row):
            return _unbound(row, "shown", rule.reason)
    if row.kind != EXACT:
        return _unbound(row, "shown", f"no exact value: {row.kind.replace('_', ' ')}")
    if row.population not in POPULATIONS:
        return _unbound(
            row, "shown", f"a part of a population that the model does not hold: {row.population}"
        )
    if row.split == "context":
        return _unbound(row, "shown", f"context, not for fitting{': ' + row.note if row.note else ''}")
    return _unbound(row, "unmatched", _turned(row, catalogue) or _NO_QUESTION)


def _turned(row: Published, catalogue: Catalogue) -> str:
    """Which question the row would fit but for the words that turn it round; "" if there is none."""
    said = ", ".join(f'"{word}"' for word in dict.fromkeys(turning_words(row.statement)))
    like = next((t.question.id for t in catalogue.templates if any(m.is_turned(row) for m in t.matches)), "")
    if not like or not said:
        return ""
    return f"is like {like}, but {said} turns what it says: {_INSTEAD}"


def _sample(text: str, population: str) -> tuple[int, str]:
    """Respondents in one state, and where the number comes from."""
    digits = re.search(r"\d[\d,. ]*\d|\d", text)
    if digits is None:
        return USUAL_SAMPLE, "assumed: the usual size of a national sample"
    total = int(re.sub(r"\D", "", digits[0])[:9])
    states = re.search(r"in (\d) (?:economies|countries|states)", text)
    if states is not None:
        parts = max(int(states[1]), 1)
    else:
        parts = len(STATE_CODES) if population == REGION and "per" not in text else 1
    return max(total // parts, 1), f'"{text[:60]}"'


def _figure(row: Published, binding: Binding, survey: Survey) -> Figure:
    other = binding.match.other
    return Figure(
        id=f"{row.id}-other" if other else row.id,
        question=binding.question.id,
        answers=binding.answers,
        population=row.population,
        months=survey.months,
        value=row.value,
        n=survey.sample * (len(STATE_CODES) if row.population == REGION else 1),
        survey=survey.name,
        source=row.source,
        split=row.split,
        reading=f"{OTHER if other else ''}{binding.match.reading}",
    )


def _key(figure: Figure) -> tuple[object, ...]:
    return (*figure.choice, figure.answers)


def _unbound(row: Published, fate: Fate, reason: str) -> Unbound:
    return Unbound(
        row.id, fate, row.population, row.value, row.survey, row.statement, row.source, row.split, reason
    )
