"""What differs between two scenarios: settings, policies, assumptions and events, each apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from wbsim.scenario.schema import Scenario

Section = Literal["scenario", "run", "policies", "assumptions", "events"]
SECTIONS: tuple[Section, ...] = ("scenario", "run", "policies", "assumptions", "events")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `before` and `after` are plain values, None where the key is absent."""

    section: Section
    key: str
    kind: Literal["changed", "added", "removed"]
    before: object
    after: object

    def as_dict(self) -> dict[str, object]:
        """The change as the plain mapping that `--json` prints."""
        return {
            "section": self.section,
            "key": self.key,
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
        }


def differences(first: Scenario, second: Scenario) -> tuple[Change, ...]:
    """Everything that differs between two resolved scenarios, by section and then by key."""
    one, other = _sections(first), _sections(second)
    return tuple(change for section in SECTIONS for change in _changes(section, one[section], other[section]))


def _changes(section: Section, one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[Change]:
    for key in sorted(one.keys() | other.keys()):
        if key not in other:
            yield Change(section, key, "removed", one[key], None)
        elif key not in one:
            yield Change(section, key, "added", None, other[key])
        elif one[key] != other[key]:
            # Levers of a policy that both have differ one by one; any other table differs as a whole.
            before, after = one[key], other[key]
            if section == "policies" and isinstance(before, dict) and isinstance(after, dict):
                for name in sorted(before.keys() | after.keys()):
                    if before.get(name) != after.get(name):
                        yield Change(section, f"{key}.{name}", "changed", before.get(name), after.get(name))
            else:
                yield Change(section, key, "changed", before, after)


def _sections(scenario: Scenario) -> dict[Section, dict[str, object]]:
    """The parts of a scenario by keys that mean the same in another one, whatever the order of its lists."""
    assumptions = scenario.assumptions.resolved()
    flat: dict[str, object] = {
        "history_until": assumptions["history_until"],
        "posterior": assumptions["posterior"],
        "source": assumptions["source"],
    }
    for table in ("parameters", "structures", "variants"):
        values = assumptions[table]
        assert isinstance(values, dict)
        flat |= {f"{table}.{name}": value for name, value in values.items()}
    steps = ((f"path.{step.name} from {step.since}", step.resolved()) for step in scenario.assumptions.paths)
    policies = ((policy.mechanism, policy.resolved()) for policy in scenario.policies)
    events = ((_event_key(event.resolved()), event.resolved()) for event in scenario.events)
    return {
        "scenario": {"name": scenario.name, "description": scenario.description},
        "run": dict(scenario.run.model_dump()),
        "policies": _numbered(policies),
        "assumptions": flat | _numbered(steps),
        "events": _numbered(events),
    }


def _event_key(event: Mapping[str, object]) -> str:
    parties = event.get("parties")
    who = "-".join(map(str, parties)) if isinstance(parties, list) else event.get("state", "")
    return " ".join(
        str(part) for part in (event["month"], event["kind"], who, event.get("domain", "")) if part
    )


def _numbered(items: Iterator[tuple[str, object]]) -> dict[str, object]:
    """Items by key; where a key comes again, the later ones are numbered from 2."""
    seen: Counter[str] = Counter()
    numbered: dict[str, object] = {}
    for key, value in items:
        seen[key] += 1
        numbered[key if seen[key] == 1 else f"{key} ({seen[key]})"] = value
    return numbered
