"""Pictures as text that facts can hold."""

from __future__ import annotations

import base64
import io
from typing import Any


def as_text(figure: Any) -> str:
    """A Matplotlib figure as PNG in base 64, without the date and the versions that would make each another."""
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=100, metadata={"Software": None})
    return base64.b64encode(content.getvalue()).decode("ascii")
