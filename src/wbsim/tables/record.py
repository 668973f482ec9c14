"""The shapes of the records: priors, parameters, outcomes, levers, mechanisms, structural variants and alternatives."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from math import inf
from typing import Literal

Family = Literal["normal", "lognormal", "uniform", "loguniform", "beta", "fixed"]
Kind = Literal["observed", "derived", "calibrated", "assumed"]
#: How near the evidence behind a number is to it, the nearest first; `wbsim.tables.grades` says what each means.
Grade = Literal["region", "elsewhere", "analogy", "assumed"]
Axis = Literal["state", "dyad", "directed-pair", "domain", "threat", "state-threat", "dyad-group", "format"]
#: How a calibrated parameter is fitted: levels of attitudes, what moves them, the rates of events, the channels of
#: policies, which comparable institutions inform, or the effort of states, which scores of their cooperation inform.
FitBlock = Literal["level", "dynamic", "event", "channel", "cooperation"]
Better = Literal["higher", "lower"]
#: Equations of mechanisms that only a policy starts or changes: payment on results, forum, ownership, both together.
POLICY_EQUATIONS = frozenset(("M2", "M3", "M4", "M5"))


@dataclass(frozen=True, slots=True)
class Prior:
    """A distribution over one number; `a` and `b` by family.

    normal: mean, standard deviation. lognormal: median, standard deviation of the logarithm. uniform and loguniform:
    ends. beta: mean, and concentration (the two shape parameters' sum). fixed: value, unused.
    Truncated to the parameter's range in every family. `zero` is the probability of exactly zero; the rest follows
    the family: for an effect that may not exist.
    """

    family: Family
    a: float
    b: float = 0.0
    zero: float = 0.0

    def __str__(self) -> str:
        texts = {
            "normal": f"normal, mean {self.a:g}, sd {self.b:g}",
            "lognormal": f"lognormal, median {self.a:g}, log-sd {self.b:g}",
            "uniform": f"uniform, {self.a:g} to {self.b:g}",
            "loguniform": f"log-uniform, {self.a:g} to {self.b:g}",
            "beta": f"beta, mean {self.a:g}, concentration {self.b:g}",
            "fixed": f"fixed at {self.a:g}",
        }
        text = texts[self.family]
        return text if self.zero == 0.0 else f"zero with chance {self.zero:g}, else {text}"

    def support(self, low: float, high: float, centre: float | None = None) -> tuple[float, float]:
        """Smallest and largest value that it can take within [`low`, `high`], its location moved by `centre`."""
        shift = centre or 0.0
        ends = {
            "normal": (-inf, inf),
            "lognormal": (0.0, inf),
            "uniform": (self.a + shift, self.b + shift),
            "loguniform": (self.a, self.b),
            "beta": (0.0, 1.0),
            "fixed": (self.a + shift, self.a + shift),
        }
        least, most = ends[self.family]
        return (least, most) if self.family == "fixed" else (max(least, low), min(most, high))


@dataclass(frozen=True, slots=True)
class Parameter:
    """An uncertain number of the model, or one number for each element of an axis.

    `low` and `high` are the range that the model is tested for; a scenario may not leave it. `source` cites the
    evidence with its page, or says that there is none; `reason` says why this prior; `would_change` says which
    evidence would change it. `equation` is the tag of the rule that reads it. `centres` shifts the location of the
    prior of each element of `axis` (multiplies it, for lognormal priors). `block` says with which others a calibrated
    parameter is fitted; the others have none. `grade` is that of the evidence which the number rests on today: of
    `source`, and for a calibrated level or rate also of what it is fitted to. `neutral` is the value at which an
    effect of something on something does nothing (0, or 1 for a factor); None for what is no effect but a scale, a
    level, a share or a speed, and so has no direction.
    """

    name: str
    symbol: str
    unit: str
    label: str
    prior: Prior
    low: float
    high: float
    kind: Kind
    equation: str
    source: str
    reason: str
    would_change: str
    grade: Grade
    axis: Axis | None = None
    centres: tuple[float, ...] | None = None
    block: FitBlock | None = None
    neutral: float | None = None

    @property
    def moves_policies(self) -> bool:
        """Whether policies act through it: half or more of the equations that read it are those of policies."""
        read_by = self.equation.split(", ")
        return 2 * sum(tag in POLICY_EQUATIONS for tag in read_by) >= len(read_by)

    @property
    def sign_imposed(self) -> bool:
        """Whether the direction of an effect is put in, and cannot turn whatever is drawn from the prior."""
        return self.sign_imposed_by(self.prior, *(self.centres or (None,)))

    def sign_imposed_by(self, prior: Prior, *centres: float | None) -> bool:
        """The same for another `prior` within the range, for each of its `centres`, by default where it lies."""
        if self.neutral is None:
            return False
        ends = [prior.support(self.low, self.high, centre) for centre in centres or (None,)]
        return all(least >= self.neutral for least, _ in ends) or all(
            most <= self.neutral for _, most in ends
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something a policy can change. `margin`: the smallest practically relevant difference, in `unit`.

    `summary` is `mean` (of the last 12 months), `sum` (since the policies' first start) or `last` (at the horizon).
    `ring`: the ring of cooperative security it belongs to (Cohen 2001), or `means` for money, staff and process.
    """

    name: str
    label: str
    unit: str
    better: Better
    margin: float
    summary: Literal["mean", "sum", "last"]
    ring: Literal[
        "individual security", "collective security", "collective defence", "promoting stability", "means"
    ]
    definition: str
    headline: bool = False
    digits: int = 3


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that only some scenarios have: the sum over worlds of one outcome over that of another.

    Where the second is 0 in all worlds the share does not exist: it is absent then, neither 0 nor any other number,
    and no policy is better or worse for it. `nothing` says why.
    """

    name: str
    label: str
    part: str
    whole: str
    nothing: str


@dataclass(frozen=True, slots=True)
class Lever:
    """A setting of a mechanism that a policy may choose.

    `kind` is number, whole (number), choice, states (list of state codes), domains (list), or weights (number for
    each domain). `default` is of that kind. `counted`: a number that people count in whole ones, so that ranges of a
    sweep take whole numbers; any other within the range is allowed too.
    """

    name: str
    label: str
    unit: str
    kind: Literal["number", "whole", "choice", "states", "domains", "weights"]
    default: float | int | str | tuple[str, ...] | tuple[float, ...]
    reason: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which a mechanism acts, which a policy can be simulated without.

    `off` says exactly what is left out when the channel is off; all else of the mechanism stays. `needs` names the
    mechanism that another policy of the scenario must start for the channel to exist at all; None: it needs none.
    """

    name: str
    label: str
    off: str
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class MechanismRecord:
    """A kind of mechanism: what it is, what it replaces when a policy starts it, its levers and its source.

    With all of its `channels` off a mechanism binds staff and costs money, and does nothing else.
    """

    name: str
    label: str
    description: str
    source: str
    levers: tuple[Lever, ...]
    replaces: str | None = None
    in_status_quo: bool = False
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A structural switch: another rule for the same thing. The first of `choices` is the default."""

    name: str
    label: str
    choices: tuple[str, ...]
    descriptions: tuple[str, ...]
    source: str
    equation: str = field(default="")


@dataclass(frozen=True, slots=True)
class Structure:
    """A structural alternative that evidence does not decide: each world draws one of `choices`, like a parameter.

    `weights` are the choices' prior probabilities, which sum to 1; `reason` says why these. `descriptions` says what
    each choice means, and `clauses` the same in few words that can follow "where". `equation` holds the tags of the
    rules that read it. `needs` names the mechanism without which no choice makes a difference; None: it needs none.
    """

    name: str
    label: str
    choices: tuple[str, ...]
    descriptions: tuple[str, ...]
    clauses: tuple[str, ...]
    weights: tuple[float, ...]
    reason: str
    source: str
    equation: str
    needs: str | None = None

    def only(self, choice: str) -> tuple[float, ...]:
        """Weights that give all to `choice`. ValueError if it is none of the choices."""
        if choice not in self.choices:
            raise ValueError(f"{self.name} has no choice {choice!r}; there are {', '.join(self.choices)}")
        return tuple(float(each == choice) for each in self.choices)


def empty_fields(record: object) -> list[str]:
    """Names of the fields of `record` that hold an empty or blank text: none may."""
    return [
        item.name
        for item in fields(record)  # type: ignore[arg-type]
        if isinstance(value := getattr(record, item.name), str) and not value.strip()
    ]
