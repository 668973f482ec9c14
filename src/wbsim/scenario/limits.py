"""What the settings of a scenario may be: read by the checks, the records and the published schema."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.scenario.issue import show


@dataclass(frozen=True, slots=True)
class Limits:
    """The range of a number, both ends allowed, with its unit in words ("" where it has none)."""

    low: float
    high: float
    unit: str = ""
    whole: bool = True
    #: How the range is said where its ends are not the numbers to show, such as "above 0".
    text: str = ""

    def __str__(self) -> str:
        if self.text:
            return self.text
        unit = f" {self.unit}" if self.unit else ""
        return f"between {show(self.low)} and {show(self.high)}{unit}"


YEARS = Limits(1, 50, "years")
WORLDS = Limits(1, 10_000_000, "worlds")
SEED = Limits(0, 2**64 - 1)
CITIZENS = Limits(40, 60_000, "citizens of each state")

#: The first of history's months that can be left free, and the last that dated events may be forced in.
EARLIEST_HISTORY_END = "2020-12"
LATEST_HISTORY_END = "2023-12"

SEVERITY = Limits(1, 4)
CRISIS_MONTHS = Limits(1, 60, "months")
SHOCK_SIZE = Limits(-3.0, 3.0, "log points", whole=False)
ACCESSION_CHANGE = Limits(-1.0, 1.0, whole=False)
WAR_SIZE = Limits(0.0, 20.0, whole=False)

#: Paths that a scenario may set, of external powers and of elites' rents, with the range of their values.
PATHS = {
    "russian-pressure": Limits(0.0, 3.0, whole=False),
    "mediation": Limits(0.0, 2.0, whole=False),
    "peacekeepers": Limits(0.0, 2.0, whole=False),
    "accession": Limits(0.0, 1.0, whole=False),
    "rent": Limits(0.0, 3.0, whole=False),
}
#: Paths that each state has one of its own of; the others are one for the region.
PATHS_BY_STATE = ("accession", "rent")

NAME_PATTERN = r"[a-z0-9][a-z0-9-]{0,63}"
MAX_DESCRIPTION = 2000
MAX_EXTENDS = 16

#: Fields of each kind of dated event: those it needs, and those it may have.
EVENT_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "crisis": (("parties", "severity"), ("months",)),
    "internal-crisis": (("state", "severity"), ("months",)),
    "shock": (("state", "domain", "size"), ()),
    "accession": (("state", "change"), ()),
    "external-war": (("size",), ()),
    "mechanism-end": (("mechanism",), ()),
}

#: The smallest number that counts as above 0.
TINY = 1e-9
#: Standard deviations and concentrations of distributions.
WIDTH = Limits(TINY, 1e6, whole=False, text="above 0 and at most 1000000")
#: Probability of exactly zero that any distribution may be given beside its numbers.
ZERO = Limits(0, 1 - TINY, whole=False, text="at least 0 and below 1")
#: Numbers that each family of distributions takes in a scenario: the first and second of its `Prior`.
DISTRIBUTIONS = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "log_sd"),
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
    "beta": ("mean", "concentration"),
}
#: Lists of tables that a scenario inherits and adds to, and may discard with `replace`.
LISTS = ("policy", "event", "assumptions.path")
