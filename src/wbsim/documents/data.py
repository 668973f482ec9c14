"""The data files that the package holds."""

from __future__ import annotations

import csv
import json
from importlib import resources

from wbsim.documents.markdown import code, table

#: What each file holds, what of it the model reads, and where its rows come from.
_FILES = {
    "states.csv": (
        "population, economy, military, memberships, indices of crime and corruption by state",
        "population, GDP, threat levels of the reference month; three parameter tables quote it; scores of "
        "international cooperation of 2021 are fitted, those of 2023 test predictions",
        "World Bank, SIPRI, GI-TOC, Transparency International, ITU, INFORM, CIA Factbook, as each row says",
    ),
    "dyads.csv": (
        "recognition, borders, disputes, shared organisations and trade of the 15 pairs",
        "recognition, borders, severity of disputes, common membership of NATO; trade and organisations are compared "
        "with cooperation by dyad and never fitted",
        "Correlates of War, CIA Factbook, news, a coder's judgement of disputes, as each row says",
    ),
    "communities.csv": (
        "ethnic communities by state",
        "shares of citizens and the states whose side they take",
        "censuses from memory; no row is verified",
    ),
    "events.csv": (
        "dated tension and cooperation, 2017 to January 2024",
        "the mapped rows of 2021 and 2022; counts of 2017 to 2022 behind the priors of crisis rates",
        "news and agency pages, as each row says; a list built by searching for known crises",
    ),
    "survey_figures.csv": (
        "published percentages of surveys",
        "the questions put to simulated citizens; priors of levels quote some; nothing is fitted yet",
        "the paper and the surveys' own pages or news about them, as each row says",
    ),
    "series.csv": (
        "published survey values of 2008 to 2023 by public and year",
        "nothing: sources of priors quote some rows; rows marked validation are for no fit",
        "news and agency pages about the surveys, as each row says; many are paraphrases or bounds",
    ),
    "wb6_borders.geojson": (
        "outlines of the six states",
        "nothing: maps only",
        "Natural Earth 1:50m, public domain",
    ),
}


def data_files() -> str:
    """One row a file. Raises KeyError for a data file that is not described here."""
    folder = resources.files("wbsim.tables").joinpath("data")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name != "README.md")
    return table(
        ("File", "Rows", "Of which verified", "What it holds", "What the model reads", "Sources"),
        (
            (code(name), *_counts(folder.joinpath(name).read_text(encoding="utf-8"), name), *_FILES[name])
            for name in names
        ),
    )


def _counts(text: str, name: str) -> tuple[int, str]:
    """Number of rows, and of those marked as seen in a retrieved text."""
    if name.endswith(".geojson"):
        return len(json.loads(text)["features"]), "not marked"
    rows = list(csv.DictReader(text.splitlines()))
    if "verified" not in rows[0]:
        return len(rows), "not marked"
    return len(rows), str(sum(row["verified"] == "yes" for row in rows))
