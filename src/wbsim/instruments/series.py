"""A long series: one question put to one public in several waves, whether or not anything in the model answers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from wbsim.instruments.figure import Figure, fitted
from wbsim.instruments.question import Question
from wbsim.tables.calendar import month_number

Bound = Literal["", "at least", "at most"]
BOUNDS: tuple[Bound, ...] = ("", "at least", "at most")


@dataclass(frozen=True, slots=True)
class Wave:
    """A published percentage of a `series`, which is one question and answer, from one `population` and wave.

    `month`: when, counted from year 0; a year stands for its middle. `value` in percent is exact within `error`
    points, or a `bound`. `n`: respondents. `picked`: whether the answer was picked from a list.
    """

    id: str
    series: str
    population: str
    month: float
    value: float
    bound: Bound
    error: float
    n: int
    picked: bool
    survey: str
    source: str
    same_as: str = ""


def repeated(waves: Iterable[Wave]) -> tuple[Wave, ...]:
    """The waves of series that the same population was asked at least twice, in order of series and time."""
    listed = sorted(waves, key=lambda wave: (wave.series, wave.population, wave.month))
    asked: dict[tuple[str, str], set[float]] = {}
    for wave in listed:
        asked.setdefault((wave.series, wave.population), set()).add(wave.month)
    return tuple(wave for wave in listed if len(asked[wave.series, wave.population]) > 1)


def of_figures(figures: Iterable[Figure], questions: dict[str, Question]) -> tuple[Wave, ...]:
    """Fitted figures as waves; those of several possible months at their middle."""
    return tuple(
        Wave(
            id=figure.id,
            series=figure.subject,
            population=figure.population,
            month=sum(map(month_number, figure.months)) / len(figure.months),
            value=figure.value,
            bound="",
            error=0.5 if figure.value == round(figure.value) else 0.05,
            n=figure.n,
            picked=questions[figure.question].listed,
            survey=figure.survey,
            source=figure.source,
        )
        for figure in fitted(figures)
    )


def together(series: Iterable[Wave], figures: Iterable[Wave]) -> tuple[Wave, ...]:
    """Both, each published number once: a wave that a fitted figure holds too is left to that figure."""
    known = tuple(figures)
    held = {wave.id for wave in known}
    return (*known, *(wave for wave in series if wave.same_as not in held))
