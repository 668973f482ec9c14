"""Mechanisms of cooperation: a subclass for each kind, registered by the name of its record."""

from __future__ import annotations

from wbsim.model.mechanisms.base import Mechanism
from wbsim.model.mechanisms.existing import Bilateral, Nato, OpenBalkan
from wbsim.model.mechanisms.forum import Forum
from wbsim.model.mechanisms.iisg import Iisg, IisgResults

CLASSES: dict[str, type[Mechanism]] = {
    kind.record.name: kind for kind in (Bilateral, Nato, OpenBalkan, Iisg, IisgResults, Forum)
}
