"""What is counted in a simulated institution."""

from __future__ import annotations

import numpy as np
import pytest

from tests.analogues.rules import observed
from tests.analogues.traces import MONTHS, WORLDS, changed, quiet
from wbsim.analogues.analogue import Interval, Share
from wbsim.analogues.indicators import INDICATORS
from wbsim.analogues.statistics import _COUNTERS, Counts, Scores, Shares, Times, measure
from wbsim.analogues.trace import Recorder
from wbsim.tables.places import DYAD_NAMES, STATE_INDEX

SERBIA, KOSOVO, BOSNIA = (STATE_INDEX[code] for code in ("SRB", "XKX", "BIH"))
CHANCE = np.linspace(0.1, 0.9, WORLDS)
ALL = range(MONTHS)


def shares(trace, window=ALL, **changes) -> tuple[list[float], list[float]]:
    sample = measure(trace, observed(**changes), window, CHANCE)
    assert isinstance(sample, Shares)
    return sample.successes.tolist(), sample.trials.tolist()


def without_serbia_once():
    """Serbia misses the second of four meetings in world 1, which is held all the same."""
    trace = quiet()
    attended = trace.attended.copy()
    attended[11, 1, SERBIA] = False
    return changed(trace, attended=attended)


def test_every_indicator_has_a_statistic() -> None:
    assert set(_COUNTERS) | {"months-to-result"} == set(INDICATORS)


def test_attendance_counts_seats_of_the_states_named() -> None:
    trace = without_serbia_once()
    assert shares(trace) == ([24, 23, 24, 24], [24] * 4)
    assert shares(trace, who=("SRB",)) == ([4, 3, 4, 4], [4] * 4)
    assert shares(trace, who=("ALB",)) == ([4] * 4, [4] * 4)
    assert shares(trace, window=range(12, 24), who=("SRB",)) == ([2] * 4, [2] * 4)


def test_a_meeting_is_complete_when_every_member_is_there() -> None:
    assert shares(without_serbia_once(), indicator="all-present") == ([4, 3, 4, 4], [4] * 4)
    five = changed(without_serbia_once(), members=np.arange(6) != SERBIA)
    assert shares(five, indicator="all-present") == ([4] * 4, [4] * 4), "Serbia is no member"


def test_absences_are_counted_among_incomplete_meetings_alone() -> None:
    trace = without_serbia_once()
    assert shares(trace, indicator="absent-if-incomplete", who=("SRB",)) == ([0, 1, 0, 0], [0, 1, 0, 0])
    assert shares(trace, indicator="absent-if-incomplete", who=("XKX",)) == ([0, 0, 0, 0], [0, 1, 0, 0])


def test_only_meetings_that_are_held_can_adopt() -> None:
    trace = quiet()
    convened, passed = trace.convened.copy(), trace.passed.copy()
    convened[5, 0], passed[11, 2, 3] = False, True
    trace = changed(trace, convened=convened, passed=passed)
    assert shares(trace, indicator="convened") == ([3, 4, 4, 4], [4] * 4)
    assert shares(trace, indicator="adopted") == ([0, 0, 1, 0], [3, 4, 4, 4])


def reviewed():
    """One commitment of all six in a domain: three kept it, Bosnia did a part of it, two did nothing."""
    trace = quiet()
    under_review, kept, done = trace.reviewed.copy(), trace.kept.copy(), trace.done.copy()
    under_review[20, 0, :, 1] = True
    kept[20, 0, [0, 3, 4], 1] = True
    done[20, 0, :, 1] = [0.9, 0.2, 0.0, 0.8, 0.7, 0.05]
    return changed(trace, reviewed=under_review, kept=kept, done=done)


def test_a_strict_scale_counts_what_was_kept_and_a_lenient_one_the_rest_for_half() -> None:
    assert shares(reviewed(), indicator="kept", bar="strict") == ([3, 0, 0, 0], [6, 0, 0, 0])
    successes, trials = shares(reviewed(), indicator="kept", bar="lenient", value=Share(0.6, 0.1))
    assert successes[0] == pytest.approx(3.5 / 6)
    assert trials == [1, 0, 0, 0]
    assert shares(reviewed(), indicator="kept", bar="strict", who=("BIH",)) == ([0] * 4, [1, 0, 0, 0])


def times(trace, **changes) -> Times:
    sample = measure(trace, observed(value=Interval(5, 6), **changes), ALL, CHANCE)
    assert isinstance(sample, Times)
    return sample


def pledged():
    """World 0 adopts in month 5; all pass a quarter of the rise after three months but Bosnia, after six."""
    trace = quiet()
    passed, bound, done = trace.passed.copy(), trace.bound.copy(), trace.done.copy()
    passed[5, 0, 2] = True
    bound[5:, 0, :, 2] = True
    done[8:, 0, :, 2] = 0.4
    done[:11, 0, BOSNIA, 2] = 0.1
    return changed(trace, passed=passed, bound=bound, done=done)


def test_the_first_item_takes_until_its_month_or_longer_than_was_watched() -> None:
    found = times(pledged(), indicator="months-to-first-item")
    assert found.months.tolist() == [6, 24, 24, 24]
    assert found.seen.tolist() == [True, False, False, False]


def test_all_have_acted_when_the_last_of_them_has_taken_a_step() -> None:
    found = times(pledged(), indicator="months-to-act")
    assert found.months[0] == 6.0
    assert found.seen[0]
    assert np.isnan(found.months[1:]).all(), "nothing was adopted: it could not begin"
    early = times(pledged(), indicator="months-to-act", who=("ALB", "SRB"))
    assert early.months[0] == 3.0


def test_a_commitment_that_ends_before_all_have_acted_is_cut_off() -> None:
    trace = pledged()
    bound = trace.bound.copy()
    bound[9:] = False
    found = times(changed(trace, bound=bound), indicator="months-to-act")
    assert (found.months[0], found.seen[0]) == (4.0, False)


def test_a_joint_result_is_an_exponential_delay_with_the_mean_of_the_lag() -> None:
    found = times(quiet(), indicator="months-to-result")
    assert found.months == pytest.approx(-40.0 * np.log(CHANCE))
    assert found.seen.all()


def test_crises_count_when_they_reach_the_severity() -> None:
    trace = quiet()
    severity = trace.severity.copy()
    pair = DYAD_NAMES.index("XKX-SRB")
    severity[3:6, 0, pair] = 2.0
    severity[5:6, 0, pair] = 3.0
    severity[9:, 1, 0] = 3.0
    trace = changed(trace, severity=severity)

    def events(**changes) -> list[float]:
        sample = measure(trace, observed(indicator="crises", **changes), ALL, CHANCE)
        assert isinstance(sample, Counts)
        return sample.events.tolist()

    assert events() == [1, 1, 0, 0], "a crisis that climbs further is still one"
    assert events(severity=3) == [1, 1, 0, 0]
    assert events(severity=3, who=("XKX-SRB",)) == [1, 0, 0, 0]


def test_states_are_ranked_by_what_they_did_while_they_were_bound() -> None:
    sample = measure(pledged(), observed(indicator="order-acting"), ALL, CHANCE)
    assert isinstance(sample, Scores)
    assert sample.values[0].argmin() == BOSNIA
    assert np.isnan(sample.values[1:]).all()


class _Forum:
    """A forum as the recorder reads it: two worlds, one meeting, one pledge of Albania's."""

    def __init__(self) -> None:
        self.members = np.ones(6)
        self.meeting = True
        self.attended, self.convened = np.ones((2, 6), bool), np.ones(2, bool)
        self.passed = np.zeros((2, 5), bool)
        self.reviewed = self.found_kept = self.bound = np.zeros((2, 6, 5))
        self.alone, self.target = np.full((2, 6, 5), 0.2), np.full((2, 6, 5), 0.2)
        self.target[0, 0, 0] = 0.6


def test_the_recorder_writes_what_was_done_by_the_beginning_of_each_month() -> None:
    forum, effort = _Forum(), np.full((2, 6, 5), 0.2)
    recorder = Recorder(forum, None, np.zeros((2, 15)), effort, np.full(2, 40.0))
    effort = effort.copy()
    effort[0, 0, 0] = 0.3
    recorder.month(np.ones((2, 15)), effort)
    recorder.month(np.zeros((2, 15)), effort)
    trace = recorder.trace()
    assert trace.done[:, 0, 0, 0].tolist() == [0.0, pytest.approx(0.25)]
    assert trace.done[:, 1].max() == 0.0, "nothing is pledged there"
    assert trace.severity[:, 0, 0].tolist() == [0.0, 1.0, 0.0]
    assert trace.attended.shape == (2, 2, 6)
    assert trace.verified.shape == (0, 2, 6)
