"""Names of stored files in pictures: identifiers of a page, and nothing that a browser would obey."""

from __future__ import annotations

import re

from wbsim.report.figures import identifier, inline

SVG = '<svg width="1pt" viewBox="0 0 1 1"><metadata>x</metadata><g id="a"/><use href="#a" clip="url(#a)"/></svg>'
HOSTILE = '"><script>alert(1)</script>\\g<0>'


def test_a_plain_name_stays_and_others_stay_apart() -> None:
    assert identifier("war-worry_1") == "war-worry_1"
    assert identifier("a b") != identifier("a  b") != identifier("a-b")
    assert re.fullmatch(r"[A-Za-z0-9_-]+", identifier(HOSTILE))


def test_a_script_in_a_name_or_a_description_is_text() -> None:
    found = inline(SVG, HOSTILE, HOSTILE)
    assert "<script" not in found
    own = identifier(HOSTILE)
    assert f'id="{own}-a"' in found and f'href="#{own}-a"' in found and f"url(#{own}-a)" in found
