"""A survey programme that goes along with a run: each world is asked every figure in its own month of fieldwork."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.instruments.figure import Figure
from wbsim.instruments.question import Question
from wbsim.model.citizens import Worlds
from wbsim.model.questionnaire import answers
from wbsim.model.region import Region
from wbsim.tables.calendar import HISTORY_START, month_number

Floats = NDArray[np.float64]

#: Stands for all months before the first simulated one: the reference month.
REFERENCE = 0


class Interviews:
    """The simulated values of `figures`, filled in while a region goes from month to month.

    Call `hold` before the first step and after each one. `values` (R, figures) in percent, NaN until asked.
    """

    def __init__(
        self,
        figures: Sequence[Figure],
        questions: Mapping[str, Question],
        chance: Chance,
        intercepts: Mapping[str, Floats] | None = None,
    ) -> None:
        self.figures, self.questions, self.intercepts = tuple(figures), questions, intercepts
        self.values: Floats = np.full((chance.count, len(self.figures)), np.nan)
        self._plan: dict[int, list[tuple[Worlds, list[int]]]] = {}
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for number, figure in enumerate(self.figures):
            groups.setdefault((figure.survey, figure.months), []).append(number)
        for (survey, months), numbers in groups.items():
            steps = np.array([step_of(month) for month in months])[fieldwork_month(survey, months, chance)]
            for step in np.unique(steps):
                self._plan.setdefault(int(step), []).append((np.flatnonzero(steps == step), numbers))

    @property
    def last(self) -> int:
        """Steps after which everything has been asked."""
        return max(self._plan, default=REFERENCE)

    def hold(self, region: Region) -> None:
        """Ask what falls into the month that `region` simulated last, or into the reference month at its start."""
        together: dict[bytes, tuple[Worlds, list[int]]] = {}
        for worlds, numbers in self._plan.get(region.month, ()):
            together.setdefault(worlds.tobytes(), (worlds, []))[1].extend(numbers)
        for worlds, numbers in together.values():
            everyone = len(worlds) == region.worlds
            asked = [self.figures[number] for number in numbers]
            found = answers(region, asked, self.questions, self.intercepts, None if everyone else worlds)
            for number, figure in zip(numbers, asked, strict=True):
                self.values[worlds, number] = found[figure.id]


def fieldwork_month(survey: str, months: Sequence[str], chance: Chance) -> NDArray[np.int64]:
    """Each world's month of a survey's fieldwork, (R,), as a position among the equally likely `months`.

    It depends on seed, world and survey alone, so that all figures of a survey share it.
    """
    u = chance.uniform(Stream.SURVEY, NO_MONTH, np.array([crc32(survey.encode())]))[:, 0, 0]
    return np.minimum((u * len(months)).astype(np.int64), len(months) - 1)


def step_of(month: str) -> int:
    """Steps after which `month` (YYYY-MM) is the one simulated last; 0, the reference, for all months before."""
    return max(month_number(month) - month_number(HISTORY_START) + 1, REFERENCE)
