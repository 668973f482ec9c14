from __future__ import annotations

from pathlib import Path

import pytest

from tests.instruments.rows import published_file
from wbsim.errors import InputError
from wbsim.instruments.load import load_register

RIGHT = "a,40,MNE,2024,Poll 2024,Trusts Serbia,trust,validation,exact,1000,Mar 2024,a page,"


def test_a_file_that_a_user_brings_becomes_a_register(tmp_path: Path) -> None:
    register = load_register(
        published_file(tmp_path, RIGHT, RIGHT.replace("a,40", "b,30").replace("Trusts", "Likes"))
    )
    assert [figure.subject for figure in register.figures] == ["trusts-SRB~poll"]
    assert [(item.row, item.fate) for item in register.rest] == [("b", "unmatched")]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("40", "400", "2: value_percent: must be a number from 0 to 100 percent"),
        ("MNE", "Montenegro", 'did you mean "MNE"?'),
        ("exact", "exactly", "2: value_kind: must be one of exact, approximate"),
        ("validation", "test", "2: split: must be one of paper"),
        ("Trusts Serbia", "", "2: statement: must be given"),
        ("Trusts Serbia", "x" * 401, "2: statement: must have at most 400 characters"),
        ("Poll 2024", "", "2: survey: must be given"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        load_register(published_file(tmp_path, RIGHT.replace(old, new)))
    assert problem in str(caught.value)


def test_parts_of_populations_are_named_after_them(tmp_path: Path) -> None:
    register = load_register(published_file(tmp_path, RIGHT.replace("MNE", "MNE youth 15-29")))
    assert "MNE youth 15-29" in register.rest[0].reason
