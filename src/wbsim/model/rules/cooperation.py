"""Practised cooperation (X1), the public good it makes (X2) and emergency aid (X3)."""

from __future__ import annotations

import math

import numpy as np

from wbsim.model.rules.basics import OTHERS, Floats, sigmoid, total
from wbsim.model.rules.loops import against_practice, practise, raise_ratios, set_in_ratio

_FIRST, _SECOND = np.triu_indices(6, 1)


def practice(effort: Floats, trust: Floats, threshold: Floats, width: Floats, closed: Floats) -> Floats:
    """Practised cooperation x (R, 6, 6, D) in [0, 1] of each pair and domain; 0 on the diagonal (X1).

    `effort` (R, 6, D); `trust` (R, 6, 6), of which the lower of the two counts; `threshold` (R, D), `width` (R,);
    `closed` (R, 6, 6, D) the part of each channel that is not open.
    """
    odds = np.empty((len(effort), len(_FIRST), effort.shape[2]))
    against_practice(odds, trust, threshold, width, _FIRST, _SECOND)
    np.exp(odds, out=odds)
    practised = np.empty(closed.shape)
    practise(practised, effort, odds, closed)
    return practised


def public_good(inputs: Floats, exponent: Floats, axis: int = 1) -> Floats:
    """CES mean of `inputs` along `axis` (length 6): ν → -∞ minimum, 1 mean, ∞ maximum (X2; Hirshleifer 1983).

    Inputs are floored at 1e-6 and the extreme is factored out, so that large exponents neither over- nor underflow.
    `exponent` broadcasts against the result; near 0 it is read as the geometric mean.
    """
    axis %= inputs.ndim
    before, count, after = inputs.shape[:axis], inputs.shape[axis], inputs.shape[axis + 1 :]
    power = np.empty(before + after)
    power[:] = np.where(np.abs(exponent) < 1e-3, 1e-3, exponent)
    width = math.prod(after)
    flat, lead = power.reshape(-1, width), np.empty((math.prod(before), width))
    ratios = np.empty((len(lead), count, width))
    set_in_ratio(ratios, lead, np.ascontiguousarray(inputs).reshape(ratios.shape), flat)
    np.log(ratios, out=ratios)
    raise_ratios(ratios, flat)
    np.exp(ratios, out=ratios)
    made = np.log(total(ratios, 1) / count)
    made /= flat
    np.exp(made, out=made)
    return np.asarray((lead * made).reshape(power.shape))


def mean_with_others(x: Floats) -> Floats:
    """q (R, 6, D): mean over the other five of practised cooperation x (R, 6, 6, D), diagonal 0 (X2)."""
    return total(x, 2) / 5.0


def ideal_good(ideals: Floats, exponent: Floats) -> Floats:
    """Q (R, D) if all six made the joint ideals (R, 6, D) with full trust and open channels (X2)."""
    return public_good(mean_with_others(ideal_practice(ideals)), exponent)


def ideal_practice(ideals: Floats) -> Floats:
    """Practice (R, 6, 6, D) at the joint ideals (R, 6, D) with full trust and open channels (X1)."""
    return np.asarray(np.sqrt(ideals[:, :, None, :] * ideals[:, None, :, :]) * OTHERS[:, :, None])


def log_ratio(practice: Floats, usual: Floats) -> Floats:
    """Logarithm of practice over that of the reference month, held within ±2; 0 where there is neither (X1)."""
    return np.asarray(np.clip(np.log(np.maximum(practice, 1e-9) / np.maximum(usual, 1e-9)), -2.0, 2.0))


def grown(closed: Floats, growth: Floats, habit: Floats) -> Floats:
    """Closed part (R, 6, 6, D) of channels after use has opened or closed them (X1).

    The open part of a channel is 1 - closed^exp(growth habit): `growth` (R,), 0 where channels stay as they are;
    `habit` (R, 6, 6, D) memory of use, positive where there is more than in the reference month.
    """
    if not growth.any():
        return closed
    return np.asarray(closed ** np.exp(growth[:, None, None, None] * habit))


def aid_chance(
    base: Floats,
    slope: Floats,
    trust: Floats,
    support: Floats,
    nonrecognition: Floats,
    recognised: Floats,
    pact: Floats,
) -> Floats:
    """Chance (R, 6, 6) that j (third) helps i (second) after a natural shock (X3).

    `trust` (R, 6, 6) of the helper (third) in the other; `support` (R, 1, 6) the helper's public support above its
    reference times its weight; `pact` (R, 6, 6) logit of an activated pact.
    """
    return sigmoid(base + slope * (trust - 0.5) + support - nonrecognition * (1.0 - recognised) + pact)
