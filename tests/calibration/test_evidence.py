"""Rows to be predicted: from files of two forms, with the reason for each that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from wbsim.calibration.evidence import KEPT, Known, evidence, known
from wbsim.errors import InputError
from wbsim.instruments.load import load_register
from wbsim.instruments.published import COLUMNS as PUBLISHED
from wbsim.instruments.read_figures import COLUMNS as FIGURES

BEFORE = known()


def write(path: Path, columns: tuple[str, ...], *rows: str) -> Path:
    path.write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
    return path


def test_without_a_file_it_is_the_validation_year_and_no_row_is_lost() -> None:
    found = evidence(None, None, BEFORE)
    register = load_register()
    rows = {each.row for each in (*register.figures, *register.rest) if each.split == "validation"}
    assert {each.row for each in found.figures} | {each.row for each in found.rest} == rows
    assert {each.split for each in found.figures} == {"validation"}
    assert len(found.figures) == 15
    assert all(each.reason for each in found.rest)


def test_repeats_are_the_same_wording_and_population() -> None:
    groups = {each.id: BEFORE.group(each) for each in evidence(None, None, BEFORE).figures}
    assert groups.pop("E153") == "repeat"
    assert set(groups.values()) == {"new"}


def test_either_form_of_file_is_told_by_its_first_line(tmp_path: Path) -> None:
    plain = write(
        tmp_path / "plain.csv", FIGURES, "a,safe-in-home,XKX,2024-05,70,1000,Poll 2024,me,validation,"
    )
    assert [each.id for each in evidence(plain, None, BEFORE).figures] == ["a"]
    published = write(
        tmp_path / "published.csv",
        PUBLISHED,
        'b,76,WB6,2024,Balkan Barometer 2024,"Regional cooperation can contribute to the political, economic or '
        'security situation of their society",support,validation,exact,,2024-03,me,',
        "c,30,ALB,2024,Poll of Someone,Likes the weather,climate,validation,exact,,2024-03,me,",
    )
    found = evidence(published, None, BEFORE)
    assert [(each.id, each.question) for each in found.figures] == [("b", "regional-cooperation-contributes")]
    assert [(row.row, row.fate) for row in found.rest] == [("c", "unmatched")]


def test_rows_that_test_nothing_are_shown_with_the_reason(tmp_path: Path) -> None:
    fitted = next(each for each in BEFORE.figures if each.id == "E187")
    file = write(
        tmp_path / "f.csv",
        FIGURES,
        f"again,safe-in-home,XKX,{fitted.months[0]},{fitted.value:g},1000,{fitted.survey},me,calibration,",
        "vague,safe-in-home,ALB,2024-05,70,1000,Poll 2024,me,context,",
        "other,safe-in-home,SRB,2024-05,70,1000,Poll 2024,me,validation,other reading: of this",
        "few-1,securimeter-outlook.better,SRB,2024-05,50,1,Poll 2024,me,validation,",
        "few-2,securimeter-outlook.worse,SRB,2024-05,50,1,Poll 2024,me,validation,",
        "good,safe-in-home,MNE,2024-05,70,1000,Poll 2024,me,validation,",
    )
    found = evidence(file, None, BEFORE)
    assert [each.id for each in found.figures] == ["good"]
    assert {row.row: row.reason.partition(":")[0] for row in found.rest} == {
        "again": "was fitted to",
        "vague": "context",
        "other": "another reading of a row that counts once",
        "few-1": "a pick-one question with more answers than respondents",
        "few-2": "a pick-one question with more answers than respondents",
    }


def test_all_that_is_wrong_with_a_file_is_said_at_once(tmp_path: Path) -> None:
    file = write(
        tmp_path / "f.csv",
        FIGURES,
        "a,safe-at-sea,XKX,2024-05,170,1000,Poll 2024,me,validation,",
        "a,safe-in-home,HRV,2051-01,70,1000,Poll 2024,me,validation,",
    )
    with pytest.raises(InputError) as caught:
        evidence(file, None, BEFORE)
    assert {(problem.line, problem.key) for problem in caught.value.problems} == {
        (2, "question"), (2, "value"), (3, "id"), (3, "population"), (3, "month"),
    }  # fmt: skip


def test_a_file_without_a_row_to_score_is_refused_with_the_reasons(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", FIGURES, "a,safe-in-home,ALB,2024-05,70,1000,Poll 2024,me,context,")
    with pytest.raises(InputError, match="no row that can be scored") as caught:
        evidence(file, None, BEFORE)
    assert caught.value.problems[1].key == "a"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00i\x00d", b"some;thing;else\n1;2;3\n"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.csv").write_bytes(content)
    with pytest.raises(InputError):
        evidence(tmp_path / "f.csv", None, BEFORE)


def test_files_beside_a_posterior_say_what_it_was_fitted_to(tmp_path: Path) -> None:
    assert known(tmp_path) == BEFORE
    (tmp_path / KEPT).mkdir()
    write(
        tmp_path / KEPT / "figures.csv",
        FIGURES,
        "a,safe-in-home,XKX,2021-09,79,1000,Poll 2021,me,calibration,",
    )
    found = known(tmp_path)
    assert isinstance(found, Known)
    assert [each.id for each in found.figures] == ["a"]


def test_a_row_with_a_mistake_does_not_hide_the_others(tmp_path: Path) -> None:
    plain = write(
        tmp_path / "plain.csv",
        FIGURES,
        "a,safe-in-home,XKX,2024-05,170,1000,Poll 2024,me,validation,",
        "b,safe-in-home,ALB,2024-05,70,1000,Poll 2024,me,validation,",
    )
    found = evidence(plain, None, BEFORE)
    assert [each.id for each in found.figures] == ["b"]
    assert [(each.line, each.key) for each in found.problems] == [(2, "value")]
    published = write(
        tmp_path / "published.csv",
        PUBLISHED,
        "a,76,WB6,2024,Poll of Someone,Supports more regional cooperation,x,validation,exact,-5,2024-03,me,",
        "b,76,WB6,2024,Poll of Someone,More regional cooperation is good,x,validation,exact,6000,2024-03,me,",
    )
    found = evidence(published, None, BEFORE)
    assert [each.id for each in found.figures] == ["b"]
    assert [each.key for each in found.problems] == ["sample_size"]
    assert found.statement(found.figures[0]) == "More regional cooperation is good"


def test_shares_given_as_percentages_are_noticed(tmp_path: Path) -> None:
    rows = [
        f"{n},safe-in-home,{p},2024-05,0.7,1000,Poll 2024,me,validation,"
        for n, p in enumerate(("ALB", "BIH", "MNE"))
    ]
    with pytest.raises(InputError, match="percentages are expected, not shares"):
        evidence(write(tmp_path / "f.csv", FIGURES, *rows), None, BEFORE)


def test_parts_of_one_question_that_are_more_than_all_are_not_scored(tmp_path: Path) -> None:
    say = "Greatest threat to Albania: {} (single response)"
    rows = [
        f"{name},{value},ALB,2024,AIIS poll,{say.format(name)},x,validation,exact,1000,2024-03,me,"
        for name, value in (("Serbia", 70), ("Russia", 60))
    ]
    rows.append(
        "c,76,WB6,2024,Poll of Someone,More regional cooperation is good,x,validation,exact,6000,2024-03,me,"
    )
    found = evidence(write(tmp_path / "f.csv", PUBLISHED, *rows), None, BEFORE)
    assert [each.id for each in found.figures] == ["c"]
    assert {row.reason for row in found.rest} == {
        "answers to one pick-one question, survey and population that add up to more than 100 %"
    }


QUESTION = (
    '[[question]]\nid = "{}"\nwording = "Safe at sea?"\ntype = "agree"\nmeasures = "safety"\n'
    'reason = "safety"\nmatch = [{{ statement = "safe at sea" }}]\n'
)


def test_questions_are_added_to_the_bundled_ones_or_take_their_place(tmp_path: Path) -> None:
    questions = tmp_path / "q.toml"
    questions.write_text(QUESTION.format("safe-at-sea"))
    file = write(
        tmp_path / "f.csv",
        FIGURES,
        "a,safe-at-sea,ALB,2024-05,70,1000,Poll 2024,me,validation,",
        "b,safe-in-home,MNE,2024-05,70,1000,Poll 2024,me,validation,",
    )
    assert [each.id for each in evidence(file, questions, BEFORE).figures] == ["a", "b"]
    found = evidence(file, questions, BEFORE, only=True)
    assert [each.id for each in found.figures] == ["a"]
    assert "no question is called" in str(found.problems[0])
    questions.write_text(QUESTION.format("safe-in-home"))
    with pytest.raises(InputError, match="is the id of a bundled question"):
        evidence(file, questions, BEFORE)


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("Most important ally of the country: Serbia", "greatest-friend-serbia"),
        ("Serbia is the greatest friend of the country", "greatest-friend-serbia"),
        ("Serbia is a friend", "friendly-SRB"),
    ],
)
def test_friends_and_allies_are_bound_as_their_question(
    tmp_path: Path, statement: str, question: str
) -> None:
    row = f"a,30,MKD,2024,Poll of Someone,{statement},x,validation,exact,1000,2024-03,me,"
    (figure,) = evidence(write(tmp_path / "f.csv", PUBLISHED, row), None, BEFORE).figures
    assert figure.question.partition("~")[0] == question
