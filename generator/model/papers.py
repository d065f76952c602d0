"""The sizes of paper that one large page comes on."""

from __future__ import annotations

from typing import Literal, get_args

PaperSize = Literal["a3", "a4", "a2", "a1"]
PAPERS: tuple[PaperSize, ...] = get_args(PaperSize)
"""All of them, the usual one first."""
