"""Pictures of a report for docs/report.md: pages of A4, and screens of a phone.

    python benchmarks/pictures.py RESULTS

RESULTS is a folder that `wbsim compare` made. Needs Chromium (or Chrome) and pdftoppm (poppler-utils) on the path.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).resolve().parents[1] / "docs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
#: Pages of the print that are kept, dots an inch, and the size of a phone's screen in CSS pixels.
PAGES, DENSITY, PHONE = 20, 58, (375, 812)
#: Screens of the phone that are kept.
SCREENS = 5
#: Colours of a picture, and the most bytes that both may have together.
COLOURS, MOST = 256, 1_500_000


def main(results: Path) -> None:
    """Make both pictures from the report in `results`."""
    page = (results / "report.html").resolve(strict=True)
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None or shutil.which("pdftoppm") is None:
        sys.exit("needs Chromium and pdftoppm on the path")
    with tempfile.TemporaryDirectory() as folder:
        keep(printed(browser, page, Path(folder)), DOCS / "report-a4.png", columns=5)
        keep(screens(browser, page, Path(folder)), DOCS / "report-phone.png", columns=SCREENS)
    total = sum((DOCS / name).stat().st_size for name in ("report-a4.png", "report-phone.png"))
    if total > MOST:
        sys.exit(f"the pictures have {total:,} bytes, more than {MOST:,}: keep fewer pages")


def printed(browser: str, page: Path, folder: Path) -> list[Image.Image]:
    """The first pages of the print."""
    browse(
        browser, folder, "--no-pdf-header-footer", f"--print-to-pdf={folder / 'report.pdf'}", page.as_uri()
    )
    run(
        "pdftoppm",
        "-r",
        str(DENSITY),
        "-l",
        str(PAGES),
        "-png",
        str(folder / "report.pdf"),
        str(folder / "page"),
    )
    return [Image.open(file) for file in sorted(folder.glob("page-*.png"))]


def screens(browser: str, page: Path, folder: Path) -> list[Image.Image]:
    """The first screens at a phone's width. In a frame, because a browser's window is never that narrow."""
    width, height = PHONE
    frame = folder / "phone.html"
    style = f"border:0;width:{width}px;height:{height * SCREENS}px"
    frame.write_text(
        f'<body style="margin:0"><iframe src="{page.as_uri()}" style="{style}"></iframe>', "utf-8"
    )
    shot = folder / "phone.png"
    size = f"--window-size={width},{height * SCREENS}"
    browse(browser, folder, size, "--hide-scrollbars", f"--screenshot={shot}", frame.as_uri())
    whole = Image.open(shot)
    return [whole.crop((0, n * height, width, (n + 1) * height)) for n in range(SCREENS)]


def browse(browser: str, folder: Path, *words: str) -> None:
    """Run the browser without a window, with a profile that goes afterwards."""
    quiet = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    )
    run(browser, *quiet, "--disable-sync", f"--user-data-dir={folder / 'profile'}", *words)


def run(*words: str) -> None:
    """Run a command; its failure is ours."""
    subprocess.run(words, check=True, capture_output=True, timeout=120)


def keep(pictures: list[Image.Image], path: Path, columns: int) -> None:
    """Lay pictures side by side on grey, in `columns`, and save them."""
    width, height = pictures[0].size
    rows, gap = -(-len(pictures) // columns), 12
    sheet = Image.new("RGB", (columns * (width + gap) + gap, rows * (height + gap) + gap), "#c8c8c8")
    for number, picture in enumerate(pictures):
        place = gap + number % columns * (width + gap), gap + number // columns * (height + gap)
        sheet.paste(picture, place)
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
