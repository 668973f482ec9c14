"""Six agents with their part of arrays over all six."""

import numpy as np

from tests.model.small import region, run
from wbsim.model.agents.government import Government


def test_a_governments_variable_is_its_part_of_the_array_of_all_six():
    subject = region(worlds=3)
    run(subject, 2)
    for name in Government.VARIABLES:
        whole = getattr(subject.governments, name)
        for place, government in enumerate(subject.governments):
            assert np.array_equal(getattr(government, name), whole[:, place]), name


def test_what_is_written_to_one_government_changes_it_alone_and_not_last_months_picture():
    subject = region(worlds=3)
    subject.look()
    before = subject.governments.effort.copy()
    subject.governments[4].effort += 0.01
    subject.governments[5].capacity = np.full(3, 2.0)
    assert np.array_equal(subject.governments.effort[:, :4], before[:, :4])
    assert np.array_equal(subject.governments.effort[:, 4], before[:, 4] + 0.01)
    assert np.array_equal(subject.seen.effort, before)
    assert (subject.governments.capacity[:, 5] == 2.0).all() and (subject.seen.capacity[:, 5] != 2.0).all()
