"""The records of a scenario: what a user wrote, checked and resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from wbsim.scenario import limits
from wbsim.scenario.posterior import PosteriorFile
from wbsim.tables.calendar import HISTORY_END, month_number, month_text
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES
from wbsim.tables.record import Prior
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

Source = Literal["prior", "posterior"]
EventKind = Literal["crisis", "internal-crisis", "shock", "accession", "external-war", "mechanism-end"]
PathName = Literal["russian-pressure", "mediation", "peacekeepers", "accession", "rent"]
#: States and domains are tuples of names, weights a tuple of numbers in the order of the domains.
LeverValue = float | int | str | tuple[str, ...] | tuple[float, ...]
Plain = dict[str, object]


def _month(text: str) -> str:
    month_number(text)
    return text


Month = Annotated[str, AfterValidator(_month)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RunSettings(_Record):
    """How a scenario is simulated: `years` are projected after the history, `citizens` live in each state.

    `seed` decides the draws of parameters and all chance; with a `chance_seed` that one decides the chance, so that
    the same draws can be followed through another course of events.
    """

    start: Literal["2021-01"] = "2021-01"
    years: int = Field(10, ge=limits.YEARS.low, le=limits.YEARS.high)
    worlds: int = Field(1000, ge=limits.WORLDS.low, le=limits.WORLDS.high)
    seed: int = Field(1, ge=limits.SEED.low, le=limits.SEED.high)
    citizens: int = Field(1000, ge=limits.CITIZENS.low, le=limits.CITIZENS.high)
    chance_seed: int | None = Field(None, ge=limits.SEED.low, le=limits.SEED.high)

    @property
    def horizon(self) -> str:
        """The last simulated month: `years` after the end of the history."""
        return month_text(month_number(HISTORY_END) + 12 * self.years)


class Policy(_Record):
    """A mechanism that is started in month `start`; `end` is the first month without it, None for never.

    `levers` holds every lever of the mechanism, defaults filled in; members and domains in the order of the
    tables, weights as one number for each domain in the order of `tables.places.DOMAIN_NAMES`. `without` names the
    channels of the mechanism that are off, in the order of its record.
    """

    mechanism: str
    start: Month = "2023-01"
    end: Month | None = None
    levers: Mapping[str, LeverValue] = Field(default_factory=dict)
    without: tuple[str, ...] = ()

    def resolved(self) -> Plain:
        """The policy as plain data, levers as flat keys in alphabetical order; `without` only where it is used."""
        levers = {name: _plain_lever(name, value) for name, value in sorted(self.levers.items())}
        off: Plain = {"without": list(self.without)} if self.without else {}
        return {"mechanism": self.mechanism, "start": self.start, "end": self.end, **off, **levers}


class PathStep(_Record):
    """A path has `value` from month `since` until a later step: an external power's, or the factor on elites' rents.

    `states` are those that it holds for, where each state has a path of its own (accession, rent).
    """

    name: PathName
    since: Month
    value: float
    states: tuple[str, ...] = STATE_CODES

    def resolved(self) -> Plain:
        """The step as plain data, with the names of the file's keys."""
        plain: Plain = {"name": self.name, "from": self.since, "value": self.value}
        return plain | {"states": list(self.states)} if self.name in limits.PATHS_BY_STATE else plain


class Redraw(_Record):
    """Groups of uncertain numbers that worlds draw from `seed` in place of the run's own; used by follow-up runs only.

    World k takes the first `count` groups of its order from world k of that seed, and all others as before. The orders
    are those of `orders` in turn: world k has number k modulo their number.
    """

    orders: tuple[tuple[str, ...], ...] = Field(min_length=1)
    count: int = Field(ge=0)
    seed: int = Field(ge=limits.SEED.low, le=limits.SEED.high)

    def takes(self, group: str) -> tuple[bool, ...]:
        """Whether `group` is drawn again, for the worlds of each order."""
        return tuple(group in order[: self.count] for order in self.orders)


class Assumptions(_Record):
    """What we don't know: parameters, structural variants and alternatives, paths of external powers and of rents.

    `posterior` is the fitted distribution that is drawn from, None where nothing is.

    `parameters` holds by name, or by key of one element, a distribution (a fixed value is a Prior of family
    "fixed"), or "prior" or "posterior"; all others come from `source`. A distribution given here holds as
    it is: it isn't shifted by the centre of an element. `variants` holds every variant, `structures` the
    weight of each choice of every structural alternative, in the order of the table and with sum 1. Dated events of
    the data are forced up to month `history_until`. `redrawn` is what a follow-up run draws anew, None elsewhere.
    """

    parameters: Mapping[str, Prior | Source] = Field(default_factory=dict)
    variants: Mapping[str, str] = Field(
        default_factory=lambda: {name: variant.choices[0] for name, variant in VARIANTS.items()}
    )
    structures: Mapping[str, tuple[float, ...]] = Field(
        default_factory=lambda: {name: structure.weights for name, structure in STRUCTURES.items()}
    )
    source: Source = "posterior"
    posterior: PosteriorFile | None = None
    history_until: Month = HISTORY_END
    paths: tuple[PathStep, ...] = ()
    redrawn: Redraw | None = None

    def of(self, name: str, element: str | None = None) -> Prior | Source:
        """What is assumed about parameter `name`, or about its `element`: the most specific that is given."""
        if element is not None and f"{name}.{element}" in self.parameters:
            return self.parameters[f"{name}.{element}"]
        return self.parameters.get(name, self.source)

    def fixed(self, name: str) -> str | None:
        """The choice that every world takes of structural alternative `name`, None where the worlds draw it."""
        return _certain(name, self.structures[name])

    @property
    def fitted(self) -> bool:
        """Whether any number comes from a posterior."""
        return self.source == "posterior" or "posterior" in self.parameters.values()

    def resolved(self) -> Plain:
        """The assumptions as plain data, keys in alphabetical order; `redrawn` only where it is used."""
        again: Plain = {} if self.redrawn is None else {"redrawn": self.redrawn.model_dump(mode="json")}
        return again | {
            "history_until": self.history_until,
            "parameters": {name: _plain_value(value) for name, value in sorted(self.parameters.items())},
            "paths": [step.resolved() for step in self.paths],
            "posterior": self.posterior.sha256 if self.posterior and self.fitted else None,
            "source": self.source,
            "structures": {name: plain_weights(name, self.structures[name]) for name in sorted(STRUCTURES)},
            "variants": dict(sorted(self.variants.items())),
        }


class DatedEvent(_Record):
    """A shock that a scenario imposes in `month`; the other fields belong to its kind, None where they don't.

    crisis: `parties`, `severity`, `months` (None: its duration is left to chance). internal-crisis: `state`,
    `severity`, `months`. shock: `state`, `domain`, `size` in log points of the threat level. accession:
    `state`, `change` of credibility. external-war: `size`. mechanism-end: `mechanism`.
    """

    month: Month
    kind: EventKind
    parties: tuple[str, str] | None = None
    state: str | None = None
    domain: str | None = None
    severity: int | None = Field(None, ge=limits.SEVERITY.low, le=limits.SEVERITY.high)
    months: int | None = Field(None, ge=limits.CRISIS_MONTHS.low, le=limits.CRISIS_MONTHS.high)
    size: float | None = None
    change: float | None = None
    mechanism: str | None = None

    def resolved(self) -> Plain:
        """The event as plain data: the fields of its kind."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in self.model_dump().items()
            if value is not None
        }


class Scenario(_Record):
    """A scenario, whole: settings, policies, assumptions and dated events, each list in a canonical order.

    `extends` are the files it was built on (nearest first), `origin` says where it came from (a path,
    "bundled: NAME" or "repository: NAME"), `plugins` are the files that define further mechanisms; none of
    these three is part of what is simulated.
    """

    name: str = Field(pattern=f"^{limits.NAME_PATTERN}$")
    description: str = ""
    run: RunSettings = RunSettings()
    policies: tuple[Policy, ...] = ()
    assumptions: Assumptions = Assumptions()
    events: tuple[DatedEvent, ...] = ()
    extends: tuple[str, ...] = ()
    origin: str = ""
    plugins: tuple[str, ...] = ()

    @property
    def horizon(self) -> str:
        """The last simulated month, "YYYY-MM"."""
        return self.run.horizon

    def resolved(self) -> Plain:
        """What is simulated, as plain data that JSON can hold: keys sorted, defaults filled in, no paths."""
        return {
            "assumptions": self.assumptions.resolved(),
            "description": self.description,
            "events": [event.resolved() for event in self.events],
            "name": self.name,
            "policies": [policy.resolved() for policy in self.policies],
            "run": dict(sorted(self.run.model_dump(exclude=_unset(self.run)).items())),
        }


def _unset(run: RunSettings) -> set[str]:
    return {"chance_seed"} if run.chance_seed is None else set()


def _certain(name: str, weights: tuple[float, ...]) -> str | None:
    given = [choice for choice, weight in zip(STRUCTURES[name].choices, weights, strict=True) if weight]
    return given[0] if len(given) == 1 else None


def plain_weights(name: str, weights: tuple[float, ...]) -> object:
    """The weights of structural alternative `name` as a file has them: its one choice, or those with a weight."""
    choices = STRUCTURES[name].choices
    return _certain(name, weights) or {
        choice: weight for choice, weight in zip(choices, weights, strict=True) if weight
    }


def _plain_lever(name: str, value: LeverValue) -> object:
    if not isinstance(value, tuple):
        return value
    if value and not isinstance(value[0], str):
        return dict(zip(DOMAIN_NAMES, value, strict=True))
    return list(value)


def _plain_value(value: Prior | Source) -> object:
    if isinstance(value, str):
        return value
    if value.family == "fixed":
        return value.a
    first, second = limits.DISTRIBUTIONS[value.family]
    spike = {"zero": value.zero} if value.zero else {}
    return {"distribution": value.family, first: value.a, second: value.b, **spike}
