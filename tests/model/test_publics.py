"""Six publics with their part of arrays over all six."""

import numpy as np
import pytest

from tests.model.small import region, run, scenario
from wbsim import kernels
from wbsim.model.agents.public import Public


def test_a_publics_variable_is_its_part_of_the_array_of_all_six():
    subject = region(worlds=3)
    run(subject, 2)
    for name in (*Public.VARIABLES, "anchors", "support_start"):
        whole = getattr(subject.publics, name)
        assert whole.shape[:2] == (3, 6), name
        for place, public in enumerate(subject.publics):
            assert np.array_equal(getattr(public, name), whole[:, place]), name
    means = subject.publics.mean_threats()
    assert all(np.array_equal(public.mean_threats(), means[:, public.place]) for public in subject.publics)


def test_what_is_written_to_one_public_changes_it_alone():
    subject = region(worlds=3)
    before = subject.publics.belief.copy()
    subject.publics[2].belief += 0.25
    subject.publics[4].news_fast = np.ones((3, 10))
    assert np.array_equal(subject.publics.belief[:, 2], before[:, 2] + 0.25)
    others = [0, 1, 3, 4, 5]
    assert np.array_equal(subject.publics.belief[:, others], before[:, others])
    assert (subject.publics.news_fast[:, 4] == 1.0).all()
    assert not (subject.publics.news_fast[:, others[:3]] == 1.0).any()


def test_anchors_of_one_state_move_the_fears_of_its_own_public():
    still, moved = (region(scenario(citizens=80), worlds=4, chancy=False, eventful=False) for _ in range(2))
    moved.publics[3].anchor_shift[:, :10] += np.float32(0.5)
    run(still, 6)
    run(moved, 6)
    change = moved.publics.mean_threats() - still.publics.mean_threats()
    assert (change[:, 3] > 0.05).all()
    assert np.abs(np.delete(change, 3, axis=1)).max() < 0.01


def test_trust_in_the_own_state_is_never_touched():
    subject = region(worlds=4)
    start = subject.publics.attitudes.copy()
    run(subject, 12)
    for place in range(6):
        own = kernels.THREAT_ROWS + place
        assert np.array_equal(subject.publics.attitudes[:, place, :, own], start[:, place, :, own]), place
        other = kernels.THREAT_ROWS + (place + 1) % 6
        assert not np.array_equal(subject.publics.attitudes[:, place, :, other], start[:, place, :, other])


def test_sums_over_circles_are_those_of_the_citizens():
    subject = region(scenario(citizens=400), worlds=3)
    run(subject, 5)
    sums = subject.publics.attitudes.astype(float).sum(axis=2)
    assert subject.publics.circle_sums == pytest.approx(sums, abs=2e-3)


def test_the_blame_and_support_of_a_public_hang_on_its_own_residuals():
    plain = region(worlds=4)
    key = "support_residual.MKD"
    more = region(scenario(parameters={key: 1.0}), worlds=4)
    change = more.publics.shares[:, :, :5] - plain.publics.shares[:, :, :5]
    assert np.abs(np.delete(change, 3, axis=1)).max() < 1e-6
    assert np.abs(change[:, 3]).min() > 0
