"""What is asked of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WantedDocuments:
    """Which documents: kinds, units (none: all), the round of reports."""

    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    round: str = ""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """An agency's documents in ``base``. ``force``: edited ones may be replaced.

    ``zip`` asks for archives, ``merge`` for one PDF to print.
    """

    agency: Path
    base: Path
    wanted: WantedDocuments
    force: bool = False
    prune: bool = False
    zip: bool = False
    merge: bool = False
