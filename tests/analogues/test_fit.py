"""The posterior of the channels from institutions, on a simulator in closed form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.analogues.fake import (
    KEYS,
    attendance,
    bosnia_last,
    crises,
    evidence,
    first_item,
    institution,
)
from wbsim.analogues import store
from wbsim.analogues.analogue import Count, Events
from wbsim.analogues.fit import fit, log_evidence
from wbsim.analogues.likelihood import draw, log_likelihood
from wbsim.errors import InputError


def generator() -> np.random.Generator:
    return np.random.default_rng(3)


def test_full_tables_raise_presence_and_leave_the_pace_alone() -> None:
    found = fit(evidence(institution("council", attendance(40, 40))), 1000, 500, generator())
    assert found.draws.shape == (500, len(KEYS))
    presence, pace = found.draws.T
    assert presence.mean() > 0.8
    assert abs(pace.mean()) < 0.2
    assert pace.std() == pytest.approx(1.0, abs=0.15)


def test_a_near_institution_says_more_than_a_far_one() -> None:
    spreads = [
        fit(evidence(institution("council", attendance(40, 80), discrepancy=size)), 1000, 1000, generator())
        .draws[:, 0].std()
        for size in ("near", "far")
    ]  # fmt: skip
    assert spreads[0] < spreads[1] < 1.0


def test_what_is_marked_validation_is_never_fitted() -> None:
    marked = institution("council", attendance(40, 40, split="validation"))
    whole = institution("board", attendance(40, 40), use="validation")
    found = evidence(marked, whole)
    assert found.fitted == 0
    assert found.likelihood()(np.zeros((3, 2))).tolist() == [0.0] * 3


def test_an_institution_that_is_left_out_has_no_part_in_the_likelihood() -> None:
    both = evidence(institution("council", attendance(40, 40)), institution("board", attendance(2, 40)))
    alone = evidence(institution("council", attendance(40, 40)))
    z = np.random.default_rng(4).standard_normal((50, 2))
    assert both.likelihood("board")(z) == pytest.approx(alone.likelihood()(z), abs=1e-9)
    assert not np.allclose(both.likelihood()(z), alone.likelihood()(z))


def test_tables_of_the_likelihood_agree_with_the_likelihood() -> None:
    found = evidence(institution("council", attendance(9, 12), first_item(5, 6), crises(3), bosnia_last()))
    z = np.random.default_rng(5).standard_normal((200, 2))
    direct = sum(
        log_likelihood(each.observation, each.predict(z), each.spread, each.offset())
        for each in found.surfaces
    )
    assert found.likelihood()(z) == pytest.approx(direct, abs=1e-3)


def test_known_parameters_lie_in_their_intervals_as_often_as_these_promise() -> None:
    """Truths from the prior, observations from the truths with their discrepancy, the fit's own code."""
    found = evidence(institution("council", attendance(9, 12), crises(3)))
    source, inside = np.random.default_rng(6), 0
    for _ in range(60):
        truth = source.standard_normal((1, 2))
        seen = []
        for surface in found.surfaces:
            value = draw(
                surface.observation, surface.predict(truth), surface.spread, surface.offset(), source
            )[0]
            new = (
                Count(round(value * 12), 12)
                if isinstance(surface.observation.value, Count)
                else Events(int(value), 4.0)
            )
            seen.append(replace(surface, observation=replace(surface.observation, value=new)))
        draws = fit(replace(found, surfaces=tuple(seen)), 400, 400, source).draws
        low, high = np.quantile(draws, (0.1, 0.9), axis=0)
        inside += int(np.sum((low <= truth[0]) & (truth[0] <= high)))
    assert 0.70 <= inside / 120 <= 0.90, "80 % intervals: within three standard errors of 120 truths"


def test_contradictory_institutions_ask_for_a_larger_discrepancy() -> None:
    alike = evidence(*(institution(f"body-{n}", attendance(30, 40)) for n in range(6)))
    split = evidence(*(institution(f"body-{n}", attendance(39 if n % 2 else 3, 40)) for n in range(6)))
    small, large = (log_evidence(each, 500, generator()) for each in (alike, split))
    assert max(small, key=small.__getitem__) < max(large, key=large.__getitem__)


def test_surfaces_are_kept_and_read_again_as_they_were(tmp_path: Path) -> None:
    found = evidence(
        institution("council", attendance(9, 12), first_item(24, None), crises(3), bosnia_last())
    )
    store.write(found, tmp_path)
    again = store.read(tmp_path)
    z = np.random.default_rng(7).standard_normal((20, 2))
    assert again.likelihood()(z).tolist() == found.likelihood()(z).tolist()
    assert [each.observation for each in again.surfaces] == [each.observation for each in found.surfaces]
    assert again.keys == KEYS


def test_a_posterior_without_institutions_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fitted without institutions"):
        store.read(tmp_path)
    (tmp_path / store.CHANNELS).write_bytes(b"no archive")
    with pytest.raises(InputError, match="cannot be read as what institutions say"):
        store.read(tmp_path)
