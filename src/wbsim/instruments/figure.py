"""A published percentage that answers a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wbsim.instruments.question import REGION
from wbsim.tables.places import STATE_CODES

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
    def states(self) -> int:
        """How many states the figure is the mean of."""
        return len(STATE_CODES) if self.population == REGION else 1

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
