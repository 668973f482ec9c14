"""How often crises happened: a count over a number of years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wbsim.tables.parameters.crises import DYAD_GROUPS, GROUP_OF
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

#: Below so many a year, a count of a list made by searching for known crises says only that they are rare.
UPPER_BOUND = 0.05
#: Dyads by group, in the order of the groups.
GROUPS = {
    group: tuple(dyad for dyad in DYAD_NAMES if GROUP_OF.get(dyad, "calm") == group) for group in DYAD_GROUPS
}
SUBJECTS = (*DYAD_GROUPS, *STATE_CODES, *DYAD_NAMES)


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` new crises of `minimum_severity` or more in `years` years of exposure within `window`.

    `subject`: a dyad (crises between its states), a state (crises inside it) or a group of dyads, whose years
    are those of all its dyads together. `window`: first and last year, "2017-2022".
    """

    id: str
    subject: str
    minimum_severity: int
    window: str
    count: int
    years: float
    source: str
    note: str

    @property
    def a_year(self) -> float:
        """Crises a year (and dyad, for a group)."""
        return self.count / self.years

    @property
    def is_upper_bound(self) -> bool:
        """Whether the rate says only that crises are rarer than 0.05 a year."""
        return self.a_year < UPPER_BOUND

    @property
    def dyads(self) -> tuple[str, ...]:
        """The dyads that it counts; none for a state."""
        return GROUPS.get(self.subject, (self.subject,) if self.subject in DYAD_NAMES else ())


def upper_bounds(rates: Iterable[Rate]) -> tuple[Rate, ...]:
    """The rates below 0.05 a year: upper bounds, not points."""
    return tuple(rate for rate in rates if rate.is_upper_bound)
