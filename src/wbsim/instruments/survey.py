"""A survey: what it is called, when it may have been in the field, and how many it asked."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.tables.calendar import month_number, month_text


@dataclass(frozen=True, slots=True)
class Survey:
    """A wave of a survey: its possible months of fieldwork, `first` to `last`, and its sample in one state.

    `also`: other names that files give it; `year`: where a name stands for several waves, the year of this one.
    `fieldwork` and `sample_source` say where the months and the sample come from.
    """

    name: str
    also: tuple[str, ...]
    year: str
    first: str
    last: str
    fieldwork: str
    sample: int
    sample_source: str

    @property
    def months(self) -> tuple[str, ...]:
        """The possible months of fieldwork (YYYY-MM), all equally likely."""
        return span(self.first, self.last)

    def is_called(self, name: str, year: str = "") -> bool:
        """Whether `name` is this wave: its own name, or another one in rows of its year."""
        if name == self.name and not year:
            return True
        return name in (self.name, *self.also) and self.year in ("", year[:4])


def span(first: str, last: str) -> tuple[str, ...]:
    """The months from `first` to `last` (YYYY-MM), both included."""
    return tuple(month_text(n) for n in range(month_number(first), month_number(last) + 1))
