"""The records: an institution in the terms of the levers, and what was observed of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wbsim.analogues.indicators import INDICATORS, Indicator
from wbsim.scenario.schema import Assumptions, DatedEvent, Policy
from wbsim.tables.calendar import month_number, month_text

Use = Literal["fit", "validation"]
USES: tuple[Use, ...] = ("fit", "validation")
#: How high the bar is for a commitment to count as kept: in full, or in part for half.
Bar = Literal["strict", "lenient"]
BARS: tuple[Bar, ...] = ("strict", "lenient")

#: How far an institution is from what is simulated, as the standard deviation of its discrepancy, on the logit scale
#: of shares and the log scale of times and rates. Assumed, in the order of how like it is; `wbsim.analogues.fit`
#: compares multiples of all three by their marginal likelihood.
DISCREPANCIES = {
    "near": 0.4,  # the same states and the same kind of act
    "middle": 0.8,  # the same states, another kind of act or another level of officials
    "far": 1.2,  # another kind of body, or a record that was selected
}


@dataclass(frozen=True, slots=True)
class Count:
    """`successes` of `trials`."""

    successes: int
    trials: int


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction with its standard error."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Months from `low` to `high`, both ends possible; `high` None where it had not happened after `low` months."""

    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class Events:
    """`count` events in `years`, which add up over the dyads named."""

    count: int
    years: float


@dataclass(frozen=True, slots=True)
class Order:
    """Groups of states, the first ahead of the second and so on; the order within a group is not known."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs of states (first, second) whose order was observed."""
        return tuple(
            (one, other)
            for place, group in enumerate(self.groups)
            for one in group
            for later in self.groups[place + 1 :]
            for other in later
        )


Value = Count | Share | Interval | Events | Order


@dataclass(frozen=True, slots=True)
class Observation:
    """Something seen of an institution.

    `who` are codes of states or names of dyads, () for all members (of crises: all dyads). `since` and `until` are the
    first and last month that it is about. `bar` belongs to shares kept, `severity` to crises. An observation with the
    split `validation` is predicted and never fitted.
    """

    id: str
    indicator: str
    who: tuple[str, ...]
    since: str
    until: str
    value: Value
    source: str
    status: str
    split: Use = "fit"
    bar: Bar | None = None
    severity: int = 1
    note: str = ""

    @property
    def record(self) -> Indicator:
        """The record of its indicator."""
        return INDICATORS[self.indicator]

    @property
    def measure(self) -> str:
        """The indicator with its bar or severity: only observations of one measure may be pooled."""
        extra = f"-{self.bar}" if self.bar else f"-{self.severity}" if self.indicator == "crises" else ""
        return self.indicator + extra


@dataclass(frozen=True, slots=True)
class Analogue:
    """An institution, coded.

    It begins in month `start` and is followed for `months`. `policies` start with it; `assumptions` and `events` are
    what was different from the reference state while it ran, events by month of its own calendar. `judgement` says
    what the coder decided and why, `discrepancy` how far it is from what is simulated (`DISCREPANCIES`). An analogue
    with the use `validation` is predicted and never fitted, whatever the split of its observations.
    """

    name: str
    label: str
    description: str
    judgement: str
    sources: tuple[str, ...]
    start: str
    months: int
    discrepancy: str
    use: Use
    policies: tuple[Policy, ...]
    assumptions: Assumptions
    events: tuple[DatedEvent, ...]
    observations: tuple[Observation, ...]
    origin: str = ""

    @property
    def last(self) -> str:
        """The last month that it is followed in."""
        return month_text(month_number(self.start) + self.months - 1)

    @property
    def members(self) -> tuple[str, ...]:
        """Members of its mechanisms, in the order in which they are first named."""
        named = [code for policy in self.policies for code in _members(policy)]
        return tuple(dict.fromkeys(named))

    @property
    def fitted(self) -> tuple[Observation, ...]:
        """Observations that may be fitted."""
        return tuple(each for each in self.observations if self.use == "fit" and each.split == "fit")

    def window(self, observation: Observation) -> range:
        """Months of an observation, counted from the institution's first as 0."""
        start = month_number(self.start)
        return range(month_number(observation.since) - start, month_number(observation.until) - start + 1)


def _members(policy: Policy) -> tuple[str, ...]:
    named = policy.levers.get("members", ())
    return tuple(map(str, named)) if isinstance(named, tuple) else ()
