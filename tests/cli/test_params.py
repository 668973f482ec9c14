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
    assert starts[: len(PARAMETERS)] == list(PARAMETERS)
    text = " ".join(" ".join(lines).split())
    for parameter in PARAMETERS.values():
        assert parameter.unit in text
        assert str(parameter.prior) in text
        assert f"{parameter.low:g} to {parameter.high:g}" in text


def test_a_kind_can_be_chosen(capsys: Capture) -> None:
    assert main(["params", "--kind", "derived", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["parameters"]
    assert [item["name"] for item in found] == [p.name for p in PARAMETERS.values() if p.kind == "derived"]


def test_a_grade_of_evidence_can_be_chosen_and_is_counted(capsys: Capture) -> None:
    chosen = [p for p in PARAMETERS.values() if p.grade == "elsewhere" and p.kind == "derived"]
    assert main(["params", "--grade", "elsewhere", "--kind", "derived", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["parameters"]
    assert [item["name"] for item in found] == [p.name for p in chosen]
    assert main(["params", "--grade", "elsewhere", "--kind", "derived"]) == 0
    text = capsys.readouterr().out
    assert text.count("evidence: measured elsewhere") == len(chosen)
    assert f"{len(chosen)} parameters. Evidence: {len(chosen)} measured elsewhere." in text


def test_the_whole_list_counts_grades_policies_and_signs(capsys: Capture) -> None:
    assert main(["params"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    every = PARAMETERS.values()
    own = [p for p in every if p.moves_policies]
    assert (
        f"{len(own)} of them move policies: {sum(p.grade == 'region' for p in own)} measured in the" in text
    )
    effects = [p for p in every if p.neutral is not None]
    assert f"{len(effects)} are effects; the sign of {sum(p.sign_imposed for p in effects)} of these" in text


def test_wrong_choices_are_told_all_at_once(capsys: Capture) -> None:
    assert main(["params", "--grade", "regoin", "--kind", "assume"]) == 2
    said = capsys.readouterr().err
    assert "--grade" in said and 'did you mean "region"?' in said
    assert "--kind" in said and 'did you mean "assumed"?' in said


def test_the_mark_of_an_imposed_sign_is_shown(capsys: Capture) -> None:
    for name, said in (
        ("attend_rent", "sign: imposed"),
        ("dialogue_contact", "sign: free"),
        ("line_effect", "sign: free"),
        ("veto_cap", "none"),
    ):
        assert main(["params", name]) == 0
        assert said in capsys.readouterr().out
        assert main(["params", name, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["sign_imposed"] == PARAMETERS[name].sign_imposed == (said == "sign: imposed")
        assert found["moves_policies"] == PARAMETERS[name].moves_policies
        assert found["grade"] == PARAMETERS[name].grade


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
