"""Compiled loops over worlds and citizens, and the counter-based random numbers inside them.

Everything that is inlined into a kernel lives in this one module, because Numba's cache does not notice edits
elsewhere. Rules that keep the bytes the same in every build: float32 arithmetic in a written order, no `fastmath`,
sums over lanes and then by halves, a rational sigmoid instead of the C library's `exp`.

Layout of citizens: the N citizens of a state sit in G acquaintance circles of M or M - 1 members. An array of
citizens has the shape (M, G): column g is circle g, citizen n sits at row n // G and column n % G, and the places
from N on are padding that no sum reads. Communities own consecutive circles.
"""

from __future__ import annotations

import numpy as np
from numba import njit

MASK = np.uint64(0xFFFFFFFF)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_32 = np.uint64(32)
_8 = np.uint64(8)
_16 = np.uint64(16)
_BYTE = np.uint64(0xFF)

#: Mean and scale of the noise law: the sum of two independent bytes (a discrete triangle), centred, variance 1.
_NOISE_MEAN = np.int32(255)
_NOISE_SCALE = np.float32(1.0 / 104.5059807)

#: Clamp and coefficients of the rational tanh behind `sigmoid`; error of the sigmoid below 5e-5.
_CLAMP = np.float32(5.0)
_P1 = np.float32(0.10249202193482966)
_P2 = np.float32(0.0006718424391791379)
_Q1 = np.float32(0.4355593892679126)
_Q2 = np.float32(0.012836471185249072)
_ONE = np.float32(1.0)
_HALF_F = np.float32(0.5)

#: Attitude rows: ten threats, then trust in each of the six states (the own one unused).
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
OPTIONS = {"cache": CACHED, "nogil": True, "error_model": "numpy"}


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
def _noise(half):  # type: ignore[no-untyped-def]
    """A number of mean 0 and variance 1 from the low 16 bits of `half`: the sum of its two bytes, scaled."""
    total = np.int32((half & _BYTE) + ((half >> _8) & _BYTE))
    return np.float32(total - _NOISE_MEAN) * _NOISE_SCALE


@njit(inline="always")
def _sigmoid(x):  # type: ignore[no-untyped-def]
    """Logistic function by a rational tanh; within 5e-5 of the exact one for every finite x."""
    y = x * _HALF_F
    y = min(max(y, -_CLAMP), _CLAMP)
    s = y * y
    top = y * (_ONE + s * (_P1 + s * _P2))
    bottom = _ONE + s * (_Q1 + s * _Q2)
    return _HALF_F + _HALF_F * (top / bottom)


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


@njit(**OPTIONS)
def fill_uniform(out, first, moment, agents, k0, k1):  # type: ignore[no-untyped-def]
    """Fill `out` (R, A, n) with uniforms in (0, 1): world `first` + r, word `moment`, agent `agents[a]`, index n.

    Two words of 32 bits make one number of 53 bits; one counter gives the numbers of two indices.
    """
    worlds, count, width = out.shape
    for r in range(worlds):
        for a in range(count):
            for half in range((width + 1) // 2):
                w0, w1, w2, w3 = _philox(
                    np.uint64(first + r), np.uint64(moment), np.uint64(agents[a]), np.uint64(half), k0, k1
                )
                out[r, a, 2 * half] = (np.float64((w0 << np.uint64(21)) | (w1 >> np.uint64(11))) + 0.5) * (
                    2.0**-53
                )
                if 2 * half + 1 < width:
                    out[r, a, 2 * half + 1] = (
                        np.float64((w2 << np.uint64(21)) | (w3 >> np.uint64(11))) + 0.5
                    ) * (2.0**-53)


@njit(**OPTIONS)
def sigmoid(values, out):  # type: ignore[no-untyped-def]
    """Fill `out` with the kernel's own sigmoid of `values` (both 1-D float32): for the test of its bound."""
    for n in range(values.shape[0]):
        out[n] = _sigmoid(values[n])


@njit(**OPTIONS)
def _draw(noise, citizens, world, moment, agent, octet, k0, k1):  # type: ignore[no-untyped-def]
    """Noise (8, M, G) of eight attitudes: one counter a citizen, index 2 n + octet."""
    members, circles = noise.shape[1:]
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            index = np.uint64(2 * (m * circles + g)) + octet
            w0, w1, w2, w3 = _philox(world, moment, agent, index, k0, k1)
            noise[0, m, g] = _noise(w0)
            noise[1, m, g] = _noise(w0 >> _16)
            noise[2, m, g] = _noise(w1)
            noise[3, m, g] = _noise(w1 >> _16)
            noise[4, m, g] = _noise(w2)
            noise[5, m, g] = _noise(w2 >> _16)
            noise[6, m, g] = _noise(w3)
            noise[7, m, g] = _noise(w3 >> _16)


@njit(**OPTIONS)
def _sum(out, x, citizens):  # type: ignore[no-untyped-def]
    """out (G,) = sum over the members of each circle of x (M, G)."""
    members, circles = x.shape
    out[:] = 0.0
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            out[g] += x[m, g]


@njit(**OPTIONS)
def _sum_sigmoid(out, x, slope, constant, citizens):  # type: ignore[no-untyped-def]
    """out (G,) = sum over the members of each circle of sigmoid(constant + slope x), x (M, G)."""
    members, circles = x.shape
    out[:] = 0.0
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            out[g] += _sigmoid(constant + slope * x[m, g])


@njit(**OPTIONS)
def _move(  # type: ignore[no-untyped-def]
    x, sums, score, attention, attachment, drift, cue, lean, noise, keep, own, least, slope, sigma, citizens
):
    """One month of one attitude x (M, G), in place, and its new circle sums (C1, C2).

    `lean` (G,) is the cue times the slope of its acceptance in attachment.
    """
    members, circles = x.shape
    sums[:] = 0.0
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            a = least + slope * attention[m, g]
            new = (
                keep * x[m, g]
                + own * score[m, g]
                + drift[g]
                + a * (cue[g] - lean[g] * attachment[m, g])
                + sigma * noise[m, g]
            )
            x[m, g] = new
            sums[g] += new


@njit(**OPTIONS)
def _weigh(x, attention, attachment, cue, lean, push, out, least, slope, citizens):  # type: ignore[no-untyped-def]
    """out (M, G) = gains weighted by 2p and losses by 2(1 - p), p = sigmoid(x) the trust held (C2, variant)."""
    members, circles = x.shape
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            a = least + slope * attention[m, g]
            force = a * (cue[g] - lean[g] * attachment[m, g]) + push[g]
            p = _sigmoid(x[m, g])
            out[m, g] = force * np.float32(2.0) * (p if force > 0.0 else _ONE - p)


@njit(**OPTIONS)
def _listen(x, out, total, heard, influence, bound, citizens):  # type: ignore[no-untyped-def]
    """out (M, G) += pull towards the mean of the acquaintances within `bound` (Hegselmann & Krause 2002)."""
    members, circles = x.shape
    for m in range(members):
        width = min(circles, citizens - m * circles)
        total[:] = 0.0
        heard[:] = 0.0
        for other in range(members):
            for g in range(min(width, citizens - other * circles)):
                near = _ONE if abs(x[other, g] - x[m, g]) < bound else np.float32(0.0)
                total[g] += near * x[other, g]
                heard[g] += near
        for g in range(width):
            out[m, g] += influence * (total[g] / heard[g] - x[m, g])


@njit(**OPTIONS)
def _add(x, y, citizens):  # type: ignore[no-untyped-def]
    """x += y, both (M, G)."""
    members, circles = x.shape
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            x[m, g] += y[m, g]


@njit(**OPTIONS)
def _trust_shares(sums, trust, x, weight, citizens):  # type: ignore[no-untyped-def]
    """sums (G,) = circle sums of sigmoid(x); trust (M, G) += weight x."""
    members, circles = x.shape
    sums[:] = 0.0
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            trust[m, g] += weight * x[m, g]
            sums[g] += _sigmoid(x[m, g])


@njit(**OPTIONS)
def _support_shares(sums, level, threat, common, weight, constant, citizens):  # type: ignore[no-untyped-def]
    """sums (G,) = circle sums of the share supporting cooperation in a domain; level (M, G) += its logit (C3)."""
    members, circles = threat.shape
    sums[:] = 0.0
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            logit = constant + weight * threat[m, g] + common[m, g]
            level[m, g] += logit
            sums[g] += _sigmoid(logit)


@njit(**OPTIONS)
def _safe_shares(sums, war, crime, corruption, weight, constant, citizens):  # type: ignore[no-untyped-def]
    """sums (G,) = circle sums of the share that feels safe: constant - weight times the mean fear (C4)."""
    members, circles = war.shape
    third = weight * np.float32(1.0 / 3.0)
    sums[:] = 0.0
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            sums[g] += _sigmoid(constant - third * (war[m, g] + crime[m, g] + corruption[m, g]))


@njit(**OPTIONS)
def _attach(out, attachment, weight, citizens):  # type: ignore[no-untyped-def]
    """out (M, G) = -weight attachment."""
    members, circles = out.shape
    for m in range(members):
        for g in range(min(circles, citizens - m * circles)):
            out[m, g] = -weight * attachment[m, g]


@njit(**OPTIONS)
def _spread(drift, cue, lean, push, sums, share, starts, anchors, cues, pushes, lam, slope, held):  # type: ignore[no-untyped-def]
    """Fill the drift of each circle from its sum and its community's anchor, and its forcings (C1, C2).

    `share` (G,) is the pull of acquaintances over the members of the circle; `held` is 1 where the push enters the
    drift at once, 0 where it is weighed first.
    """
    for g in range(sums.shape[0]):
        drift[g] = sums[g] * share[g]
    for c in range(anchors.shape[0]):
        low, high = starts[c], starts[c + 1]
        base = lam * anchors[c] + held * pushes[c]
        for g in range(low, high):
            drift[g] += base
        cue[low:high] = cues[c]
        push[low:high] = pushes[c]
        lean[low:high] = slope * abs(cues[c])


@njit(**OPTIONS)
def _sum_range(sums, low, high):  # type: ignore[no-untyped-def]
    """Sum of `sums[low:high]` in eight interleaved partial sums: a fixed order with short chains."""
    a = b = c = d = e = f = g = h = np.float32(0.0)
    n = low
    while n + 8 <= high:
        a += sums[n]
        b += sums[n + 1]
        c += sums[n + 2]
        d += sums[n + 3]
        e += sums[n + 4]
        f += sums[n + 5]
        g += sums[n + 6]
        h += sums[n + 7]
        n += 8
    while n < high:
        a += sums[n]
        n += 1
    return ((a + b) + (c + d)) + ((e + f) + (g + h))


@njit(**OPTIONS)
def _count(circles, citizens):  # type: ignore[no-untyped-def]
    """Number of members of each circle, (G,)."""
    count = np.zeros(circles, np.float32)
    for g in range(circles):
        count[g] = np.float32((citizens - g + circles - 1) // circles)
    return count


@njit(**OPTIONS)
def start_citizens(  # type: ignore[no-untyped-def]
    attitudes,
    scores,
    community,
    anchors,
    spread,
    pull,
    noise_mean,
    noise_own,
    citizens,
    state,
    first,
    moment,
    k0,
    k1,
):
    """Draw one state's attitudes (R, 16, M, G) from the stationary law of anchor, acquaintances and noise (C1, C2).

    `scores` (16, M, G) standardised anchors; `community` (G,) of each circle; `anchors` (R, 16, C) means; per world
    and kind of row (R, 2): `spread` of anchors, `pull` the weight of the own anchor within a circle, `noise_mean`
    and `noise_own` multipliers of the circle's mean and of the own deviation of the stationary noise.
    """
    worlds, rows, members, circles = attitudes.shape
    count = _count(circles, citizens)
    mean_score = np.zeros(circles, np.float32)
    mean_noise = np.zeros(circles, np.float32)
    noise = np.zeros((8, members, circles), np.float32)
    for r in range(worlds):
        for octet in range(rows // 8):
            _draw(noise, citizens, np.uint64(first + r), moment, np.uint64(state), np.uint64(octet), k0, k1)
            for q in range(8):
                row = octet * 8 + q
                kind = 0 if row < THREAT_ROWS else 1
                _sum(mean_score, scores[row], citizens)
                _sum(mean_noise, noise[q], citizens)
                mean_score /= count
                mean_noise /= count
                s = spread[r, kind]
                for m in range(members):
                    for g in range(min(circles, citizens - m * circles)):
                        attitudes[r, row, m, g] = (
                            anchors[r, row, community[g]]
                            + s * (mean_score[g] + pull[r, kind] * (scores[row, m, g] - mean_score[g]))
                            + noise_mean[r, kind] * mean_noise[g]
                            + noise_own[r, kind] * (noise[q, m, g] - mean_noise[g])
                        )


@njit(**OPTIONS)
def update_citizens(  # type: ignore[no-untyped-def]
    attitudes,
    circle_sums,
    scores,
    attention,
    attachment,
    starts,
    anchors,
    cues,
    pushes,
    rate,
    influence,
    spread,
    volatility,
    attention_spread,
    cue_attachment,
    bound,
    congruent,
    support_constant,
    weights,
    safe_constant,
    general,
    shares,
    means,
    citizens,
    state,
    first,
    moment,
    k0,
    k1,
):
    """Move one state's attitudes (R, 16, M, G) by a month, synchronously and in place, and read shares (C1 to C4).

    x += λ(anchor - x) + χ(acquaintances' mean - x) + a(1 - b n sign(cue)) cue + push + σ noise, with anchors
    `anchors` (R, 16, C) plus `spread` (R, 2) times `scores` (16, M, G); `cues` and `pushes` (R, 16, C) are the
    forcings of a community, the first weighted by attention a = 1 - s + s `attention` (M, G) and, for trust, by
    acceptance through `attachment` (M, G). `rate` λ (R, 2), `influence` χ (R,), `volatility` σ (R,),
    `attention_spread` s (R,), `cue_attachment` b (R,). `bound` (R,): 0 for the acquaintances' plain mean, else the
    mean of those within that distance. `congruent`: 1 weighs gains and losses of trust by trust itself.
    `starts` (C + 1,): first circle of each community; `circle_sums` (R, 16, G) are those of the attitudes as they
    come, and are renewed. The rest is that of `read_citizens`.
    """
    worlds, rows, members, circles = attitudes.shape
    count = _count(circles, citizens)
    share = np.zeros(circles, np.float32)
    drift = np.zeros(circles, np.float32)
    cue = np.zeros(circles, np.float32)
    lean = np.zeros(circles, np.float32)
    push = np.zeros(circles, np.float32)
    silent = np.zeros(circles, np.float32)
    noise = np.zeros((8, members, circles), np.float32)
    extra = np.zeros((members, circles), np.float32)
    scratch = np.zeros((2, members, circles), np.float32)
    total = np.zeros(circles, np.float32)
    heard = np.zeros(circles, np.float32)
    for r in range(worlds):
        chi = influence[r]
        least = _ONE - attention_spread[r]
        slope = attention_spread[r]
        bounded = bound[r] > 0.0
        for g in range(circles):
            share[g] = np.float32(0.0) if bounded else chi / count[g]
        for octet in range(rows // 8):
            _draw(noise, citizens, np.uint64(first + r), moment, np.uint64(state), np.uint64(octet), k0, k1)
            for q in range(8):
                row = octet * 8 + q
                trust = row >= THREAT_ROWS
                kind = 1 if trust else 0
                lam = rate[r, kind]
                x = attitudes[r, row]
                sums = circle_sums[r, row]
                weighed = congruent and trust
                keep = _ONE - lam if bounded else _ONE - lam - chi
                _spread(
                    drift,
                    cue,
                    lean,
                    push,
                    sums,
                    share,
                    starts,
                    anchors[r, row],
                    cues[r, row],
                    pushes[r, row],
                    lam,
                    cue_attachment[r] if trust else np.float32(0.0),
                    np.float32(0.0) if weighed else _ONE,
                )
                if bounded or weighed:
                    extra[:] = 0.0
                if weighed:
                    _weigh(x, attention, attachment, cue, lean, push, extra, least, slope, citizens)
                if bounded:
                    _listen(x, extra, total, heard, chi, bound[r], citizens)
                _move(
                    x,
                    sums,
                    scores[row],
                    attention,
                    attachment,
                    drift,
                    silent if weighed else cue,
                    silent if weighed else lean,
                    noise[q],
                    keep,
                    lam * spread[r, kind],
                    least,
                    slope,
                    volatility[r],
                    citizens,
                )
                if bounded or weighed:
                    _add(x, extra, citizens)
                    _sum(sums, x, citizens)
        _read_state(
            attitudes[r],
            circle_sums[r],
            attachment,
            starts,
            count,
            support_constant[r],
            weights[r],
            safe_constant[r],
            general[r],
            shares[r],
            means[r],
            scratch,
            total,
            state,
            citizens,
        )


@njit(**OPTIONS)
def _read_state(  # type: ignore[no-untyped-def]
    x, circle_sums, attachment, starts, count, constant, weights, safe, general, shares, means, scratch, sums, own,
    citizens,
):  # fmt: skip
    """Read-outs of one state of one world from x (16, M, G) and its circle sums (16, G); see `read_citizens`."""
    rows, _, circles = x.shape
    whole = np.float32(citizens)
    none = np.float32(0.0)
    for row in range(rows):
        for c in range(means.shape[1]):
            low, high = starts[c], starts[c + 1]
            people = _sum_range(count, low, high)
            means[row, c] = _sum_range(circle_sums[row], low, high) / people if people > 0.0 else none
    common, level = scratch[0], scratch[1]
    _attach(common, attachment, weights[2], citizens)
    for j in range(6):
        shares[5 + j] = none
        if j != own:
            _trust_shares(sums, common, x[THREAT_ROWS + j], np.float32(0.2) * weights[1], citizens)
            shares[5 + j] = _sum_range(sums, 0, circles) / whole
    level[:] = 0.0
    for d in range(5):
        threat = 1 if d == 0 else 3 if d == 1 else 4 if d == 2 else 6 if d == 3 else 5
        _support_shares(sums, level, x[threat], common, weights[0], constant[d], citizens)
        shares[d] = _sum_range(sums, 0, circles) / whole
    _sum_sigmoid(sums, x[0], _ONE, none, citizens)
    shares[11] = _sum_range(sums, 0, circles) / whole
    _safe_shares(sums, x[0], x[1], x[2], weights[3], safe, citizens)
    shares[12] = _sum_range(sums, 0, circles) / whole
    fifth = np.float32(0.2)
    _sum_sigmoid(sums, level, fifth, general[0], citizens)
    shares[13] = _sum_range(sums, 0, circles) / whole
    _sum_sigmoid(sums, level, -fifth * general[2], general[1] + general[2] * general[3], citizens)
    shares[14] = _sum_range(sums, 0, circles) / whole


@njit(**OPTIONS)
def read_citizens(  # type: ignore[no-untyped-def]
    attitudes,
    circle_sums,
    attachment,
    starts,
    support_constant,
    weights,
    safe_constant,
    general,
    shares,
    means,
    citizens,
    state,
):
    """Read one state's circle sums, shares of citizens and mean attitudes from attitudes (R, 16, M, G) (C3, C4).

    `support_constant` (R, 5); `weights` (R, 4): of threat, trust and attachment in support, and of fear in safety;
    `safe_constant` (R,); `general` (R, 4): offset of closer cooperation, base and slope of denial, and the general
    support that the base belongs to. Fills `circle_sums` (R, 16, G), which `update_citizens` starts from, `shares`
    (R, 15) in the order of `READOUTS` and `means` (R, 16, C).
    """
    worlds, rows, members, circles = attitudes.shape
    count = _count(circles, citizens)
    scratch = np.zeros((2, members, circles), np.float32)
    sums = np.zeros(circles, np.float32)
    for r in range(worlds):
        for row in range(rows):
            _sum(circle_sums[r, row], attitudes[r, row], citizens)
        _read_state(
            attitudes[r],
            circle_sums[r],
            attachment,
            starts,
            count,
            support_constant[r],
            weights[r],
            safe_constant[r],
            general[r],
            shares[r],
            means[r],
            scratch,
            sums,
            state,
            citizens,
        )
