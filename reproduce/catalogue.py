"""All blocks and checks, by document."""

from __future__ import annotations

from reproduce.block import Block, Check
from reproduce.blocks import (
    audit,
    calibration,
    drivers,
    extra,
    hindcast,
    inference,
    optimise,
    readme,
    scenarios,
    sensitivity,
    sweeps,
    tutorial,
    validation,
)

_DOCUMENTS = (
    readme,
    audit,
    scenarios,
    extra,
    drivers,
    validation,
    hindcast,
    calibration,
    inference,
    optimise,
    sensitivity,
    sweeps,
    tutorial,
)

BLOCKS: tuple[Block, ...] = tuple(block for document in _DOCUMENTS for block in document.BLOCKS)
CHECKS: tuple[Check, ...] = tuple(check for document in _DOCUMENTS for check in document.CHECKS)
