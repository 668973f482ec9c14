"""Fitted figures predicted without themselves, on an emulator of a small model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from wbsim.calibration.cross_validate import KINDS, CrossValidation, Kind, cross_validate, parts, steps
from wbsim.calibration.leave_out import Leaver
from wbsim.calibration.settings import SMALL
from wbsim.calibration.space import Surface, space
from wbsim.calibration.targets import Expected, Targets, targets
from wbsim.inference.emulator import fit_quadratic
from wbsim.instruments.figure import fitted
from wbsim.instruments.load import load_catalogue, load_figures

AIM = targets(fitted(load_figures()), load_catalogue())
EVALUATED = Expected(AIM.table.share, AIM.table.share)


def surface(aim: Targets) -> Surface:
    """A linear stand-in: logits that follow a few levels, and scatter little."""
    where, generator = space(), np.random.default_rng(3)
    z = generator.standard_normal((400, len(where.keys)))
    slopes = generator.normal(0.0, 0.1, (len(where.keys), len(aim.figures)))
    logits = aim.observed + z @ slopes + generator.normal(0.0, 0.05, (400, len(aim.figures)))
    return Surface(where, fit_quadratic(z, logits, curved=[]))


def found(aim: Targets, kinds: tuple[Kind, ...] = KINDS) -> dict[Kind, CrossValidation]:
    generator = np.random.default_rng(4)
    draws = generator.standard_normal((300, len(space().dynamic)))
    return cross_validate(
        surface(AIM), aim, EVALUATED, replace(SMALL, draws=300, particles=300), draws, generator, kinds
    )


@pytest.fixture(scope="module")
def each() -> dict[Kind, CrossValidation]:
    return found(AIM)


def test_a_question_that_was_asked_once_is_not_left_out_alone() -> None:
    names = " ".join(parts(AIM, "observation"))
    assert "E187" in names  # safe at home, asked in two waves
    assert "E171" not in names  # asked once


def test_all_published_parts_of_a_pick_one_question_go_together() -> None:
    assert "E001, E002" in parts(AIM, "observation")


def test_the_region_is_no_state() -> None:
    assert sorted(parts(AIM, "state")) == ["ALB", "BIH", "MKD", "MNE", "SRB", "XKX"]
    assert sum(len(rows) for rows in parts(AIM, "survey").values()) == len(AIM.figures)


def test_every_kind_is_scored_beside_the_baselines(each: dict[Kind, CrossValidation]) -> None:
    assert set(each) == set(KINDS)
    for kind, result in each.items():
        summary = result.summary()
        assert summary["n"] == sum(len(rows) for rows in parts(AIM, kind).values())
        assert set(summary["baselines"]) == {"no-change", "regression", "pooled"}  # type: ignore[call-overload]
        assert [row["id"] for row in summary["rows"]] == list(result.ids)  # type: ignore[attr-defined]
    assert steps(AIM) == sum(len(parts(AIM, kind)) for kind in KINDS)


def test_a_figure_is_left_out_without_a_trace_of_what_it_said() -> None:
    """Not even in the sizes of errors, which for parts of a pick-one question depend on their shares."""
    rows = np.array([AIM.ids.index(name) for name in ("E001", "E002")])
    moved = [replace(f, value=5.0) if f.id in ("E001", "E002") else f for f in AIM.figures]
    draws = np.zeros((50, len(space().dynamic)))
    one, two = (
        Leaver(surface(AIM), aim, EVALUATED, SMALL, draws, np.random.default_rng(1)).leave_out("a", rows)
        for aim in (AIM, targets(moved, load_catalogue()))
    )
    np.testing.assert_allclose(one.percent, two.percent, rtol=1e-12)


def test_baselines_do_not_know_what_is_left_out(each: dict[Kind, CrossValidation]) -> None:
    # Left out by survey, a question's only other wave is gone where both waves are in one survey.
    states = each["state"]
    assert "last wave" not in states.used
    figures = dict(zip(each["figure"].ids, each["figure"].used, strict=True))
    assert figures["E187"] == figures["E189"] == "last wave"
    # A figure moved by itself moves no forecast of it.
    moved = [replace(f, value=30.0) if f.id == "E187" else f for f in AIM.figures]
    other = found(targets(moved, load_catalogue()), ("figure",))["figure"]
    place = other.ids.index("E187")
    for name, percent in other.baselines.items():
        np.testing.assert_array_equal(percent[:, place], each["figure"].baselines[name][:, place])
