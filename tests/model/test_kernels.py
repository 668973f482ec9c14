"""The compiled citizens and their random numbers (C1, C2)."""

import numpy as np
import pytest

from wbsim import kernels
from wbsim.chance.counter import ALL_WORLDS, Chance, Stream, moment
from wbsim.errors import InputError

# Known answers published with Random123 (kat_vectors, philox4x32 10).
KNOWN = (
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (
        (0xFFFFFFFF,) * 4,
        (0xFFFFFFFF,) * 2,
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_answers(counter, key, answer):
    out = np.zeros((1, 4), np.uint32)
    kernels.philox(np.array([counter], np.uint32), np.array(key, np.uint32), out)
    assert tuple(out[0]) == answer


def test_sigmoid_stays_within_its_stated_error():
    x = np.linspace(-30, 30, 200_001).astype(np.float32)
    out = np.empty_like(x)
    kernels.sigmoid(x, out)
    assert np.abs(out - 1 / (1 + np.exp(-x.astype(float)))).max() < 5e-5
    assert (np.diff(out) >= -1e-6).all()


def test_uniforms_lie_inside_and_spread_evenly():
    u = Chance(7, 0, 200).uniform(Stream.CRISES, 3, np.arange(15), 4)
    assert u.min() > 0 and u.max() < 1
    assert abs(u.mean() - 0.5) < 0.01 and abs(u.var() - 1 / 12) < 0.005


def test_a_number_depends_on_its_own_counter_alone():
    whole = Chance(7, 0, 50).uniform(Stream.EFFORT, 11, np.arange(6), 5)
    part = Chance(7, 20, 3).uniform(Stream.EFFORT, 11, np.array([4]), 2)
    assert np.array_equal(whole[20:23, 4:5, :2], part)
    for other in (
        Chance(8, 0, 50).uniform(Stream.EFFORT, 11, np.arange(6), 5),
        Chance(7, 1, 50).uniform(Stream.EFFORT, 11, np.arange(6), 5),
        Chance(7, 0, 50).uniform(Stream.EFFORT, 12, np.arange(6), 5),
        Chance(7, 0, 50).uniform(Stream.LEVELS, 11, np.arange(6), 5),
        Chance(7, 0, 50).uniform(Stream.EFFORT, 11, np.arange(1, 7), 5),
    ):
        assert not (whole == other).any()


@pytest.mark.parametrize("bad", [(-1, 0, 1), (1 << 64, 0, 1), (0, -1, 1), (0, 0, 0), (0, ALL_WORLDS, 1)])
def test_numbers_that_do_not_fit_their_word_are_refused(bad):
    with pytest.raises(InputError, match="between"):
        Chance(*bad)
    with pytest.raises(InputError, match="between 0 and 65535"):
        moment(1 << 16, 0)


def test_streams_are_all_different():
    assert len({int(stream) for stream in Stream}) == len(Stream)


class Crowd:
    """One state of citizens without forcings, for the tests of the kernel alone; the own row of trust is the first."""

    def __init__(self, worlds=1, citizens=64, circles=8, rate=0.1, chi=0.2, sigma=0.0, bound=0.0):
        single = np.float32
        members = -(-citizens // circles)
        generator = np.random.default_rng(1)
        self.worlds, self.congruent = worlds, False
        self.scores = generator.normal(size=(members, 16, circles)).astype(single)
        self.attention = np.ones((members, circles), single)
        self.attachment = np.zeros((members, circles), single)
        self.starts = np.array([0, circles // 2, circles])
        self.citizens = citizens
        self.attitudes = np.zeros((worlds, members, 16, circles), single)
        self.shares, self.means = np.zeros((worlds, 1, 15), single), np.zeros((worlds, 1, 16, 2), single)
        self.cues, self.pushes = np.zeros((worlds, 1, 16), single), np.zeros((worlds, 1, 6, 2), single)
        self.attention_spread, self.cue_attachment = np.zeros(worlds, single), np.zeros(worlds, single)
        self.weights, self.support = np.zeros((worlds, 4), single), np.zeros((worlds, 1, 5), single)
        self.rate, self.chi = np.full((worlds, 2), rate, single), np.full(worlds, chi, single)
        self.sigma, self.bound = np.full(worlds, sigma, single), np.full(worlds, bound, single)

    def people(self):
        traits = (self.scores, self.attention, self.attachment, self.starts)
        return kernels.People(*(trait[None] for trait in traits), self.citizens)

    def habits(self):
        single, worlds = np.float32, self.worlds
        return kernels.Habits(
            self.rate, np.ones((worlds, 2), single), self.chi, self.sigma, self.attention_spread,
            self.cue_attachment, self.bound, self.weights, np.zeros((worlds, 3), single),
            np.zeros((worlds, 1), single), np.zeros((worlds, 1), single),
        )  # fmt: skip

    def month(self, month=0):
        # Tests set attitudes by hand, so their circle sums are taken anew.
        sums = np.zeros((self.worlds, 1, 16, self.attitudes.shape[-1]), np.float32)
        citizens = kernels.Citizens(self.attitudes[:, None], sums, self.shares, self.means)
        anchors = np.zeros((self.worlds, 1, 16, 2), np.float32)
        kernels.read_citizens(citizens, self.people(), self.habits(), self.support)
        kernels.update_citizens(
            citizens, self.people(), self.habits(),
            kernels.Forcings(anchors, self.cues, self.pushes, self.support), self.congruent, 0,
            np.uint64(moment(month, Stream.CITIZENS)), np.uint64(5), np.uint64(6),
        )  # fmt: skip
        self.sums = sums
        return self

    def row(self, number, world=0):
        """One attitude of all citizens, (M, G)."""
        return self.attitudes[world, :, number]


#: The rows that move: all but trust in the own state.
MOVED = [row for row in range(16) if row != 10]


def test_attitudes_settle_on_the_closed_form_of_friedkin_and_johnsen():
    crowd = Crowd()
    for month in range(400):
        crowd.month(month)
    mean = crowd.scores.mean(axis=0, keepdims=True)
    own = 0.1 / (0.1 + 0.2)
    settled = own * crowd.scores + (1 - own) * mean
    assert np.allclose(crowd.attitudes[0][:, MOVED], settled[:, MOVED], atol=1e-5)


def test_trust_in_the_own_state_never_moves():
    crowd = Crowd(sigma=0.5, bound=1.0)
    crowd.row(10)[:] = 0.7
    crowd.month()
    assert (crowd.row(10) == np.float32(0.7)).all() and (crowd.row(11) != 0).all()
    assert crowd.shares[0, 0, 5] == 0


def test_the_noise_law_has_mean_zero_and_variance_one():
    crowd = Crowd(worlds=40, citizens=512, circles=64, rate=1.0, chi=0.0, sigma=1.0)
    crowd.scores[:] = 0
    crowd.month()
    noise = crowd.attitudes.transpose(2, 0, 1, 3).reshape(16, -1)[MOVED]
    assert np.abs(noise.mean(axis=1)).max() < 0.03 and np.abs(noise.var(axis=1) - 1).max() < 0.03
    # Uniform over 256 values: its ends, its number of values, and its kurtosis of 1.8.
    assert np.allclose([noise.min(), noise.max()], [-127.5 / 73.9003, 127.5 / 73.9003], atol=1e-4)
    assert all(len(np.unique(np.round(row * 73.9003 + 127.5).astype(int))) == 256 for row in noise)
    assert np.abs((noise**4).mean(axis=1) - 1.8).max() < 0.05
    assert np.abs(np.corrcoef(noise) - np.eye(15)).max() < 0.03


def test_the_noise_is_the_bytes_of_one_counter_a_citizen():
    crowd = Crowd(citizens=61, rate=1.0, chi=0.0, sigma=1.0)
    crowd.scores[:] = 0
    crowd.month(3)
    counters = np.array([[0, moment(3, Stream.CITIZENS), 0, n] for n in range(61)], np.uint32)
    words = np.zeros((61, 4), np.uint32)
    kernels.philox(counters, np.array([5, 6], np.uint32), words)
    values = words.astype("<u4").view(np.uint8).reshape(61, 16).astype(float)
    values[:, 3::4] = (values[:, 3::4] + 128) % 256  # The highest byte is read as a signed number.
    law = (values - 127.5) / 73.90027063
    for row in MOVED:
        assert np.allclose(crowd.row(row).reshape(-1)[:61], law[:, row], atol=1e-5)


def test_a_push_moves_its_community_and_nobody_else():
    crowd = Crowd()
    crowd.scores[:] = 0
    crowd.pushes[0, 0, 2, 1] = 0.5
    crowd.month()
    moved = crowd.row(12)
    assert np.allclose(moved[:, 4:], 0.5) and np.allclose(moved[:, :4], 0)
    assert np.allclose(np.delete(crowd.attitudes[0], 12, axis=1), 0)


def test_attachment_lowers_acceptance_of_friendly_cues_and_raises_that_of_hostile_ones():
    crowd = Crowd()
    crowd.scores[:] = 0
    crowd.cue_attachment[:] = 0.4
    crowd.attachment[0, :] = 1.0
    crowd.cues[0, 0, 11] = 1.0
    crowd.cues[0, 0, 12] = -1.0
    crowd.cues[0, 0, 0] = 1.0
    crowd.month()
    friendly, hostile, threat = crowd.row(11), crowd.row(12), crowd.row(0)
    assert np.allclose(friendly[0], 0.6) and np.allclose(friendly[1], 1.0)
    assert np.allclose(hostile[0], -1.4) and np.allclose(hostile[1], -1.0)
    assert np.allclose(threat, 1.0)


def test_prior_congruent_trust_gains_little_where_there_is_little():
    crowd = Crowd(rate=0.0, chi=0.0)
    crowd.congruent = True
    crowd.row(12)[:] = -2.0
    crowd.row(13)[:] = 2.0
    crowd.pushes[0, 0, 2:4] = 0.1
    crowd.month()
    low, high = crowd.row(12)[0, 0] + 2.0, crowd.row(13)[0, 0] - 2.0
    p = 1 / (1 + np.exp(2.0))
    assert low == pytest.approx(0.1 * 2 * p, abs=1e-4)
    assert high == pytest.approx(0.1 * 2 * (1 - p), abs=1e-4)


def test_bounded_confidence_listens_only_within_the_bound():
    crowd = Crowd(citizens=24, circles=8, rate=0.0, chi=0.5, bound=1.0)
    crowd.row(3)[:] = np.array([[0.0], [0.5], [5.0]])
    crowd.month()
    assert np.allclose(crowd.row(3)[:, 0], [0.125, 0.375, 5.0])


def test_padding_is_never_counted():
    crowd = Crowd(citizens=61)
    crowd.scores[:] = 0
    crowd.attitudes[0, 7, :, 5:] = 99.0
    crowd.month()
    assert crowd.shares[0, 0, 11] == pytest.approx(0.5, abs=1e-4)
    assert np.allclose(crowd.means, 0)


def test_shares_are_those_of_the_attitudes_they_were_read_from():
    crowd = Crowd(worlds=2, citizens=61, sigma=0.6)
    crowd.attachment[:] = np.random.default_rng(2).normal(size=crowd.attachment.shape)
    crowd.weights[:] = (0.4, 0.3, 0.2, 0.9)
    crowd.support[:, 0] = np.linspace(-1, 1, 5)
    for month in range(3):
        crowd.month(month)
    x = crowd.attitudes.transpose(0, 2, 1, 3).reshape(2, 16, -1)[:, :, :61].astype(float)
    common = 0.3 * x[:, 11:].sum(axis=1) / 5 - 0.2 * crowd.attachment.reshape(-1)[:61]
    level = np.linspace(-1, 1, 5)[:, None] + 0.4 * x[:, [1, 3, 4, 6, 5]] + common[:, None]
    fear = x[:, :3].mean(axis=1)
    one = lambda logit: (1 / (1 + np.exp(-logit))).mean(axis=-1)  # noqa: E731
    expected = np.concatenate(
        [one(level), np.zeros((2, 1)), one(x[:, 11:])]
        + [one(logit)[:, None] for logit in (x[:, 0], -0.9 * fear, level.mean(axis=1), np.zeros((2, 61)))],
        axis=1,
    )
    assert np.allclose(crowd.shares[:, 0], expected, atol=6e-5)


def test_worlds_do_not_touch_each_other():
    pair = Crowd(worlds=2, sigma=0.3)
    alone = Crowd(worlds=1, sigma=0.3)
    pair.pushes[1, 0] = 0.4
    for month in range(5):
        pair.month(month)
        alone.month(month)
    assert np.array_equal(pair.attitudes[0], alone.attitudes[0])
    assert np.array_equal(pair.shares[0], alone.shares[0])
