"""Designs: which values all keys take together, point by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Literal, get_args

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import names, nearest, show
from wbsim.scenario.limits import SEED, Limits
from wbsim.sweeps.spread import FromPrior, Listed, Varied, values_at
from wbsim.sweeps.value import LEAVE, Value
from wbsim.sweeps.vary import doubles

if TYPE_CHECKING:
    from wbsim.sweeps.samplers.generator import Floats

__all__ = [
    "KINDS",
    "SAMPLED",
    "Design",
    "Kind",
    "Sampling",
    "Value",
    "default_points",
    "design_of",
    "notices_of",
    "size_of",
    "unit_points",
]

Kind = Literal["grid", "one-at-a-time", "latin-hypercube", "sobol", "morris", "saltelli", "list"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Designs whose points are drawn; the others are made of the listed values.
SAMPLED: tuple[Kind, ...] = ("latin-hypercube", "sobol", "morris", "saltelli")

#: More points are refused: each is simulated in every world under every scenario.
MAX_POINTS = 100_000
POINTS = Limits(1, MAX_POINTS, "points")
LEVELS = Limits(2, 64)


@dataclass(frozen=True, slots=True)
class Design:
    """Points of a sweep: at each, a value for each of `keys`.

    `kind` is one of KINDS, `keys` are canonical names. A value of LEAVE (the empty tuple) is the scenario's own.
    The order of the points is part of the design: `samplers.morris` and `samplers.saltelli` describe theirs;
    one-at-a-time has the point with every value as in the scenario first, then the values of each key in turn.
    """

    kind: str
    keys: tuple[str, ...]
    points: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How points are drawn.

    `points` counts points (latin-hypercube, sobol), trajectories (morris) or base points (saltelli); None: as many as
    `default_points` says. `levels` are the places on each key of morris: 4, as in Morris 1991 and in SALib.
    `second_order` adds to saltelli what second-order indices need. `seed` decides all of it.
    """

    points: int | None = None
    levels: int = 4
    second_order: bool = False
    seed: int = 1


def default_points(kind: str, keys: int) -> int:
    """Points, trajectories or base points where none are asked for.

    Latin hypercube and Sobol: the power of two at or above ten for each key (Loeppky, Sacks & Welch 2009), 64 at
    least. Morris: 20 trajectories (Campolongo et al. 2007 use 10 to 50). Saltelli: a base of 128, assumed: a first
    look, which the intervals of the indices will show to be rough.
    """
    if kind == "morris":
        return 20
    return 128 if kind == "saltelli" else max(64, 1 << (10 * keys - 1).bit_length())


def size_of(kind: str, vary: Sequence[Varied], sampling: Sampling = Sampling()) -> int:
    """How many points the design will have."""
    lengths = [len(each.spread.values) for each in vary if isinstance(each.spread, Listed)]
    count = default_points(kind, len(vary)) if sampling.points is None else sampling.points
    sizes = {
        "grid": prod(lengths),
        "one-at-a-time": 1 + sum(lengths),
        "list": max(lengths, default=0),
        "morris": count * (len(vary) + 1),
        "saltelli": count * ((2 if sampling.second_order else 1) * len(vary) + 2),
    }
    return sizes.get(kind, count)


def design_of(vary: Sequence[Varied], kind: str = "grid", sampling: Sampling = Sampling()) -> Design:
    """The design of that kind over the keys and values of `vary`.

    Raises InputError with everything that does not fit together: an unknown kind, ranges without a count in a design
    that draws nothing, settings out of range, over 100,000 points. Whether scenarios keep their rules at every
    point, `check_points` says.
    """
    problems = _problems(vary, kind, sampling)
    if problems:
        raise InputError(problems)
    keys = tuple(each.key.name for each in vary)
    lists = [each.spread.values for each in vary if isinstance(each.spread, Listed)]
    match kind:
        case "grid":
            return Design(kind, keys, tuple(product(*lists)))
        case "one-at-a-time":
            return Design(kind, keys, _one_at_a_time(lists))
        case "list":
            return Design(kind, keys, tuple(zip(*lists, strict=True)))
        case _:
            return Design(kind, keys, _drawn(vary, unit_points(kind, len(vary), sampling), kind, sampling))


def unit_points(kind: str, dimensions: int, sampling: Sampling = Sampling()) -> Floats:
    """The points of a sampled design in the unit cube, (points, dimensions), in the order of the design."""
    count = default_points(kind, dimensions) if sampling.points is None else sampling.points
    if kind == "morris":
        from wbsim.sweeps.samplers.morris import morris

        return morris(count, dimensions, sampling.levels, sampling.seed)
    if kind == "saltelli":
        from wbsim.sweeps.samplers.saltelli import saltelli

        return saltelli(count, dimensions, sampling.seed, sampling.second_order)
    if kind == "sobol":
        from wbsim.sweeps.samplers.sobol import sobol

        return sobol(count, dimensions, sampling.seed)
    from wbsim.sweeps.samplers.latin_hypercube import latin_hypercube

    return latin_hypercube(count, dimensions, sampling.seed)


def notices_of(kind: str, dimensions: int, sampling: Sampling = Sampling()) -> tuple[str, ...]:
    """What a user should know of a design before it is simulated."""
    count = default_points(kind, dimensions) if sampling.points is None else sampling.points
    if kind not in ("sobol", "saltelli") or count & (count - 1) == 0:
        return ()
    below = 1 << (count.bit_length() - 1)
    what = "base points" if kind == "saltelli" else "points"
    return (
        f"{count} {what} are no power of two: parts of the ranges get more points than others, and averages over them "
        f"are less exact than they could be; {below} or {2 * below} spread evenly",
    )


def _one_at_a_time(lists: Sequence[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    base: tuple[Value, ...] = (LEAVE,) * len(lists)
    moved = [(*base[:n], value, *base[n + 1 :]) for n, values in enumerate(lists) for value in values]
    return (base, *moved)


def _drawn(
    vary: Sequence[Varied], unit: Floats, kind: str, sampling: Sampling
) -> tuple[tuple[Value, ...], ...]:
    columns = []
    for number, each in enumerate(vary):
        u = unit[:, number]
        if kind == "morris" and isinstance(each.spread, FromPrior):
            # The ends of a prior are its rarest values: places are the middles of equally likely parts instead.
            u = (u * (sampling.levels - 1) + 0.5) / sampling.levels
        columns.append(values_at(each, u))
    return tuple(zip(*columns, strict=True))


def _problems(vary: Sequence[Varied], kind: str, sampling: Sampling) -> list[Problem]:
    if kind not in KINDS:
        return [
            Problem(
                f"must be one of {names(KINDS)}; it is {show(kind)}",
                None,
                None,
                "design",
                nearest(kind, KINDS),
            )
        ]
    if not vary:
        return [Problem("varies nothing", key="vary", suggestion="give at least one key with its values")]
    problems = _out_of_range(kind, sampling)
    for number, each in enumerate(vary):
        problems.extend(_unfit(each, kind))
        if any(each.key.name == other.key.name for other in vary[:number]):
            problems.append(
                Problem("is varied a second time", key=each.key.name, suggestion="give all values at once")
            )
    if kind == "list" and not problems:
        problems = _lengths(vary)
    if not problems and size_of(kind, vary, sampling) > MAX_POINTS:
        hint = "give fewer values, or draw points: a Latin hypercube or Sobol design has as many as you say"
        count = size_of(kind, vary, sampling)
        problems.append(
            Problem(f"has {count} points; at most {MAX_POINTS} are allowed", None, None, "design", hint)
        )
    return problems


def _out_of_range(kind: str, sampling: Sampling) -> list[Problem]:
    problems = []
    bounds = {
        "points": (sampling.points, POINTS),
        "levels": (sampling.levels, LEVELS),
        "seed": (sampling.seed, SEED),
    }
    for name, (value, allowed) in bounds.items():
        if value is not None and not allowed.low <= value <= allowed.high:
            problems.append(Problem(f"must be {allowed}; it is {show(value)}", key=name))
    if kind == "morris" and sampling.levels % 2:
        message = f"must be an even number, so that a step of half of them fits; it is {sampling.levels}"
        problems.append(Problem(message, key="levels"))
    return problems


def _unfit(each: Varied, kind: str) -> list[Problem]:
    name, spread = each.key.name, each.spread
    if kind not in SAMPLED and not isinstance(spread, Listed):
        what = "the prior" if isinstance(spread, FromPrior) else "a range without a count"
        hint = f"list values or give a count (lo:hi:5), or choose a sampled design: {names(SAMPLED)}"
        return [
            Problem(f'{what} has no values that a design of kind "{kind}" could take', None, None, name, hint)
        ]
    if kind != "list" and isinstance(spread, Listed):
        twice = doubles(spread.values)
        if twice:
            return [Problem(f"names {twice} a second time", key=name, suggestion="name each value once")]
    return []


def _lengths(vary: Sequence[Varied]) -> list[Problem]:
    lengths = {each.key.name: len(each.spread.values) for each in vary if isinstance(each.spread, Listed)}
    if len(set(lengths.values())) <= 1:
        return []
    counted = names(f"{name} has {length}" for name, length in lengths.items())
    message = (
        f"a design of kind list takes the first value of each key, then the second, and so on: {counted}"
    )
    return [Problem(message, key="vary", suggestion="give each key as many values")]
