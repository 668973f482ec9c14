from __future__ import annotations

import json

import pytest

from wbsim.cli.app import main
from wbsim.tables.parameters import PARAMETERS

Capture = pytest.CaptureFixture[str]


def test_all_parameters_are_listed_within_80_columns(capsys: Capture) -> None:
    assert main(["params"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    starts = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    assert starts[:-1] == list(PARAMETERS)
    text = " ".join(" ".join(lines).split())
    for parameter in PARAMETERS.values():
        assert parameter.unit in text
        assert str(parameter.prior) in text
        assert f"{parameter.low:g} to {parameter.high:g}" in text


def test_a_kind_can_be_chosen(capsys: Capture) -> None:
    assert main(["params", "--kind", "derived", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["parameters"]
    assert [item["name"] for item in found] == [p.name for p in PARAMETERS.values() if p.kind == "derived"]


def test_one_is_shown_whole_by_its_name_or_an_element(capsys: Capture) -> None:
    assert main(["params", "rent"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("rent: ")
    flat = " ".join(text.split())
    rent = PARAMETERS["rent"]
    for value in (rent.symbol, rent.unit, rent.source, rent.reason, rent.would_change, "rent.SRB", "0 to 4"):
        assert value in flat
    assert main(["params", "rent.SRB"]) == 0
    assert capsys.readouterr().out == text


def test_the_object_holds_every_field(capsys: Capture) -> None:
    assert main(["params", "rent", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["prior"] == {
        "family": "lognormal",
        "text": str(PARAMETERS["rent"].prior),
        "a": PARAMETERS["rent"].prior.a,
        "b": PARAMETERS["rent"].prior.b,
    }
    assert "rent.SRB" in found["elements"]


def test_levers_are_shown_too(capsys: Capture) -> None:
    assert main(["params", "forum.meetings_per_year"]) == 0
    text = capsys.readouterr().out
    assert "range: 0 to 12" in text
    assert "default: 4.0" in text
    assert main(["params", "forum.rule", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["choices"] == [
        "consensus",
        "all-but-one",
        "qualified-majority",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("loss_wieght", 'did you mean "loss_weight"?'),
        ("forum.meeting_per_year", 'did you mean "forum.meetings_per_year"?'),
        ("quorum", "it is a lever: forum.quorum"),
        ("forum_channel", "it is a structural alternative: `wbsim structures` lists its choices"),
        ("forum", "`wbsim mechanisms forum` lists its levers"),
        ("zzzzzz", "`wbsim params` lists all of them"),
    ],
)
def test_unknown_names_get_a_suggestion(name: str, hint: str, capsys: Capture) -> None:
    assert main(["params", name]) == 2
    assert hint in capsys.readouterr().err
