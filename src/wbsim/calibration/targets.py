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
from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.figure import Figure
from wbsim.instruments.question import Question

Floats = NDArray[np.float64]

#: Simulated shares are held this far, in percent, from 0 and 100 before their logit is taken.
_EDGE = 0.05
#: Least share of a pick-one question's rest: an answer that nobody published.
LEAST_REST = 0.005


@dataclass(frozen=True)
class Expected:
    """Shares (K,) that are expected: `said` by citizens, and `published`, intercepts and house effects included."""

    said: Floats
    published: Floats


@dataclass(frozen=True)
class Targets:
    """K published figures, the questions they answer, and the names of their wordings and surveys.

    `table` numbers them for the observation model; a wording is one intercept: of a question, or of one of its
    answers. `levelled` (K,) marks figures whose level is a parameter of the model: they have no intercept.
    """

    figures: tuple[Figure, ...]
    questions: Mapping[str, Question]
    wordings: tuple[str, ...]
    surveys: tuple[str, ...]
    table: observation.Figures
    levelled: NDArray[np.bool_]

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
    def intercept_names(self) -> tuple[str, ...]:
        """Names of the intercepts' coordinates: of each wording, then of the unpublished rest of pick-one questions."""
        asked = self.wordings[: int(self.table.wording.max(initial=-1)) + 1]
        rests = dict.fromkeys(
            tuple(sorted(self.table.wording[rows].tolist())) for rows in self.table.groups()
        )
        return (*asked, *(f"rest of {', '.join(self.wordings[n] for n in rest)}" for rest in rests))

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


def targets(
    figures: Sequence[Figure],
    catalogue: Catalogue,
    wordings: Iterable[str] = (),
    surveys: Iterable[str] = (),
) -> Targets:
    """The observation vector of `figures`; names in `wordings` and `surveys` come first, with their numbers."""
    questions = {figure.question: _question(catalogue, figure.question) for figure in figures}
    named = [wording(questions[figure.question], figure) for figure in figures]
    known_wordings = _numbered((*wordings, *named))
    known_surveys = _numbered((*surveys, *(figure.survey for figure in figures)))
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
        wordings=tuple(known_wordings),
        surveys=tuple(known_surveys),
        table=observation.Figures(
            np.clip(share, 0.5 / size, 1.0 - 0.5 / size),
            size,
            np.array([known_surveys[figure.survey] for figure in figures]),
            np.array([known_wordings[name] for name in named]),
            question,
            np.array([figure.states for figure in figures], np.int64),
        ),
        levelled=np.array([not questions[figure.question].intercepts for figure in figures]),
    )


def wording(question: Question, figure: Figure) -> str:
    """Name of the intercept of a figure: that of its question, with the answers that it sums."""
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
