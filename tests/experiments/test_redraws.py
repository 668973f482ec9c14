"""Where the variance of an effect comes from, through the whole of a comparison, with effects that are known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import wbsim
from tests.experiments import fake_model, fake_redraws
from tests.experiments.fake_model import scenario
from tests.experiments.fake_redraws import PRIOR
from wbsim.errors import InputError
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.input_groups import GROUPS
from wbsim.experiments.redraws import CITIZENS, FEWEST, WORLDS, worlds_of_split
from wbsim.experiments.variance_from import Split, VarianceFrom
from wbsim.report.notebook import html_tables
from wbsim.report.page import render
from wbsim.report.sections import part
from wbsim.results.table import summary_csv
from wbsim.tables.record import Prior

CASES = (scenario(assumptions=PRIOR), scenario("forum", "forum", assumptions=PRIOR))
NAMES = [group.name for group in GROUPS]


def compared(**settings: Any) -> Comparison:
    return wbsim.compare(*CASES, **{"workers": 1, "simulate": fake_redraws.additive, **settings})


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compared(worlds=400, variance_worlds=400)


def split(comparison: Comparison, outcome: str = "cooperation") -> Split:
    assert comparison.variance_from is not None
    return comparison.variance_from.policies["forum"][outcome]


def test_known_shares_come_out(found: Comparison) -> None:
    shares = split(found).shares
    known = {
        "region": 1 / 20,
        "elsewhere": 0.0,
        "analogy": 4 / 20,
        "assumed": 9 / 20,
        "structure": 0.0,
        "chance": 6 / 20,
    }
    assert list(shares) == NAMES
    for name, share in known.items():
        error = shares[name].mcse
        assert error is not None and error < 0.06
        assert abs(shares[name].share - share) <= 3 * error, name
    assert sum(each.share for each in shares.values()) == pytest.approx(1.0)
    assert split(found).leading[:3] == ("assumed", "chance", "analogy")


def test_an_effect_without_any_parameter_is_all_chance_and_one_without_chance_has_none() -> None:
    alone = split(compared(worlds=30, simulate=fake_redraws.chance_alone)).shares
    assert {name: each.share for name, each in alone.items()} == {
        name: pytest.approx(float(name == "chance")) for name in NAMES
    }
    without = split(compared(worlds=300, simulate=fake_redraws.without_chance, variance_worlds=300)).shares
    assert without["chance"].share == without["elsewhere"].share == 0.0
    # Two parameters that work only together share what they do.
    assert without["assumed"].share == pytest.approx(without["analogy"].share, abs=0.2)


def test_with_all_parameters_fixed_but_one_that_one_has_all_that_is_not_chance() -> None:
    fixed = {"trust_base": 0.7, "kin_solidarity": 0.5}
    cases = [
        each.model_copy(
            update={
                "assumptions": PRIOR.model_copy(
                    update={"parameters": {name: Prior("fixed", value) for name, value in fixed.items()}}
                )
            }
        )
        for each in CASES
    ]
    comparison = wbsim.compare(
        *cases, worlds=300, variance_worlds=300, workers=1, simulate=fake_redraws.additive
    )
    shares = split(comparison).shares
    assert shares["region"].share == shares["analogy"].share == 0.0
    assert shares["assumed"].share == pytest.approx(9 / 15, abs=0.12)


def test_runs_are_of_the_first_worlds_with_few_citizens_and_leave_the_results_alone() -> None:
    with_split, without = compared(worlds=100), compared(worlds=100, variance_worlds=0)
    variance = with_split.variance_from
    assert variance is not None and without.variance_from is None
    assert (variance.worlds, variance.first_world, variance.citizens) == (WORLDS, 0, 100)
    assert variance.runs == 2 * (len(GROUPS) + 1) and CITIZENS == 125
    assert with_split.results_sha256 == without.results_sha256
    assert "variance_from" not in without.summary()
    assert "--variance-worlds 0" in without.request.command()
    assert "--variance-worlds" not in with_split.request.command()


def test_a_run_that_stops_early_writes_down_in_how_many_worlds_it_split() -> None:
    stopped = compared(worlds=400, until={"cooperation": 9.0}, variance_worlds=20)
    assert stopped.experiment.worlds < 400
    assert "--variance-worlds 20" in stopped.request.command()
    assert "--variance-worlds" not in compared(worlds=400, until={"cooperation": 9.0}).request.command()


def test_every_order_holds_every_group_and_chance_never_stands_at_an_end(found: Comparison) -> None:
    assert found.variance_from is not None
    for order in found.variance_from.orders:
        assert sorted(order) == sorted(NAMES)
        assert order.index("chance") == 1
    firsts = {order[0] for order in found.variance_from.orders}
    assert firsts == set(NAMES) - {"chance"}


def test_workers_and_blocks_change_nothing() -> None:
    one = compared(worlds=50).variance_from
    assert one == compared(worlds=50, block=7, workers=2).variance_from


def test_few_worlds_are_not_split_unless_asked_for_and_then_say_so() -> None:
    assert compared(worlds=FEWEST - 1).variance_from is None
    assert f"it takes {FEWEST} worlds or more" in " ".join(str(compared(worlds=FEWEST - 1)).split())
    assert split(compared(worlds=20, variance_worlds=8)).reason == "too few worlds"
    assert (worlds_of_split(FEWEST), worlds_of_split(10_000)) == (FEWEST, WORLDS)


def test_an_effect_that_is_the_same_everywhere_says_so(found: Comparison) -> None:
    same = split(compared(worlds=20, simulate=fake_model.simulate))
    assert same.reason == "the effect is the same in all worlds" and same.shares == {}


def test_failed_worlds_are_left_out() -> None:
    comparison = compared(worlds=30, simulate=fake_model.world_3_is_not_finite)
    assert comparison.variance_from is not None
    assert comparison.variance_from.failed_worlds == 1


def test_json_and_a_kept_folder_hold_the_same(tmp_path: Path) -> None:
    kept = compared(worlds=40, out=tmp_path / "results")
    summary = json.loads(json.dumps(kept.summary(), allow_nan=False))
    assert summary["variance_from"]["policies"]["forum"]["cooperation"]["shares"]["assumed"]["mcse"] > 0
    assert VarianceFrom.of(summary["variance_from"]) == kept.variance_from
    opened = wbsim.reopen(tmp_path / "results")
    assert isinstance(opened, Comparison)
    assert opened.variance_from == kept.variance_from
    assert str(opened) == str(kept)
    assert "data_share" not in json.dumps(summary)


def test_the_csv_has_a_column_for_each_share(found: Comparison) -> None:
    head, *rows = summary_csv(found.summary()).splitlines()
    assert head.endswith("from_chance,from_chance_mcse") and "data_share" not in head
    line = next(row for row in rows if ",cooperation," in row and ",difference," in row)
    assert (
        float(line.split(",")[head.split(",").index("from_assumed")]) == split(found).shares["assumed"].share
    )


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    compared(worlds=20, out=tmp_path / "results")
    (tmp_path / "results" / "variance_from.json").write_text('{"worlds": 3}')
    with pytest.raises(InputError, match="cannot be read as what extra runs found"):
        str(wbsim.reopen(tmp_path / "results"))


def test_terminal_notebook_and_page_name_the_largest_shares(
    found: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "DRAWN", ("cooperation",))
    text = str(found)
    assert max(map(len, text.splitlines())) <= 100
    first = f"assumed {100 * split(found).shares['assumed'].share:.0f} %"
    assert "Variance from" in text and re.search(rf"forum .* {first}$", text, re.MULTILINE)
    assert "the largest clear part comes from assumed parameters." in " ".join(text.split())
    for shown in (html_tables(found), render(found)):
        assert first in shown and "Variance from" in shown
    page = render(found)
    assert "Most often from assumed parameters" in page
    assert re.search(r"4\d % \(error \d points\)", page)


def test_a_set_of_assumptions_that_was_not_split_has_no_column() -> None:
    text = str(compared(worlds=20, under=("prior", "trust_rule=two-types")))
    tables = text.split("Change from status-quo")[1:]
    assert ["Variance from" in table.split("90 % interval:")[0] for table in tables] == [True, False]


@pytest.mark.parametrize("worlds", [-1, 10**9])
def test_impossible_numbers_of_worlds_are_refused(worlds: int) -> None:
    with pytest.raises(InputError, match="must be 0 for none, or a whole number"):
        compared(worlds=20, variance_worlds=worlds)


def test_without_a_policy_there_is_nothing_to_split() -> None:
    alone = wbsim.compare(CASES[0], worlds=20, workers=1, simulate=fake_redraws.additive)
    assert alone.variance_from is None
    with pytest.raises(InputError, match="no policy is compared"):
        wbsim.compare(CASES[0], worlds=20, workers=1, simulate=fake_redraws.additive, variance_worlds=20)
