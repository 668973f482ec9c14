"""Published figures as an observation vector with its errors, on the logit scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim.inference import observation
from wbsim.inference.multinomial import logit
from wbsim.inference.observation import ALONE, ObservationError, Spread, observation_error
from wbsim.inference.random_walk import Walk
from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.figure import Figure
from wbsim.instruments.question import REGION, Question
from wbsim.tables.calendar import month_number
from wbsim.tables.places import STATE_CODES

Floats = NDArray[np.float64]

#: Simulated shares are held this far, in percent, from 0 and 100 before their logit is taken.
_EDGE = 0.05
#: Least share of a pick-one question's rest: an answer that nobody published.
LEAST_REST = 0.005
#: How the name of a pick-one question's rest begins.
_REST = "rest of "


@dataclass(frozen=True)
class Expected:
    """Shares (K,) that are expected: `said` by citizens, and `published`, intercepts and house effects included."""

    said: Floats
    published: Floats


@dataclass(frozen=True)
class Targets:
    """K published figures, the questions they answer, and the names of what they have in common.

    `table` numbers them for the observation model: `answers` (A) are its columns, `surveys` (S) its surveys, and
    `publics` (P) its publics. `levelled` (K,) marks figures whose level is a parameter of the model: they have no
    intercept.
    """

    figures: tuple[Figure, ...]
    questions: Mapping[str, Question]
    answers: tuple[str, ...]
    surveys: tuple[str, ...]
    table: observation.Figures
    levelled: NDArray[np.bool_]
    publics: tuple[str, ...] = STATE_CODES

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the figures."""
        return tuple(figure.id for figure in self.figures)

    @property
    def observed(self) -> Floats:
        """Logits (K,) of the published shares."""
        return logit(self.table.share)

    def error(self, spread: Spread, expected: Expected | None = None) -> ObservationError:
        """The error of the figures, evaluated at the published shares unless others are `expected`."""
        said, published = (None, None) if expected is None else (expected.said, expected.published)
        error = observation_error(self.table, spread, published, said)
        return replace(error, intercepts=error.intercepts * ~self.levelled[:, None])

    @property
    def with_intercept(self) -> NDArray[np.bool_]:
        """Answers (A,) whose intercept is among what the figures inform."""
        asked = (self.table.inside | self.table.outside)[~self.levelled]
        return np.asarray(asked.any(axis=0))

    @property
    def intercept_names(self) -> tuple[str, ...]:
        """Names of these answers."""
        return tuple(name for name, used in zip(self.answers, self.with_intercept, strict=True) if used)

    def house_names(self, error: ObservationError) -> tuple[str, ...]:
        """Names of the effects of surveys, and of each survey on an answer."""
        used = self.surveys[: error.houses.shape[1] - len(error.waves)]
        return (*used, *(f"{self.surveys[s]}: {self.answers[a]}" for s, a in error.waves))

    def walk_name(self, walk: Walk) -> str:
        """Name of the drift of an answer, over all publics or in one."""
        answer = self.answers[walk.answer]
        return answer if walk.public is None else own_walk(answer, self.publics[walk.public])

    def open(self, share: Floats) -> Floats:
        """Shares (K,) of which the answers to a pick-one question leave a rest, each half a respondent away from 0."""
        least = 0.5 / self.table.size
        share = np.clip(share, least, 1.0 - least)
        for rows in self.table.groups():
            above = share[rows] - least[rows]
            room = 1.0 - LEAST_REST - least[rows].sum()
            share[rows] = least[rows] + above * min(1.0, room / max(above.sum(), 1e-12))
        return share

    def expected(self, said: Floats, published: Floats) -> Expected:
        """The means of logits (M, K) as shares, open to a rest."""
        return Expected(*(self.open(expit(logits).mean(axis=0)) for logits in (said, published)))

    def take(self, rows: NDArray[np.bool_]) -> Targets:
        """The chosen figures; wordings and surveys keep their numbers."""
        kept = tuple(figure for figure, chosen in zip(self.figures, rows, strict=True) if chosen)
        return replace(self, figures=kept, table=self.table.take(rows), levelled=self.levelled[rows])


def targets(figures: Sequence[Figure], catalogue: Catalogue) -> Targets:
    """The observation vector of `figures`, questions of `catalogue`."""
    questions = {figure.question: _question(catalogue, figure.question) for figure in figures}
    asked = [questions[figure.question] for figure in figures]
    answers = _numbered(
        name for q, figure in zip(asked, figures, strict=True) for name in answers_of(q, figure)
    )
    surveys = _numbered(figure.survey for figure in figures)
    inside, outside = np.zeros((2, len(figures), len(answers)), dtype=bool)
    for row, (q, figure) in enumerate(zip(asked, figures, strict=True)):
        own = {answer_name(q, each) for each in figure.answers} if q.exclusive else {wording(q, figure)}
        for name in answers_of(q, figure):
            (inside if name in own else outside)[row, answers[name]] = True
    choices: dict[object, int] = {}
    question = np.full(len(figures), ALONE, np.int64)
    for row, figure in enumerate(figures):
        if questions[figure.question].exclusive:
            question[row] = choices.setdefault(figure.choice, len(choices))
    for number in choices.values():
        # A pick-one question of which one answer was published is a share like any other.
        rows = np.flatnonzero(question == number)
        if len(rows) == 1:
            question[rows] = ALONE
    size = np.array([float(figure.n) for figure in figures])
    share = np.array([figure.value / 100.0 for figure in figures])
    return Targets(
        figures=tuple(figures),
        questions=questions,
        answers=tuple(answers),
        surveys=tuple(surveys),
        table=observation.Figures(
            share=np.clip(share, 0.5 / size, 1.0 - 0.5 / size),
            size=size,
            survey=np.array([surveys[figure.survey] for figure in figures], np.int64),
            question=question,
            inside=inside,
            outside=outside,
            rest=np.array([name.startswith(_REST) for name in answers], dtype=bool),
            month=np.array([np.mean([month_number(each) for each in figure.months]) for figure in figures]),
            publics=np.array([_publics(figure) for figure in figures]).reshape(-1, len(STATE_CODES)),
            listed=np.array([q.listed for q in asked], dtype=bool),
        ),
        levelled=np.array([not q.intercepts for q in asked], dtype=bool),
    )


def answers_of(question: Question, figure: Figure) -> tuple[str, ...]:
    """Names of the answers that a figure depends on: its own, or all of a pick-one question and its rest."""
    if not question.exclusive:
        return (wording(question, figure),)
    return (*(answer_name(question, each) for each in question.answers), f"{_REST}{question.intercept}")


def answer_name(question: Question, answer: str) -> str:
    """Name of an answer to a pick-one question, which is that of its intercept."""
    return f"{question.intercept}.{answer}"


def own_walk(answer: str, public: str) -> str:
    """Name of the drift of an answer in one public."""
    return f"{answer} in {public}"


def _publics(figure: Figure) -> list[float]:
    """Weights of the states of which a figure is the mean."""
    chosen = STATE_CODES if figure.population == REGION else (figure.population,)
    return [(code in chosen) / len(chosen) for code in STATE_CODES]


def wording(question: Question, figure: Figure) -> str:
    """Name of what a figure is about: the intercept of its question, with the answers that it sums."""
    return f"{question.intercept}.{'+'.join(figure.answers)}" if figure.answers else question.intercept


def simulated_logit(percent: Floats) -> Floats:
    """Logit of simulated percentages, held inside 0 and 100; NaN stays NaN."""
    return logit(np.clip(percent, _EDGE, 100.0 - _EDGE) / 100.0)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _question(catalogue: Catalogue, name: str) -> Question:
    found = catalogue.question(name)
    assert found is not None, name  # Figures are read against their catalogue.
    return found
