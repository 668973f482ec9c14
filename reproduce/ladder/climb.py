"""The headline of the present tree, as a step of the ladder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import wbsim
from reproduce.identity import ROOT, model_sha256, posterior_sha256
from reproduce.ladder.step import SEED, WORLDS, Effect, Step
from wbsim.errors import InputError, Problem
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.summary import policy_difference
from wbsim.scenario.bundled import PAPER
from wbsim.tables.outcomes import HEADLINE_OUTCOMES

Compare = Callable[[int, int], Comparison]


def headline(worlds: int, seed: int) -> Comparison:
    """The paper's four scenarios as they are bundled."""
    return wbsim.compare(*PAPER, worlds=worlds, seed=seed)


def climb(
    label: str,
    why: str,
    evidence: str,
    *,
    worlds: int = WORLDS,
    seed: int = SEED,
    commit: str | None = None,
    compare: Compare = headline,
) -> Step:
    """Simulate the headline in the present tree and return it as a step; `commit` by default the tree's own."""
    empty = [
        name for name, text in (("label", label), ("why", why), ("evidence", evidence)) if not text.strip()
    ]
    if empty:
        raise InputError([Problem("is empty", key=name, suggestion="say it in a sentence") for name in empty])
    comparison = compare(worlds, seed)
    table = comparison.table()
    effects = []
    for policy in table.policies:
        for outcome in HEADLINE_OUTCOMES:
            found = policy_difference(table, policy, outcome)
            effects.append(
                Effect(policy, outcome, found.mean, found.mcse, found.p_better, found.p_practical_worse)
            )
    return Step(
        label=" ".join(label.split()),
        why=" ".join(why.split()),
        evidence=" ".join(evidence.split()),
        commit=present_commit(ROOT) if commit is None else commit,
        model=model_sha256()[:12],
        posterior=posterior_sha256()[:12],
        worlds=worlds,
        seed=seed,
        results_sha256=comparison.results_sha256[:12],
        effects=tuple(effects),
    )


def present_commit(root: Path) -> str:
    """The commit of a checkout, with a plus sign where sources, scenarios or posterior differ from it; "unknown"
    where `root` is no checkout."""
    try:
        commit = _git(root, "rev-parse", "--short=12", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", "src", "scenarios", "calibration")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{commit}+" if changed else commit


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()
