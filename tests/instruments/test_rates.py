"""Event rates: recounted from the dated events, and read from files that users write."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from wbsim.errors import InputError
from wbsim.instruments.count_rates import count_rates, write_rates
from wbsim.instruments.load import load_rates
from wbsim.instruments.rate import Rate, upper_bounds
from wbsim.instruments.read_rates import COLUMNS
from wbsim.tables.events import EFFECTS
from wbsim.tables.parameters.crises import GROUP_OF, PARAMETERS

RIGHT = "r1,serbia-kosovo,1,2017-2022,11,6,a list,"


def rates_file(folder: Path, *lines: str) -> Path:
    path = folder / "rates.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path


def recount(kind: str, severity: int) -> dict[str, int]:
    """Crises by state or by group of dyads, straight from events.csv and the mapping of its rows."""
    text = resources.files("wbsim.tables").joinpath("data", "events.csv").read_text(encoding="utf-8")
    found: dict[str, int] = {}
    for event in csv.DictReader(text.splitlines()):
        if not "2017" <= event["date_start"][:4] <= "2022":
            continue
        for effect in EFFECTS.get(event["id"], ()):
            if effect.kind == kind and effect.size >= severity:
                either = {"-".join(effect.states), "-".join(reversed(effect.states))}
                dyads = [name for name in GROUP_OF if name in either]
                subject = (
                    effect.states[0] if kind == "internal-crisis" else GROUP_OF[dyads[0]] if dyads else "calm"
                )
                found[subject] = found.get(subject, 0) + 1
    return found


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_counts_are_those_of_the_dated_events(severity: int) -> None:
    expected = recount("crisis", severity) | recount("internal-crisis", severity)
    counted = {rate.subject: rate.count for rate in load_rates() if rate.minimum_severity == severity}
    assert {subject: n for subject, n in counted.items() if n} == expected
    assert len(counted) == 11


def test_the_file_is_what_is_counted() -> None:
    assert load_rates() == count_rates()


def test_priors_were_not_made_from_the_counts_and_hold_them() -> None:
    (crisis_rate,) = [p for p in PARAMETERS if p.name == "crisis_rate"]
    rates = {rate.subject: rate for rate in load_rates() if rate.minimum_severity == 1}
    groups = ("serbia-kosovo", "serbia-montenegro", "serbia-bosnia", "other-disputes")
    assert crisis_rate.centres is not None
    counted = np.array([rates[group].a_year for group in groups])
    centres = np.array(crisis_rate.centres[:4])
    # Prior and data must not be the same figures twice, but neither may contradict the other from the start.
    assert (np.abs(np.log(counted / centres)) < 1.645 * crisis_rate.prior.b).all()
    assert not np.allclose(counted, centres)
    assert (
        list(np.argsort(-counted, kind="stable")) == list(np.argsort(-centres, kind="stable")) == [0, 1, 2, 3]
    )
    assert rates["calm"].is_upper_bound


def test_fewer_than_one_in_twenty_years_is_an_upper_bound() -> None:
    assert not Rate("a", "ALB", 1, "2003-2022", 1, 20.0, "", "").is_upper_bound
    assert Rate("a", "ALB", 1, "2002-2022", 1, 21.0, "", "").is_upper_bound
    bounds = {rate.id for rate in upper_bounds(load_rates())}
    assert {"calm-1", "ALB-1", "serbia-montenegro-3"} <= bounds
    assert not {"serbia-kosovo-3", "MKD-1"} & bounds


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    (rate,) = load_rates(rates_file(tmp_path, "x,ALB-SRB,2,2019-2020,1,2,a data set,half a year"))
    assert (rate.dyads, rate.a_year) == (("ALB-SRB",), 0.5)
    path = tmp_path / "again.csv"
    path.write_text(write_rates(load_rates()), encoding="utf-8")
    assert load_rates(path) == load_rates()


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((RIGHT.replace("serbia-kosovo", "serbia-kosova"),), "subject: must be one of serbia-kosovo"),
        ((RIGHT.replace("serbia-kosovo", "serbia-kosova"),), '(did you mean "serbia-kosovo"?)'),
        ((RIGHT.replace("serbia-kosovo", "SRB-XKX"),), '(did you mean "XKX-SRB"?)'),
        ((RIGHT.replace(",1,2017", ",5,2017"),), "minimum_severity: must be a whole number from 1 to 4"),
        ((RIGHT.replace(",11,", ",-1,"),), "count: must be a whole number"),
        ((RIGHT.replace(",6,", ",0,"),), "years: must be a number from 0.25"),
        (
            (RIGHT.replace(",6,", ",7,"),),
            "years: must be at most 6, the years of the window times the dyads; it is 7",
        ),
        (
            (RIGHT.replace("2017-2022", "2017-2023"),),
            "events after 2022 test predictions and are never fitted",
        ),
        ((RIGHT.replace("2017-2022", "2022-2017"),), "window: must be two years from 1991 to 2022"),
        ((RIGHT, RIGHT), 'id: is taken: "r1" stands in line 2'),
        ((RIGHT, RIGHT.replace("r1,serbia-kosovo", "r2,XKX-SRB")), "counts crises that line 2 counts too"),
        ((RIGHT, "r2,serbia-kosovo,1,2020-2021,3,2,a list,"), "line 2 counts too"),
        (
            (RIGHT, "r2,serbia-kosovo,2,2017-2022,12,6,a list,"),
            "rates.csv:3: count: must be at most 11, the crises of severity 1 or more in line 2; it is 12",
        ),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(
    tmp_path: Path, lines: tuple[str, ...], problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_rates(rates_file(tmp_path, *lines))
    assert problem in str(caught.value)


def test_other_severities_windows_and_dyads_are_no_repeats(tmp_path: Path) -> None:
    lines = (
        RIGHT,
        RIGHT.replace("r1", "r2").replace(",1,2017", ",2,2017"),
        RIGHT.replace("r1", "r3").replace("2017-2022", "2011-2016"),
        "r4,BIH-SRB,1,2017-2022,3,6,a list,",
    )
    assert len(load_rates(rates_file(tmp_path, *lines))) == 4
