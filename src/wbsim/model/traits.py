"""The citizens' fixed traits: who they are, not what they think; the same in every world of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from wbsim.chance.counter import Chance, Stream
from wbsim.kernels import ROWS
from wbsim.model.geography import Geography

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]

#: Members of an acquaintance circle, as near as the layout allows.
CIRCLE = 8


@dataclass(frozen=True)
class Traits:
    """Traits of N citizens a state, in arrays of shape (M, G): G circles of at most M members.

    `scores` (6, M, 16, G) standard normal within each community; `attention` (6, M, G) exponential with mean 1;
    `attachment` (6, M, G) standard normal; `community` (6, G); `starts` (6, C + 1) first circle of each community;
    `community_share` (6, C) of the citizens.
    """

    citizens: int
    shape: tuple[int, int]
    scores: Singles
    attention: Singles
    attachment: Singles
    community: Integers
    starts: Integers
    community_share: Floats


def traits(citizens: int, chance: Chance, geography: Geography) -> Traits:
    """Draw the traits by ranking shared random numbers, so that every community has the exact moments.

    `citizens` a state, at least 40. Circles are a multiple of eight, so that the kernel fills its vectors.
    """
    circles = 8 * -(-citizens // (CIRCLE * 8))
    members = -(-citizens // circles)
    most = max(map(len, geography.communities))
    starts = np.zeros((6, most + 1), np.int64)
    for i, communities in enumerate(geography.communities):
        # The first community takes in those whom the census counts elsewhere.
        smaller = [community.share for community in communities[1:]]
        sizes = [1.0 - sum(smaller), *smaller]
        ends = np.round(np.cumsum(sizes) * circles).astype(np.int64)
        starts[i, 1:] = circles
        starts[i, 1 : len(ends) + 1] = ends
    community = np.stack([np.searchsorted(starts[i, 1:], np.arange(circles), side="right") for i in range(6)])
    member = community[:, np.arange(citizens) % circles]
    share = np.stack([(member == c).mean(axis=1) for c in range(most)], axis=1)
    u = chance.shared(Stream.TRAITS, np.arange(6 * (ROWS + 2)), citizens).reshape(6, ROWS + 2, citizens)
    values = np.zeros((6, ROWS + 2, members * circles))
    for i in range(6):
        for row in range(ROWS + 2):
            if row == ROWS:
                values[i, row, :citizens] = _exponential(u[i, row])
            else:
                for c in range(most):
                    chosen = np.flatnonzero(member[i] == c)
                    values[i, row, chosen] = _normal(u[i, row, chosen])
    laid = values.reshape(6, ROWS + 2, members, circles).astype(np.float32)
    return Traits(
        citizens=citizens,
        shape=(members, circles),
        scores=np.swapaxes(laid[:, :ROWS], 1, 2).copy(),
        attention=laid[:, ROWS].copy(),
        attachment=laid[:, ROWS + 1].copy(),
        community=community.astype(np.int64),
        starts=starts,
        community_share=share,
    )


def _ranks(u: Floats) -> Floats:
    """Mid-ranks in (0, 1)."""
    return np.asarray((np.argsort(np.argsort(u, kind="stable"), kind="stable") + 0.5) / len(u))


def _normal(u: Floats) -> Floats:
    if len(u) < 2:
        return np.zeros_like(u)
    scores = ndtri(_ranks(u))
    return np.asarray((scores - scores.mean()) / scores.std())


def _exponential(u: Floats) -> Floats:
    scores = -np.log1p(-_ranks(u))
    return np.asarray(scores / scores.mean())
