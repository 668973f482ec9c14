"""Figures as SVG text to put into a page: the same values give the same bytes."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from zlib import crc32

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MatplotlibFigure

#: Letters of a title in an inch, and height of its lines in inches.
_LETTERS, _LINE = 15.0, 0.15

#: Text stays text (small, sharp, found by a search), and identifiers don't depend on the run.
_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "wbsim",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.labelsize": 8.5,
    "axes.labelcolor": "#333333",
    "xtick.labelcolor": "#333333",
    "ytick.labelcolor": "#333333",
    "axes.unicode_minus": True,
    "axes.formatter.useoffset": False,
}


def svg(
    draw: Callable[[Axes], object],
    name: str,
    description: str,
    size: tuple[float, float],
    margins: Mapping[str, float] | None = None,
) -> Markup:
    """The figure that `draw` makes on axes, `size` in inches, as an SVG element.

    `margins` are the places of the axes' sides (left, right, bottom, top) as shares of the figure; without
    them they are found from what is drawn, which takes twice as long.

    `name` keeps its identifiers apart from those of other figures of a page; `description` is the text for
    readers who don't see it.
    """
    return inline(svg_text(draw, size, margins), name, description)


def svg_text(
    draw: Callable[[Axes], object], size: tuple[float, float], margins: Mapping[str, float] | None = None
) -> str:
    """The figure as a whole SVG document, the same bytes each time; arguments as for `svg`."""
    return both(draw, size, margins, ("svg",))["svg"].decode()


def png(draw: Callable[[Axes], object], size: tuple[float, float], source: str) -> bytes:
    """The figure that `draw` makes on axes, `size` in inches, as a PNG that says what it was made of in `Source`."""
    return both(draw, size, None, ("png",), source)["png"]


def both(
    draw: Callable[[Axes], object],
    size: tuple[float, float],
    margins: Mapping[str, float] | None = None,
    forms: tuple[str, ...] = ("svg", "png"),
    source: str = "",
    title: str = "",
) -> dict[str, bytes]:
    """The figure as files of each of `forms` (svg, png), drawn once; `source` is what the PNG says it was made of.

    The PNG has a white ground and 160 dots an inch. With `title`, the files for use outside a page carry it above the
    figure: the PNG, and another SVG under the name "titled".
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    # The user's own style must not change a report; the backend is theirs and isn't used here.
    defaults = {name: mpl.rcParamsDefault[name] for name in mpl.rcParams if not name.startswith("backend")}
    style: Any = {**defaults, **_STYLE}
    metadata: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None, "Source": source or None},
    }
    made = {}
    with mpl.rc_context(style):
        figure = Figure(figsize=size, layout=None if margins else "constrained")
        (FigureCanvasAgg if forms == ("png",) else FigureCanvasSVG)(figure)
        draw(figure.add_subplot())
        if margins:
            figure.subplots_adjust(**margins)
        if "svg" in forms:
            made["svg"] = _saved(figure, "svg", metadata)
        if title:
            _add_title(figure, title, margins)
            made["titled"] = _saved(figure, "svg", metadata)
        if "png" in forms:
            made["png"] = _saved(figure, "png", metadata)
    return made


def _saved(figure: MatplotlibFigure, form: str, metadata: Mapping[str, Mapping[str, str | None]]) -> bytes:
    file = io.BytesIO()
    as_svg = form == "svg"
    figure.savefig(
        file, format=form, metadata=dict(metadata[form]), transparent=as_svg, dpi=72 if as_svg else 160
    )
    return file.getvalue()


def _add_title(figure: MatplotlibFigure, title: str, margins: Mapping[str, float] | None) -> None:
    """Make the figure taller by the lines of `title`, and write it there; what was drawn keeps its size."""
    width, height = figure.get_size_inches()
    lines = textwrap.wrap(title, max(20, int(width * _LETTERS)))
    taller = height + _LINE * len(lines) + 0.08
    if margins:
        share = height / taller
        figure.set_size_inches(width, taller)
        figure.subplots_adjust(
            **{**margins, "bottom": margins["bottom"] * share, "top": margins["top"] * share}
        )
        figure.text(0.02, 1.0 - 0.05 / taller, "\n".join(lines), va="top", ha="left", fontsize=8.5)
    else:
        figure.suptitle("\n".join(lines), fontsize=8.5, ha="left", x=0.02)


def identifier(name: str) -> str:
    """A name as part of the identifiers of a page: letters, digits and hyphens, another one for each other name."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name)
    return plain if plain == name else f"{plain}-{crc32(name.encode()):08x}"


def inline(text: str, name: str, description: str) -> Markup:
    """An SVG document as an element of a page: no header, own identifiers, a size that fits its place."""
    body = text[text.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    view = re.search(r'viewBox="([^"]*)"', body)
    assert view is not None
    body = re.sub(r"^<svg[^>]*>", "", body)
    own = identifier(name)
    body = re.sub(r'\bid="', f'id="{own}-', body)
    body = re.sub(r"url\(#", f"url(#{own}-", body)
    body = re.sub(r'href="#', f'href="#{own}-', body)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{view[1]}" role="img" aria-label="{escape(description)}">'
    )
    return Markup(opening + body.strip())
