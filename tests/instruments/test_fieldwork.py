from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.instruments.fieldwork import fieldwork
from wbsim.instruments.load import load_register


@pytest.mark.parametrize(
    ("text", "year", "first", "last"),
    [
        ("Jan-Feb 2022", "2022", "2022-01", "2022-02"),
        ("7-10 Oct 2023", "2023", "2023-10", "2023-10"),
        ("12-27 Dec 2022", "2022", "2022-12", "2022-12"),
        ("Aug 2022", "2022", "2022-08", "2022-08"),
        ("28 Jan-19 Feb 2021", "2021", "2021-01", "2021-02"),
        ("Nov 2019-Jan 2020", "2020", "2019-11", "2020-01"),
        ("early Feb-early Apr 2023", "2023", "2023-02", "2023-04"),
        ("22 Feb-9 Mar (2023 inferred)", "2023", "2023-02", "2023-03"),
        ("end Feb-early Mar", "2021", "2021-02", "2021-03"),
        ("Dec-Jan", "2022", "2021-12", "2022-01"),
        ("May 2024", "2024", "2024-05", "2024-05"),
        ("Q1 2024", "", "2024-01", "2024-03"),
        ("2022-03-05/2022-04-01", "", "2022-03", "2022-04"),
        ("early 2022", "2022", "2022-01", "2022-04"),
        ("2020", "2020", "2020-01", "2020-12"),
        ("2020-21", "2021", "2020-01", "2021-12"),
        ("", "2022", "2022-01", "2022-12"),
        ("", "2021 (inferred)", "2021-01", "2021-12"),
        ("2022 wave, dates not on page", "2022", "2022-01", "2022-12"),
        ("published 24 Jun 2021", "2021", "2021-01", "2021-06"),
        ("2022 (published 24 Jun 2022)", "2022", "2022-01", "2022-06"),
        ("published Jul 2023", "2022", "2022-01", "2022-12"),
        ("published in June 2024", "", "2024-01", "2024-06"),
        ("dates may differ", "2022", "2022-01", "2022-12"),
    ],
)
def test_texts_of_survey_files_become_months(text: str, year: str, first: str, last: str) -> None:
    span = fieldwork(text, year)
    assert (span.first, span.last, span.problem) == (first, last, "")


@pytest.mark.parametrize(
    ("text", "year", "problem"),
    [
        ("", "", "cannot be told"),
        ("Mar-Apr, year not given", "unknown", "cannot be told"),
        ("", "2020?", "cannot be told"),
        ("Feb 2016", "2016", "outside 2017-01 to 2030-12"),
        ("2009", "2009", "outside 2017-01 to 2030-12"),
        ("2031", "2031", "outside"),
        ("Mar 2022-Feb 2021", "2022", "ends before it begins"),
    ],
)
def test_what_has_no_month_says_why(text: str, year: str, problem: str) -> None:
    span = fieldwork(text, year)
    assert problem in span.problem
    assert (span.first, span.last) == ("", "")


@given(st.text(max_size=60), st.text(max_size=12))
def test_any_text_gives_months_in_order_or_a_problem(text: str, year: str) -> None:
    span = fieldwork(text, year)
    assert bool(span.problem) != bool(span.first)
    assert "2017-01" <= span.first <= span.last <= "2030-12" or span.problem


def test_every_date_of_the_package_is_read_or_belongs_to_a_row_that_is_only_shown() -> None:
    from importlib import resources

    text = resources.files("wbsim.tables").joinpath("data", "survey_figures.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    undated = {row["id"] for row in rows if fieldwork(row["fieldwork"], row["year"]).problem}
    assert undated
    assert not undated & {figure.row for figure in load_register().figures}
