"""The emulator as it is kept: it predicts what it predicted, and can be made again from what lies beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wbsim.calibration.emulated import EMULATOR, Emulated, read_emulated, write_emulated
from wbsim.calibration.space import Surface, space
from wbsim.errors import InputError
from wbsim.inference.emulator import fit_quadratic


@pytest.fixture
def kept() -> Emulated:
    where, generator = space(), np.random.default_rng(1)
    design = generator.standard_normal((900, len(where.keys))).astype(np.float32).astype(float)
    slopes = generator.normal(0.0, 0.2, (len(where.keys), 3))
    outputs = (design @ slopes + generator.normal(0.0, 0.1, (900, 3))).astype(np.float32).astype(float)
    wave = np.repeat([0, 1, 2], 300)
    surface = Surface(where, fit_quadratic(design, outputs, where.dynamic[:3], judged=wave == 2))
    return Emulated(surface, ("a", "b", "c"), design, outputs, wave)


@pytest.mark.parametrize("as_text", [True, False])
def test_what_is_read_predicts_what_was_written(kept: Emulated, tmp_path: Path, as_text: bool) -> None:
    write_emulated(kept, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [EMULATOR]
    found = read_emulated(str(tmp_path) if as_text else tmp_path / EMULATOR)
    points = np.random.default_rng(2).standard_normal((20, kept.design.shape[1]))
    np.testing.assert_array_equal(
        found.surface.quadratic.predict(points), kept.surface.quadratic.predict(points)
    )
    np.testing.assert_array_equal(found.surface.sensitivity, kept.surface.sensitivity)
    assert (found.ids, found.surface.space.keys) == (kept.ids, kept.surface.space.keys)


def test_it_can_be_made_again_from_design_and_outputs(kept: Emulated, tmp_path: Path) -> None:
    write_emulated(kept, tmp_path)
    found = read_emulated(tmp_path)
    curved = found.surface.quadratic.whitening.order[: found.surface.quadratic.whitening.curved]
    again = fit_quadratic(found.design, found.outputs, curved, judged=found.wave == found.wave.max())
    np.testing.assert_allclose(again.coefficients, kept.surface.quadratic.coefficients, atol=1e-8)
    np.testing.assert_allclose(again.residual_covariance, kept.surface.residual, atol=1e-8)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_what_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / EMULATOR).write_bytes(content)
    with pytest.raises(InputError, match="cannot be read as an emulator"):
        read_emulated(tmp_path)
    with pytest.raises(InputError, match="cannot be read as an emulator"):
        read_emulated(tmp_path / "nowhere")
