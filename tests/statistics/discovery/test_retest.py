from __future__ import annotations

import numpy as np
import pytest

from tests.statistics.discovery.planted import corner, planted
from wbsim.statistics.discovery.box import Box, Restriction
from wbsim.statistics.discovery.retest import retest
from wbsim.statistics.intervals import wilson

BOX = Box((Restriction(0, low=0.6), Restriction(1, high=0.5)))


def test_density_and_coverage_are_counted_with_wilson_intervals():
    inputs, which = planted(500, 1)
    inside = corner(inputs.values)

    found = retest(BOX, inputs.values, which, tested=1)

    held, hit = int(inside.sum()), int((inside & which).sum())
    assert (found.inside.hit, found.inside.worlds) == (hit, held)
    assert found.coverage.share == hit / which.sum()
    assert (found.inside.low, found.inside.high) == pytest.approx(
        (wilson(hit, held).low, wilson(hit, held).high)
    )
    assert found.holds and found.mass.share == inside.mean()


def test_the_more_boxes_are_tested_the_more_it_takes_to_hold():
    inputs, which = planted(500, 2)

    one, many = (retest(BOX, inputs.values, which, tested=tested) for tested in (1, 6))

    assert many.least < one.least and many.most > one.most


def test_worlds_of_earlier_boxes_are_left_aside():
    inputs, which = planted(500, 3)
    earlier = Box((Restriction(0, low=0.8),))

    found = retest(BOX, inputs.values, which, 1, [earlier])

    left = inputs.values[0] < 0.8
    assert found.inside.worlds == (corner(inputs.values) & left).sum()
    assert found.elsewhere.worlds == (~corner(inputs.values) & left).sum()


def test_an_empty_box_does_not_hold_and_has_no_density():
    inputs, which = planted(100, 4)

    found = retest(Box((Restriction(0, low=2.0),)), inputs.values, which, 1)

    assert not found.holds and found.inside.share is None and found.least is None
    assert not np.isnan(found.coverage.share)
