"""Files of institutions: read whole, or refused with every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.analogues.rules import COUNCIL, council
from wbsim.analogues.analogue import Count, Events, Interval, Order
from wbsim.analogues.load import load_analogues
from wbsim.errors import InputError, Problem


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as refused:
        council(text)
    return refused.value.problems


def test_an_institution_is_read_in_the_terms_of_the_levers() -> None:
    found = council()
    assert (found.name, found.start, found.last, found.use) == ("council", "2014-03", "2018-02", "fit")
    assert found.policies[0].levers["meetings_per_year"] == 2
    assert found.policies[0].levers["quorum"] == 4, "levers that are not named have their defaults"
    values = {each.id: each.value for each in found.observations}
    assert values["table"] == Count(1, 1)
    assert values["pledges"] == Count(4, 17)
    assert values["first"] == Interval(5.0, 6.0)
    assert values["quarrels"] == Events(1, 2.0)
    order = values["last"]
    assert isinstance(order, Order)
    assert order.pairs == (("ALB", "BIH"), ("MKD", "BIH"), ("MNE", "BIH"))


def test_what_is_marked_validation_is_not_among_what_is_fitted() -> None:
    assert [each.id for each in council().fitted] == ["table", "pledges", "first", "last"]
    assert council(COUNCIL.replace('use = "fit"', 'use = "validation"')).fitted == ()


def test_months_of_its_own_calendar_become_simulated_ones() -> None:
    found = council()
    assert found.policies[0].start == "2023-01"
    assert found.events[0].month == "2023-03"
    assert found.assumptions.paths[0].since == "2024-01"
    assert list(found.window(found.observations[0])) == [5]
    assert list(found.window(found.observations[4])) == list(range(24))


def test_a_time_without_a_high_end_had_not_happened_by_then() -> None:
    found = council(COUNCIL.replace("low = 5\nhigh = 6", "low = 24"))
    assert found.observations[2].value == Interval(24.0, None)


def test_scales_of_what_was_kept_are_different_measures() -> None:
    lenient = COUNCIL.replace(
        'bar = "strict"\ncount = 4\nof = 17', 'bar = "lenient"\nshare = 0.65\nerror = 0.1'
    )
    assert council().observations[1].measure == "kept-strict"
    assert council(lenient).observations[1].measure == "kept-lenient"


def test_everything_that_is_wrong_is_said_at_once_with_its_line() -> None:
    text = (
        COUNCIL.replace('start = "2014-03"', 'start = "March 2014"')
        .replace("meetings_per_year = 2", "meetings_a_year = 2")
        .replace('who = ["SRB"]', 'who = ["SER"]')
        .replace("count = 4\nof = 17", "count = 17\nof = 4")
        .replace("low = 5\nhigh = 6", "low = 6\nhigh = 5")
        .replace('"MNE"], ["BIH"]', '"MNE"], ["MNE"]')
        .replace('"XKX-SRB"', '"SRB-XKX"')
        .replace("years = 2", "years = 0")
    )
    found = problems(text)
    lines = text.splitlines()
    assert {(problem.key, lines[(problem.line or 0) - 1].partition(" =")[0]) for problem in found} == {
        ("start", "start"),
        ("policy[1].meetings_a_year", "meetings_a_year"),
        ("observation[1].who[1]", "who"),
        ("observation[2].count", "count"),
        ("observation[3].high", "high"),
        ("observation[4].order[2][1]", "order"),
        ("observation[5].who[1]", "who"),
        ("observation[5].years", "years"),
    }
    assert 'did you mean "XKX-SRB"?' in [problem.suggestion for problem in found]


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('bar = "strict"\n', "", "observation[2].bar", "must be given"),
        ('bar = "strict"', 'bar = "lenient"', "observation[2].count", "counts half"),
        ('who = ["SRB"]', 'who = ["SRB"]\nbar = "strict"', "observation[1].bar", 'belongs to "kept" only'),
        ('who = ["SRB"]', 'who = ["SRB"]\nseverity = 2', "observation[1].severity", 'belongs to "crises" only'),
        ('at = "2014-08"', 'at = "2014-08"\nfrom = "2014-08"', "observation[1].from", "beside at"),
        ('at = "2014-08"', 'at = "2019-08"', "observation[1].at", "the months of the institution"),
        ("low = 5\nhigh = 6", "count = 5\nof = 6", "observation[3]", "must have low and high"),
        ('id = "last"', 'id = "first"', "observation[4].id", "a second time"),
        ('id = "last"', 'id = "The last"', "observation[4].id", "small letters"),
        ("meetings_per_year = 2", 'start = "2015-01"', "policy[1].start", "that of the institution"),
        ('discrepancy = "middle"', 'discrepancy = "huge"', "discrepancy", "must be one of near, middle, far"),
        ('name = "accession"\n', 'name = "accession"\nstates = 3\n', "assumptions.path[1].states", "must be a list"),
        ('month = "2014-05"', 'month = "2024-05"', "event[1].month", "the months of the institution"),
        ('source = "a data set"', 'source = " "', "observation[5].source", "must not be empty"),
        ('label = "A council"\n', "", "label", "must be given"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(old: str, new: str, key: str, said: str) -> None:
    assert old in COUNCIL
    found = [problem for problem in problems(COUNCIL.replace(old, new, 1)) if problem.key == key]
    assert [said in problem.message for problem in found] == [True]


def test_what_is_counted_of_a_forum_needs_one() -> None:
    text = COUNCIL.replace(
        'mechanism = "forum"\nmeetings_per_year = 2\nkosovo_seat = "asterisk"', 'mechanism = "iisg"'
    )
    keys = {problem.key for problem in problems(text)}
    assert keys == {f"observation[{number}].indicator" for number in (1, 2, 3, 4)}


def test_a_folder_is_read_with_the_mistakes_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(COUNCIL)
    (tmp_path / "b.toml").write_text(COUNCIL.replace('name = "council"', 'name = "board"'))
    assert [each.name for each in load_analogues(tmp_path)] == ["board", "council"]
    (tmp_path / "b.toml").write_text(COUNCIL)
    (tmp_path / "c.toml").write_text(COUNCIL.replace("of = 17", "of = 3"))
    with pytest.raises(InputError) as refused:
        load_analogues(tmp_path)
    assert [(Path(p.file or "").name, p.key) for p in refused.value.problems] == [
        ("c.toml", "observation[2].count"),
        ("b.toml", "name"),
    ]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file of an institution"):
        load_analogues(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        load_analogues(tmp_path / "none.toml")
