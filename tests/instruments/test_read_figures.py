"""figures.csv: written and read back, or refused with every problem, its line and column at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.instruments.rows import catalogue, figures_file
from wbsim.errors import InputError
from wbsim.instruments.figure import fitted
from wbsim.instruments.load import load_catalogue, load_figures
from wbsim.instruments.read_figures import COLUMNS, write_figures
from wbsim.scenario.text import UnreadableError

HEAD = ",".join(COLUMNS)
RIGHT = "f1,joining.for,ALB,2022-03,40,1000,Poll,a page,calibration,"
AGAINST = "f2,joining.against,ALB,2022-03,30,1000,Poll,a page,calibration,"


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_figures(path, catalogue())
    return [str(problem).replace(f"{path}:", "") for problem in caught.value.problems]


def test_a_right_file_is_read(tmp_path: Path) -> None:
    path = figures_file(tmp_path, RIGHT, AGAINST, "f3,trusts-SRB,XKX,,12.5,900,Poll,,paper,as it says")
    one, _, three = load_figures(path, catalogue())
    assert (one.question, one.answers, one.months, one.value) == ("joining", ("for",), ("2022-03",), 40.0)
    assert (three.answers, three.months) == ((), ("2022-03", "2022-04", "2022-05", "2022-06"))
    assert (three.subject, three.reading) == ("trusts-SRB", "as it says")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "again.csv"
    path.write_text(write_figures(load_figures(), load_catalogue()), encoding="utf-8")
    assert load_figures(path) == load_figures()


def test_a_file_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    path.write_bytes(("\ufeff" + f"{HEAD}\r\n{RIGHT}\r\n\r\n".replace("a page", '"a page, of two"')).encode())
    assert load_figures(path, catalogue())[0].source == "a page, of two"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (",40,", ",140,", '2: value: must be a number from 0 to 100 percent; it is "140"'),
        (",40,", ",forty,", '2: value: must be a number from 0 to 100 percent; it is "forty"'),
        (",40,", ",nan,", '2: value: must be a number from 0 to 100 percent; it is "nan"'),
        (",40,", ',"40,5",', '(write "40.5")'),
        (",40,", ",40%,", "(write the number without %)"),
        (",40,", ",,", '2: value: must be a number from 0 to 100 percent; it is ""'),
        ("2022-03", "2022-13", '2: month: must be a month from 2017-01 to 2030-12, or empty'),
        ("2022-03", "Mar 2022", '2: month: must be a month from 2017-01 to 2030-12, or empty'),
        ("2022-03", "2016-12", "2: month: must be a month"),
        ("2022-03,40,1000,Poll", ",40,1000,Pol", '2: month: must be given: no [[survey]] of questions.toml is called'),
        ("2022-03,40,1000,Poll", ",40,1000,Pol", '(did you mean "Poll"?)'),
        ("ALB", "GRC", "2: population: must be one of ALB, BIH, XKX, MKD, MNE, SRB, WB6"),
        ("ALB", "Albania", '(did you mean "ALB"?)'),
        ("joining.for", "joinin.for", '2: question: no question is called "joinin" (did you mean "joining"?)'),
        ("joining.for", "joining.four", 'joining has no answer "four"; it has against, undecided, for'),
        ("joining.for", "joining.four", '(did you mean "for"?)'),
        ("joining.for", "joining", '2: question: must say which answer: "joining.against"'),
        ("joining.for", "trusts-SRB.yes", '2: question: must be "trusts-SRB" alone'),
        ("joining.for", "joining.for+for", "names an answer twice"),
        ("joining.for,ALB", "trusts-SRB,SRB", "2: population: SRB would be asked about its own state"),
        ("1000", "0", "2: n: must be a whole number from 1"),
        ("1000", "1e3", "2: n: must be a whole number from 1"),
        ("Poll", "", "2: survey: must be given"),
        ("calibration", "calibrate", '2: split: must be one of paper, calibration, validation, context'),
        ("f1", "", "2: id: must be given"),
        (",calibration,", ",calibration", "2: has 9 cells; the first line has 10"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_row_and_column(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert RIGHT.count(old) == 1
    assert any(problem in found for found in problems(figures_file(tmp_path, RIGHT.replace(old, new))))


def test_a_user_may_fit_to_a_later_wave(tmp_path: Path) -> None:
    (figure,) = load_figures(figures_file(tmp_path, RIGHT.replace("2022-03", "2023-03")), catalogue())
    assert figure.months == ("2023-03",) and fitted([figure]) == (figure,)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((RIGHT, AGAINST.replace("f2", "f1")), '3: id: is taken: "f1" stands in line 2'),
        (
            (RIGHT, RIGHT.replace("f1", "f2")),
            "joining.for of ALB in this survey and month stands in line 2 too",
        ),
        (
            (RIGHT, AGAINST.replace(",30,", ",61.1,")),
            "3: value: one answer a respondent, but the lines 2, 3 sum to",
        ),
        ((RIGHT, AGAINST.replace("against", "against+for")), "an answer counts in two of the lines 2, 3"),
    ],
)
def test_rows_that_do_not_go_together_are_refused(
    tmp_path: Path, lines: tuple[str, ...], problem: str
) -> None:
    assert any(problem in found for found in problems(figures_file(tmp_path, *lines)))


def test_rounding_and_other_populations_are_no_contradiction(tmp_path: Path) -> None:
    rounded = AGAINST.replace(",30,", ",61,")
    assert len(load_figures(figures_file(tmp_path, RIGHT, rounded), catalogue())) == 2
    elsewhere = RIGHT.replace("ALB", "BIH").replace("f1", "f2")
    assert len(load_figures(figures_file(tmp_path, RIGHT, elsewhere), catalogue())) == 2


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    lines = [RIGHT.replace("f1", f"f{n}").replace("ALB", "GRC").replace(",40,", ",x,") for n in range(3)]
    assert len(problems(figures_file(tmp_path, *lines))) == 6


def test_thousands_of_problems_are_counted_and_not_printed(tmp_path: Path) -> None:
    lines = [RIGHT.replace("f1", f"f{n}").replace("ALB", "GRC") for n in range(1000)]
    found = problems(figures_file(tmp_path, *lines))
    assert len(found) == 201
    assert "and 800 more problems" in found[-1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        (HEAD, "has no rows"),
        (
            f"{HEAD}\n{RIGHT}".replace(",", ";"),
            "separates columns by semicolons; it must be by commas: id,question",
        ),
        (f"{HEAD}\n{RIGHT}".replace(",", "\t"), "separates columns by tabs"),
        (f"{HEAD},extra\n{RIGHT},1", 'no column is called "extra"'),
        (HEAD.replace("survey", "survay") + f"\n{RIGHT}", '(did you mean "survey"?)'),
        (HEAD.replace("survey", "survay") + f"\n{RIGHT}", "lacks the column survey"),
        (HEAD.replace("survey", "source") + f"\n{RIGHT}", "has the column source twice"),
        (f'{HEAD}\n{RIGHT}"open\n', "2: is no CSV: unexpected end of data"),
        (f'{HEAD}\n"f1,joining', "is no CSV: unexpected end of data"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_figures(path, catalogue())
    assert any(problem in str(found) for found in caught.value.problems)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a directory"):
        load_figures(tmp_path)
    with pytest.raises(UnreadableError, match="no such file"):
        load_figures(tmp_path / "none.csv")
    path = tmp_path / "figures.csv"
    path.write_bytes(f"{HEAD}\n{RIGHT}".replace("a page", "Zürich").encode("latin-1"))
    with pytest.raises(UnreadableError, match=r"figures.csv:2: is not UTF-8 text"):
        load_figures(path)
    path.write_bytes(f"{HEAD}\n{RIGHT}".encode("utf-16"))
    with pytest.raises(UnreadableError, match="UTF-8"):
        load_figures(path)
    path.write_bytes(b"a" * (5 * 1024 * 1024))
    with pytest.raises(UnreadableError, match="is over 4096 kB"):
        load_figures(path)


def test_months_that_no_survey_holds_are_not_written_away() -> None:
    first = load_figures()[0]
    with pytest.raises(InputError, match="S001: several months, but no \\[\\[survey\\]\\]"):
        write_figures([first], catalogue())
