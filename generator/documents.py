"""The kinds of document: what each is called and how its context is built.

A kind joins the command line, the template check and the tests of parity and coverage by
standing in ``KINDS``; its templates are ``docx/<name>.docx`` and ``html/<name>.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .context import agreement, indicators
from .context.common import Subject


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its name, its context's class, and what builds it."""

    name: str
    context: type
    build: Callable[[Subject], Any]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("agreement", agreement.Agreement, agreement.build),
        Kind("indicators", indicators.Indicators, indicators.build),
    )
}
