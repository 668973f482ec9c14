"""The catalogue of questions, surveys and rules that calibration/questions.toml holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from wbsim.instruments.match import Match, Rule
from wbsim.instruments.question import Question
from wbsim.instruments.survey import Survey

Synonyms = Mapping[str, Mapping[str, tuple[str, ...]]]

#: Between a question's id and the survey that asked it in a wording of its own.
NEW = "~"
_DATES = re.compile(
    r"\([^)]*\)|\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Template:
    """A question as the file holds it: `placeholder` is the group that its id names in braces, if any.

    `labels` are the names for people of what the placeholder can stand for, by code.
    """

    question: Question
    placeholder: str | None
    labels: Mapping[str, str]
    matches: tuple[Match, ...]

    def filled(self, value: str) -> Question:
        """The question with `value` in the place of the placeholder."""
        if self.placeholder is None:
            return self.question
        mark, q = f"{{{self.placeholder}}}", self.question
        return replace(
            q,
            id=q.id.replace(mark, value),
            wording=q.wording.replace(mark, self.labels.get(value, value)),
            items=tuple(item.replace(mark, value) for item in q.items),
            categories=tuple(name.replace(mark, value) for name in q.categories),
            intercept=q.intercept.replace(mark, value),
        )


@dataclass(frozen=True)
class Catalogue:
    """Questions with the patterns that bind rows to them, surveys, and rules for rows without a question."""

    templates: tuple[Template, ...]
    surveys: tuple[Survey, ...]
    shown: tuple[Rule, ...]
    collapsed: tuple[Rule, ...]
    synonyms: Synonyms
    origin: str

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by id, templates filled with everything that their placeholder can stand for."""
        filled = [
            template.filled(value)
            for template in self.templates
            for value in (self.synonyms[template.placeholder] if template.placeholder else ("",))
        ]
        return {question.id: question for question in filled}

    def question(self, name: str) -> Question | None:
        """The question called `name`: of the file, or one in a survey's own wording ("opinion-SRB~my-survey")."""
        base, mark, survey = name.partition(NEW)
        found = self.questions.get(base)
        if found is None or not mark:
            return found
        own = found.type not in ("level", "expectation") and re.fullmatch(r"[a-z0-9-]{1,60}", survey)
        return replace(found, id=name, intercept=f"{found.intercept}{NEW}{survey}") if own else None

    def with_more(self, other: Catalogue) -> Catalogue:
        """Both together; where both know a survey or a synonym, that of `other` counts."""
        named = {survey.name for survey in other.surveys}
        synonyms = {
            group: {**self.synonyms.get(group, {}), **other.synonyms.get(group, {})}
            for group in {**self.synonyms, **other.synonyms}
        }
        return Catalogue(
            (*other.templates, *self.templates),
            (*other.surveys, *(each for each in self.surveys if each.name not in named)),
            (*other.shown, *self.shown),
            (*other.collapsed, *self.collapsed),
            synonyms,
            f"{self.origin} and {other.origin}",
        )

    def survey(self, name: str, year: str = "") -> Survey | None:
        """The wave that a file calls `name`, in `year` where the name stands for several."""
        return next((survey for survey in self.surveys if survey.is_called(name, year)), None)

    def nearest(self, name: str) -> str | None:
        """The question whose id is most like `name`."""
        found = get_close_matches(name[:100], list(self.questions), n=1, cutoff=0.6)
        return found[0] if found else None


def own_wording(question: Question, survey: str) -> str:
    """Id of `question` in the wording of `survey`, the same for all its waves: years and months are left out."""
    words = re.findall(r"[a-z0-9]+", _DATES.sub(" ", survey).lower())
    return f"{question.id}{NEW}{'-'.join(words)[:60].strip('-') or 'survey'}"
