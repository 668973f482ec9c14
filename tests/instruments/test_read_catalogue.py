"""Files of questions: read whole, or refused with every problem and its line at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.instruments.rows import QUESTIONS, catalogue
from wbsim.errors import InputError
from wbsim.instruments.load import load_catalogue
from wbsim.scenario.text import UnreadableError


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        catalogue(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_right_file_gives_questions_surveys_and_rules() -> None:
    found = catalogue()
    assert list(found.questions) == ["trusts-SRB", "trusts-XKX", "joining"]
    assert found.questions["joining"].cuts == (-0.5, 0.0)
    assert found.questions["trusts-SRB"].intercept == "trusts"
    assert found.survey("Poll") is not None
    assert found.survey("Other") is None


def test_a_question_in_a_surveys_own_wording_is_known_by_its_id() -> None:
    own = catalogue().question("trusts-SRB~my-poll")
    assert own is not None
    assert (own.items, own.intercepts) == (("SRB",), ("trusts~my-poll",))
    assert catalogue().question("trusts-ALB~my-poll") is None
    assert catalogue().question("trusts-SRB~My poll") is None
    assert load_catalogue().question("asb-closer~my-poll") is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "joining"', 'id = "Joining"', 'questions.toml:16: question[2].id: must be small letters, digits and'),
        ('id = "joining"', 'id = "joining-{planet}"', "question[2].id: must name a group of [synonyms]: state"),
        ('id = "joining"', 'id = "trusts-SRB"', 'question[2].id: must be small letters'),
        ('wording = "For or against?"\n', "", "question[2].wording: must be given"),
        ('type = "ordered"', 'type = "order"', 'must be one of agree, ordered, first'),
        ('type = "ordered"', 'type = "order"', '(did you mean "ordered"?)'),
        ('measures = "support"\n', 'measures = "blame"\n', 'a question of type "ordered" measures one of support,'),
        ('items = ["cyber", "borders"]', 'items = ["cyber", "border"]',
         'question[2].items[2]: must be one of organised-crime, terrorism, borders, cyber, disasters'),
        ('items = ["cyber", "borders"]', "items = []", "must name at least 1 different ones"),
        ('"for"]\ncuts', '"for it"]\ncuts', 'categories[3]: must be letters, digits and "-"; it is "for it"'),
        ("cuts = [-0.5, 0.0]", "cuts = [0.0]", "must be a list of 2 numbers, one fewer than categories"),
        ("cuts = [-0.5, 0.0]", "cuts = [0.5, 0.0]", "question[2].cuts: must rise; it is [0.5, 0]"),
        ("cuts = [-0.5, 0.0]", "cuts = [0.5, 50]", "must be between -10 and 10 logits; it is 50"),
        ('reason = "support"', 'reasons = "support"', "question[2].reasons: is not a key of a question"),
        ('intercept = "trusts"', 'intercept = "trusts-{threat}"', "question[1].intercept: must be written as an id"),
        ("'in favour'", "'in (favour'", "questions.toml:25: question[2].match[1].statement: is no regular expression"),
        ("'in favour'", "'(a+)+'", "repeats a group that holds a repeat"),
        ("'in favour'", "'in {favour}'", "names no group of [synonyms] with {favour}"),
        ('answers = ["for"]', 'answers = ["four"]', 'question[2].match[1].answers[1]: must be one of against'),
        ('answers = ["for"]', 'answers = ["four"]', '(did you mean "for"?)'),
        (", answers = [\"for\"]", "", "question[2].match[1].answers: must be some of against, undecided, for"),
        ("'trusts {state}'", "'trusts'", "question[1].match[1].statement: must have the groups state, as {name}"),
        ("'trusts {state}' }", "'trusts {state}', answers = [\"yes\"] }", "must be nothing: leave it out"),
        ("negative = true", 'negative = "yes"', "must be true or false"),
        ("'in favour',", "'in favour', wording = \"old\",", "match[1].wording: must be one of same, new"),
        ("'in favour',", "'in favour', priority = 0,", "match[1].priority: must be between 1 and 9; it is 0"),
        ('XKX = ["Kosovo"]', 'KOS = ["Kosovo"]', "synonyms.state.KOS: is not a key of [synonyms.state]"),
        ('XKX = ["Kosovo"]', 'XKX = ["serbia"]', 'synonyms.state: has "serbia" twice'),
        ('XKX = ["Kosovo"]', 'XKX = "Kosovo"', 'must be a list of texts'),
        ('last = "2022-06"', 'last = "2022-01"', 'survey[1].last: must not come before first, "2022-03"'),
        ('last = "2022-06"', 'last = "2032-01"', 'must be a month from "2017-01" to "2030-12"'),
        ("sample = 1000", "sample = 0", "must be between 1 and 1000000 respondents"),
        ("sample = 1000\n", "", "survey[1].sample: must be given: respondents in one state"),
        ('name = "Poll"', 'name = "Poll"\nyear = "22"', 'must be a year in quotes such as "2022"'),
        ('reason = "no actor"', "", "shown[1].reason: must be given: why"),
        ("statement = 'NATO'\n", "", "shown[1].statement: must be given: which rows it is about"),
        ("[[shown]]", "[[show]]", '(did you mean "shown"?)'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, problem: str) -> None:
    assert QUESTIONS.count(old) == 1
    assert any(problem in found for found in problems(QUESTIONS.replace(old, new)))


def test_all_problems_come_at_once_in_the_order_of_their_lines() -> None:
    text = QUESTIONS.replace("sample = 1000", "sample = -1").replace("'oppose'", "'opp)ose'")
    text = text.replace('XKX = ["Kosovo"]', "XKX = [1]")
    found = problems(text)
    assert len(found) == 3
    assert [text.split(":")[1] for text in found] == sorted((text.split(":")[1] for text in found), key=int)


def test_a_new_wording_needs_an_intercept() -> None:
    trust = 'type = "agree"\nmeasures = "trust"\nitems = ["{state}"]'
    level = QUESTIONS.replace(trust, 'type = "level"\nmeasures = "closer"')
    assert any(
        'must be "same": a question of type "level" has no intercept' in found
        for found in problems(level.replace("'trusts {state}' }", "'trusts {state}', wording = \"new\" }"))
    )


def test_two_questions_of_one_name_are_refused() -> None:
    start, end = QUESTIONS.index("[[question]]"), QUESTIONS.index("[[survey]]")
    found = problems(QUESTIONS[:end] + QUESTIONS[start:])
    assert (
        'questions.toml:30: question[3].id: is taken: question 1 is "trusts-SRB" too (choose another)'
        in found
    )
    assert len(found) == 3  # trusts-SRB, trusts-XKX and joining


def test_two_surveys_of_one_name_are_refused() -> None:
    survey = QUESTIONS[QUESTIONS.index("[[survey]]") : QUESTIONS.index("[[collapsed]]")]
    assert any('survey: has "Poll" twice' in found for found in problems(QUESTIONS + survey))


@pytest.mark.parametrize("text", ["", "question = 3", "[[survey]]\nname = 'x'"])
def test_a_file_without_questions_is_refused(text: str) -> None:
    assert any("question" in found for found in problems(text))


def test_what_cannot_be_read_names_the_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableError, match=r"is a directory \(give the path of a questions file \(.toml\)\)"
    ):
        load_catalogue(tmp_path)
    with pytest.raises(UnreadableError, match="no such file"):
        load_catalogue(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("# Krähe".encode("latin-1"))
    with pytest.raises(UnreadableError, match="is not UTF-8 text"):
        load_catalogue(tmp_path / "latin.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * 300_000)
    with pytest.raises(UnreadableError, match="is over 256 kB, more than any questions needs"):
        load_catalogue(tmp_path / "large.toml")


def test_a_file_of_ones_own_is_loaded_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\ufeff" + QUESTIONS.replace("\n", "\r\n"), encoding="utf-8")
    assert list(load_catalogue(path).questions) == list(catalogue().questions)
