"""Published rows bound to questions: those of the package, and those that others bring."""

from __future__ import annotations

import csv
from collections import Counter
from importlib import resources

import pytest

from tests.instruments.rows import QUESTIONS, catalogue, row
from wbsim.instruments.bind import bind
from wbsim.instruments.load import load_catalogue, load_figures, load_register

REGISTER = load_register()
FIGURES = {figure.id: figure for figure in REGISTER.figures}
REST = {item.row: item for item in REGISTER.rest}


def package_rows() -> list[dict[str, str]]:
    text = resources.files("wbsim.tables").joinpath("data", "survey_figures.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def subject(statement: str, **changes: object) -> str:
    """What a row of another survey is bound to by the bundled questions, or what became of it."""
    found = bind([row(statement, **changes)], load_catalogue())
    return found.figures[0].subject if found.figures else found.rest[0].fate


# ---------------------------------------------------------------- the rows of the package


def test_the_file_of_figures_is_what_the_patterns_make_of_the_published_rows() -> None:
    assert load_figures() == REGISTER.figures


def test_no_row_is_left_out_and_none_is_there_twice() -> None:
    held = [figure.row for figure in REGISTER.figures if figure.used] + list(REST)
    assert sorted(held) == sorted(row["id"] for row in package_rows())
    assert REGISTER.unmatched == ()


def test_rows_are_counted_by_what_became_of_them_and_by_split() -> None:
    counts = {key: number for key, number in REGISTER.counts().items() if number}
    assert counts == {
        ("bound", "paper"): 29, ("bound", "calibration"): 54, ("bound", "validation"): 15,
        ("collapsed", "paper"): 6, ("collapsed", "calibration"): 1,
        ("shown", "paper"): 16, ("shown", "calibration"): 46, ("shown", "validation"): 9, ("shown", "context"): 44,
    }  # fmt: skip
    splits = Counter(row["split"] for row in package_rows())
    assert {split: sum(n for (_, s), n in counts.items() if s == split) for split in splits} == splits


def test_figures_hold_the_published_values() -> None:
    published = {row["id"]: row for row in package_rows()}
    for figure in REGISTER.figures:
        source = published[figure.row]
        assert figure.value == float(source["value_percent"])
        assert (figure.population, figure.split, source["value_kind"]) == (
            source["population"],
            source["split"],
            "exact",
        )
    assert all(item.reason for item in REGISTER.rest)


@pytest.mark.parametrize(
    ("identifier", "subject"),
    [
        ("S001", "asb-closer"),
        ("S005", "asb-most-serious.war"),
        ("S014", "asb-most-serious.corruption"),
        ("S016", "asb-second-most-serious.organised-crime"),
        ("S019", "opinion-ALB.somewhat-favourable+highly-favourable"),
        ("S021", "opinion-ALB.highly-unfavourable"),
        ("E002", "open-balkan.somewhat"),
        ("E020", "political-threat-russia-2020.not-a-threat"),
        ("E092", "securimeter-impact.organised-crime"),
        ("E097", "securimeter-urgent.terrorism"),
        ("E103", "disinformation-problem"),
        ("E174", "assistance-from-SRB.disagree"),
        ("E231", "greatest-threatening-state.russia"),
    ],
)
def test_a_row_answers_what_it_says(identifier: str, subject: str) -> None:
    assert FIGURES[identifier].subject == subject


def test_wordings_that_differ_are_different_questions() -> None:
    """Multiple choices beside single ones, changed scales, other surveys, a base that is not stated."""
    for one, other in [
        ("S012", "E230"),  # a threat among several, the greatest threat
        ("E110", "E115"),  # the scale changed between 2021 and 2023
        ("E018", "E019"),  # the rounds of 2020 and 2022 are reported in other words
        ("E179", "E152"),  # regional cooperation in two surveys
        ("E179", "E009"),  # Kosovo: 68.8 and 42
        ("E188", "E254"),  # the same statement in two surveys
        ("E227", "E211"),  # friends of all, and perhaps of those who name one
        ("S006", "S005"),
    ]:
        assert FIGURES[one].question != FIGURES[other].question
    for one, other in [
        ("E180", "E181"),
        ("E187", "E189"),
        ("S006", "S007"),
        ("E150", "E153"),
        ("S007", "E091"),
    ]:
        assert FIGURES[one].question == FIGURES[other].question


def test_an_open_balkan_total_is_the_sum_of_its_grades() -> None:
    totals = {"S047": ("E003", "E004"), "S048": ("E007", "E008"), "S049": ("E005", "E006"), "S050": ("E001", "E002"),
              "S051": ("E009", "E010")}  # fmt: skip
    for total, parts in totals.items():
        assert REST[total].fate == "collapsed"
        assert REST[total].value == sum(FIGURES[part].value for part in parts)
        assert {FIGURES[part].population for part in parts} == {REST[total].population}


def test_a_regional_figure_that_is_the_mean_of_its_states_is_used_once() -> None:
    states = [FIGURES[f"E{number}"].value for number in range(103, 109)]
    assert REST["E109"].fate == "collapsed"
    assert round(sum(states) / 6) == REST["E109"].value == 77.0


@pytest.mark.parametrize(
    ("identifier", "reason"),
    [
        ("S008", "outside the region"),
        ("S011", "states outside the region"),
        ("S025", "allies"),
        ("E014", "without an opinion"),
        ("E013", "no exact value: ambiguous"),
        ("E021", "context"),
        ("E160", "WB6 youth 18-24"),
        ("E173", "no exact value: approximate"),
        ("E176", "agencies' work"),
        ("E183", "how relations have changed"),
        ("E217", "Bulgaria"),
        ("E213", "open list"),
        ("E251", "NATO"),
        ("E257", "youth"),
    ],
)
def test_a_row_that_nothing_answers_is_shown_with_the_reason(identifier: str, reason: str) -> None:
    assert REST[identifier].fate == "shown"
    assert reason in REST[identifier].reason


def test_months_of_fieldwork_are_those_of_the_survey() -> None:
    assert FIGURES["S007"].months == ("2021-02",)
    assert FIGURES["S001"].months == ("2022-03", "2022-04", "2022-05", "2022-06")
    assert FIGURES["E150"].months == ("2019-11", "2019-12", "2020-01")
    assert FIGURES["E188"].months == ("2021-09",)
    assert len(FIGURES["E190"].months) == 12
    assert FIGURES["E188"].survey != FIGURES["E190"].survey
    assert FIGURES["S007"].survey == FIGURES["E091"].survey
    assert FIGURES["S006"].n == 6 * FIGURES["S001"].n


# ---------------------------------------------------------------- rows that others bring


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Favourable opinion of Kosovo", "opinion-XKX~poll-of-someone.somewhat-favourable+highly-favourable"),
        (
            "Unfavorable view of Serbia",
            "opinion-SRB~poll-of-someone.highly-unfavourable+somewhat-unfavourable",
        ),
        ("Support Open Balkan", "open-balkan-support~poll-of-someone.support"),
        ("Opposes the Open Balkan initiative", "open-balkan-support~poll-of-someone.against"),
        ("Russia is the biggest threat", "greatest-threatening-state~poll-of-someone.russia"),
        ("Corruption is a serious threat", "threat-corruption~poll-of-someone"),
        ("Organised crime is the biggest threat", "biggest-threat~poll-of-someone.organised-crime"),
        ("More regional cooperation is needed", "regional-cooperation~poll-of-someone"),
        ("Feels safe in own country", "safe-in-country~poll-of-someone"),
        ("Feel safe in their neighbourhood", "safe-in-neighbourhood~poll-of-someone"),
        ("Feels safe at home", "safe-in-home~poll-of-someone"),
        ("Trusts Serbia", "trusts-SRB~poll-of-someone"),
        ("Serbia is a friend", "friendly-SRB~poll-of-someone.friendly"),
        ("Serbia is not a friendly country", "friendly-SRB~poll-of-someone.not-friendly"),
        ("Serbia is hostile", "hostile-SRB~poll-of-someone.hostile"),
        ("Serbia is an enemy", "hostile-SRB~poll-of-someone.hostile"),
        ("Regional relations will improve", "relations-outlook~poll-of-someone.better"),
        ("Relations in the region will worsen", "relations-outlook~poll-of-someone.worse"),
    ],
)
def test_a_new_wording_measures_the_same_with_an_intercept_of_its_own(statement: str, expected: str) -> None:
    assert subject(statement) == expected
    found = bind([row(statement)], load_catalogue()).questions[0]
    base = load_catalogue().questions[found.id.partition("~")[0]]
    assert found.measures == base.measures
    assert not set(found.intercepts) & set(base.intercepts)


@pytest.mark.parametrize(
    ("statement", "survey", "population", "expected"),
    [
        ("War or political instability affects feeling of security", "SecuriMeter 2024 (RCC)", "WB6",
         "securimeter-impact.war"),
        ("Highly or somewhat favourable opinion of Serbia", "IRI 2024 poll", "MNE",
         "opinion-SRB.somewhat-favourable+highly-favourable"),
        ("Feel safe in own home", "WBSB 2024 Kosovo (KCSS)", "XKX", "safe-in-home"),
        ("Corruption is the number one security threat", "Albanian Security Barometer 2024", "ALB",
         "asb-most-serious.corruption"),
        ("Region is a safe place to live", "SecuriMeter 2024 (RCC)", "ALB", "region-safe"),
    ],
)  # fmt: skip
def test_another_wave_of_the_same_survey_asks_the_same_question(
    statement: str, survey: str, population: str, expected: str
) -> None:
    assert subject(statement, survey=survey, population=population) == expected


def test_waves_of_a_survey_share_their_own_wording() -> None:
    rows = [
        row("Trusts Serbia", id="a"),
        row("Trusts Serbia", id="b", survey="Poll of Someone, Nov 2023 (CATI)"),
    ]
    rows[1] = row(
        "Trusts Serbia", id="b", survey="Poll of Someone Nov 2023 (CATI)", fieldwork="Nov 2023", year="2023"
    )
    assert [f.question for f in bind(rows, load_catalogue()).figures] == ["trusts-SRB~poll-of-someone"] * 2


@pytest.mark.parametrize(
    "statement",
    [
        "Does not trust Serbia",
        "No trust in Serbia",
        "Does not support regional cooperation",
        "Disagree that more regional cooperation is needed",
        "Against closer regional cooperation",
        "Less regional cooperation",
        "Does not feel safe in own country",
        "Feels unsafe in own country",
        "Russia is not a threat",
        "Regional relations will not improve",
        "Dissatisfied with the security situation",
        "Not worried about war",
        "Serbia is not an enemy",
        "Open Balkan: somewhat oppose",
    ],
)
def test_a_statement_that_is_turned_round_is_not_bound_to_its_opposite(statement: str) -> None:
    assert subject(statement) == "unmatched"


@pytest.mark.parametrize(
    ("statement", "changes", "fate"),
    [
        ("Favourable opinion of Croatia", {}, "shown"),
        ("Favourable opinion of Serbian president", {}, "unmatched"),
        ("Favourable opinion of Serbia's government", {}, "unmatched"),
        ("Trusts Serbia", {"population": "SRB"}, "shown"),
        ("Trusts Serbia", {"population": "MNE youth"}, "shown"),
        ("Trusts Serbia", {"kind": "lower_bound"}, "shown"),
        ("Trusts Serbia", {"split": "context"}, "shown"),
        ("Trusts Serbia", {"fieldwork": "", "year": "unknown"}, "unmatched"),
        ("Trusts Serbia", {"fieldwork": "1999", "year": "1999"}, "unmatched"),
        ("Trusts Serbia", {"split": "calibration"}, "unmatched"),
        ("Would join the EU", {}, "shown"),
        ("Likes cheese", {}, "unmatched"),
    ],
)
def test_what_cannot_be_bound_is_listed(statement: str, changes: dict[str, object], fate: str) -> None:
    assert subject(statement, **changes) == fate


def test_a_row_of_an_unknown_survey_has_its_own_months_and_sample() -> None:
    (figure,) = bind([row("Trusts Serbia", fieldwork="Mar-Apr 2024")], load_catalogue()).figures
    assert (figure.months, figure.n) == (("2024-03", "2024-04"), 1200)
    regional = row(
        "More regional cooperation is needed", population="WB6", sample_size=">6000 in 6 economies"
    )
    assert bind([regional], load_catalogue()).figures[0].n == 6000
    unknown = row("Trusts Serbia", sample_size="")
    assert bind([unknown], load_catalogue()).figures[0].n == 1000


def test_two_rows_with_one_answer_are_not_counted_twice() -> None:
    found = bind([row("Trusts Serbia", id="a"), row("Trust in Serbia", id="b")], load_catalogue())
    assert [figure.id for figure in found.figures] == ["a"]
    assert "as a; give one of them a question of its own" in found.unmatched[0].reason


# ---------------------------------------------------------------- which pattern has a row


def two(first: str, second: str) -> str:
    """What a row becomes under two questions whose patterns have these further keys."""
    text = QUESTIONS.replace(
        "{ statement = 'trusts {state}' }", f"{{ statement = 'trusts {{state}}'{first} }}"
    )
    other = (
        '[[question]]\nid = "other"\nwording = "x"\ntype = "agree"\nmeasures = "trust"\nitems = ["SRB"]\n'
        f"reason = \"x\"\nmatch = [{{ statement = 'trusts serbia'{second} }}]\n\n[[survey]]"
    )
    found = bind([row("Trusts Serbia")], catalogue(text.replace("[[survey]]", other)))
    return found.figures[0].subject if found.figures else found.unmatched[0].reason


def test_two_questions_that_fit_alike_are_reported() -> None:
    assert two("", "") == "fits several questions alike: trusts-SRB, other; give one a lower priority"


def test_its_own_wording_goes_before_a_new_one_and_a_priority_before_both() -> None:
    assert two("", ', wording = "new"') == "trusts-SRB"
    assert two(', wording = "new"', "") == "other"
    assert two("", ", priority = 2") == "trusts-SRB"
    assert two(", priority = 3", ', wording = "new"') == "other~poll-of-someone"


def test_a_pattern_is_bound_to_its_survey_population_and_theme() -> None:
    assert two(", survey = 'Someone'", ", survey = 'Nobody'") == "trusts-SRB"
    assert two(", population = '^ALB$'", "") == "other"
    assert two(", theme = 'threat'", "") == "other"


def test_collapsed_and_shown_rows_have_their_reasons() -> None:
    found = bind([row("Trusts Serbia", id="C1"), row("Likes NATO")], catalogue())
    assert [(item.fate, item.reason) for item in found.rest] == [
        ("collapsed", "in C2"),
        ("shown", "no actor"),
    ]
