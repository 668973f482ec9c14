"""Compiled loops over worlds and citizens, and the counter-based random numbers inside them.

Everything that is inlined into a kernel lives in this one module, because Numba's cache does not notice edits
elsewhere. Rules that keep the bytes the same in every build: float32 arithmetic in a written order, no `fastmath`,
no sum of floats whose order a compiler may choose, shares counted in whole numbers, a rational sigmoid instead of
the C library's `exp`.

Layout of citizens: the N citizens of a state sit in G acquaintance circles of M or M - 1 members. Citizen n is
member n // G of circle n % G, so that the m-th members of all circles, one rank, are neighbours in memory: attitudes
have the shape (M, 16, G), traits (M, G). Places from N on are padding that no sum reads. Communities own consecutive
circles.

Rules that let the compiler use vectors: inner loops run along a rank, over flat arrays at unsigned offsets (a signed
offset may be negative, which Numba must check), write one array and read at most seven others (more would need too
many checks for overlap), and count in int32.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

Singles = NDArray[np.float32]

MASK = np.uint64(0xFFFFFFFF)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_32 = np.uint64(32)
_8 = np.uint64(8)
_16 = np.uint64(16)
_BYTE = np.uint64(0xFF)

#: Mean and scale of the law of the first citizens' noise: the sum of two independent bytes (a discrete triangle).
_PAIR_MEAN = np.int32(255)
_PAIR_SCALE = np.float32(1.0 / 104.5059807)

#: The law of the monthly noise: one byte, centred and of variance 1 (a discrete uniform law). Byte b of a word is
#: read where it stands, as the word's bits under a mask, a signed number; so each byte has a scale and a centre.
_MASKS = (np.uint32(0xFF), np.uint32(0xFF00), np.uint32(0xFF0000), np.uint32(0xFF000000))
_BYTE_SD = 73.90027063
_SCALES = tuple(np.float32(2.0 ** (-8 * b) / _BYTE_SD) for b in range(4))
_CENTRES = tuple(np.float32(centre / _BYTE_SD) for centre in (127.5, 127.5, 127.5, -0.5))

#: Clamp and coefficients of the rational tanh behind `sigmoid`; error of the sigmoid below 5e-5.
_CLAMP = np.float32(5.0)
_P1 = np.float32(0.10249202193482966)
_P2 = np.float32(0.0006718424391791379)
_Q1 = np.float32(0.4355593892679126)
_Q2 = np.float32(0.012836471185249072)
_NONE = np.float32(0.0)
_ONE = np.float32(1.0)
_TWO = np.float32(2.0)
_HALF_F = np.float32(0.5)
_FIFTH = np.float32(0.2)
_THIRD = np.float32(1.0 / 3.0)
#: Chances are counted in steps of 2**-18 from one half, so that a rank of up to 16,383 citizens fits 32 bits. The
#: coefficients are those above for the number of steps, as a rational function of the logit.
_STEPS = 2.0**17
_WIDE = np.float32(10.0)
_N0, _N1, _N2 = np.float32(_STEPS / 2), np.float32(_STEPS / 8) * _P1, np.float32(_STEPS / 32) * _P2
_D1, _D2 = np.float32(1 / 4) * _Q1, np.float32(1 / 16) * _Q2

#: Attitude rows: ten threats, then trust in each of the six states (the own one unused: it is never moved).
THREAT_ROWS = 10
ROWS = 16
#: Read-outs of each state and month, in the order of `READOUTS`.
READOUTS = (
    *(f"support_{d}" for d in range(5)),
    *(f"trust_{j}" for j in range(6)),
    "war",
    "safe",
    "closer",
    "deny",
)
READOUT_COUNT = 15
#: The same numbers, and a few offsets, as the unsigned integers that indices are made of.
_TEN, _ROWS = np.uint64(THREAT_ROWS), np.uint64(ROWS)
_0, _1, _2, _3, _4, _5, _6, _7 = (np.uint64(n) for n in range(8))


class Citizens(NamedTuple):
    """What changes: citizens of S states in R worlds, and what was read from them last."""

    attitudes: Singles  # (R, S, M, 16, G)
    circle_sums: Singles  # (R, S, 16, G) sums of the attitudes over the members of each circle
    shares: Singles  # (R, S, 15) in the order of READOUTS
    means: Singles  # (R, S, 16, C) mean attitudes of each community


class People(NamedTuple):
    """Who the citizens are: the same in every world."""

    scores: Singles  # (S, M, 16, G) standardised anchors
    attention: Singles  # (S, M, G)
    attachment: Singles  # (S, M, G)
    starts: NDArray[np.int64]  # (S, C + 1) first circle of each community
    citizens: int  # N


class Habits(NamedTuple):
    """Parameters of the citizens' rules that do not change within a world (C1 to C4)."""

    rate: Singles  # (R, 2) λ, return to the anchor: of threat perceptions, of trust
    spread: Singles  # (R, 2) between citizens' anchors, likewise
    influence: Singles  # (R,) χ, pull of the acquaintances
    volatility: Singles  # (R,) σ
    attention_spread: Singles  # (R,) s
    cue_attachment: Singles  # (R,) b, slope of the acceptance of a cue in attachment
    bound: Singles  # (R,) 0 for the acquaintances' plain mean, else the distance within which they are heard
    weights: Singles  # (R, 4) of threat, trust and attachment in support, of fear in safety
    general: Singles  # (R, 3) offset of closer cooperation, base and slope of denial
    usual_support: Singles  # (R, S) general support (logit) that the base of denial belongs to
    safe_constant: Singles  # (R, S)


class Forcings(NamedTuple):
    """What moves the citizens in one month (C1 to C3)."""

    anchors: Singles  # (R, S, 16, C) mean anchors of each community
    cues: Singles  # (R, S, 16) news and rhetoric, weighted by attention and, for trust, by acceptance
    pushes: Singles  # (R, S, 6, C) what moves trust at once
    support_constant: Singles  # (R, S, 5)


def _probe() -> None:
    """Something to ask Numba about its cache with."""


def _cacheable() -> bool:
    """Whether Numba finds a place where it may keep compiled code; without one it refuses to load a module."""
    try:
        njit(cache=True)(_probe)
    except RuntimeError:
        return False
    return True


#: False where no cache place is writable: then every process compiles anew, and the command line says so.
CACHED = _cacheable()
#: Nothing calls a loop from C, so that none needs a wrapper for it, which would take time to compile.
OPTIONS = {"cache": CACHED, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}


@njit(inline="always")
def _philox(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Philox4x32-10 of Salmon et al. 2011: four counter words and two key words, all below 2**32 in uint64."""
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _32) ^ c1 ^ k0, p1 & MASK, (p0 >> _32) ^ c3 ^ k1, p0 & MASK
        k0 = (k0 + _W0) & MASK
        k1 = (k1 + _W1) & MASK
    return c0, c1, c2, c3


@njit(inline="always")
def _pair(half):  # type: ignore[no-untyped-def]
    """A number of mean 0 and variance 1 from the low 16 bits of `half`: the sum of its two bytes, scaled."""
    total = np.int32((half & _BYTE) + ((half >> _8) & _BYTE))
    return np.float32(total - _PAIR_MEAN) * _PAIR_SCALE


@njit(inline="always")
def _sigmoid(x):  # type: ignore[no-untyped-def]
    """Logistic function by a rational tanh; within 5e-5 of the exact one for every finite x."""
    y = x * _HALF_F
    y = min(max(y, -_CLAMP), _CLAMP)
    s = y * y
    top = y * (_ONE + s * (_P1 + s * _P2))
    bottom = _ONE + s * (_Q1 + s * _Q2)
    return _HALF_F + _HALF_F * (top / bottom)


@njit(inline="always")
def _steps(x):  # type: ignore[no-untyped-def]
    """How many steps the sigmoid of x lies above one half, towards which it is cut off."""
    x = min(max(x, -_WIDE), _WIDE)
    s = x * x
    return np.int32(x * (_N0 + s * (_N1 + s * _N2)) / (_ONE + s * (_D1 + s * _D2)))


@njit(**OPTIONS)
def philox(counters, key, out):  # type: ignore[no-untyped-def]
    """Fill `out` (n, 4) uint32 with Philox4x32-10 of `counters` (n, 4) uint32 under `key` (2,) uint32."""
    for n in range(counters.shape[0]):
        a, b, c, d = _philox(
            np.uint64(counters[n, 0]),
            np.uint64(counters[n, 1]),
            np.uint64(counters[n, 2]),
            np.uint64(counters[n, 3]),
            np.uint64(key[0]),
            np.uint64(key[1]),
        )
        out[n, 0], out[n, 1], out[n, 2], out[n, 3] = a, b, c, d


@njit(inline="always")
def _unit(high, low):  # type: ignore[no-untyped-def]
    """A number in (0, 1) of 53 bits from two words of 32."""
    return (np.float64((high << np.uint64(21)) | (low >> np.uint64(11))) + 0.5) * 2.0**-53


@njit(**OPTIONS)
def _uniform_worlds(one, two, first, moment, agent, half, k0, k1):  # type: ignore[no-untyped-def]
    """Uniforms of two indices, 2 `half` and the next, in worlds from `first` on, each (R,)."""
    for r in range(np.uint64(one.shape[0])):
        w0, w1, w2, w3 = _philox(first + r, moment, agent, half, k0, k1)
        one[r] = _unit(w0, w1)
        two[r] = _unit(w2, w3)


@njit(**OPTIONS)
def fill_uniform(out, first, moment, agents, k0, k1):  # type: ignore[no-untyped-def]
    """Fill `out` (R, A, n) with uniforms in (0, 1): world `first` + r, word `moment`, agent `agents[a]`, index n.

    Two words of 32 bits make one number of 53 bits; one counter gives the numbers of two indices.
    """
    worlds, count, width = out.shape
    one, two = np.empty(worlds), np.empty(worlds)
    for a in range(count):
        for half in range((width + 1) // 2):
            _uniform_worlds(
                one, two, np.uint64(first), np.uint64(moment), np.uint64(agents[a]), np.uint64(half), k0, k1
            )
            out[:, a, 2 * half] = one
            if 2 * half + 1 < width:
                out[:, a, 2 * half + 1] = two


@njit(**OPTIONS)
def sigmoid(values, out):  # type: ignore[no-untyped-def]
    """Fill `out` with the kernel's own sigmoid of `values` (both 1-D float32): for the test of its bound."""
    for n in range(values.shape[0]):
        out[n] = _sigmoid(values[n])


# ---------------------------------------------------------------- memory that is needed soon


@intrinsic
def _prefetch(typing: Any, array: Any, at: Any) -> Any:
    """Ask for the cache line of `array[at]`, which may lie beyond its end, in the second nearest cache."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        start = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        ask = builder.module.declare_intrinsic(
            "llvm.prefetch", (byte,), ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        )
        place = builder.bitcast(builder.gep(start, [arguments[1]]), byte)
        # To be read, for the second nearest cache, data: LLVM's numbers for the kinds of a request.
        builder.call(ask, [place, word(0), word(2), word(1)])
        return context.get_dummy_value()

    return types.void(array, at), code


@njit(**OPTIONS)
def _ahead(x, at, width):  # type: ignore[no-untyped-def]
    """Ask for `width` numbers of flat x, a cache line of 64 bytes at a time. Never changes a number."""
    n = _0
    while n < width:
        _prefetch(x, at + n)
        n += _16


# ---------------------------------------------------------------- one rank of citizens: flat arrays at offsets


@njit(**OPTIONS)
def _draw(words, circles, first, width, world, moment, agent, k0, k1):  # type: ignore[no-untyped-def]
    """Random words (4 G,) of a rank whose first citizen is `first`: one counter a citizen, index n."""
    for g in range(width):
        a, b, c, d = _philox(world, moment, agent, first + g, k0, k1)
        words[g] = a
        words[circles + g] = b
        words[_2 * circles + g] = c
        words[_3 * circles + g] = d


@njit(**OPTIONS)
def _noise(out, word, word_at, mask, width):  # type: ignore[no-untyped-def]
    """out (G,) = the bytes under `mask`, as the movements read them: for the benchmark of random numbers alone."""
    for g in range(width):
        out[g] = np.float32(np.int32(word[word_at + g] & mask))


@njit(**OPTIONS)
def _scale(out, x, at, constant, slope, width):  # type: ignore[no-untyped-def]
    """out (G,) = constant + slope x."""
    for g in range(width):
        out[g] = constant + slope * x[at + g]


@njit(**OPTIONS)
def _multiply(out, x, y, at, width):  # type: ignore[no-untyped-def]
    """out (G,) = x y."""
    for g in range(width):
        out[g] = x[g] * y[at + g]


@njit(**OPTIONS)
def _add(out, out_at, x, at, width):  # type: ignore[no-untyped-def]
    """out += x."""
    for g in range(width):
        out[out_at + g] += x[at + g]


@njit(**OPTIONS)
def _move_threat(  # type: ignore[no-untyped-def]
    x, at, score, score_at, drift, drift_at, reach, word, word_at, mask, keep, own, cue, sigma, width
):
    """One month of one threat perception (C1)."""
    for g in range(width):
        noise = np.float32(np.int32(word[word_at + g] & mask))
        x[at + g] = (
            (keep * x[at + g] + own * score[score_at + g])
            + (reach[g] * cue + sigma * noise)
            + drift[drift_at + g]
        )


@njit(**OPTIONS)
def _move_trust(  # type: ignore[no-untyped-def]
    x, at, score, score_at, drift, drift_at, reach, held, word, word_at, mask, keep, own, cue, lean, sigma, width
):  # fmt: skip
    """One month of trust in one state (C2): a cue counts by attention times acceptance, reach cue - held lean."""
    for g in range(width):
        noise = np.float32(np.int32(word[word_at + g] & mask))
        x[at + g] = (
            (keep * x[at + g] + own * score[score_at + g])
            + ((reach[g] * cue - held[g] * lean) + sigma * noise)
            + drift[drift_at + g]
        )


@njit(**OPTIONS)
def _read(  # type: ignore[no-untyped-def]
    x, at, circles, others, attachment, trait_at, weights, constant, safe, fear, closer, deny, denial, width
):
    """Shares of a rank in steps: trust in the five others, support in five domains, war, safe, closer, deny (C3, C4).

    `others`: offsets of the five rows of trust; `weights` of threat, of one state's trust and of attachment in
    support; `constant`: five of support; denial = sigmoid(deny - denial sum of the domains' support).
    """
    o0, o1, o2, o3, o4 = others
    c0, c1, c2, c3, c4 = constant
    by_threat, by_trust, by_attachment = weights
    t0 = t1 = t2 = t3 = t4 = s0 = s1 = s2 = s3 = s4 = np.int32(0)
    war = calm = close = no = np.int32(0)
    for g in range(width):
        u0 = x[o0 + g]
        u1 = x[o1 + g]
        u2 = x[o2 + g]
        u3 = x[o3 + g]
        u4 = x[o4 + g]
        t0 = np.int32(t0 + _steps(u0))
        t1 = np.int32(t1 + _steps(u1))
        t2 = np.int32(t2 + _steps(u2))
        t3 = np.int32(t3 + _steps(u3))
        t4 = np.int32(t4 + _steps(u4))
        common = by_trust * (((u0 + u1) + (u2 + u3)) + u4) - by_attachment * attachment[trait_at + g]
        dread = x[at + g]
        crime = x[at + circles + g]
        l0 = (c0 + by_threat * crime) + common
        l1 = (c1 + by_threat * x[at + _3 * circles + g]) + common
        l2 = (c2 + by_threat * x[at + _4 * circles + g]) + common
        l3 = (c3 + by_threat * x[at + _6 * circles + g]) + common
        l4 = (c4 + by_threat * x[at + _5 * circles + g]) + common
        s0 = np.int32(s0 + _steps(l0))
        s1 = np.int32(s1 + _steps(l1))
        s2 = np.int32(s2 + _steps(l2))
        s3 = np.int32(s3 + _steps(l3))
        s4 = np.int32(s4 + _steps(l4))
        level = ((l0 + l1) + (l2 + l3)) + l4
        war = np.int32(war + _steps(dread))
        calm = np.int32(calm + _steps(safe - fear * ((dread + crime) + x[at + _2 * circles + g])))
        close = np.int32(close + _steps(closer + _FIFTH * level))
        no = np.int32(no + _steps(deny - denial * level))
    return (s0, s1, s2, s3, s4), (t0, t1, t2, t3, t4), (war, calm, close, no)


@njit(**OPTIONS)
def _spread(drift, at, sums, sums_at, share, low, high, base):  # type: ignore[no-untyped-def]
    """Drift of the circles of one community: pull of the acquaintances' mean, and what moves all alike."""
    for g in range(low, high):
        drift[at + g] = share[g] * sums[sums_at + g] + base


# ---------------------------------------------------------------- one state of one world


@njit(**OPTIONS)
def _sum_range(sums, low, high):  # type: ignore[no-untyped-def]
    """Sum of `sums[low:high]` in eight interleaved partial sums: a fixed order with short chains."""
    a = b = c = d = e = f = g = h = _NONE
    n = low
    while n + _8 <= high:
        a += sums[n]
        b += sums[n + _1]
        c += sums[n + _2]
        d += sums[n + _3]
        e += sums[n + _4]
        f += sums[n + _5]
        g += sums[n + _6]
        h += sums[n + _7]
        n += _8
    while n < high:
        a += sums[n]
        n += _1
    return ((a + b) + (c + d)) + ((e + f) + (g + h))


@njit(**OPTIONS)
def _count(circles, citizens):  # type: ignore[no-untyped-def]
    """Number of members of each circle, (G,)."""
    count = np.zeros(circles, np.float32)
    for g in range(circles):
        count[g] = np.float32((citizens - g + circles - 1) // circles)
    return count


@njit(**OPTIONS)
def _average(means, sums, count, starts):  # type: ignore[no-untyped-def]
    """means (16, C) of each community from circle sums (16, G); 0 for a community of nobody."""
    circles = np.uint64(sums.shape[1])
    flat = sums.reshape(sums.size)
    for c in range(means.shape[1]):
        low, high = np.uint64(starts[c]), np.uint64(starts[c + 1])
        people = _sum_range(count, low, high)
        for row in range(means.shape[0]):
            at = np.uint64(row) * circles
            means[row, c] = _sum_range(flat, at + low, at + high) / people if low < high else _NONE


@njit(**OPTIONS)
def _weigh(extra, x, attention, attachment, cues, pushes, starts, least, slope, lean, citizens):  # type: ignore[no-untyped-def]
    """extra (M, 16, G): gains of trust weighted by 2p and losses by 2(1 - p), p the trust held (C2, variant)."""
    members, _, circles = x.shape
    for j in range(6):
        cue = cues[THREAT_ROWS + j]
        for c in range(pushes.shape[1]):
            for m in range(members):
                for g in range(starts[c], min(starts[c + 1], citizens - m * circles)):
                    a = least + slope * attention[m, g]
                    force = a * (cue - lean * abs(cue) * attachment[m, g]) + pushes[j, c]
                    p = _sigmoid(x[m, THREAT_ROWS + j, g])
                    extra[m, THREAT_ROWS + j, g] += force * _TWO * (p if force > 0.0 else _ONE - p)


@njit(**OPTIONS)
def _listen(extra, x, influence, bound, citizens, state):  # type: ignore[no-untyped-def]
    """extra (M, 16, G): pull towards the mean of the acquaintances within `bound` (Hegselmann & Krause 2002)."""
    members, rows, circles = x.shape
    for row in range(rows):
        if row == THREAT_ROWS + state:
            continue
        for m in range(members):
            for g in range(min(circles, citizens - m * circles)):
                total = heard = _NONE
                for other in range(members):
                    if g < citizens - other * circles and abs(x[other, row, g] - x[m, row, g]) < bound:
                        total += x[other, row, g]
                        heard += _ONE
                extra[m, row, g] += influence * (total / heard - x[m, row, g])


@njit(**OPTIONS)
def _read_state(x, shares, people, habits, constant, state, r):  # type: ignore[no-untyped-def]
    """shares (15,) of one state in world r, from its attitudes x (M, 16, G); see `_read`."""
    members, circles = np.uint64(x.shape[0]), np.uint64(x.shape[2])
    citizens = np.uint64(people.citizens)
    flat = x.reshape(x.size)
    attachment = people.attachment[state].reshape(people.attachment[state].size)
    weights = habits.weights[r]
    by = (weights[0], _FIFTH * weights[1], weights[2])
    five = (constant[0], constant[1], constant[2], constant[3], constant[4])
    closer, base, slope = habits.general[r]
    deny, denial = base + slope * habits.usual_support[r, state], _FIFTH * slope
    own = np.uint64(state)
    q0, q1 = (_0 if own > _0 else _1), (_1 if own > _1 else _2)
    q2, q3, q4 = (_2 if own > _2 else _3), (_3 if own > _3 else _4), (_4 if own > _4 else _5)
    support, trust, rest = np.zeros(5, np.int64), np.zeros(6, np.int64), np.zeros(4, np.int64)
    for m in range(members):
        at = m * _ROWS * circles
        first = at + _TEN * circles
        others = (
            first + q0 * circles,
            first + q1 * circles,
            first + q2 * circles,
            first + q3 * circles,
            first + q4 * circles,
        )
        s, t, w = _read(
            flat,
            at,
            circles,
            others,
            attachment,
            m * circles,
            by,
            five,
            habits.safe_constant[r, state],
            _THIRD * weights[3],
            closer,
            deny,
            denial,
            min(circles, citizens - m * circles),
        )
        for d in range(5):
            support[d] += s[d]
        trust[q0] += t[0]
        trust[q1] += t[1]
        trust[q2] += t[2]
        trust[q3] += t[3]
        trust[q4] += t[4]
        for n in range(4):
            rest[n] += w[n]
    unit = 0.5 / (_STEPS * people.citizens)
    for d in range(5):
        shares[d] = np.float32(0.5 + support[d] * unit)
    for j in range(6):
        shares[5 + j] = np.float32(0.5 + trust[j] * unit) if j != state else _NONE
    for n in range(4):
        shares[11 + n] = np.float32(0.5 + rest[n] * unit)


@njit(**OPTIONS)
def _move_state(  # type: ignore[no-untyped-def]
    x, later, sums, drift, words, reach, held, extra, people, habits, forcings, share, special, state, r, world,
    moment, k0, k1,
):  # fmt: skip
    """One month of one state's attitudes x (M, 16, G) in world r, in place, and their new circle sums (16, G).

    Meanwhile `later` (M, 16, G), whose turn is next, is asked for row by row: waiting for it would take a fifth of the
    time, since a block does not fit the caches of a core.
    """
    members, circles = np.uint64(x.shape[0]), np.uint64(x.shape[2])
    citizens, rank = np.uint64(people.citizens), _ROWS * np.uint64(x.shape[2])
    flat_later = later.reshape(later.size)
    flat, flat_sums, flat_drift = x.reshape(x.size), sums.reshape(sums.size), drift.reshape(drift.size)
    scores = people.scores[state].reshape(x.size)
    attention = people.attention[state].reshape(people.attention[state].size)
    attachment = people.attachment[state].reshape(people.attachment[state].size)
    more = extra.reshape(extra.size)
    bounded, weighed = special
    chi, sigma, spread = habits.influence[r], habits.volatility[r], habits.attention_spread[r]
    starts = people.starts[state]
    for row in range(ROWS):
        lam = habits.rate[r, 1 if row >= THREAT_ROWS else 0]
        for c in range(starts.shape[0] - 1):
            base = lam * forcings.anchors[r, state, row, c] - sigma * _CENTRES[row & 3]
            if row >= THREAT_ROWS and not weighed:
                base += forcings.pushes[r, state, row - THREAT_ROWS, c]
            low, high = np.uint64(starts[c]), np.uint64(starts[c + 1])
            _spread(
                flat_drift,
                np.uint64(row) * circles,
                flat_sums,
                np.uint64(row) * circles,
                share,
                low,
                high,
                base,
            )
    sums[:] = _NONE
    for m in range(members):
        at, trait_at = m * rank, m * circles
        width = min(circles, citizens - trait_at)
        _draw(words, circles, trait_at, width, world, moment, np.uint64(state), k0, k1)
        _scale(reach, attention, trait_at, _ONE - spread, spread, width)
        _multiply(held, reach, attachment, trait_at, width)
        for q in range(_ROWS):
            kind = 1 if q >= _TEN else 0
            lam = habits.rate[r, kind]
            keep = _ONE - lam if bounded else _ONE - lam - chi
            own = lam * habits.spread[r, kind]
            lies = q * circles
            _ahead(flat_later, at + lies, circles)
            word, mask, scale = (q >> _2) * circles, _MASKS[q & _3], sigma * _SCALES[q & _3]
            cue = forcings.cues[r, state, q]
            if kind == 0:
                _move_threat(
                    flat, at + lies, scores, at + lies, flat_drift, lies, reach, words, word, mask, keep, own,
                    cue, scale, width,
                )  # fmt: skip
            elif q - _TEN != np.uint64(state):
                cue = _NONE if weighed else cue
                _move_trust(
                    flat, at + lies, scores, at + lies, flat_drift, lies, reach, held, words, word, mask, keep, own,
                    cue, habits.cue_attachment[r] * abs(cue), scale, width,
                )  # fmt: skip
        if bounded or weighed:
            _add(flat, at, more, at, rank)
        if width == circles:
            _add(flat_sums, _0, flat, at, rank)
        else:
            for q in range(_ROWS):
                _add(flat_sums, q * circles, flat, at + q * circles, width)


# ---------------------------------------------------------------- all states of all worlds


@njit(**OPTIONS)
def start_citizens(  # type: ignore[no-untyped-def]
    citizens, people, anchors, spread, pull, noise_mean, noise_own, first, moment, k0, k1
):
    """Draw all attitudes from the stationary law of anchor, acquaintances and noise (C1, C2).

    `anchors` (R, S, 16, C) means; per world and kind of row (R, 2): `spread` of anchors, `pull` the weight of the own
    anchor within a circle, `noise_mean` and `noise_own` multipliers of the circle's mean and of the own deviation of
    the stationary noise. Eight attitudes take one counter a citizen, index 2 n + octet.
    """
    worlds, states = citizens.attitudes.shape[:2]
    members, circles = np.uint64(citizens.attitudes.shape[2]), np.uint64(citizens.attitudes.shape[4])
    number, rank = np.uint64(people.citizens), _ROWS * circles
    count = _count(citizens.attitudes.shape[4], people.citizens)
    words = np.zeros(8 * citizens.attitudes.shape[4], np.uint32)
    mean_score = np.zeros(rank, np.float32)
    mean_noise = np.zeros(rank, np.float32)
    noise = np.zeros(members * rank, np.float32)
    for state in range(states):
        starts, scores = people.starts[state], people.scores[state].reshape(members * rank)
        _mean_members(mean_score, scores, count, members, circles, number)
        for r in range(worlds):
            flat = citizens.attitudes[r, state].reshape(members * rank)
            for m in range(members):
                width = min(circles, number - m * circles)
                _draw_octets(
                    words, circles, m * circles, width, np.uint64(first + r), moment, np.uint64(state), k0, k1
                )
                for q in range(_ROWS):
                    _unpair(noise, m * rank + q * circles, words, (q >> _1) * circles, (q & _1) << _4, width)
            _mean_members(mean_noise, noise, count, members, circles, number)
            for m in range(members):
                for row in range(ROWS):
                    kind = 0 if row < THREAT_ROWS else 1
                    lies = np.uint64(row) * circles
                    for c in range(starts.shape[0] - 1):
                        _start_row(
                            flat, scores, noise, m * rank + lies, mean_score, mean_noise, lies,
                            anchors[r, state, row, c], spread[r, kind], pull[r, kind], noise_mean[r, kind],
                            noise_own[r, kind], np.uint64(starts[c]),
                            min(np.uint64(starts[c + 1]), number - m * circles),
                        )  # fmt: skip


@njit(**OPTIONS)
def _start_row(  # type: ignore[no-untyped-def]
    x, score, noise, at, mean_score, mean_noise, mean_at, anchor, spread, pull, of_mean, of_own, low, high
):
    """One attitude of the first citizens of one rank, in the circles of one community."""
    for g in range(low, high):
        usual, common = mean_score[mean_at + g], mean_noise[mean_at + g]
        x[at + g] = (
            anchor
            + spread * (usual + pull * (score[at + g] - usual))
            + of_mean * common
            + of_own * (noise[at + g] - common)
        )


@njit(**OPTIONS)
def _mean_members(mean, x, count, members, circles, citizens):  # type: ignore[no-untyped-def]
    """mean (16 G,) over the members of each circle, of flat x (M 16 G,)."""
    rank = _ROWS * circles
    mean[:] = _NONE
    for m in range(members):
        for q in range(_ROWS):
            _add(mean, q * circles, x, m * rank + q * circles, min(circles, citizens - m * circles))
    for q in range(_ROWS):
        _divide(mean, q * circles, count, circles)


@njit(**OPTIONS)
def _divide(x, at, y, width):  # type: ignore[no-untyped-def]
    """x /= y (G,)."""
    for g in range(width):
        x[at + g] /= y[g]


@njit(**OPTIONS)
def _draw_octets(words, circles, first, width, world, moment, agent, k0, k1):  # type: ignore[no-untyped-def]
    """Random words (8 G,) of a rank whose first citizen is `first`: two counters a citizen, index 2 n + octet."""
    for octet in range(_2):
        at = _4 * octet * circles
        for g in range(width):
            a, b, c, d = _philox(world, moment, agent, _2 * (first + g) + octet, k0, k1)
            words[at + g] = a
            words[at + circles + g] = b
            words[at + _2 * circles + g] = c
            words[at + _3 * circles + g] = d


@njit(**OPTIONS)
def _unpair(noise, at, words, word_at, shift, width):  # type: ignore[no-untyped-def]
    """Noise of one row of a rank from the 16 bits of each word at `shift`: the sum of two bytes."""
    for g in range(width):
        noise[at + g] = _pair(np.uint64(words[word_at + g]) >> shift)


@njit(**OPTIONS)
def update_citizens(citizens, people, habits, forcings, congruent, first, moment, k0, k1):  # type: ignore[no-untyped-def]
    """Move all attitudes by a month, synchronously and in place, and read the shares (C1 to C4).

    x += λ(anchor - x) + χ(acquaintances' mean - x) + a(1 - b n sign(cue)) cue + push + σ noise, with the anchor of
    the community plus the spread times the own score, attention a = 1 - s + s `attention`, and b = 0 for threats.
    `circle_sums` are those of the attitudes as they come, and are renewed. `congruent` weighs gains and losses of
    trust by trust itself. World r is number `first` + r, state s is agent s of the counter.
    """
    worlds, states, members, rows, circles = citizens.attitudes.shape
    count = _count(circles, people.citizens)
    share = np.zeros(circles, np.float32)
    drift = np.zeros((rows, circles), np.float32)
    words = np.zeros(4 * circles, np.uint32)
    reach = np.zeros(circles, np.float32)
    held = np.zeros(circles, np.float32)
    extra = np.zeros((members, rows, circles), np.float32)
    for state in range(states):
        for r in range(worlds):
            x, sums = citizens.attitudes[r, state], citizens.circle_sums[r, state]
            later = citizens.attitudes[min(r + 1, worlds - 1), state]
            bounded = habits.bound[r] > 0.0
            for g in range(circles):
                share[g] = _NONE if bounded else habits.influence[r] / count[g]
            if bounded or congruent:
                extra[:] = _NONE
            if congruent:
                _weigh(
                    extra, x, people.attention[state], people.attachment[state], forcings.cues[r, state],
                    forcings.pushes[r, state], people.starts[state], _ONE - habits.attention_spread[r],
                    habits.attention_spread[r], habits.cue_attachment[r], people.citizens,
                )  # fmt: skip
            if bounded:
                _listen(extra, x, habits.influence[r], habits.bound[r], people.citizens, state)
            _move_state(
                x, later, sums, drift, words, reach, held, extra, people, habits, forcings, share,
                (bounded, congruent), state, r, np.uint64(first + r), moment, k0, k1,
            )  # fmt: skip
            _average(citizens.means[r, state], sums, count, people.starts[state])
            _read_state(
                x, citizens.shares[r, state], people, habits, forcings.support_constant[r, state], state, r
            )


@njit(**OPTIONS)
def read_citizens(citizens, people, habits, support_constant):  # type: ignore[no-untyped-def]
    """Read circle sums, shares and mean attitudes from the attitudes as they are (C3, C4).

    `support_constant` (R, S, 5). `update_citizens` starts from the circle sums.
    """
    worlds, states, members, _, circles = citizens.attitudes.shape
    count, width = _count(circles, people.citizens), np.uint64(circles)
    for state in range(states):
        for r in range(worlds):
            x, sums = citizens.attitudes[r, state], citizens.circle_sums[r, state]
            sums[:] = _NONE
            flat, flat_sums = x.reshape(x.size), sums.reshape(sums.size)
            for m in range(np.uint64(members)):
                for q in range(_ROWS):
                    _add(
                        flat_sums,
                        q * width,
                        flat,
                        (m * _ROWS + q) * width,
                        min(width, np.uint64(people.citizens) - m * width),
                    )
            _average(citizens.means[r, state], sums, count, people.starts[state])
            _read_state(x, citizens.shares[r, state], people, habits, support_constant[r, state], state, r)
