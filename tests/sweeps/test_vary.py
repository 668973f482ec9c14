from __future__ import annotations

import pytest

from tests.sweeps.small import refused, scenarios, spec, varied
from wbsim.sweeps.read_vary import read_vary
from wbsim.sweeps.spread import FromPrior, Listed, Range
from wbsim.tables.calendar import month_number


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("forum.dialogue", "0:3:4", (0.0, 1.0, 2.0, 3.0)),
        ("forum.dialogue", "0:3:11", (0.0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3.0)),
        ("iisg.funds", "2:200:3:log", (2.0, 20.0, 200.0)),
        ("iisg.funds", "2:200:3:linear", (2.0, 101.0, 200.0)),
        ("forum.dialogue", "0.5, 1,1.5e0", (0.5, 1.0, 1.5)),
        ("forum.quorum", "2:6:5", (2, 3, 4, 5, 6)),
        ("forum.quorum", "3", (3,)),
        ("run.citizens", "100:10000:3:log", (100, 1000, 10000)),
        ("forum.start", "2023-01:2027-01:5", ("2023-01", "2024-01", "2025-01", "2026-01", "2027-01")),
        ("forum.start", "2023-01,2024-06", ("2023-01", "2024-06")),
        ("forum.end", "2026-01,never", ("2026-01", "never")),
        ("forum.kosovo_seat", "equal,absent", ("equal", "absent")),
        ("forum.members", "SRB+ALB+XKX,ALB+SRB", (("ALB", "XKX", "SRB"), ("ALB", "SRB"))),
        (
            "iisg-results.weights",
            "cyber=0.25+borders=0.75,terrorism=1",
            ("borders=0.75+cyber=0.25", "terrorism=1.0"),
        ),
        ("variants.trust_rule", "", ("reputation", "two-types")),
        ("forum_channel", "none,grows,secretariat", ("none", "grows", "secretariat")),
        ("structures.forum_weighs", "", ("efforts", "delivered")),
        ("source", "prior,posterior", ("prior", "posterior")),
        ("loss_weight", "prior,2,posterior", ("prior", 2.0, "posterior")),
        ("loss_weight", "1:3:3", (1.0, 2.0, 3.0)),
    ],
)
def test_what_the_command_line_takes(name: str, text: str, values: tuple[object, ...]) -> None:
    spread, issues, _ = spec(name, text)
    assert issues == []
    assert isinstance(spread, Listed)
    assert spread.values == values
    assert [type(value) for value in spread.values] == [type(value) for value in values]


@pytest.mark.parametrize(
    ("name", "raw", "values"),
    [
        ("forum.meetings_per_year", [1, 4, 12], (1.0, 4.0, 12.0)),
        ("forum.meetings_per_year", {"low": 1, "high": 9, "count": 3}, (1.0, 5.0, 9.0)),
        ("iisg.funds", {"low": 2, "high": 200, "count": 3, "scale": "log"}, (2.0, 20.0, 200.0)),
        ("forum.start", {"low": "2023-01", "high": "2025-01", "count": 3}, ("2023-01", "2024-01", "2025-01")),
        ("forum.members", ["ALB", "SRB"], (("ALB", "SRB"),)),
        ("forum.members", [["SRB", "ALB"], ["ALB", "XKX"]], (("ALB", "SRB"), ("ALB", "XKX"))),
        ("forum.members", ["ALB+SRB", "ALB+XKX"], (("ALB", "SRB"), ("ALB", "XKX"))),
        ("iisg-results.weights", {"cyber": 1}, ("cyber=1.0",)),
        ("iisg-results.weights", [{"cyber": 1}, "borders=1"], ("cyber=1.0", "borders=1.0")),
        ("forum.quorum", 5, (5,)),
        ("loss_weight", 2, (2.0,)),
    ],
)
def test_what_a_sweep_file_takes_beside_that(name: str, raw: object, values: tuple[object, ...]) -> None:
    spread, issues, _ = spec(name, raw)
    assert issues == []
    assert spread == Listed(values)  # type: ignore[arg-type]


def test_ranges_and_priors_are_for_sampled_designs() -> None:
    assert spec("forum.dialogue", "0:3")[0] == Range(0.0, 3.0)
    assert spec("iisg.funds", "2:200:log")[0] == Range(2.0, 200.0, "log")
    assert spec("forum.start", "2023-01:2025-01")[0] == Range(
        month_number("2023-01"), month_number("2025-01")
    )
    assert spec("loss_weight", "prior")[0] == spec("loss_weight", None)[0] == FromPrior()
    assert read_vary(["loss_weight", "influence=prior"], scenarios()).varied[1].spread == FromPrior()


def test_whole_numbers_are_the_nearest_and_a_notice_says_so() -> None:
    spread, _, notices = spec("forum.meetings_per_year", "1:12:4")
    assert spread == Listed((1.0, 5.0, 8.0, 12.0))
    assert notices == ["forum.meetings_per_year: the nearest whole numbers are taken: 1, 5, 8, 12"]
    assert spec("forum.meetings_per_year", "0,4,8")[2] == []
    spread, _, notices = spec("forum.quorum", "2:4:9")
    assert spread == Listed((2, 3, 4))
    assert notices[0].endswith("2, 3, 4; 6 that came twice are left out")
    spread, _, notices = spec("forum.start", "2023-01:2023-04:3")
    assert spread == Listed(("2023-01", "2023-03", "2023-04"))
    assert "nearest whole months" in notices[0]


def test_fractions_of_a_count_can_be_listed() -> None:
    assert spec("forum.meetings_per_year", "0.5,1.5")[0] == Listed((0.5, 1.5))
    assert "must be whole" in spec("forum.meetings_per_year", "0.5:12:4")[1][0]


def test_one_prior_for_all_elements_is_said_or_refused() -> None:
    assert "all of its elements take the same number" in spec("rent", "prior")[2][0]
    assert spec("rent.SRB", "prior")[2] == []
    assert "each of its elements has a prior of its own" in spec("threat_level", "prior")[1][0]
    assert spec("threat_level.war", "prior")[0] == FromPrior()
    assert "one fixed number" in spec("hazard_share.SRB", "prior")[1][0]


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("forum.meetings_per_year", "1:13:4", "must be between 0 and 12 meetings a year; it is 13"),
        ("forum.meetings_per_year", "12:1:4", "must be above low"),
        ("forum.meetings_per_year", "1:12:1", "must be between 2 and 10000 values; it is 1"),
        ("forum.meetings_per_year", "1:12:99999999", "must be between 2 and 10000 values"),
        ("forum.meetings_per_year", "1:12:4:cubic", "must be lo:hi, lo:hi:count or lo:hi:count:log"),
        ("forum.meetings_per_year", "1:12:4:log:5", "must be lo:hi"),
        ("forum.meetings_per_year", "1::4", "must be lo:hi"),
        ("forum.meetings_per_year", "1:12:x", "must be a whole number"),
        ("forum.meetings_per_year", "", "must be given values"),
        ("forum.meetings_per_year", "many", 'it is "many"'),
        ("forum.meetings_per_year", [True], "it is true"),
        ("forum.dialogue", "0:3:4:log", "must be of numbers above 0"),
        ("forum.dialogue", float("nan"), "it is nan"),
        ("loss_weight", float("nan"), "it is nan"),
        ("forum.dialogue", [10**400], "must be between 0 and 3"),
        ("forum.dialogue", "1,,2", 'it is ""'),
        ("forum.quorum", "2.5", "must be a whole number"),
        ("forum.quorum", "7", "must be between 2 and 6 states"),
        ("forum.kosovo_seat", "equal,away", "must be one of equal, asterisk, absent"),
        ("forum.kosovo_seat", "1:2:3", "cannot be a range"),
        ("forum.kosovo_seat", {"low": 1, "high": 2}, "cannot be a range"),
        ("forum.members", "ALB", "at least 2 states"),
        ("forum.members", "ALB+USA", "must be a state"),
        ("forum.members", "ALB+ALB", "a second time"),
        ("forum.members", [["ALB"] * 1000], "names 1000 states"),
        ("iisg-results.weights", "cyber=0.5", "must sum to 1"),
        ("iisg-results.weights", "cyber", "must be a table of domains"),
        ("iisg-results.weights", "money=1", "is not a key of weights"),
        ("forum.start", "2021-01", 'must be a month from "2021-02"'),
        ("forum.start", "2033-01", 'to "2032-12"'),
        ("forum.start", "never", "must be a month"),
        ("forum.start", "2023-1:2024-01:3", "must be a month"),
        ("forum.end", {"low": "2025-01", "high": "never"}, 'it is "never"'),
        ("loss_weight", "-1e9", "must be between"),
        ("loss_weight", "high", "must be a number between"),
        ("loss_weight", [{"distribution": "normal"}], "it is a table"),
        ("loss_weight", {"low": 1, "high": "prior"}, "must be a number"),
        ("loss_weight", {"low": 1, "upper": 2}, "is not a key of a range"),
        ("loss_weight", [], "must have 1 to 1000 values; it has 0"),
        ("loss_weight", [1] * 2000, "must have 1 to 1000 values; it has 2000"),
        ("variants.trust_rule", "two", "must be one of reputation, two-types"),
        ("forum_channel", "non", "must be one of none, grows, secretariat"),
        ("run.citizens", "10", "must be between 40 and 60000"),
    ],
)
def test_what_cannot_be_is_refused_with_what_is_allowed(name: str, raw: object, words: str) -> None:
    spread, issues, _ = spec(name, raw)
    assert spread is None
    assert any(words in issue for issue in issues), issues


def test_all_problems_come_at_once_with_their_options() -> None:
    problems = refused("forum.quorum=9", "forum.quorums=1", "run.seed=1:9:3", "loss_weight=x", "loss_weight")
    assert [problem.key for problem in problems] == [
        "--vary forum.quorum",
        "--vary forum.quorums",
        "--vary run.seed",
        "--vary loss_weight",
        "--vary loss_weight",
    ]
    assert not any("without quotes" in str(problem) for problem in problems)


def test_twenty_are_shown_and_the_rest_counted() -> None:
    problems = refused(*(f"rent{n}=1" for n in range(50)))
    assert len(problems) == 21
    assert str(problems[-1]) == "and 30 more of such problems"


def test_a_key_under_two_spellings_is_one_key() -> None:
    (problem,) = refused("loss_weight=1,2", "assumptions.parameters.loss_weight=3")
    assert "a second time" in problem.message


def test_a_mechanism_that_no_scenario_starts_is_refused_with_who_starts_what() -> None:
    among = scenarios("status-quo", "forum")
    (problem,) = refused("iisg-results.funds=1:9:3", among=among)
    assert problem.key == "--vary iisg-results.funds"
    assert "status-quo starts nothing; forum starts forum" in problem.message
    assert 'starts "iisg-results"' in str(problem.suggestion)
    (problem,) = refused("iisg.funds=1:9:3", among=among)
    assert "What the status quo has of it keeps its own settings" in problem.message
    assert read_vary(["iisg-results.funds=1:9:3"], scenarios("forum", "both")).varied


def test_the_order_of_keys_is_the_order_given() -> None:
    given = ("loss_weight=1,2", "forum.quorum=4,5", "variants.trust_rule")
    assert [each.key.name for each in varied(*given)] == [
        "loss_weight",
        "forum.quorum",
        "variants.trust_rule",
    ]
