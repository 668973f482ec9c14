"""Blocks of docs/hindcast.md: how well institutions are predicted, what they teach, and what would teach the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, listing
from reproduce.run import Facts
from reproduce.runs.institutions import EVERYTHING, HINDCAST, IMAGINED
from wbsim.analogues.indicators import INDICATORS
from wbsim.documents.markdown import code, table
from wbsim.inference.contraction import WEAK
from wbsim.report.numbers import percent
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.posterior import learnt as learnt_of
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.record import Parameter

DOCUMENT = "docs/hindcast.md"
#: The share of parameters that move policies which should be narrowed by a tenth.
_WISHED = 1 / 3
#: Coverage of 90 % intervals over few dozen observations that is compatible with honest ones.
_HONEST = (0.8, 0.98)


def scores(facts: Facts) -> str:
    """How well each institution is predicted from the others, beside the two plain forecasts."""
    pooled, prior = facts["baselines"]["pooled"], facts["baselines"]["prior"]
    head = (
        "Forecast",
        "Observations",
        "In 50 %",
        "In 90 %",
        "Exact, 90 %",
        "CRPS",
        "CRPS of the model there",
    )
    rows = [
        _scores("the model, institution left out", facts, facts["crps"]),
        _scores("pooled rate of the others", pooled, pooled["model_crps"]),
        _scores("the model at its prior", prior, prior["model_crps"]),
    ]
    low, high = _HONEST
    honest = "as honest ones" if low <= facts["coverage_90"] <= high else "not as honest ones"
    better = "closer" if pooled["model_crps"] < pooled["crps"] else "no closer"
    taught = "closer" if facts["crps"] < prior["crps"] else "no closer"
    verdict = (
        f"The 90 % intervals hold {percent(facts['coverage_90'])} of the observations, {honest} should "
        f"({percent(low)} to {percent(high)}), and {percent(facts['exact_coverage_90'])} where only the part inside "
        f"counts. The model is {better} than the pooled rate of the other institutions, and {taught} than the same "
        "model at its prior."
    )
    return f"{table(head, rows)}\n\n{verdict}\n\n{_by_indicator(facts['by_indicator'])}"


def _scores(name: str, found: Mapping[str, Any], model: float) -> tuple[str, ...]:
    shares = [percent(found[key]) for key in ("coverage_50", "coverage_90", "exact_coverage_90")]
    return (name, str(found["n"]), *shares, f"{found['crps']:.2f}", f"{model:.2f}")


def _by_indicator(found: Mapping[str, Mapping[str, Any]]) -> str:
    rows = []
    for name, each in found.items():
        pooled = each["baselines"].get("pooled")
        there = ("-", "-") if pooled is None else (f"{pooled['model_crps']:.2f}", f"{pooled['crps']:.2f}")
        rows.append((_measure(name), str(each["n"]), percent(each["coverage_90"]), *there))
    head = ("Indicator", "Observations", "In 90 %", "CRPS", "CRPS of the pooled rate")
    return f"By indicator, scores on the rows that the pooled rate can predict:\n\n{table(head, rows)}"


def _measure(name: str) -> str:
    """A measure in words: an indicator, with its bar or severity where it has one."""
    indicator = max((each for each in INDICATORS if name.startswith(each)), key=len)
    extra = name.removeprefix(indicator).strip("-")
    return INDICATORS[indicator].label + (f" ({extra})" if extra else "")


def taught(facts: Facts) -> str:
    """How many numbers that move policies the data narrow, and how many more institutions would."""
    moving = _moving()
    narrower = learnt_of(find_posterior())
    now = {key for key in moving if narrower.get(key, 0.0) >= WEAK}
    without = {key for key in now if key not in facts["keys"]}
    share = len(now) / len(moving)
    goal = "reached" if share >= _WISHED else "missed"
    others = counted(len(without)) if without else "none"
    text = (
        f"Policies act through {len(moving)} numbers. Surveys and event rates narrow {others} of them "
        f"by a tenth or more; with institutions it is {counted(len(now))} ({percent(share)}): "
        f"{listing(map(code, sorted(now)))}. The aim of a third is {goal}. "
        f"{len(facts['keys'])} numbers are fitted to institutions. If there were more of the kind that there is, each "
        "with its own discrepancy, and what they record were as the posterior predicts:"
    )
    rows = []
    for each in facts["rows"]:
        reached = [
            key for key, value in zip(facts["keys"], each["contraction"], strict=True) if value >= WEAK
        ]
        new = [key for key in reached if key not in now]
        rows.append(
            (
                f"{each['copies'] + 1} times as many records of {each['kind']}"
                if each["kind"] != EVERYTHING
                else f"{each['copies'] + 1} times as many of all of these",
                str(len(reached)),
                listing(map(code, new)) or "none",
            )
        )
    head = ("Evidence", f"Of {len(facts['keys'])} narrowed by a tenth", "Beside those of today")
    return f"{text}\n\n{table(head, rows)}"


def wanted(facts: Facts) -> str:
    """Which evidence would inform the numbers that no institution can."""
    by_evidence: dict[str, list[Parameter]] = defaultdict(list)
    for parameter in PARAMETERS.values():
        if parameter.moves_policies and parameter.block is None:
            by_evidence[parameter.would_change].append(parameter)
    order = sorted(by_evidence.items(), key=lambda item: -sum(len(elements(p)) for p in item[1]))
    rows = [
        (evidence, str(sum(len(elements(p)) for p in given)), listing(code(p.name) for p in given))
        for evidence, given in order
    ]
    count = sum(int(row[1]) for row in rows)
    return (
        f"The other {count} cannot be seen in the records of such institutions, however many there were. What would "
        f"show them, by how many numbers hang on it:\n\n{table(('Evidence', 'Numbers', 'Parameters'), rows)}"
    )


def _moving() -> list[str]:
    """Numbers that move policies: those that only policies read, and those that institutions are fitted for."""
    return [
        key
        for parameter in PARAMETERS.values()
        if parameter.moves_policies or parameter.block == "channel"
        for key in elements(parameter)
    ]


BLOCKS = (
    Block("hindcast-scores", DOCUMENT, scores, (HINDCAST,)),
    Block("hindcast-taught", DOCUMENT, taught, (IMAGINED,)),
    Block("hindcast-wanted", DOCUMENT, wanted, (IMAGINED,)),
)
CHECKS = ()
