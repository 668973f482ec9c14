"""A published percentage that answers a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wbsim.instruments.question import SHARED_SD, SINGLE_SD, Question

SPLITS = ("paper", "calibration", "validation", "context")
#: Splits whose figures are fitted to; those of the validation year and of unknown dates never are.
FITTED = ("paper", "calibration")
#: How the reading of a figure begins that holds the other meaning of a row that can be read in two ways.
OTHER = "other reading: "


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure: `value` percent of `population` gave one of `answers` to `question`, or agreed.

    `months` (YYYY-MM) that may hold the fieldwork, all equally likely; before the first simulated month the
    reference month stands for them. `n`: respondents. `reading`: how the row is read.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    population: str
    months: tuple[str, ...]
    value: float
    n: int
    survey: str
    source: str
    split: str
    reading: str

    @property
    def used(self) -> bool:
        """False for the other reading of a row that can be read in two ways: shown, never counted."""
        return not self.reading.startswith(OTHER)

    @property
    def row(self) -> str:
        """The published row that it comes from."""
        return self.id if self.used else self.id.removesuffix("-other")

    @property
    def subject(self) -> str:
        """Question and answers, as figures.csv writes them."""
        return f"{self.question}.{'+'.join(self.answers)}" if self.answers else self.question

    @property
    def choice(self) -> tuple[str, str, str, tuple[str, ...]]:
        """What the parts of one multinomial have in common."""
        return (self.question, self.population, self.survey, self.months)


def fitted(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures that a calibration may be fitted to: of paper and calibration, in the reading that is used."""
    return tuple(figure for figure in figures if figure.split in FITTED and figure.used)


def multinomials(figures: Iterable[Figure]) -> tuple[tuple[Figure, ...], ...]:
    """Figures grouped into observations: the parts of one pick-one question, population and wave together.

    Other readings are left out. A group of one is a binomial.
    """
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[Figure]] = {}
    for figure in figures:
        if figure.used:
            groups.setdefault(figure.choice, []).append(figure)
    return tuple(map(tuple, groups.values()))


def spreads(questions: Sequence[Question], figures: Iterable[Figure]) -> dict[str, float]:
    """Standard deviation (logit) of the intercepts of each question, by question id.

    0.7 where its wording is fitted once or not at all, 0.3 where it is fitted in several populations or months.
    Questions with the same intercept count together. Figures that are not fitted do not count.
    """
    name = {question.id: question.intercept for question in questions}
    asked: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    for figure in fitted(figures):
        asked.setdefault(name[figure.question], set()).add((figure.population, figure.months))
    return {
        question.id: SHARED_SD if len(asked.get(question.intercept, ())) > 1 else SINGLE_SD
        for question in questions
    }
