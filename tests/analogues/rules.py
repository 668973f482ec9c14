"""Files and records of institutions for the tests."""

from __future__ import annotations

from dataclasses import replace

from wbsim.analogues.analogue import Analogue, Count, Observation
from wbsim.analogues.read_analogue import read_analogue
from wbsim.tables.mechanisms import MECHANISMS

COUNCIL = """
name = "council"
label = "A council"
description = "Six states that meet twice a year."
judgement = "Chaired in turn; decides by consensus."
sources = ["a treaty"]
start = "2014-03"
months = 48
discrepancy = "middle"
use = "fit"

[[policy]]
mechanism = "forum"
meetings_per_year = 2
kosovo_seat = "asterisk"

[[event]]
month = "2014-05"
kind = "crisis"
parties = ["XKX", "SRB"]
severity = 2
months = 6

[[assumptions.path]]
name = "accession"
from = "2015-03"
value = 0.4

[[observation]]
id = "table"
indicator = "attendance"
who = ["SRB"]
at = "2014-08"
count = 1
of = 1
source = "a newspaper"
status = "seen"

[[observation]]
id = "pledges"
indicator = "kept"
bar = "strict"
count = 4
of = 17
source = "a report"
status = "seen"

[[observation]]
id = "first"
indicator = "months-to-first-item"
low = 5
high = 6
source = "a report"
status = "seen"

[[observation]]
id = "last"
indicator = "order-acting"
order = [["ALB", "MKD", "MNE"], ["BIH"]]
source = "a report"
status = "seen"

[[observation]]
id = "quarrels"
indicator = "crises"
who = ["XKX-SRB"]
severity = 3
from = "2014-03"
until = "2016-02"
count = 1
years = 2
source = "a data set"
status = "computed"
split = "validation"
"""


def council(text: str = COUNCIL) -> Analogue:
    """The institution in a file."""
    return read_analogue(text, "council.toml", MECHANISMS)


ATTENDANCE = Observation("seats", "attendance", (), "2014-03", "2016-02", Count(9, 12), "a newspaper", "seen")


def observed(**changes: object) -> Observation:
    """An observation with some fields changed."""
    return replace(ATTENDANCE, **changes)  # type: ignore[arg-type]
