"""A browser's own word that nothing in the report is wider than a phone's page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import wbsim
from tests.experiments import fake_channels
from tests.experiments.fake_model import scenario

BROWSER = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
        if (found := shutil.which(name))
    ),
    None,
)
PHONE = 375
#: Writes how wide the page is and which elements reach beyond it. In a frame, as windows are never that narrow.
PROBE = """<script>addEventListener("load", () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const wide = [...document.querySelectorAll("main *:not(.hidden):not(thead):not(thead *)")].filter(
    each => !each.closest("svg > *") && each.getBoundingClientRect().right > innerWidth + 0.5);
  const said = wide.slice(0, 5).map(each => each.tagName + "." + each.className + " " + each.textContent.slice(0, 60));
  parent.postMessage(document.documentElement.scrollWidth + " of " + innerWidth + " | " + said.join(" | "), "*");
});</script>"""
FRAME = """<body style="margin:0"><iframe src="page.html" style="border:0;width:{width}px;height:800px"></iframe>
<p id="found"></p><script>addEventListener("message", e => found.textContent = e.data)</script>"""


def measured(page: str, folder: Path) -> tuple[int, int, str]:
    """Width of what the page holds, width of the page, and what reaches beyond it."""
    assert BROWSER is not None
    (folder / "page.html").write_text(page.replace("</body>", f"{PROBE}</body>"), encoding="utf-8")
    (folder / "frame.html").write_text(FRAME.format(width=PHONE), encoding="utf-8")
    quiet = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    )
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [
        BROWSER,
        *quiet,
        profile,
        "--hide-scrollbars",
        "--virtual-time-budget=20000",
        "--dump-dom",
        (folder / "frame.html").as_uri(),
    ]
    dom = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    found = re.search(r'<p id="found">(\d+) of (\d+) \| (.*?)</p>', dom, re.DOTALL)
    assert found is not None, "the browser measured nothing"
    return int(found[1]), int(found[2]), found[3]


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="needs Chromium or Chrome on the path")
def test_nothing_is_wider_than_a_phones_page_and_the_probe_would_see_it(tmp_path: Path) -> None:
    results = wbsim.compare(
        scenario(),
        scenario("a-forum-with-a-name-that-is-as-long-as-names-may-be", "forum"),
        scenario("both", "forum", "iisg-results"),
        worlds=12,
        channels=True,
        robustness=True,
        workers=1,
        simulate=fake_channels.simulate,
    )
    page = results.report(tmp_path / "report.html").read_text(encoding="utf-8")

    whole, width, beyond = measured(page, tmp_path)
    assert (whole, width, beyond) == (PHONE, PHONE, "")
    broken = page.replace("</h1>", '</h1><div style="width:900px">wide</div>')
    whole, _, beyond = measured(broken, tmp_path)
    assert whole > PHONE and "wide" in beyond
