"""Random numbers that keep the normal ones for the next policy are those of one who keeps none."""

import numpy as np

from wbsim.chance.counter import DYADS, STATES, Chance, KeptChance, Stream


def test_kept_numbers_are_the_same_and_nobody_can_spoil_them():
    plain, kept = Chance(3, 10, 4), KeptChance(3, 10, 4)
    for _ in range(2):
        for stream, month, agents, width in (
            (Stream.LEVELS, 7, STATES, 5),
            (Stream.LEVELS, 8, STATES, 5),
            (Stream.EFFORT, 7, STATES, 5),
            (Stream.LEVELS, 7, STATES, 1),
            (Stream.LEVELS, 7, DYADS, 5),
        ):
            found = kept.normal(stream, month, agents, width)
            assert np.array_equal(found, plain.normal(stream, month, agents, width))
            found[:] = np.nan
