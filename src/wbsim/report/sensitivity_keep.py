"""The files of a study, in a new folder that appears when it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from wbsim.experiments.sensitivity.analysis import METHODS, Analysis, as_csv
from wbsim.experiments.sensitivity.study import Study, plain
from wbsim.report.sensitivity_draw import pictures
from wbsim.results.folder import Place, draft, publish
from wbsim.results.record import environment

JSON_NAME, RECORD_NAME = "sensitivity.json", "record.json"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A finished study. `folder` is where its files are, None where none were kept."""

    study: Study
    analyses: tuple[Analysis, ...]
    folder: Path | None = None

    def plain(self) -> dict[str, object]:
        """Everything, as `sensitivity.json` holds it."""
        return plain(self.study, self.analyses)

    def of(self, method: str) -> tuple[Analysis, ...]:
        """What one method found."""
        return tuple(each for each in self.analyses if each.method == method)

    def __str__(self) -> str:
        from wbsim.report.sensitivity_tables import as_text

        return as_text(self.study, self.analyses)


def keep(study: Study, found: Sequence[Analysis], place: Place, started: datetime) -> Sensitivity:
    """Write JSON, CSV, pictures and record to `place`. InputError if it can't be written or exists."""
    text = json.dumps(plain(study, found), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    record = {"asked": asdict(study.asked), "seed": study.seed, "sensitivity_sha256": digest, **environment()}
    with draft(place) as folder:
        (folder / JSON_NAME).write_text(text, encoding="utf-8")
        (folder / RECORD_NAME).write_text(
            json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
        )
        timing = {
            "started": started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        (folder / "timing.json").write_text(json.dumps(timing, indent=2) + "\n", encoding="utf-8")
        for method in METHODS:
            rows = [each for each in found if each.method == method]
            if any(each.rows for each in rows):
                (folder / f"{method}.csv").write_text(as_csv(rows), encoding="utf-8")
        for name, content in pictures(found, f"wbsim sensitivity {digest}"):
            (folder / "figures").mkdir(exist_ok=True)
            (folder / "figures" / name).write_bytes(content)
        final = publish(folder, place, "sensitivity", started, digest)
    return Sensitivity(study, tuple(found), final)
