"""Reports of these tests have the figures of one outcome, because all of them take long."""

from __future__ import annotations

import pytest

from wbsim.report.sections import part


@pytest.fixture(autouse=True)
def few_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the figures of one outcome in the place of all."""
    monkeypatch.setattr(part, "DRAWN", ("cooperation",))
