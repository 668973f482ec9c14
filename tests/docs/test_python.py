"""Every example of docs/python.md runs, one after the other, as in a notebook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "python.md").read_text(encoding="utf-8")


def test_the_examples_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import matplotlib as mpl
    from matplotlib import pyplot
    from matplotlib.axes import Axes

    mpl.use("agg")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    whole = "\n".join(blocks)
    small = re.sub(r"worlds=\d+", "worlds=3, workers=1", whole)
    assert small != whole and len(blocks) >= 4
    names: dict[str, object] = {}

    exec(compile(small, "python.md", "exec"), names)

    assert "Cooperation index" in capsys.readouterr().out
    assert isinstance(names["ax"], Axes)
    assert len(pyplot.get_fignums()) == small.count(".plot(") + small.count(".forest(") + small.count(
        ".map("
    ) + small.count(".dyads(")
    assert names["comparison"]._repr_html_().startswith("<table")  # type: ignore[attr-defined]
    assert (tmp_path / "forum.html").stat().st_size > 10_000
    assert {file.suffix for file in names["files"]} == {".png", ".svg", ".csv"}  # type: ignore[attr-defined]
    assert isinstance(names["drawn"], Axes)
    assert (tmp_path / "sweep.html").stat().st_size > 10_000
    pyplot.close("all")
