"""A statement is bound only if all its words are known: what a stranger may say is without end."""

from __future__ import annotations

import pytest

from tests.instruments.rows import row
from wbsim.instruments.bind import bind, same_statement
from wbsim.instruments.load import load_catalogue, load_published, load_register
from wbsim.instruments.register import Register

#: None of these words stands in a list of words that turn a statement round or name a part of a public.
CHANGED = [
    ("Few support the Open Balkan initiative", "MKD"),
    ("Only a handful support the Open Balkan initiative", "MKD"),
    ("Little support for the Open Balkan initiative", "MKD"),
    ("Open Balkan should be suspended although it is good", "MKD"),
    ("Trust in Serbia has declined", "MKD"),
    ("Zero trust in Serbia", "MKD"),
    ("Limited trust in Serbia", "MKD"),
    ("Trusts Serbia more than before", "MKD"),
    ("Would trust Serbia if it recognised Kosovo", "MKD"),
    ("Serbia is a friend only on paper", "MKD"),
    ("Serbia is an enemy of the past", "MKD"),
    ("More regional cooperation is overrated", "MKD"),
    ("More regional cooperation would be a waste of money", "MKD"),
    ("Afraid of more regional cooperation", "MKD"),
    ("Regional cooperation contributes to instability", "MKD"),
    ("Want to sever relations with Serbia", "MKD"),
    ("Should avoid cooperation with Serbia", "MKD"),
    ("Support boycott of cooperation with Serbia", "MKD"),
    ("Serbia's influence is rarely positive", "MKD"),
    ("Feels safe in the country at night", "MKD"),
    ("VMRO voters support regional cooperation", "MKD"),
    ("Croats support regional cooperation", "BIH"),
    ("Residents of northern Kosovo support regional cooperation", "XKX"),
    ("Support for regional cooperation, 18-29", "MKD"),
    ("University graduates support regional cooperation", "MKD"),
    ("Citizens of Skopje support regional cooperation", "MKD"),
    ("Respondents with relatives in Serbia trust Serbia", "MKD"),
    ("Negative view of Serbia among the elite", "MKD"),
]
PLAIN = [
    ("Supports more regional cooperation", "MKD", "regional-cooperation"),
    ("Citizens agree that more regional cooperation is needed", "MKD", "regional-cooperation"),
    ("More regional cooperation is good", "MKD", "regional-cooperation"),
    ("Regional cooperation contributes to stability", "MKD", "regional-cooperation-contributes"),
    ("North Macedonia should have closer relations with Serbia", "MKD", "cooperation-with-SRB"),
    ("Want better relations with Serbia", "MKD", "cooperation-with-SRB"),
    ("Share of citizens that trusts Serbia (2024)", "MKD", "trusts-SRB"),
    ("Serbia is a serious threat", "XKX", "threat-from-SRB"),
    ("Worried about the outbreak of war", "SRB", "threat-war"),
    ("Does not support Open Balkan", "MKD", "open-balkan-support"),
    ("Supports the dialogue with Serbia", "XKX", "dialogue-with-SRB"),
    ("Most important ally of the country: Serbia", "MKD", "greatest-friend-serbia"),
    ("Serbia is the greatest friend of the country", "BIH", "greatest-friend-serbia"),
]


def bound(*statements: str, population: str = "MKD") -> Register:
    rows = [row(text, id=str(number), population=population) for number, text in enumerate(statements)]
    return bind(rows, load_catalogue())


@pytest.mark.parametrize(("statement", "population"), CHANGED)
def test_a_word_that_nobody_foresaw_is_not_read_over_but_named(statement: str, population: str) -> None:
    found = bound(statement, population=population)
    assert found.figures == ()
    assert "may change what it says: reword" in found.rest[0].reason


@pytest.mark.parametrize(("statement", "population", "question"), PLAIN)
def test_plain_words_do_not_keep_a_row_out(statement: str, population: str, question: str) -> None:
    (figure,) = bound(statement, population=population).figures
    assert figure.question.partition("~")[0] == question


def test_the_reason_names_the_words() -> None:
    (rest,) = bound("Democrats rarely trust Serbia").rest
    assert rest.fate == "unmatched"
    assert 'fits trusts-SRB~poll-of-someone, but "Democrats", "rarely" may change' in rest.reason


def test_a_turned_statement_is_shown_with_the_question_that_it_is_like() -> None:
    (rest,) = bound("Few trust Serbia").rest
    assert rest.reason.startswith('is like trusts-{state}, but "Few" turns what it says')


@pytest.mark.parametrize(
    "statement",
    [
        "Do not oppose the Open Balkan initiative",
        "Against leaving Open Balkan",
        "Neither supports nor opposes Open Balkan",
    ],
)
def test_two_words_that_turn_a_statement_may_cancel(statement: str) -> None:
    found = bound(statement)
    assert found.figures == ()
    assert "turns what it says" in found.rest[0].reason


def test_one_item_is_not_split_over_two_questions() -> None:
    threats = ("War is the greatest threat", "Serbia is the greatest threat")
    for statement in threats:
        assert len(bound(statement, population="ALB").figures) == 1
    found = bound(*threats, population="ALB")
    assert found.figures == ()
    assert {rest.fate for rest in found.rest} == {"unmatched"}
    assert all(
        "one item, whose answers fit different questions: biggest-threat~poll-of-someone, greatest-threat"
        in rest.reason
        for rest in found.rest
    )


def test_items_asked_one_by_one_are_not_one_item() -> None:
    assert len(bound("Trusts Serbia", "Trusts Albania").figures) == 2


def test_a_statement_of_the_package_is_known_word_for_word() -> None:
    """The same item in a later wave is bound, with the remarks that it is published with."""
    known = next(each for each in load_published() if "politicians who benefit" in each.statement)
    assert load_register().unmatched == ()
    later = row(known.statement, survey=known.survey.replace("2022", "2024"), population=known.population)
    assert bind([later], load_catalogue()).figures == ()
    assert len(bind([later], load_catalogue(), {same_statement(known.statement)}).figures) == 1
