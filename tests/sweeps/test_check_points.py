from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sweeps.small import scenarios, varied
from wbsim.errors import InputError, Problem
from wbsim.scenario.load import load
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.apply import apply
from wbsim.sweeps.check_points import _broken, check_points, point_notices, unstarted
from wbsim.sweeps.design import Design, Sampling, design_of
from wbsim.sweeps.key import find_key
from wbsim.tables.mechanisms import MECHANISMS

STATUS_QUO, FORUM, BOTH = scenarios()


def broken(*texts: str, kind: str = "grid", among: tuple[Scenario, ...] = (FORUM,)) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        check_points(design_of(varied(*texts), kind), among)
    return caught.value.problems


def test_a_quorum_that_members_can_never_meet_names_the_point_and_the_rule() -> None:
    (problem,) = broken("forum.members=ALB+SRB+XKX,ALB+BIH+MKD+SRB", "forum.quorum=3,4", "loss_weight=1,2")
    assert problem.key == "forum.members = ALB+XKX+SRB, forum.quorum = 4"
    assert problem.message == (
        'at this point the scenario "forum" breaks a rule: quorum: a quorum of 4 can never be met by 3 members '
        "(ALB, XKX, SRB)"
    )
    assert problem.suggestion == "set quorum to 3 or less, or name more members"


def test_a_seat_that_is_absent_and_a_member_that_is_not() -> None:
    check_points(design_of(varied("forum.kosovo_seat")), (FORUM, BOTH))
    (problem,) = broken("forum.kosovo_seat", "forum.members=ALB+SRB+XKX+MKD")
    assert problem.key == "forum.kosovo_seat = absent, forum.members = ALB+XKX+MKD+SRB"
    assert 'is "absent", but members names XKX' in problem.message
    (problem,) = broken("forum.kosovo_seat", "forum.quorum=6")
    assert "can never be met by 5 members" in problem.message


def test_the_members_of_a_point_meet_the_quorum_of_the_scenario() -> None:
    assert "a quorum of 4" in broken("forum.members=ALB+SRB")[0].message


def test_months_keep_their_order_and_the_run_its_end() -> None:
    (problem,) = broken("forum.start=2023-01,2026-01", "forum.end=2026-01,never")
    assert problem.key == "forum.start = 2026-01, forum.end = 2026-01"
    short = FORUM.model_copy(update={"run": FORUM.run.model_copy(update={"years": 1})})
    assert 'to "2023-12"' in broken("forum.start=2025-01", among=(short,))[0].message


def test_policies_that_would_meet_are_refused() -> None:
    first, second = FORUM.policies[0], FORUM.policies[0].model_copy(update={"start": "2028-01"})
    twice = FORUM.model_copy(update={"policies": (first.model_copy(update={"end": "2026-01"}), second)})
    (issue,) = unstarted([find_key("forum.end")], [twice])  # type: ignore[list-item]
    assert "two months in forum" in issue.message
    check_points(design_of(varied("forum.quorum=3,4")), (twice,))


def test_twenty_points_are_shown_and_the_rest_counted() -> None:
    problems = broken("forum.start=2026-01:2029-01:37", "forum.end=2025-01")
    assert len(problems) == 21
    assert problems[-1].message == "and 17 more of such problems"


def test_one_at_a_time_is_checked_with_the_rest_as_in_the_scenario() -> None:
    (problem,) = broken("forum.quorum=5,4", "forum.members=ALB+BIH+MKD+SRB,ALB+SRB", kind="one-at-a-time")
    assert problem.key == "forum.members = ALB+SRB"


def test_only_what_a_scenario_starts_is_checked() -> None:
    design = Design("list", ("forum.quorum", "forum.members"), ((6, ("ALB", "SRB")),))
    check_points(design, (STATUS_QUO,))
    with pytest.raises(InputError):
        check_points(design, (STATUS_QUO, FORUM))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_is_found_in_parts_of_points_is_what_reading_them_whole_finds(seed: int) -> None:
    """Numbers are left out of the check: should a rule ever read one, this fails."""
    levers = [
        f"forum.{each.name}={each.low}:{each.high}"
        for each in MECHANISMS["forum"].levers
        if each.kind == "number"
    ]
    assert len(levers) >= 5
    vary = varied(
        "forum.kosovo_seat", "forum.members=ALB+SRB,ALB+SRB+XKX,ALB+BIH+MKD+MNE+SRB", "forum.quorum=2:6", "forum.rule",
        "forum.start=2023-01:2027-01", "forum.end=2024-01:2028-01", "forum.commitments", *levers,
    )  # fmt: skip
    design = design_of(vary, "latin-hypercube", Sampling(12, seed=seed))
    whole = sum(len(_broken(apply(FORUM, design.keys, point), MECHANISMS)) for point in design.points)
    assert (whole > 0) == _refused(design)


def _refused(design: Design) -> bool:
    try:
        check_points(design, (FORUM,))
    except InputError:
        return True
    return False


def test_a_seat_for_nobody_and_elements_of_their_own_are_said() -> None:
    without = load("forum-without-kosovo")
    (notice,) = point_notices(design_of(varied("forum.kosovo_seat")), (FORUM, without))
    assert 'no member in the scenario "forum-without-kosovo"' in notice
    own = {"parameters": {"rent.SRB": "prior"}}
    fixed = FORUM.model_copy(update={"assumptions": FORUM.assumptions.model_copy(update=own)})
    (notice,) = point_notices(design_of(varied("rent=1,2")), (FORUM, fixed))
    assert "keeps its own rent.SRB" in notice
    assert point_notices(design_of(varied("forum.quorum=3", "rent.SRB=1")), (FORUM, fixed)) == ()
